/** Task `disk/drives`: what every physical drive says of itself, through smartctl. I/O through the probe only. */
import type { Drive } from '../../../shared/checks/disk.ts'
import { type Failure, failed, read } from '../../../shared/reading.ts'
import { err, ok, type Result } from '../../../shared/result.ts'
import { DAY_MS, type EpochMs } from '../../../shared/units.ts'
import type { Probe } from '../../probe/probe.ts'
import type { CollectContext, Contribution, Task } from '../collector.ts'
import { driveKey, type Identity } from './drive-identity.ts'
import { readBlockDrives } from './read-block-drives.ts'
import { type DriveReport, parseDrive, SMARTCTL } from './smartctl.ts'
import { parseScan, type ScannedDevice, SMARTCTL_SCAN, scannedDrive } from './smartctl-scan.ts'

/** smartctl's own time-out per drive: a dying disk takes about a minute (smartctl_exporter#265). */
const DRIVE_TIMEOUT_MS = 60_000

type Scan = { readonly scannedAt: EpochMs; readonly blocks: string; readonly devices: readonly ScannedDevice[] }

/** Every 6 hours: what drives say changes slowly, and asking costs them time. */
export const drivesTask: Task<'disk'> = {
  id: 'disk/drives',
  check: 'disk',
  cadence: 'smart',
  parts: ['drives'],
  timeoutMs: 10 * 60_000,
  collect: collectDrives,
}

/**
 * Every drive that the kernel or smartctl knows. Without smartctl, or without the right to ask, the drives are still
 * listed, each with the reason why its health is not known: an unread drive is no healthy drive.
 */
async function collectDrives(context: CollectContext): Promise<Contribution<'disk'>> {
  const { probe, off } = context
  const blocks = await readBlockDrives(probe)
  if (off.has(SMARTCTL))
    return listed(blocks, { code: 'disabled', detail: `${SMARTCTL} is switched off for this machine` })
  const scan = await scanned(context, blocks.ok ? blocks.value : [])
  if (!scan.ok) return listed(blocks, scan.error)
  const reports: DriveReport[] = []
  // One at a time: two drives behind one bad controller must not wait for each other.
  for (const device of scan.value) reports.push(await askDrive(context, device))
  const drives = withoutTwins([
    ...reports.map((report) => recognized(report, blocks.ok ? blocks.value : [])),
    ...(blocks.ok ? blocks.value : []).filter((block) => !covered(block, scan.value)).map(unreached),
  ])
  const samples: { [key: string]: number | null } = {}
  for (const report of reports) Object.assign(samples, report.samples)
  return { parts: { drives: read(SMARTCTL, drives.slice(0, 128)) }, samples }
}

/** Drives from the kernel, with one reason for all; when not even those can be told, the part itself fails. */
function listed(blocks: Result<readonly Identity[], Failure>, reason: Failure): Contribution<'disk'> {
  if (!blocks.ok || (blocks.value.length === 0 && reason.code !== 'tool-missing'))
    return { parts: { drives: failed(SMARTCTL, reason) }, samples: {} }
  const drives = blocks.value.map((block) => ({ ...block, smart: failed(SMARTCTL, reasonFor(block, reason)) }))
  return { parts: { drives: read(SMARTCTL, drives.slice(0, 128)) }, samples: {} }
}

/** No tool and no right would tell the health of a virtual disk: it has none of its own. */
function reasonFor(block: Identity, reason: Failure): Failure {
  if (block.kind !== 'virtual') return reason
  return { code: 'unsupported', detail: `${block.device} is a virtual disk; its health is that of the host's drives` }
}

/** The scan opens devices and may wake them: its answer is kept for a day, or until a drive comes or goes. */
async function scanned(
  { probe, memo, now }: CollectContext,
  blocks: readonly Identity[],
): Promise<Result<readonly ScannedDevice[], Failure>> {
  const names = blocks.map((block) => block.device).join(' ')
  const kept = memo.get('scan') as Scan | undefined // only this function writes it
  if (kept !== undefined && kept.blocks === names && Math.abs(now - kept.scannedAt) < DAY_MS) return ok(kept.devices)
  const output = await probe.exec('smartctl', ['--scan-open', '--json=c'], { target: 'smartctl scan' })
  if (!output.ok) return output
  const devices = parseScan(output.value)
  if (!devices.ok) return err({ code: devices.error.code, detail: `${SMARTCTL_SCAN}: ${devices.error.detail}` })
  // A scan with a device that could not be opened is asked again next time; a good one is kept.
  if (devices.value.every((device) => device.openError === null))
    memo.set('scan', { scannedAt: now, blocks: names, devices: devices.value } satisfies Scan)
  return devices
}

async function askDrive({ probe, memo }: CollectContext, scan: ScannedDevice): Promise<DriveReport> {
  const plain = scannedDrive(scan)
  if (scan.openError !== null) return { drive: plain, samples: {} }
  const first = await smartctlAll(probe, scan)
  const unknownBridge =
    first.ok && first.value.drive.smart.state === 'failed' && /unknown usb bridge/i.test(first.value.drive.smart.detail)
  // Once and only with `sat`: other types make some bridges disconnect (smartmontools#275).
  const report = unknownBridge ? await smartctlAll(probe, { ...scan, type: 'sat' }) : first
  if (!report.ok) return { drive: { ...plain, smart: failed(SMARTCTL, report.error) }, samples: {} }
  return remembered(report.value, memo, scan)
}

async function smartctlAll(probe: Probe, { device, type }: ScannedDevice): Promise<Result<DriveReport, Failure>> {
  const args = ['--json=c', '-x', '-n', 'standby,3', '-d', type, device]
  const output = await probe.exec('smartctl', args, { target: device, timeoutMs: DRIVE_TIMEOUT_MS })
  return output.ok ? parseDrive(output.value) : output
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

/** Fills identity from the kernel where smartctl told none. */
function recognized({ drive }: DriveReport, blocks: readonly Identity[]): Drive {
  if (drive.serial !== null) return drive
  const block = blocks.find((one) => sameDevice(one, drive.device))
  if (block === undefined || block.serial === null) return drive
  const named = { ...drive, model: drive.model ?? block.model, serial: block.serial }
  const kind = drive.kind === 'unknown' ? block.kind : drive.kind
  return { ...named, kind, key: driveKey(named), capacityBytes: drive.capacityBytes ?? block.capacityBytes }
}

/** A namespace `/dev/nvme0n1` belongs to the controller `/dev/nvme0` that smartctl names. */
function sameDevice(block: Identity, device: string): boolean {
  return block.device === device || (block.kind === 'nvme' && block.device.startsWith(`${device}n`))
}

function covered(block: Identity, devices: readonly ScannedDevice[]): boolean {
  return devices.some((device) => sameDevice(block, device.device))
}

function unreached(block: Identity): Drive {
  const reason: Failure = { code: 'unsupported', detail: `smartctl does not reach ${block.device}` }
  return { ...block, smart: failed(SMARTCTL, reasonFor(block, reason)) }
}

/** A drive behind a RAID controller may also show as a plain device: the one that told its health stays. */
function withoutTwins(drives: readonly Drive[]): readonly Drive[] {
  const byKey = new Map<string, Drive>()
  for (const drive of drives) {
    const known = byKey.get(drive.key)
    if (known === undefined || (known.smart.state !== 'value' && drive.smart.state === 'value'))
      byKey.set(drive.key, drive)
  }
  return [...byKey.values()]
}
