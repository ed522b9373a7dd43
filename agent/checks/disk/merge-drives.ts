/** Puts together what the system lists and what smartctl read, drive by drive. Pure. */
import type { Drive } from '../../../shared/checks/disk.ts'
import type { SampleValues } from '../../../shared/checks/samples.ts'
import { type Failure, failed } from '../../../shared/reading.ts'
import { type DriveReport, SMARTCTL } from './smartctl.ts'
import { comparableSerial } from './windows-drive.ts'

/**
 * The same drive is known by its serial number, else by `sameDevice`. smartctl's word stands over the system's general flag, except
 * where the flag foretells a failure. A drive that smartctl did not read keeps what the system told, which is never a proof of health.
 * @param unread why smartctl read nothing at all; null: it was asked.
 */
export function mergeDrives(
  own: readonly DriveReport[],
  read: readonly DriveReport[],
  sameDevice: (own: Drive, read: Drive) => boolean,
  unread: Failure | null,
): { readonly drives: readonly Drive[]; readonly samples: SampleValues } {
  const left = new Set(read)
  const merged = own.map((one) => {
    const twin = [...left].find(({ drive }) => isSame(one.drive, drive, sameDevice))
    if (twin === undefined) return unreached(one, unread)
    left.delete(twin)
    return joined(one, twin)
  })
  const all = withoutTwins([...merged, ...left])
  const samples: { [key: string]: number | null } = {}
  for (const report of all) Object.assign(samples, report.samples)
  return { drives: all.map(({ drive }) => drive).slice(0, 128), samples }
}

function isSame(own: Drive, read: Drive, sameDevice: (own: Drive, read: Drive) => boolean): boolean {
  const [a, b] = [comparableSerial(own.serial), comparableSerial(read.serial)]
  return a !== null && b !== null ? a === b : sameDevice(own, read)
}

function joined(own: DriveReport, read: DriveReport): DriveReport {
  const foretold = own.drive.smart.state === 'value' && own.drive.smart.value.passed === false
  if (read.drive.smart.state === 'value') {
    const smart = read.drive.smart
    if (!foretold || smart.value.passed === false) return { ...read, drive: identified(read.drive, own.drive) }
    return {
      ...read,
      drive: { ...identified(read.drive, own.drive), smart: { ...smart, value: { ...smart.value, passed: false } } },
    }
  }
  // smartctl was refused: its reason says more than a flag that proves nothing, and less than one that foretells a failure.
  const isAsleep = read.drive.smart.state === 'failed' && read.drive.smart.code === 'asleep'
  const smart = foretold || (tellsMore(own.drive) && !isAsleep) ? own.drive.smart : read.drive.smart
  return { drive: { ...identified(read.drive, own.drive), smart }, samples: { ...read.samples, ...renamed(own, read) } }
}

/** The name by which the drive is known must not change with what answers today: smartctl's, once it told a serial number. */
function identified(read: Drive, own: Drive): Drive {
  if (read.serial === null) return { ...own, type: read.type, smart: read.smart }
  return {
    ...read,
    kind: read.kind === 'unknown' ? own.kind : read.kind,
    capacityBytes: read.capacityBytes ?? own.capacityBytes,
  }
}

function renamed(own: DriveReport, read: DriveReport): SampleValues {
  const key = identified(read.drive, own.drive).key
  return Object.fromEntries(
    Object.entries(own.samples).map(([name, value]) => [
      name.replace(`drive:${own.drive.key}:`, `drive:${key}:`),
      value,
    ]),
  )
}

/** Whether the system told anything beyond a flag that is not raised. */
function tellsMore({ smart }: Drive): boolean {
  if (smart.state !== 'value') return false
  const { passed, failingAttributes, exitBits: _, lastSelfTest: __, ...counters } = smart.value
  return passed !== null || failingAttributes.length > 0 || Object.values(counters).some((value) => value !== null)
}

function unreached(own: DriveReport, unread: Failure | null): DriveReport {
  const { drive } = own
  if (drive.smart.state !== 'value' || tellsMore(drive)) return own
  const reason: Failure = unread ?? { code: 'unsupported', detail: `smartctl does not reach ${drive.device}` }
  return { drive: { ...drive, smart: failed(SMARTCTL, reason) }, samples: own.samples }
}

/** Two ways to one drive (`/dev/sda` and `/dev/csmi0,0`): the one that told its health stays. */
function withoutTwins(reports: readonly DriveReport[]): readonly DriveReport[] {
  const byKey = new Map<string, DriveReport>()
  for (const report of reports) {
    const known = byKey.get(report.drive.key)
    if (known === undefined || (known.drive.smart.state !== 'value' && report.drive.smart.state === 'value'))
      byKey.set(report.drive.key, report)
  }
  return [...byKey.values()]
}
