/** Figures of pools as their tools print them: `13.4M` errors, `62.6G` bytes, local times without a zone. Pure. */
import { DAY_MS, type EpochMs } from '../../../shared/units.ts'

const POWERS = 'KMGTPE'
const MONTHS = 'JanFebMarAprMayJunJulAugSepOctNovDec'

/** `0`, `56`, `13.4M`, `1.2K`, `<20.00g`; binary prefixes. @returns null for `-` and anything else. */
export function scaledCount(text: string | null): number | null {
  const found = /^<?(\d{1,15}(?:\.\d{1,6})?)([KMGTPE])?(?:i?B)?$/i.exec(text?.trim() ?? '')
  if (found === null) return null
  const power = found[2] === undefined ? 0 : POWERS.indexOf(found[2].toUpperCase()) + 1
  const value = Math.round(Number(found[1]) * 1024 ** power)
  return Number.isSafeInteger(value) ? value : null
}

/** Used share in tenths of a percent; null: one of both is not told or nothing is there. */
export function permilleOf(used: number | null, total: number | null): number | null {
  if (used === null || total === null || total <= 0) return null
  return Math.min(1_000, Math.round((used / total) * 1_000))
}

/** `78.89` or `100.00` as tenths of a percent; null: not a percentage. */
export function permilleOfPercent(text: string | null): number | null {
  const found = /^(\d{1,3}(?:[.,]\d{1,6})?)%?$/.exec(text?.trim() ?? '')
  const value = found === null ? Number.NaN : Math.round(Number((found[1] ?? '').replace(',', '.')) * 10)
  return value >= 0 && value <= 1_000 ? value : null
}

/**
 * `Tue Aug 16 00:20:50 2022` (C locale, local time; a scrub is judged in weeks, so the zone does not matter) or epoch seconds.
 * @returns null when it is no date, or more than a day ahead of `now`; never later than `now`.
 */
export function instantOf(text: string | null, now: EpochMs): EpochMs | null {
  const plain = text?.trim() ?? ''
  if (/^\d{9,11}$/.test(plain)) return bounded(Number(plain) * 1_000, now)
  const found = /([A-Z][a-z]{2}) {1,2}(\d{1,2}) (\d{2}):(\d{2}):(\d{2})(?: [AP]M)?(?: [A-Z]{2,5})? (\d{4})/.exec(plain)
  const month = found === null ? -1 : MONTHS.indexOf(found[1] ?? 'x')
  if (found === null || month < 0 || month % 3 !== 0) return null
  const [, , day, hour, minute, second, year] = found.map(Number)
  return bounded(Date.UTC(year ?? 0, month / 3, day, hour, minute, second), now)
}

function bounded(at: number, now: EpochMs): EpochMs | null {
  return Number.isSafeInteger(at) && at > 0 && at <= now + DAY_MS ? Math.min(at, now) : null
}
