/** Parses smartctl for one drive: its JSON (smartmontools 7.0 and later) and its text (6.x, or 7 without --json). Pure and total. */
import type { Drive, Smart } from '../../../shared/checks/disk.ts'
import type { SampleValues } from '../../../shared/checks/samples.ts'
import { type Failure, failed, type Reading, read } from '../../../shared/reading.ts'
import { err, ok, type Result } from '../../../shared/result.ts'
import type { Source, SourceInput } from '../collector.ts'
import { decode } from '../decode.ts'
import { type Peek, parseJson, peek } from '../json.ts'
import { parseIdentity } from './drive-identity.ts'
import { hasAtaAttributes, parseAta } from './smartctl-ata.ts'
import { nvmeSelfTest, nvmeWear, parseNvme } from './smartctl-nvme.ts'
import { parseScsi, scsiPending, scsiSelfTest, scsiWear } from './smartctl-scsi.ts'
import { type AskedDrive, smartctlDocument } from './smartctl-text.ts'

/** Source id; also the `source` of the part and of every drive in it. */
export const SMARTCTL = 'disk/smartctl'

/** Bits of the exit status: bad command line, open failed or standby. With either, nothing was asked of the drive. */
const NOT_ASKED = 1 | 2

/** One drive with the numbers of it that move. */
export type DriveReport = { readonly drive: Drive; readonly samples: SampleValues }

/**
 * One drive's document. The exit status is a bit mask about the drive, and process and JSON have differed on bad SAS disks
 * (prometheus-community/smartctl_exporter#265): both are OR-ed.
 * @returns the drive, its `smart` reading failed with `asleep`, `access-denied`, `unsupported`, `disabled` or `exit` where it
 *   told no health; samples for temperature (°C) and power-on time (hours) where told.
 * @param asked the drive, where the caller knows it: the text form names none.
 * Errors: `empty`, `parse` (not of smartctl), `access-denied`, `exit`, `unsupported` (smartctl before 7.0 called with --json).
 */
export function parseDrive(
  input: Pick<SourceInput, 'stdout' | 'stderr' | 'exitCode'>,
  asked: AskedDrive | null = null,
): Result<DriveReport, Failure> {
  const text = decode(input.stdout)
  const document = smartctlDocument(text, asked)
  const json = document === null ? parseJson(text) : ok(peek(document))
  if (!json.ok) return err(explain(json.error, text, input))
  const root = json.value
  if (!root.has('smartctl')) return err({ code: 'parse', detail: 'JSON, but not of smartctl: no "smartctl" in it' })
  const identity = parseIdentity(root)
  if (identity === null) return err({ code: exitFailure(root).code, detail: `smartctl named no device: ${said(root)}` })
  const exitBits = ((input.exitCode ?? 0) | (root.count('smartctl.exit_status') ?? 0)) & 0xff
  const smart = smartOf(root, exitBits)
  return ok({ drive: { ...identity, smart }, samples: samplesOf(root, identity.key, smart) })
}

function explain(
  failure: Failure,
  text: string,
  { stderr, exitCode }: Pick<SourceInput, 'stderr' | 'exitCode'>,
): Failure {
  if (/permission denied|operation not permitted/i.test(stderr)) return { code: 'access-denied', detail: stderr.trim() }
  if (/^smartctl \d+\.\d+/m.test(text) || /unrecognized option.*json/i.test(stderr + text))
    return { code: 'unsupported', detail: 'smartctl gave no answer about a drive; before 7.0 it has no --json' }
  return { code: failure.code, detail: `smartctl (exit ${exitCode ?? 'by signal'}): ${failure.detail}` }
}

