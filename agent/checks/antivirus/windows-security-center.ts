/**
 * AntiVirusProduct of root/SecurityCenter2 (Windows clients) → products. Pure. The class exists on no Windows Server. Beside the records
 * of WMI those of osquery's windows_security_products are read, which asks the documented interface and decodes no bits.
 */
import type { Product } from '../../../shared/checks/antivirus.ts'
import { type Failure, read } from '../../../shared/reading.ts'
import { err, ok, type Result } from '../../../shared/result.ts'
import { DAY_MS, type EpochMs } from '../../../shared/units.ts'
import type { Source } from '../collector.ts'
import { readWindowsRecords, type WindowsRecord } from '../windows/records.ts'
import { productOf } from './product-status.ts'
import { windowsFailure } from './windows-errors.ts'
import { windowsProductId } from './windows-products.ts'

/** Block of the script. */
export const SECURITY_CENTER_BLOCK = 'security-center'
/** A registration that was not renewed for so long is a leftover of a product that is gone (collectors.md 4.1). */
const LEFTOVER_MS = 90 * DAY_MS

type State = 'on' | 'off' | 'snoozed' | 'expired' | 'unknown'
/** What productState says; `current` null: not told. */
export type ProductState = {
  readonly state: State
  readonly current: boolean | null
  readonly microsoft: boolean | null
}

const STATES: readonly State[] = ['off', 'on', 'snoozed', 'expired']
const UNKNOWN: ProductState = { state: 'unknown', current: null, microsoft: null }

/** Nibbles of 0x00TTSSUU: state in bits 12–15, owner in 8–11, signatures in 4–7. @param text decimal, or hexadecimal as `0x61100` or `061100`. */
export function decodeProductState(text: string | null): ProductState {
  const word = (text ?? '').trim()
  const isHex =
    /^0x[0-9a-f]{1,8}$/i.test(word) || /^0[0-9a-f]{5}$/i.test(word) || /^(?=\d*[a-f])[0-9a-f]{5,6}$/i.test(word)
  if (!isHex && !/^\d{1,10}$/.test(word)) return UNKNOWN
  const value = isHex ? Number.parseInt(word.replace(/^0x/i, ''), 16) : Number(word)
  // Only 24 bits are used: anything beside them is another thing.
  if (value <= 0 || value > 0xff_ffff) return UNKNOWN
  const signatures = (value >> 4) & 0xf
  const owner = (value >> 8) & 0xf
  return {
    state: STATES[(value >> 12) & 0xf] ?? 'unknown',
    current: signatures === 0 ? true : signatures === 1 ? false : null,
    microsoft: owner === 1 ? true : owner === 0 ? false : null,
  }
}

type Seen = ProductState & { readonly name: string; readonly isRenewed: boolean | null }

/** Rows of one product are merged: the best state stands, with the signatures of that row. Errors: `unsupported` (no Security Center), `parse`. */
export function parseSecurityCenter(
  records: readonly WindowsRecord[],
  now: EpochMs,
): Result<readonly Product[], Failure> {
  if (records.some((record) => /^server/i.test(record.text('InstallationType') ?? '')))
    return err({ code: 'unsupported', detail: 'Windows Server has no Security Center' })
  const named = records.filter((record) => nameOf(record) !== null)
  if (named.length === 0 && records.length > 0)
    return err({ code: 'parse', detail: 'no product of the Security Center in it' })
  const best = new Map<string, Seen>()
  for (const record of named) {
    const seen = seenOf(record, now)
    if (seen === null) continue
    const id = seen.microsoft === true ? 'windows-defender' : windowsProductId(seen.name)
    const known = best.get(id)
    if (known === undefined || rank(seen) > rank(known)) best.set(id, seen)
  }
  return ok([...best].map(([id, seen]) => entryOf(id, seen)))
}

const nameOf = (record: WindowsRecord) => record.text('displayName', 128) ?? record.text('name', 128)

function seenOf(record: WindowsRecord, now: EpochMs): Seen | null {
  const name = nameOf(record) ?? ''
  const type = record.text('type')
  if (record.text('displayName') !== null || type === null)
    return { name, ...decodeProductState(record.text('productState')), isRenewed: renewed(record, now) }
  if (type.toLowerCase() !== 'antivirus') return null
  const word = record.text('state')?.toLowerCase() ?? ''
  const state = STATES.find((known) => known === word) ?? 'unknown'
  const microsoft = /^(?:windows|microsoft) defender/i.test(name)
  return { name, state, current: record.flag('signatures_up_to_date'), microsoft, isRenewed: null }
}

/** null: neither a time nor anything else that a whole row has: the row was cut down to its state on purpose. */
function renewed(record: WindowsRecord, now: EpochMs): boolean | null {
  const text = record.text('timestamp')
  // RFC 1123, in English whatever the language of Windows is.
  const at =
    text !== null && /^[A-Z][a-z]{2}, \d\d [A-Z][a-z]{2} \d{4} \d\d:\d\d:\d\d GMT$/.test(text)
      ? Date.parse(text)
      : Number.NaN
  if (Number.isFinite(at)) return now - at < LEFTOVER_MS && at < now + DAY_MS
  const isWhole = ['instanceGuid', 'pathToSignedReportingExe', 'pathToSignedProductExe', 'timestamp'].some((key) =>
    record.has(key),
  )
  return isWhole ? false : null
}

const RANKS: { readonly [S in State]: number } = { on: 4, snoozed: 3, unknown: 2, expired: 1, off: 0 }
/** A row that is renewed stands before one that is not; then the better state, then the better signatures. */
function rank({ state, current, isRenewed }: Seen): number {
  return (isRenewed === false ? 0 : 100) + RANKS[state] * 10 + (current === true ? 2 : current === null ? 1 : 0)
}

/** A row that nobody renews proves nothing good: what it says of an off product stands, what it says of an on one does not. */
function entryOf(id: string, { name, state, current, isRenewed }: Seen): Product {
  const isLeft = isRenewed === false
  const mode = state === 'on' ? 'active' : state === 'unknown' ? null : state
  return productOf(
    id,
    {
      running: state === 'on' && isRenewed === true ? true : null,
      realTime: state === 'unknown' || (isLeft && state === 'on') ? null : state === 'on',
      engineVersion: null,
      signaturesCurrent: isLeft && current === true ? null : current,
      mode: isLeft && state === 'on' ? null : mode,
    },
    name,
  )
}

/** Errors: those of the block (`unsupported` on a Windows Server), `parse`. */
export const securityCenterSource: Source<'antivirus'> = {
  id: 'antivirus/windows-security-center',
  check: 'antivirus',
  parse: (input) => {
    const { stdout, now } = input
    const failure = windowsFailure(input)
    if (failure !== null) return err(failure)
    const records = readWindowsRecords(stdout, SECURITY_CENTER_BLOCK)
    if (!records.ok) return records
    const products = parseSecurityCenter(records.value, now)
    if (!products.ok) return products
    return ok({
      parts: { products: read('antivirus/windows-security-center', [...products.value].slice(0, 32)) },
      samples: {},
    })
  },
}
