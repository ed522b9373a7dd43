/**
 * Jobs that a Linux machine tells without a watch and without a password: the log of rsnapshot, the tasks of Proxmox VE, the status of
 * an UrBackup client, the sessions of Veeam Agent. I/O through the probe; children at most every six hours.
 */
import type { Destination } from '../../../../shared/checks/backup.ts'
import type { Failure } from '../../../../shared/reading.ts'
import { err, type Result } from '../../../../shared/result.ts'
import { HOUR_MS, MINUTE_MS } from '../../../../shared/units.ts'
import type { Probe } from '../../../probe/probe.ts'
import type { ProgramName } from '../../../probe/programs.ts'
import type { CollectContext, Source } from '../../collector.ts'
import { decode } from '../../decode.ts'
import { zoneOfLink } from '../../local-time.ts'
import { readPlace } from '../collect-place.ts'
import type { SystemJobs } from '../collect-system.ts'
import type { CollectedJob } from '../collected-job.ts'
import { parseRsnapshotLog } from '../rsnapshot-log.ts'
import { failJob, type JobName, readJob, UNKNOWN_PLACE } from '../run-facts.ts'
import { urbackupStatusSource } from '../urbackup-status.ts'
import { veeamSessionsSource } from '../veeam-sessions.ts'
import { parseVzdumpTasks } from '../vzdump-tasks.ts'
import type { ToolClock } from '../wall-time.ts'
import { parseRsnapshotConf } from './rsnapshot-conf.ts'

const LOG_BYTES = 1024 * 1024
const ASK_EVERY_MS = 6 * HOUR_MS
const RETRY_MS = HOUR_MS

/** A tool that is not here is no failure; one that is here and cannot be read is a job that could not be judged. */
export async function collectLinuxJobs(context: CollectContext): Promise<SystemJobs> {
  const clock = { now: context.now, zone: await readZone(context.probe) }
  const found = [
    await collectRsnapshot(context, clock),
    await collectVzdump(context, clock),
    await collectAsked(context, clock, 'urbackupclientctl', ['status'], urbackupStatusSource, 'urbackup'),
    await collectAsked(context, clock, 'veeamconfig', ['session', 'list'], veeamSessionsSource, 'veeam'),
  ]
  return { jobs: found.flat(), failures: [] }
}

/** Zone of the machine; without /etc/localtime a system is in UTC. */
async function readZone(probe: Probe): Promise<string> {
  const link = await probe.readLink('/etc/localtime')
  return (link.ok ? zoneOfLink(link.value) : null) ?? 'UTC'
}

/** The package brings a configuration that nobody uses: only one that logged something is a job. */
async function collectRsnapshot({ probe, off }: CollectContext, clock: ToolClock): Promise<readonly CollectedJob[]> {
  const source = 'backup/rsnapshot-log'
  const file = await probe.readFile('/etc/rsnapshot.conf')
  if (!file.ok && file.error.code === 'empty') return []
  const conf = parseRsnapshotConf(file.ok ? decode(file.value) : '')
  const log = await probe.readFile(conf.logFile ?? '/var/log/rsnapshot.log', { maxBytes: LOG_BYTES, tail: true })
  const place = conf.root === null ? UNKNOWN_PLACE : await placeOfFolder(probe, conf.root)
  const name: JobName = { tool: 'rsnapshot', name: 'rsnapshot', destination: place, everyMs: null }
  if (!log.ok) return log.error.code === 'empty' ? [] : [failJob(source, name, log.error)]
  if (off.has(source)) return [failJob(source, name, { code: 'disabled', detail: 'switched off' })]
  const facts = parseRsnapshotLog(decode(log.value), conf.lowest, clock)
  if (!facts.ok) return facts.error.code === 'empty' ? [] : [failJob(source, name, facts.error)]
  return [readJob(source, name, facts.value)]
}

/** What lies on the disk of the system is in the building; of any other folder nobody knows. rsnapshot encrypts nothing. */
async function placeOfFolder(probe: Probe, folder: string): Promise<Destination> {
  const place = await readPlace(probe, folder)
  return { ...place, offsite: place.sameDisk === true ? false : null, encrypted: false }
}

/** A node that never ran vzdump has no job here: whether it has a backup at all is another question. */
async function collectVzdump({ probe, off }: CollectContext, clock: ToolClock): Promise<readonly CollectedJob[]> {
  const source = 'backup/vzdump-log'
  const name: JobName = { tool: 'vzdump', name: 'vzdump', destination: UNKNOWN_PLACE, everyMs: null }
  const index = await probe.readFile('/var/log/pve/tasks/index', { maxBytes: LOG_BYTES, tail: true })
  if (!index.ok) return index.error.code === 'empty' ? [] : [failJob(source, name, index.error)]
  if (off.has(source)) return [failJob(source, name, { code: 'disabled', detail: 'switched off' })]
  const text = decode(index.value)
  // A tail may begin in the middle of a task.
  const whole = index.value.length >= LOG_BYTES ? text.slice(text.indexOf('\n') + 1) : text
  const jobs = parseVzdumpTasks(whole, clock)
  if (!jobs.ok) return jobs.error.code === 'empty' ? [] : [failJob(source, name, jobs.error)]
  const ran = jobs.value.filter(({ facts }) => facts.copies !== 0)
  return ran.map(({ name: own, facts }) => readJob(source, { ...name, name: own }, facts))
}

type Remembered = { readonly at: number; readonly found: Result<readonly CollectedJob[], Failure> }

async function collectAsked(
  context: CollectContext,
  clock: ToolClock,
  program: ProgramName,
  args: readonly string[],
  source: Source<'backup'>,
  tool: 'urbackup' | 'veeam',
): Promise<readonly CollectedJob[]> {
  const { probe, memo, now, off } = context
  if (!(await probe.has(program))) return []
  const name: JobName = {
    tool,
    name: tool === 'veeam' ? 'Veeam Agent' : 'client',
    destination: UNKNOWN_PLACE,
    everyMs: null,
  }
  if (off.has(source.id)) return [failJob(source.id, name, { code: 'disabled', detail: 'switched off' })]
  const known = memo.get(source.id) as Remembered | undefined
  const isFresh = known !== undefined && now >= known.at && now - known.at < (known.found.ok ? ASK_EVERY_MS : RETRY_MS)
  const found = isFresh ? known.found : await ask(probe, clock, program, args, source)
  if (!isFresh) memo.set(source.id, { at: now, found } satisfies Remembered)
  return found.ok ? found.value : [failJob(source.id, name, found.error)]
}

async function ask(
  probe: Probe,
  clock: ToolClock,
  program: ProgramName,
  args: readonly string[],
  source: Source<'backup'>,
): Promise<Result<readonly CollectedJob[], Failure>> {
  const run = await probe.exec(program, args, { timeoutMs: MINUTE_MS })
  if (!run.ok) return run
  const { stdout, stderr, exitCode } = run.value
  const { now, zone } = clock
  const parsed = source.parse({ stdout, stderr, exitCode, platform: probe.platform, now, timeZone: zone })
  if (!parsed.ok) return parsed
  const { parts, samples } = parsed.value
  const jobs = parts.jobs
  if (jobs?.state !== 'value') return err({ code: 'parse', detail: `${source.id}: no job in the answer` })
  const own = (id: string) =>
    Object.fromEntries(Object.entries(samples).filter(([key]) => key.startsWith(`job:${id}:`)))
  return { ok: true, value: jobs.value.map((job) => ({ job, samples: own(job.id) })) }
}
