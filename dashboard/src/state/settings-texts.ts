/** Texts of the settings in the reader's language; only the settings pages load them. */
import { computed } from '@preact/signals'
import { SETTINGS } from '../../../shared/text/settings-catalogue.ts'
import { language } from './session.ts'

/** Settings pages. */
export const settingsTexts = computed(() => SETTINGS[language.value])
