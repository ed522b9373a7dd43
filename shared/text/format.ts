/** Numbers, sizes, ages and dates in the reader's language (ui.md 6). Pure: time zone and language are arguments. */
import type { EpochMs } from '../units.ts'

/** Languages in which every text exists; another one is a folder beside `en`. */
export const LANGUAGES = ['en', 'fr'] as const
export type Language = (typeof LANGUAGES)[number]

/** Every figure in a text passes through one of these; French spacing is applied here, never typed in a catalogue. */
export type Formatter = {
  readonly language: Language
  /** The moment that ages and "this year" are measured from. */
  readonly now: EpochMs
  /** `1,234`. */
  readonly count: (n: number) => string
  /** Decimal GB, no decimals above 10: `74 GB`, `1.8 GB`, `210 MB`. */
  readonly bytes: (n: number) => string
  /** `82 %`. */
  readonly percent: (n: number) => string
  /** In a sentence: `52 hours`, `4 days`, `7 months`, `5 years`. */
  readonly span: (ms: number) => string
  /** Short, beside a fact: `14 s`, `22 min`, `9 h`, `4 days`. */
  readonly age: (ms: number) => string
  /** `22 Sept`, with the year when it is not that of `now`. */
  readonly date: (at: EpochMs) => string
  /** `Sun 22 Nov 2026, 21:14:03 CET`. */
  readonly exact: (at: EpochMs) => string
  /** `Sun 21:14` within six days of `now`, else a date. */
  readonly moment: (at: EpochMs) => string
  /** `a, b and c`. */
  readonly list: (items: readonly string[]) => string
  /** Picks the plural form of `n`. */
  readonly plural: (n: number, forms: { readonly one: string; readonly other: string }) => string
}

/** @param now the moment that "this year" and "the last six days" are measured from. @param timeZone IANA name. */
export type FormatterOptions = { readonly language: Language; readonly timeZone: string; readonly now: EpochMs }
