/** Backup jobs, lookalikes, products and data of a Windows machine, from the answers of the agent's PowerShell. I/O through the probe. */
import type { BackupSection } from '../../../../shared/checks/backup.ts'
import { type Failure, failed } from '../../../../shared/reading.ts'
import type { CollectContext, Contribution, Source } from '../../collector.ts'
import { askWindows, askWindowsRaw } from '../../windows/ask.ts'
import type { SystemJobs } from '../collect-system.ts'
import type { CollectedJob } from '../collected-job.ts'
import { collectCobian } from './collect-cobian.ts'
import { fileHistorySource } from './file-history.ts'
import { mergeJobs } from './merge-jobs.ts'
import { onedriveSource } from './onedrive.ts'
import { shadowCopiesSource } from './shadow-copies.ts'
import { veeamBrEventsSource, veeamWindowsEventsSource } from './veeam-events.ts'
import { veeamLogSource } from './veeam-log.ts'
import { acronisSource, azureBackupSource, macriumSource, synologySource } from './vendor-events.ts'
import { windowsBackupEventsSource } from './windows-backup-events.ts'
import { windowsBackupSummarySource } from './windows-backup-summary.ts'
import { windowsDataSource } from './windows-data.ts'
import { placeOnVolume, type WindowsVolume } from './windows-place.ts'
import { windowsProductsSource } from './windows-products.ts'
import { windows7BackupSource } from './windows7-backup.ts'

type Asked = readonly [source: Source<'backup'>, block: string]

const JOB_SOURCES: readonly Asked[] = [
  [windowsBackupEventsSource, 'windows-backup-events'],
  [windowsBackupSummarySource, 'windows-backup-summary'],
  [fileHistorySource, 'file-history'],
  [windows7BackupSource, 'windows7-backup'],
  [veeamWindowsEventsSource, 'veeam-windows-events'],
  [veeamBrEventsSource, 'veeam-br-events'],
  [azureBackupSource, 'azure-backup'],
  [acronisSource, 'backup-vendors'],
  [macriumSource, 'backup-vendors'],
  [synologySource, 'backup-vendors'],
]

/** What Windows itself and known products tell of their jobs; a question that failed is named, never passed over. */
export async function collectWindowsJobs(context: CollectContext): Promise<SystemJobs> {
  const failures: Failure[] = []
  const jobs: CollectedJob[] = []
  for (const asked of JOB_SOURCES) jobs.push(...(await ask(asked, context, failures)))
  if (!jobs.some(({ job }) => job.tool === 'veeam'))
    jobs.push(...(await ask([veeamLogSource, 'veeam-log'], context, failures)))
  jobs.push(...(await collectCobian(context)))
  const isUnused = await isUnusedFeature(context, jobs)
  const kept = jobs.filter(({ job }) => !(isUnused && job.id === 'windows-backup:Windows Server Backup'))
  const volumes = await readVolumes(context)
  const placed = mergeJobs(kept).map(({ job, samples }) => ({
    job: { ...job, destination: placeOnVolume(job.destination, volumes) },
    samples,
  }))
  return { jobs: placed, failures }
}

async function ask(
  [source, block]: Asked,
  context: CollectContext,
  failures: Failure[],
): Promise<readonly CollectedJob[]> {
  if (context.off.has(source.id)) return []
  const raw = await askWindowsRaw(context, block)
  if (!raw.ok) {
    failures.push(raw.error)
    return []
  }
  const parsed = source.parse({ stdout: raw.value, stderr: '', exitCode: 0, platform: 'win32', now: context.now })
  if (parsed.ok) return jobsOf(parsed.value)
  failures.push({ code: parsed.error.code, detail: `${source.id}: ${parsed.error.detail}` })
  return []
}

function jobsOf({ parts, samples }: Contribution<'backup'>): readonly CollectedJob[] {
  const { jobs } = parts
  if (jobs === undefined || jobs.state !== 'value') return []
  return jobs.value.map((job) => {
    const prefix = `job:${job.id}:`
    return { job, samples: Object.fromEntries(Object.entries(samples).filter(([key]) => key.startsWith(prefix))) }
  })
}

/** The feature is installed, has never run and is not going to: nobody set it up, so it is no job. */
async function isUnusedFeature(context: CollectContext, jobs: readonly CollectedJob[]): Promise<boolean> {
  const own = jobs.filter(({ job }) => job.id === 'windows-backup:Windows Server Backup')
  const hasEvents = own.some(({ job }) => job.status.state === 'value' && job.status.value.copies !== 0)
  if (own.length !== 1 || hasEvents) return false
  const records = await askWindows(context, 'windows-backup-summary')
  const next = records.ok ? (records.value[0]?.text('NextBackupTime') ?? null) : null
  return next?.startsWith('0001-') === true
}

async function readVolumes(context: CollectContext): Promise<readonly WindowsVolume[]> {
  const records = await askWindows(context, 'backup-volumes')
  if (!records.ok) return []
  return records.value.map((one) => ({
    letter: one.text('Letter', 2),
    volume: /Volume\{[0-9a-f-]{36}\}/i.exec(one.text('Volume') ?? '')?.[0] ?? null,
    busType: one.count('BusType'),
    isSystemDisk: one.flag('IsSystem'),
  }))
}

/** Part and samples of `lookalikes`. One of the two that cannot be read fails the part: an empty list would say that there is none. */
export async function collectWindowsLookalikes(context: CollectContext): Promise<Contribution<'backup'>> {
  const found: Contribution<'backup'>[] = []
  for (const [source, block] of [
    [onedriveSource, 'onedrive'],
    [shadowCopiesSource, 'shadow-copies'],
  ] as const) {
    if (context.off.has(source.id)) continue
    const raw = await askWindowsRaw(context, block)
    const parsed = raw.ok
      ? source.parse({ stdout: raw.value, stderr: '', exitCode: 0, platform: 'win32', now: context.now })
      : raw
    if (!parsed.ok) return { parts: { lookalikes: failed(source.id, parsed.error) }, samples: {} }
    found.push(parsed.value)
  }
  const lists = found.flatMap(({ parts }) => (parts.lookalikes?.state === 'value' ? parts.lookalikes.value : []))
  return {
    parts: { lookalikes: { state: 'value', source: 'backup/lookalikes', value: lists.slice(0, 32) } },
    samples: Object.assign({}, ...found.map(({ samples }) => samples)),
  }
}

/** Part `tools`. */
export async function collectWindowsTools(context: CollectContext): Promise<BackupSection['tools']> {
  const raw = await askWindowsRaw(context, 'backup-products')
  const parsed = raw.ok ? windowsProductsSource.parse(inputOf(raw.value, context)) : raw
  if (!parsed.ok) return failed('backup/tools', parsed.error)
  return parsed.value.parts.tools ?? failed('backup/tools', { code: 'empty', detail: 'no answer' })
}

/** Part `holdsData`. */
export async function collectWindowsData(context: CollectContext): Promise<BackupSection['holdsData']> {
  const raw = await askWindowsRaw(context, 'backup-data')
  const parsed = raw.ok ? windowsDataSource.parse(inputOf(raw.value, context)) : raw
  if (!parsed.ok) return failed('backup/holds-data', parsed.error)
  return parsed.value.parts.holdsData ?? failed('backup/holds-data', { code: 'empty', detail: 'no answer' })
}

function inputOf(stdout: Uint8Array, { now }: CollectContext) {
  return { stdout, stderr: '', exitCode: 0, platform: 'win32', now } as const
}
