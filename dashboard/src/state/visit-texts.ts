/** Texts of the pages about visits and of the portal, and a formatter of the client's time zone (ui.md 6). */
import { computed } from '@preact/signals'
import { createFormatter } from '../../../shared/text/create-formatter.ts'
import type { Formatter } from '../../../shared/text/format.ts'
import { VISIT_PAGES } from '../../../shared/text/visits-catalogue.ts'
import { clock, language } from './session.ts'

/** In the reader's language. */
export const visitTexts = computed(() => VISIT_PAGES[language.value])

/** @returns a formatter in the reader's language and a client's time zone. */
export const formatIn = (timeZone: string): Formatter =>
  createFormatter({ language: language.value, timeZone, now: clock.value })
