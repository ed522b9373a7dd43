/** Texts of a client's pages in the reader's language. */
import { computed } from '@preact/signals'
import { CLIENT_PAGES } from '../../../shared/text/client-pages-catalogue.ts'
import { language } from './session.ts'

/** Pages of a client, of a finding, and what stands beside Today. */
export const clientTexts = computed(() => CLIENT_PAGES[language.value])
