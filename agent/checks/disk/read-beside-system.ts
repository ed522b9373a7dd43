/** Reads drives on Windows and macOS: the system's own list, and smartctl where it is installed. I/O through the probe only. */
import type { Drive } from '../../../shared/checks/disk.ts'
import { type Failure, failed, read } from '../../../shared/reading.ts'
import type { Result } from '../../../shared/result.ts'
import type { RuleDetail } from '../../../shared/rule-detail.ts'
import type { CollectContext, Contribution } from '../collector.ts'
import { askSmartctl, scanned } from './ask-smartctl.ts'
import { mergeDrives } from './merge-drives.ts'
import { type DriveReport, SMARTCTL } from './smartctl.ts'

/** What differs between the two systems. */
export type OwnDrives = {
  readonly source: string
  readonly own: Result<readonly DriveReport[], Failure>
  readonly sameDevice: (own: Drive, read: Drive) => boolean
  /** The words that name the command which installs smartctl there. */
  readonly needsSmartctl: RuleDetail
}

/**
 * Every drive that the system or smartctl knows. Without smartctl each drive says what cannot be seen: a general status proves nothing.
 */
export async function readBesideSystem(
  context: CollectContext,
  { source, own, sameDevice, needsSmartctl }: OwnDrives,
): Promise<Contribution<'disk'>> {
  const known = own.ok ? own.value : []
  const asked = await readSmartctl(context, known, needsSmartctl)
  if (!own.ok && asked.reports.length === 0) return { parts: { drives: failed(source, own.error) }, samples: {} }
  const { drives, samples } = mergeDrives(known, asked.reports, sameDevice, asked.unread)
  return { parts: { drives: read(asked.unread === null ? SMARTCTL : source, [...drives]) }, samples }
}

async function readSmartctl(
  context: CollectContext,
  known: readonly DriveReport[],
  needsSmartctl: RuleDetail,
): Promise<{ readonly reports: readonly DriveReport[]; readonly unread: Failure | null }> {
  if (context.off.has(SMARTCTL))
    return { reports: [], unread: { code: 'disabled', detail: `${SMARTCTL} is switched off for this machine` } }
  const scan = await scanned(
    context,
    known.map(({ drive }) => drive.device),
  )
  if (scan.ok) return { reports: await askSmartctl(context, scan.value), unread: null }
  const { code, detail } = scan.error
  return { reports: [], unread: { code, detail: code === 'tool-missing' ? needsSmartctl : detail } }
}
