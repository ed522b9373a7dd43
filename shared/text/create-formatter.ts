/** Makes a formatter of a language and a time zone with Intl. Pure: what Intl builds is kept per language and zone, nothing else. */
import { DAY_MS, type EpochMs, GB, HOUR_MS, MINUTE_MS, SECOND_MS } from '../units.ts'
import { sayFirstOfMonth } from './first-of-month.ts'
import type { Formatter, FormatterOptions, Language } from './format.ts'

/** British dates and 24 hour clocks; American spelling is the catalogue's business. */
const LOCALES: { readonly [L in Language]: string } = { en: 'en-GB', fr: 'fr-FR' }
const SIZE_UNITS: { readonly [L in Language]: readonly [string, string, string, string] } = {
  en: ['B', 'kB', 'MB', 'GB'],
  fr: ['o', 'ko', 'Mo', 'Go'],
}
/** French keeps a number and its unit on one line. */
const SPACES: { readonly [L in Language]: string } = { en: ' ', fr: '\u00a0' }
const SHORT_DAYS: { readonly [L in Language]: readonly [one: string, other: string] } = {
  en: ['day', 'days'],
  fr: ['j', 'j'],
}
const MONTH_MS = 30.4375 * DAY_MS
const YEAR_MS = 12 * MONTH_MS
/** Largest instant that a date can say (ECMA-262, time values). */
const LAST_INSTANT = 8.64e15

type Unit = 'second' | 'minute' | 'hour' | 'day' | 'month' | 'year'
/** A span is said in the largest unit that still tells enough: 52 hours, but 4 days. */
const SPANS: readonly (readonly [below: number, unit: Unit, ms: number])[] = [
  [MINUTE_MS, 'second', SECOND_MS],
  [HOUR_MS, 'minute', MINUTE_MS],
  [3 * DAY_MS, 'hour', HOUR_MS],
  [2 * MONTH_MS, 'day', DAY_MS],
  [2 * YEAR_MS, 'month', MONTH_MS],
  [Number.POSITIVE_INFINITY, 'year', YEAR_MS],
]

/** @returns the formatter; an unknown time zone falls back to UTC. */
export function createFormatter({ language, timeZone, now }: FormatterOptions): Formatter {
  const tools = toolsOf(language, timeZone)
  const space = SPACES[language]
  const count = (n: number) => tools.whole.format(n)
  const amount = (n: number) => (Math.abs(n) >= 10 || Number.isInteger(n) ? count(n) : tools.tenths.format(n))
  const when = (at: EpochMs, say: (at: EpochMs) => string) =>
    Number.isFinite(at) && Math.abs(at) <= LAST_INSTANT ? say(at) : String(at)
  const span = (ms: number) => spanOf(tools, ms).replaceAll(' ', space)
  const date = (at: EpochMs) => sayFirstOfMonth(dateOf(tools, at, now), language)
  return {
    language,
    now,
    count,
    bytes: (n) => bytesOf(n, SIZE_UNITS[language], space, amount),
    percent: (n) => `${amount(n)}${space}%`,
    span,
    age: (ms) => ageOf(ms, space, SHORT_DAYS[language], span),
    date: (at) => when(at, date),
    exact: (at) => when(at, (instant) => exactOf(tools, instant, language)),
    moment: (at) =>
      when(at, (instant) => (Math.abs(now - instant) < 6 * DAY_MS ? momentOf(tools, instant) : date(instant))),
    list: (items) => tools.list.format(items),
    plural: (n, forms) => (tools.plural.select(n) === 'one' ? forms.one : forms.other),
  }
}

function bytesOf(n: number, units: readonly string[], space: string, amount: (n: number) => string): string {
  const step = [1, 1_000, 1_000_000, GB].findLastIndex((size) => Math.abs(n) >= size)
  const at = Math.max(0, step)
  return `${amount(n / 1_000 ** at)}${space}${units[at] ?? ''}`
}

function ageOf(ms: number, space: string, days: readonly [string, string], span: (ms: number) => string): string {
  if (ms < MINUTE_MS) return `${Math.max(0, Math.floor(ms / SECOND_MS))}${space}s`
  if (ms < HOUR_MS) return `${Math.floor(ms / MINUTE_MS)}${space}min`
  if (ms < 2 * DAY_MS) return `${Math.floor(ms / HOUR_MS)}${space}h`
  if (ms >= 2 * MONTH_MS) return span(ms)
  const n = Math.floor(ms / DAY_MS)
  return `${n}${space}${n === 1 ? days[0] : days[1]}`
}

function spanOf({ units }: Tools, ms: number): string {
  const length = Math.abs(ms)
  const [, unit, size] = SPANS.find(([below]) => length < below) ?? ['', 'year', YEAR_MS]
  return units[unit].format(Math.floor(length / size))
}

function dateOf({ day, dayOfYear, year }: Tools, at: EpochMs, now: EpochMs): string {
  return (year.format(at) === year.format(now) ? day : dayOfYear).format(at)
}

const partsOf = (format: Intl.DateTimeFormat, at: EpochMs) => {
  const parts = new Map<string, string>(format.formatToParts(at).map(({ type, value }) => [type, value]))
  return (type: string) => parts.get(type) ?? ''
}

function exactOf({ exact }: Tools, at: EpochMs, language: Language): string {
  const part = partsOf(exact, at)
  const clock = `${part('hour')}:${part('minute')}:${part('second')}`
  const day = sayFirstOfMonth(`${part('day')} ${part('month')} ${part('year')}`, language)
  return `${part('weekday')} ${day}, ${clock} ${part('timeZoneName')}`
}

function momentOf({ moment }: Tools, at: EpochMs): string {
  const part = partsOf(moment, at)
  return `${part('weekday')} ${part('hour')}:${part('minute')}`
}

type Tools = ReturnType<typeof makeTools>
const known = new Map<string, Tools>()

function toolsOf(language: Language, timeZone: string): Tools {
  const key = `${language} ${timeZone}`
  const tools = known.get(key) ?? makeTools(LOCALES[language], zoneOf(timeZone))
  known.set(key, tools)
  return tools
}

function zoneOf(timeZone: string): string {
  try {
    return new Intl.DateTimeFormat('en', { timeZone }).resolvedOptions().timeZone
  } catch {
    return 'UTC'
  }
}

function makeTools(locale: string, timeZone: string) {
  const clock = { hour: '2-digit', minute: '2-digit', hourCycle: 'h23' } as const
  const date = (options: Intl.DateTimeFormatOptions) => new Intl.DateTimeFormat(locale, { timeZone, ...options })
  const unit = (name: Unit) => new Intl.NumberFormat(locale, { style: 'unit', unit: name, unitDisplay: 'long' })
  return {
    whole: new Intl.NumberFormat(locale, { maximumFractionDigits: 0 }),
    tenths: new Intl.NumberFormat(locale, { maximumFractionDigits: 1 }),
    units: {
      second: unit('second'),
      minute: unit('minute'),
      hour: unit('hour'),
      day: unit('day'),
      month: unit('month'),
      year: unit('year'),
    },
    day: date({ day: 'numeric', month: 'short' }),
    dayOfYear: date({ day: 'numeric', month: 'short', year: 'numeric' }),
    year: date({ year: 'numeric' }),
    moment: date({ weekday: 'short', ...clock }),
    exact: date({
      weekday: 'short',
      day: 'numeric',
      month: 'short',
      year: 'numeric',
      ...clock,
      second: '2-digit',
      timeZoneName: 'short',
    }),
    list: new Intl.ListFormat(locale, { type: 'conjunction' }),
    plural: new Intl.PluralRules(locale),
  }
}