function smartOf(root: Peek, exitBits: number): Reading<Smart> {
  const passed = root.flag('smart_status.passed')
  if (passed === null && isAsleep(root))
    return failed(SMARTCTL, { code: 'asleep', detail: `left asleep: ${said(root)}` })
  // A verdict of failure stands whatever else went wrong; a good one does not outlive a failed open.
  if ((exitBits & NOT_ASKED) !== 0 && passed !== false) return failed(SMARTCTL, exitFailure(root))
  const smart = healthOf(root, exitBits, passed)
  if (smart !== null) return read(SMARTCTL, smart)
  if (root.flag('smart_support.available') !== false && root.flag('smart_support.enabled') === false)
    return failed(SMARTCTL, {
      code: 'disabled',
      detail: 'SMART is switched off in the drive (smartctl -s on switches it on)',
    })
  return failed(SMARTCTL, { code: 'unsupported', detail: `no health data behind this device: ${said(root)}` })
}

/** @returns null when there is neither a verdict nor a single figure to judge by (virtual disks, RAID volumes). */
function healthOf(root: Peek, exitBits: number, passed: boolean | null): Smart | null {
  const nvme = parseNvme(root)
  const scsi = parseScsi(root)
  const ata = parseAta(root)
  if (passed === null && nvme === null && scsi === null && !hasAtaAttributes(root)) return null
  return {
    ...ata,
    passed,
    exitBits,
    pendingSectors: ata.pendingSectors ?? scsiPending(root),
    wearPercent: nvmeWear(root) ?? scsiWear(root) ?? ata.wearPercent,
    lastSelfTest: ata.lastSelfTest ?? nvmeSelfTest(root) ?? scsiSelfTest(root),
    nvme,
    scsi,
  }
}

/** `-n standby,3` exits early with a message (7.0+) and a power mode (newer JSON); the exit status alone is no proof of sleep. */
function isAsleep(root: Peek): boolean {
  const mode = root.text('power_mode') ?? root.text('power_mode.string') ?? root.text('power_mode.name') ?? ''
  return /^(?:standby|sleep)/i.test(mode) || messages(root).some((text) => /\bin (?:standby|sleep)\b/i.test(text))
}

function exitFailure(root: Peek): Failure {
  const text = said(root)
  // Error=5 is Windows' ERROR_ACCESS_DENIED.
  if (/permission denied|operation not permitted|access is denied|error=5\b/i.test(text))
    return { code: 'access-denied', detail: text }
  if (/unknown usb bridge|unable to detect|not supported|unsupported|please specify device type/i.test(text))
    return { code: 'unsupported', detail: text }
  return { code: 'exit', detail: text }
}

function messages(root: Peek): readonly string[] {
  return root.list('smartctl.messages', 32).flatMap((entry) => entry.text('string', 300) ?? [])
}

function said(root: Peek): string {
  const text = messages(root).join('; ')
  return text === '' ? `smartctl exit ${root.count('smartctl.exit_status') ?? 'unknown'} without a message` : text
}

/** A temperature of 0 means that the drive does not tell it (collectors.md 2.1). An unread drive keeps its keys, without numbers. */
function samplesOf(root: Peek, key: string, smart: Reading<Smart>): SampleValues {
  if (smart.state !== 'value') return {}
  const samples: { [key: string]: number | null } = {}
  // Some SAS drives answer 0 there and tell it on another page (smartctl 7.4).
  const told = [root.number('temperature.current'), root.number('scsi_environmental_reports.temperature_1.current')]
  const temperature = told.find((value) => value !== null && value !== 0) ?? null
  if (temperature !== null) samples[`drive:${key}:temperatureCelsius`] = Math.round(temperature)
  const hours = root.count('power_on_time.hours')
  if (hours !== null) samples[`drive:${key}:powerOnHours`] = hours
  return samples
}

/** `disk/smartctl`: one drive's JSON as a section with one drive. */
export const smartctl: Source<'disk'> = {
  id: SMARTCTL,
  check: 'disk',
  parse: (input) => {
    const report = parseDrive(input)
    if (!report.ok) return report
    return ok({ parts: { drives: read(SMARTCTL, [report.value.drive]) }, samples: report.value.samples })
  },
}
