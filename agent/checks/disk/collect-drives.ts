/** Task `disk/drives`: what every physical drive says of itself, through smartctl. I/O through the probe only. */
import type { Drive } from '../../../shared/checks/disk.ts'
import { type Failure, failed, read } from '../../../shared/reading.ts'
import type { Result } from '../../../shared/result.ts'
import type { CollectContext, Contribution, Task } from '../collector.ts'
import { askSmartctl, scanned } from './ask-smartctl.ts'
import { collectMacosDrives } from './collect-macos-drives.ts'
import { collectWindowsDrives } from './collect-windows-drives.ts'
import { driveKey, type Identity } from './drive-identity.ts'
import { readBlockDrives } from './read-block-drives.ts'
import { type DriveReport, SMARTCTL } from './smartctl.ts'
import type { ScannedDevice } from './smartctl-scan.ts'

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
  if (probe.platform === 'win32') return collectWindowsDrives(context)
  if (probe.platform === 'darwin') return collectMacosDrives(context)
  const blocks = await readBlockDrives(probe)
  if (off.has(SMARTCTL))
    return listed(blocks, { code: 'disabled', detail: `${SMARTCTL} is switched off for this machine` })
  const scan = await scanned(context, blocks.ok ? blocks.value.map((block) => block.device) : [])
  if (!scan.ok) return listed(blocks, scan.error)
  const reports = await askSmartctl(context, scan.value)
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
