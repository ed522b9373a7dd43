/**
 * The backup truth table: for one machine what its backups are worth, as numbers and reasons. Client page and visit report put the
 * same rows into words. Absence is never a blank: no known tool, a person's "none", and what could not be read are three answers. Pure.
 */
import type { Destination, Job } from '../../shared/checks/backup.ts'
import type { ReasonCode } from '../../shared/reading.ts'
import type { EpochMs } from '../../shared/units.ts'
import { deriveFacts } from '../facts/derive.ts'
import type { CheckFacts } from '../facts/facts.ts'
import type { MachineState } from '../fleet/machine-state.ts'
import { resolvePolicy } from '../policy/resolve.ts'
import { isAway, type Mark } from './dials.ts'
import { markOfMachine } from './machine-summary.ts'

/**
 * What is known of a machine's backup. `jobs`: at least one job is seen. `none`: a person says that there is none. `no-data`: nothing
 * here would be missed. `no-known-tool`: none of the known tools is here, which proves nothing. `no-job`: a tool without a readable
 * job. `unread`: could not be told, for the reason `code`; null: never read.
 */
export type BackupKnown =
  | { readonly kind: 'jobs' | 'none' | 'no-data' | 'no-known-tool' | 'no-job' }
  | { readonly kind: 'unread'; readonly code: ReasonCode | null }

/** One copy's place. `lastGoodAt` null: no good copy is known there. */
export type BackupPlace = {
  readonly job: string
  readonly kind: Destination['kind']
  readonly label: string | null
  readonly offsite: boolean | null
  readonly lastGoodAt: EpochMs | null
}

/** One row. Numbers are null when no source told them; never zero for unknown. */
export type BackupTruth = {
  readonly mark: Mark
  readonly known: BackupKnown
  /** Names of the jobs, or of the tools when no job is seen. */
  readonly tools: readonly string[]
  /** Newest complete copy over all jobs. */
  readonly lastGoodAt: EpochMs | null
  /** Copies kept over all jobs; null when a job does not tell. */
  readonly copies: number | null
  /** Kinds of places, each once. */
  readonly media: readonly Destination['kind'][]
  readonly places: readonly BackupPlace[]
  /** true: some job with a good copy is elsewhere; false: every job tells that its copy is here; null: not told. */
  readonly offsite: boolean | null
  /** true: every job encrypts; false: one does not; null: not told. */
  readonly encrypted: boolean | null
}

/** @returns the row of one machine at `now`. */
export function backupTruth(state: MachineState, now: EpochMs): BackupTruth {
  const policy = resolvePolicy(state.policy, state.role)
  // A machine that is away as usual keeps its last proven state (ui.md 4): its facts are those of its last report.
  const at = isAway(state, now) ? Math.min(now, state.agent.lastReportAt ?? now) : now
  const facts = deriveFacts(state, state.memory, policy, at).checks.backup
  const { jobs, tools } = facts.section
  const mark = markOfMachine(state, 'backup', now)
  const seen = jobs.state === 'value' ? jobs.value : []
  const places = seen.map((job) => placeOf(facts, job))
  return {
    mark,
    known: knownOf(facts, policy.values['backup.declaredNone'] === true),
    tools: seen.length > 0 ? seen.map(({ name }) => name) : namesOf(tools),
    lastGoodAt: newest(places),
    copies: copiesOf(facts, seen),
    media: [...new Set(places.map(({ kind }) => kind))],
    places,
    offsite: offsiteOf(places),
    encrypted: everyFlag(seen.map(({ destination }) => destination.encrypted)),
  }
}

function knownOf({ section: { jobs, tools, holdsData } }: CheckFacts<'backup'>, isDeclaredNone: boolean): BackupKnown {
  if (jobs.state === 'value' && jobs.value.length > 0) return { kind: 'jobs' }
  if (holdsData.state === 'value' && !holdsData.value.holds) return { kind: 'no-data' }
  if (isDeclaredNone) return { kind: 'none' }
  for (const reading of [jobs, tools]) {
    if (reading.state === 'failed') return { kind: 'unread', code: reading.code }
    if (reading.state === 'never') return { kind: 'unread', code: null }
  }
  return { kind: tools.state === 'value' && tools.value.length > 0 ? 'no-job' : 'no-known-tool' }
}

function namesOf(tools: CheckFacts<'backup'>['section']['tools']): readonly string[] {
  return tools.state === 'value' ? tools.value.map(({ name }) => name) : []
}

function placeOf(facts: CheckFacts<'backup'>, { id, name, destination, status }: Job): BackupPlace {
  const hasCopy = status.state === 'value' && status.value.copies !== 0
  return {
    job: name,
    kind: destination.kind,
    label: destination.label,
    offsite: destination.offsite,
    lastGoodAt: hasCopy ? (facts.samples.get(`job:${id}:lastSuccessAt`)?.value ?? null) : null,
  }
}

function newest(places: readonly BackupPlace[]): EpochMs | null {
  const times = places.flatMap(({ lastGoodAt }) => lastGoodAt ?? [])
  return times.length === 0 ? null : Math.max(...times)
}

function copiesOf(facts: CheckFacts<'backup'>, jobs: readonly Job[]): number | null {
  let sum = 0
  for (const { id, status } of jobs) {
    const told = status.state === 'value' ? status.value.copies : null
    const copies = told ?? facts.samples.get(`job:${id}:copies`)?.value ?? null
    if (copies === null) return null
    sum += copies
  }
  return jobs.length === 0 ? null : sum
}

function offsiteOf(places: readonly BackupPlace[]): boolean | null {
  if (places.some(({ offsite, lastGoodAt }) => offsite === true && lastGoodAt !== null)) return true
  return places.length > 0 && places.every(({ offsite }) => offsite === false) ? false : null
}

function everyFlag(flags: readonly (boolean | null)[]): boolean | null {
  if (flags.some((flag) => flag === false)) return false
  return flags.length > 0 && flags.every((flag) => flag === true) ? true : null
}
