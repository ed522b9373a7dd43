/** Policies and settings of Windows Update → whether updates install themselves. Pure. -1: not set; missing: not told. */
import { type Failure, failed, read } from '../../../shared/reading.ts'
import { err, ok, type Result } from '../../../shared/result.ts'
import type { EpochMs } from '../../../shared/units.ts'
import type { Contribution, Source } from '../collector.ts'
import { readWindowsRecords, type WindowsRecord } from '../windows/records.ts'

const ID = 'patch/windows-update-policy'
const DISABLED = 4
/** 2 and 3 ask before they install, 1 does nothing, 7 downloads and waits (servers); 4 installs, 5 leaves it to the local administrator. */
const ASKS: ReadonlySet<number | null> = new Set([1, 2, 3, 7])
const INSTALLS = 4

/** Errors: `empty` (a value is missing from the answer), `unsupported` (another program manages updates). */
export function judgeWindowsPolicy(
  records: readonly WindowsRecord[],
  now: EpochMs,
): Result<Contribution<'patch'>, Failure> {
  const [record] = records
  if (record === undefined) return err({ code: 'empty', detail: 'no settings of Windows Update' })
  const value = (...keys: readonly string[]) =>
    keys.map((key) => record.number(key)).find((one) => one !== null) ?? null
  const noAuto = value('NoAutoUpdate')
  const options = value('AUOptions')
  const start = value('ServiceStart', 'Start')
  const pausedUntil = record.instant('PauseUpdatesExpiryTime')
  const usesServer = value('UsesServer', 'UseWUServer')
  const why = offBecause({
    noAuto,
    options,
    start,
    isPaused: pausedUntil !== null && pausedUntil > now,
    allow: value('AllowAutoUpdate'),
  })
  const mechanism = usesServer === 1 ? 'WSUS' : 'Windows Update'
  const off = read(ID, { enabled: false, mechanism })
  if (why === 'off' && record.flag('ManagedByCcm') !== true) return ok({ parts: { automatic: off }, samples: {} })
  if (record.flag('ManagedByCcm') === true) {
    const detail = 'Configuration Manager installs updates here; whether it does cannot be read'
    return ok({ parts: { automatic: failed(ID, { code: 'unsupported', detail }) }, samples: {} })
  }
  const type = record.text('InstallationType')
  const isTold = ![noAuto, options, start, usesServer, value('AllowAutoUpdate'), value('LocalAUOptions')].includes(null)
  if (!isTold || type === null || !isPauseTold(record))
    return err({ code: 'empty', detail: 'not every setting of Windows Update was told' })
  const chosen = options === -1 ? value('LocalAUOptions') : options
  if (ASKS.has(chosen) && options === -1 && type !== 'Client') return ok({ parts: { automatic: off }, samples: {} })
  // Servers only download by default; clients install by default.
  if (type !== 'Client' && chosen !== INSTALLS)
    return err({ code: 'empty', detail: `${type}: no setting says that updates install themselves` })
  return ok({ parts: { automatic: read(ID, { enabled: true, mechanism }) }, samples: {} })
}

/** A pause whose end cannot be read may still last. */
function isPauseTold(record: WindowsRecord): boolean {
  return record.text('PauseUpdatesExpiryTime') === '-1' || record.instant('PauseUpdatesExpiryTime') !== null
}

type Settings = { readonly [K in 'noAuto' | 'options' | 'start' | 'allow']: number | null } & {
  readonly isPaused: boolean
}

function offBecause({ noAuto, options, start, isPaused, allow }: Settings): 'off' | null {
  const isOff = noAuto === 1 || ASKS.has(options) || start === DISABLED || isPaused || allow === 5
  return isOff ? 'off' : null
}

/** Errors: those of the script, `empty`. */
export const windowsUpdatePolicySource: Source<'patch'> = {
  id: ID,
  check: 'patch',
  parse: ({ stdout, exitCode, now }) => {
    if (exitCode !== 0) return err({ code: 'exit', detail: `the question ended with ${exitCode ?? 'a signal'}` })
    const records = readWindowsRecords(stdout, 'windows-update-policy')
    return records.ok ? judgeWindowsPolicy(records.value, now) : records
  },
}
