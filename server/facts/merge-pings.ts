/**
 * Pings as backup jobs of their machine: the one place where what the server was told joins what the agent read. Pure.
 *
 * The agent's section stays as it is. Where its list of jobs has no value, the pings are the list, and why the agent's has none stands
 * in `unread`, so that a ping that works never hides a backup that cannot be read.
 */
import type { Job } from '../../shared/checks/backup.ts'
import { NEVER, read } from '../../shared/reading.ts'
import type { EpochMs } from '../../shared/units.ts'
import type { CheckFacts, SampleFact } from './facts.ts'
import { finishedAt, isRunning, type Ping } from './ping.ts'

const SOURCE = 'backup/ping'
/** Where the copies of such a job lie is not told: it proves nothing about other disks or other places. */
const DESTINATION = { kind: 'unknown', label: null, sameDisk: null, offsite: null, encrypted: null } as const

/** Id of a ping's job, and the item of its findings. */
export function pingJobId({ name }: Pick<Ping, 'name'>): string {
  return `ping:${name}`
}

/** @returns the same facts when there are no pings. */
export function mergePings(facts: CheckFacts<'backup'>, pings: readonly Ping[], now: EpochMs): CheckFacts<'backup'> {
  if (pings.length === 0) return facts
  const { jobs } = facts.section
  const ids = new Set(pings.map(pingJobId))
  // A job of the agent that bears the name of a ping is not what the server was told.
  const own = jobs.state === 'value' ? jobs.value.filter(({ id }) => !ids.has(id)) : []
  const source = jobs.state === 'value' ? jobs.source : SOURCE
  const samples = new Map(facts.samples)
  for (const ping of pings) putSamples(samples, ping, now)
  return {
    ...facts,
    section: { ...facts.section, jobs: read(source, [...own, ...pings.map(jobOf)]) },
    collectedAt: { ...facts.collectedAt, jobs: facts.collectedAt.jobs ?? newestCall(pings, now) },
    samples,
    ...(jobs.state === 'value' ? {} : { unread: { jobs } }),
  }
}

function jobOf(ping: Ping): Job {
  const { name, everyMs, failedInRow } = ping
  const lastResult = failedInRow > 0 ? 'failed' : 'success'
  const status = finishedAt(ping) === null ? NEVER : read(SOURCE, { lastResult, copies: null, tooSmall: null } as const)
  return { id: pingJobId(ping), tool: 'ping', name, destination: DESTINATION, expectedEveryMs: everyMs, status }
}

function putSamples(samples: Map<string, SampleFact>, ping: Ping, now: EpochMs): void {
  const key = `job:${pingJobId(ping)}:`
  for (const known of [...samples.keys()]) if (known.startsWith(key)) samples.delete(known)
  const endedAt = finishedAt(ping)
  const instants = {
    lastSuccessAt: ping.succeededAt,
    lastRunAt: endedAt,
    startedAt: isRunning(ping) ? ping.startedAt : null,
  }
  for (const [name, at] of Object.entries(instants)) {
    if (at !== null) samples.set(key + name, { value: Math.min(at, now), at: Math.min(at, now) })
  }
  if (ping.durationMs !== null) samples.set(`${key}durationMs`, { value: ping.durationMs, at: endedAt ?? now })
}

function newestCall(pings: readonly Ping[], now: EpochMs): EpochMs {
  return Math.min(now, Math.max(...pings.map((ping) => Math.max(finishedAt(ping) ?? 0, ping.createdAt))))
}
