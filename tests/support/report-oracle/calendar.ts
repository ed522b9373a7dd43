/** Times and lengths in the words of a report, worked out by hand: minute by minute, apart from the server's own calendar. Pure. */
const MINUTE_MS = 60_000
const HOUR_MS = 60 * MINUTE_MS
const DAY_MS = 24 * HOUR_MS
const MONTH_MS = 30.4375 * DAY_MS

type Language = 'en' | 'fr'
const LOCALE = { en: 'en-GB', fr: 'fr-FR' } as const

const formats = new Map<string, Intl.DateTimeFormat>()

/** Making a format is dear, and thousands of days are said. */
function formatOf(locale: string, options: Intl.DateTimeFormatOptions): Intl.DateTimeFormat {
  const key = JSON.stringify([locale, options])
  const known = formats.get(key) ?? new Intl.DateTimeFormat(locale, options)
  formats.set(key, known)
  return known
}

/** No-break spaces are the typesetter's business. */
export const plain = (text: string) => text.replaceAll(/[\u00a0\u202f]/g, ' ')

/** `24 November 2026`. */
export function longDay(at: number, language: Language, timeZone: string): string {
  const day = formatOf(LOCALE[language], { timeZone, dateStyle: 'long' }).format(at)
  return language === 'fr' && day.startsWith('1 ') ? `1er${day.slice(1)}` : day
}

/** `24 November 2026 at 17:10`. */
export function longClock(at: number, language: Language, timeZone: string): string {
  const time = formatOf('en-GB', { timeZone, timeStyle: 'short' }).format(at)
  return `${longDay(at, language, timeZone)} ${language === 'fr' ? 'à' : 'at'} ${time}`
}

/** `Fri 09:37`, of the last six days. */
export function weekClock(at: number, language: Language, timeZone: string): string {
  const day = formatOf(LOCALE[language], { timeZone, weekday: 'short' }).format(at)
  return `${day} ${formatOf('en-GB', { timeZone, timeStyle: 'short' }).format(at)}`
}

/** `22 Oct`, with the year when it is not that of `now`. */
export function shortDay(at: number, now: number, language: Language, timeZone: string): string {
  const year = (when: number) => formatOf('en', { timeZone, year: 'numeric' }).format(when)
  const parts = { timeZone, day: 'numeric', month: 'short' } as const
  const isOther = year(at) !== year(now)
  return formatOf(LOCALE[language], isOther ? { ...parts, year: 'numeric' } : parts).format(at)
}

/** Offset of the wall clock, ms. */
function offsetAt(at: number, timeZone: string): number {
  const wall = formatOf('sv-SE', { timeZone, dateStyle: 'short', timeStyle: 'medium' }).format(at)
  return Date.parse(`${wall.replace(' ', 'T')}Z`) - Math.floor(at / 1_000) * 1_000
}

/** Minutes between two instants in which people work: Monday to Friday, 9 to 12 and 13 to 18 on the wall. */
export function workedMinutes(from: number, to: number, timeZone: string): number {
  let minutes = 0
  let [hour, offset] = [Number.NaN, 0]
  for (let at = Math.ceil(from / MINUTE_MS) * MINUTE_MS; at < to; at += MINUTE_MS) {
    const now = Math.floor(at / HOUR_MS)
    if (now !== hour) [hour, offset] = [now, offsetAt(at, timeZone)]
    const wall = new Date(at + offset)
    const [weekday, clock] = [wall.getUTCDay(), wall.getUTCHours()]
    if (weekday > 0 && weekday < 6 && ((clock >= 9 && clock < 12) || (clock >= 13 && clock < 18))) minutes += 1
  }
  return minutes
}

/** Words for working time: whole hours, whole days from eight hours on. */
export function workWords(minutes: number, language: Language): string {
  const say = (n: number, en: string, fr: string) =>
    language === 'fr' ? `${n} ${fr}${n > 1 ? 's' : ''} de travail` : `${n} working ${en}${n === 1 ? '' : 's'}`
  if (minutes === 0) return language === 'fr' ? 'rien' : 'nothing'
  if (minutes >= 480) return say(Math.round(minutes / 480), 'day', 'jour')
  if (minutes < 60) return language === 'fr' ? 'moins d’une heure' : 'less than 1 working hour'
  return say(Math.round(minutes / 60), 'hour', 'heure')
}

/** `14 minutes`, `52 hours`, `6 days`, `2 months`: whole units, rounded down. */
export function spanWords(ms: number, language: Language): string {
  const say = (size: number, en: string, fr: string) => {
    const n = Math.floor(ms / size)
    if (language === 'en') return `${n} ${en}${n === 1 ? '' : 's'}`
    return `${n} ${fr}${n > 1 && fr !== 'mois' ? 's' : ''}`
  }
  if (ms < HOUR_MS) return say(MINUTE_MS, 'minute', 'minute')
  if (ms < 3 * DAY_MS) return say(HOUR_MS, 'hour', 'heure')
  if (ms < 2 * MONTH_MS) return say(DAY_MS, 'day', 'jour')
  return ms < 24 * MONTH_MS
    ? say(MONTH_MS, 'month', 'mois')
    : say(12 * MONTH_MS, 'year', language === 'fr' ? 'an' : 'year')
}

/** `1 h 35`, `40 min`. */
export function timeWords(minutes: number): string {
  const [hours, rest] = [Math.floor(minutes / 60), minutes % 60]
  if (hours === 0) return `${rest} min`
  return rest === 0 ? `${hours} h` : `${hours} h ${String(rest).padStart(2, '0')}`
}

/** A length that is told whole: words below an hour and from three days on, hours and minutes between. */
export function lengthWords(ms: number, language: Language): string {
  const isClock = ms >= HOUR_MS && ms < 3 * DAY_MS
  return isClock ? timeWords(Math.floor(ms / MINUTE_MS)) : spanWords(ms, language)
}

/** `a, b and c`. */
export function listWords(items: readonly string[], language: Language): string {
  const and = language === 'fr' ? 'et' : 'and'
  return items.length < 2 ? (items[0] ?? '') : `${items.slice(0, -1).join(', ')} ${and} ${items.at(-1)}`
}
