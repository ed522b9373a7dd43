/** Instants as Windows writes them. Pure and total. */
import type { EpochMs } from '../../../shared/units.ts'

/** Windows says "never" with 1601-01-01, 0001-01-01 or 1899-12-30. */
const NEVER_BEFORE: EpochMs = Date.UTC(1990, 0, 1)

/**
 * `2026-11-25T04:00:00.0000000Z`, `/Date(1700000000000)/`, `{"value":"/Date(…)/"}` and CIM `20261125040000.000000+060`.
 * @returns null for "never", for anything else, and for dates in the manner of a country: their order of day and month is a guess.
 */
export function windowsInstant(value: unknown): EpochMs | null {
  if (typeof value === 'object' && value !== null && 'value' in value) return windowsInstant(value.value)
  if (typeof value !== 'string') return null
  const at = parse(value.trim())
  return at !== null && Number.isSafeInteger(at) && at >= NEVER_BEFORE ? at : null
}

function parse(text: string): EpochMs | null {
  const dated = /^\\?\/Date\((-?\d{1,15})(?:[+-]\d{4})?\)\\?\/$/.exec(text)
  if (dated !== null) return Number(dated[1])
  // With a zone only: a local time without one could be hours off.
  if (/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d{1,9})?(?:Z|[+-]\d\d:\d\d)$/.test(text)) {
    const at = Date.parse(text.replace(/(\.\d{3})\d+/, '$1'))
    return Number.isFinite(at) ? at : null
  }
  const cim = /^(\d{4})(\d\d)(\d\d)(\d\d)(\d\d)(\d\d)\.\d{6}([+-]\d{3})$/.exec(text)
  if (cim === null) return null
  const [year = 0, month = 0, day = 0, hour = 0, minute = 0, second = 0, zone = 0] = cim.slice(1).map(Number)
  return Date.UTC(year, month - 1, day, hour, minute, second) - zone * 60_000
}

/** 100-nanosecond steps since 1601 (FILETIME), as a number or as decimal text. @returns null for 0 and for anything else. */
export function filetimeInstant(value: number | string | null): EpochMs | null {
  const text = value === null ? '' : String(value).trim()
  if (!/^\d{1,19}$/.test(text)) return null
  const at = Number(BigInt(text) / 10_000n) - 11_644_473_600_000
  return at >= NEVER_BEFORE ? at : null
}
