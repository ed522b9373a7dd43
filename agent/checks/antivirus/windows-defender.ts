/**
 * MSFT_MpComputerStatus (Get-MpComputerStatus) of Windows clients and servers → state of Microsoft Defender. Pure. A Defender that leaves
 * the work to another product still says that it is enabled: the running mode comes first (collectors.md 4.2).
 */
import { type Failure, read } from '../../../shared/reading.ts'
import { err, ok, type Result } from '../../../shared/result.ts'
import { DAY_MS, type EpochMs } from '../../../shared/units.ts'
import type { Source } from '../collector.ts'
import { readWindowsRecords, type WindowsRecord } from '../windows/records.ts'
import { type ProductStatus, productOf } from './product-status.ts'
import { toldVersion } from './told.ts'
import { windowsFailure } from './windows-errors.ts'

/** Block of the script. */
export const DEFENDER_BLOCK = 'defender'
/** Id of Defender in the section. */
export const DEFENDER = 'windows-defender'
/** Ages of 65535 and 4294967295 mean never; a year's more is no age of signatures either. */
const MAX_AGE_DAYS = 20_000

/** Epoch ms; null: never or not told. */
export type DefenderStatus = {
  readonly status: ProductStatus
  readonly signaturesAt: EpochMs | null
  readonly scannedAt: EpochMs | null
}

/** Errors: `parse` when nothing in it is of Defender. */
export function parseDefender(records: readonly WindowsRecord[], now: EpochMs): Result<DefenderStatus, Failure> {
  const record = records.find((one) => KEYS.some((key) => one.has(key)))
  if (record === undefined) {
    const isNone = records.length === 0
    return err({
      code: isNone ? 'empty' : 'parse',
      detail: isNone ? 'Defender answered nothing' : 'no state of Defender in it',
    })
  }
  const outdated = record.flag('DefenderSignaturesOutOfDate')
  const age = record.number('AntivirusSignatureAge')
  const isNever = age !== null && age >= 65_535
  // Its own verdict must be told beside a date: an answer that lost it proves nothing.
  const at = outdated === null ? null : (instantOf(record, 'AntivirusSignatureLastUpdated', now) ?? daysAgo(age, now))
  const current = outdated === true || isNever ? false : outdated === false && at !== null ? true : null
  return ok({
    status: {
      ...protection(record),
      engineVersion: toldVersion(record.text('AMEngineVersion')) ?? toldVersion(record.text('AMProductVersion')),
      signaturesCurrent: current,
    },
    signaturesAt: isNever ? null : at,
    scannedAt: newest([scan(record, 'Quick', now), scan(record, 'Full', now)]),
  })
}

const KEYS = ['AMRunningMode', 'AMServiceEnabled', 'AntivirusEnabled', 'RealTimeProtectionEnabled'] as const
const MODES: { readonly [word: string]: 'active' | 'passive' | 'ambiguous' | 'off' } = {
  normal: 'active',
  'passive mode': 'passive',
  passive: 'passive',
  'sxs passive mode': 'passive',
  'edr block mode': 'ambiguous',
  'edr blocked': 'ambiguous',
  'not running': 'off',
}

function protection(record: WindowsRecord): Pick<ProductStatus, 'running' | 'realTime' | 'mode'> {
  const service = record.flag('AMServiceEnabled')
  const flags = (['RealTimeProtectionEnabled', 'AntivirusEnabled'] as const).map((key) => record.flag(key))
  const mode = MODES[(record.text('AMRunningMode') ?? '').toLowerCase()] ?? null
  if (mode === 'off' || service === false) return { running: false, realTime: false, mode: 'off' }
  if (mode === 'passive') return { running: service, realTime: false, mode: 'passive' }
  if (flags.includes(false) || record.flag('OnAccessProtectionEnabled') === false)
    return { running: service, realTime: false, mode: 'off' }
  // EDR block mode hides whether it works normally or passively; without a mode nothing that it says of itself counts.
  const proven = mode === 'active' && service === true && flags.every((flag) => flag === true)
  return { running: service, realTime: proven ? true : null, mode: proven ? 'active' : null }
}

/** Days before now; null: never, or not told. */
function daysAgo(days: number | null, now: EpochMs): EpochMs | null {
  return days !== null && Number.isInteger(days) && days >= 0 && days < MAX_AGE_DAYS ? now - days * DAY_MS : null
}

function instantOf(record: WindowsRecord, key: string, now: EpochMs): EpochMs | null {
  const at = record.instant(key)
  return at !== null && at <= now + DAY_MS ? at : null
}

function scan(record: WindowsRecord, kind: 'Quick' | 'Full', now: EpochMs): EpochMs | null {
  return instantOf(record, `${kind}ScanEndTime`, now) ?? daysAgo(record.number(`${kind}ScanAge`), now)
}

function newest(instants: readonly (EpochMs | null)[]): EpochMs | null {
  const told = instants.filter((at) => at !== null)
  return told.length === 0 ? null : Math.max(...told)
}

/** Errors: those of the block, `disabled` (service stopped), `unsupported` (no Defender), `exit`, `empty`, `parse`. */
export const windowsDefenderSource: Source<'antivirus'> = {
  id: 'antivirus/windows-defender',
  check: 'antivirus',
  parse: (input) => {
    const { stdout, now } = input
    const failure = windowsFailure(input)
    if (failure !== null) return err(failure)
    const records = readWindowsRecords(stdout, DEFENDER_BLOCK)
    if (!records.ok) return records
    const parsed = parseDefender(records.value, now)
    if (!parsed.ok) return parsed
    const { status, signaturesAt, scannedAt } = parsed.value
    return ok({
      parts: { products: read('antivirus/windows-defender', [productOf(DEFENDER, status)]) },
      samples: { [`product:${DEFENDER}:signaturesAt`]: signaturesAt, [`product:${DEFENDER}:scannedAt`]: scannedAt },
    })
  },
}
