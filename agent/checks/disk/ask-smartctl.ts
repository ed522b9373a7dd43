/** Asks smartctl on any system: which drives there are, and what each says. I/O through the probe only. */
import { type Failure, failed } from '../../../shared/reading.ts'
import { err, ok, type Result } from '../../../shared/result.ts'
import { DAY_MS, type EpochMs } from '../../../shared/units.ts'
import type { ExecOptions, Output } from '../../probe/probe.ts'
import type { CollectContext } from '../collector.ts'
import { decode } from '../decode.ts'
import { type DriveReport, parseDrive, SMARTCTL } from './smartctl.ts'
import { parseScan, type ScannedDevice, SMARTCTL_SCAN, scannedDrive } from './smartctl-scan.ts'

/** smartctl's own time-out per drive: a dying disk takes about a minute (smartctl_exporter#265). */
const DRIVE_TIMEOUT_MS = 60_000

type Scan = { readonly scannedAt: EpochMs; readonly blocks: string; readonly devices: readonly ScannedDevice[] }

/** What every drive of a scan says, in its order; a drive that did not answer says why. */
export async function askSmartctl(
  context: CollectContext,
  devices: readonly ScannedDevice[],
): Promise<readonly DriveReport[]> {
  const reports: DriveReport[] = []
  // One at a time: two drives behind one bad controller must not wait for each other.
  for (const device of devices) reports.push(await askDrive(context, device))
  return reports
}

/**
 * The scan opens devices and may wake them: its answer is kept for a day, or until a drive comes or goes.
 * @param known the drives that the system itself lists. Errors: those of `Probe.exec` and `parseScan`.
 */
export async function scanned(
  context: CollectContext,
  known: readonly string[],
): Promise<Result<readonly ScannedDevice[], Failure>> {
  const { memo, now } = context
  const names = known.join(' ')
  const kept = memo.get('scan') as Scan | undefined // only this function writes it
  if (kept !== undefined && kept.blocks === names && Math.abs(now - kept.scannedAt) < DAY_MS) return ok(kept.devices)
  const output = await execSmartctl(context, ['--scan-open', '--json=c'], { target: 'smartctl scan' })
  if (!output.ok) return output
  const { isPlain, exitCode, stdout } = output.value
  // smartctl 6 prints nothing at all where there is no drive.
  const devices = isPlain && exitCode === 0 && stdout.length === 0 ? ok([]) : parseScan(output.value)
  if (!devices.ok) return err({ code: devices.error.code, detail: `${SMARTCTL_SCAN}: ${devices.error.detail}` })
  // A scan with a device that could not be opened is asked again next time; a good one is kept.
  if (devices.value.every((device) => device.openError === null))
    memo.set('scan', { scannedAt: now, blocks: names, devices: devices.value } satisfies Scan)
  return devices
}

async function askDrive(context: CollectContext, scan: ScannedDevice): Promise<DriveReport> {
  const plain = scannedDrive(scan)
  if (scan.openError !== null) return { drive: plain, samples: {} }
  const first = await smartctlAll(context, scan)
  const unknownBridge =
    first.ok && first.value.drive.smart.state === 'failed' && /unknown usb bridge/i.test(first.value.drive.smart.detail)
  // Once and only with `sat`: other types make some bridges disconnect (smartmontools#275).
  const report = unknownBridge ? await smartctlAll(context, { ...scan, type: 'sat' }) : first
  if (!report.ok) return { drive: { ...plain, smart: failed(SMARTCTL, report.error) }, samples: {} }
  return remembered(report.value, context.memo, scan)
}

async function smartctlAll(
  context: CollectContext,
  { device, type }: ScannedDevice,
): Promise<Result<DriveReport, Failure>> {
  const args = ['--json=c', '-x', '-n', 'standby,3', '-d', type, device]
  const output = await execSmartctl(context, args, { target: device, timeoutMs: DRIVE_TIMEOUT_MS })
  return output.ok ? parseDrive(output.value, { device, type }) : output
}

type Said = Output & { readonly isPlain: boolean }
/** Note in the memory of the task, kept for a day: this machine's smartctl is older than 7.0 and has no --json. */
const NO_JSON = 'smartctl has no json'

/** smartctl before 7.0 refuses `--json` and touches no drive (exit 1, `UNRECOGNIZED OPTION`); it is then asked for its text. */
async function execSmartctl(
  { probe, memo, now }: CollectContext,
  args: readonly string[],
  options: ExecOptions,
): Promise<Result<Said, Failure>> {
  const since = memo.get(NO_JSON) as EpochMs | undefined // only this function writes it
  if (since === undefined || Math.abs(now - since) >= DAY_MS) {
    const json = await probe.exec('smartctl', args, options)
    if (!json.ok || !refusesJson(json.value)) return json.ok ? ok({ ...json.value, isPlain: false }) : json
    memo.set(NO_JSON, now)
  }
  // The exit status after a comma came later than 6.x; the text says that the drive sleeps.
  const plainArgs = args.filter((arg) => arg !== '--json=c').map((arg) => (arg === 'standby,3' ? 'standby' : arg))
  const plain = await probe.exec('smartctl', plainArgs, options)
  return plain.ok ? ok({ ...plain.value, isPlain: true }) : plain
}

function refusesJson({ stdout, stderr, exitCode }: Output): boolean {
  const said = `${decode(stdout, 4_000)}\n${stderr.slice(0, 4_000)}`
  return ((exitCode ?? 0) & 1) !== 0 && /unrecogni[sz]ed option.{0,20}json/i.test(said)
}

/** A sleeping drive tells no model and no serial number; it keeps those of the last time it was awake, and its samples' names. */
function remembered(report: DriveReport, memo: Map<string, unknown>, { device, type }: ScannedDevice): DriveReport {
  const slot = `drive ${device} ${type}`
  if (report.drive.smart.state === 'value') {
    memo.set(slot, report)
    return report
  }
  const known = memo.get(slot) as DriveReport | undefined // only this function writes it
  if (known === undefined || report.drive.smart.state !== 'failed' || report.drive.smart.code !== 'asleep')
    return report
  const samples = Object.fromEntries(Object.keys(known.samples).map((key) => [key, null]))
  return { drive: { ...known.drive, smart: report.drive.smart }, samples }
}
