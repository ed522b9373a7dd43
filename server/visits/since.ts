/**
 * What changed since the last sent visit: findings by machine, rule and item, machines, error counters of disks, backups, promises. From
 * two snapshots' machines and the records in between, so that the same history always tells the same. Pure.
 */
import { worst } from '../../shared/severity.ts'
import type { EpochMs } from '../../shared/units.ts'
import type { Finding } from '../findings/finding.ts'
import type { MachineState } from '../fleet/machine-state.ts'
import { movedCounters } from './moved-counters.ts'
import { promisedActions } from './promised.ts'
import type { ChangedFinding, NamedMachine, SinceVisit, SlippedBackup, SolvedFinding } from './since-visit.ts'
import type { Action } from './visit.ts'

/** Machines of both sides, and what was open at any time in between. */
export type SinceInput = {
  /** Of the last sent visit before; null: there is none. */
  readonly previous: { readonly at: EpochMs; readonly machines: readonly MachineState[] } | null
  readonly machines: readonly MachineState[]
  /** Open at any time since `previous`, those of `machines` among them. */
  readonly findings: readonly Finding[]
  readonly actions: readonly Action[]
  /** Visit that the changes are told at: its own new actions are no promises yet. */
  readonly visitId: string
  readonly at: EpochMs
}

const SLIPS: ReadonlySet<string> = new Set([
  'backup/too-old',
  'backup/last-run-failed',
  'backup/never-succeeded',
  'backup/ping-late',
])

/** @returns every change; lists stand in the order of machine names, then rules and items. */
export function sinceVisit(input: SinceInput): SinceVisit {
  const { previous, machines, at } = input
  const before = previous?.machines ?? []
  const names = new Map([...before, ...machines].map(({ id, name }) => [id, name]))
  const sides = sidesOf(input)
  return {
    from: previous?.at ?? null,
    to: at,
    ...changesOf(sides, names),
    solved: solvedOf(input, sides, names),
    passing: byPlace(passingOf(input, sides), names),
    appeared: previous === null ? [] : missing(machines, before),
    vanished: missing(before, machines),
    moved: before.length === 0 ? [] : movedCounters(before, machines),
    slipped: slippedOf(input, names),
    promised: promisedActions(input),
    silent: silentOf(input, sides, names),
  }
}

/** Open findings of both sides by place. */
type Sides = { readonly before: ReadonlyMap<string, Finding>; readonly now: ReadonlyMap<string, Finding> }

const placeOf = ({ machineId, rule, item }: Finding) => JSON.stringify([machineId, rule, item])

function openOf(machines: readonly MachineState[]): ReadonlyMap<string, Finding> {
  const open = machines.flatMap(({ findings }) => findings.filter(({ resolvedAt }) => resolvedAt === null))
  return new Map(open.map((finding) => [placeOf(finding), finding]))
}

function sidesOf({ previous, machines }: SinceInput): Sides {
  return { before: openOf(previous?.machines ?? []), now: openOf(machines) }
}

type Names = ReadonlyMap<string, string>

function byPlace(findings: readonly Finding[], names: Names): readonly Finding[] {
  const key = ({ machineId, rule, item }: Finding) => [names.get(machineId) ?? machineId, rule, item].join('\n')
  return [...findings].sort((a, b) => (key(a) < key(b) ? -1 : 1))
}

/** What is open now: new, worse or better than at the last visit; the same is in no list. */
function changesOf({ before, now }: Sides, names: Names): Pick<SinceVisit, 'opened' | 'worse' | 'better'> {
  const [opened, worse, better]: ChangedFinding[][] = [[], [], []]
  for (const finding of byPlace([...now.values()], names)) {
    const was = before.get(placeOf(finding))?.severity ?? null
    const changed = { finding, before: was }
    if (was === null) opened?.push(changed)
    else if (was === finding.severity) continue
    else (worst(was, finding.severity) === was ? better : worse)?.push(changed)
  }
  return { opened: opened ?? [], worse: worse ?? [], better: better ?? [] }
}

/** Open at the last visit and over now, on a machine that is still there: one that vanished solves nothing. */
function solvedOf({ machines, findings }: SinceInput, { before, now }: Sides, names: Names): readonly SolvedFinding[] {
  const states = new Map(machines.map((state) => [state.id, state]))
  const ended = new Map<string, Finding>()
  for (const finding of findings) {
    const known = ended.get(placeOf(finding))
    if (finding.resolvedAt !== null && finding.resolvedAt >= (known?.resolvedAt ?? 0))
      ended.set(placeOf(finding), finding)
  }
  return byPlace([...before.values()], names).flatMap((was) => {
    const state = states.get(was.machineId)
    const last = ended.get(placeOf(was))
    if (state === undefined || now.has(placeOf(was)) || last === undefined) return []
    const proof = state.outcomes.some(
      ({ rule, item, state: said }) => said === 'pass' && rule === was.rule && item === was.item,
    )
    return [{ finding: last, solvedAt: last.resolvedAt ?? last.changedAt, provenAt: proof ? state.assessedAt : null }]
  })
}

/** Came and went in between; what was open on either side is told there. */
function passingOf({ previous, machines, findings }: SinceInput, { before, now }: Sides): readonly Finding[] {
  if (previous === null) return []
  const there = new Set(machines.map(({ id }) => id))
  return findings.filter((finding) => {
    const place = placeOf(finding)
    const isOver = finding.resolvedAt !== null && finding.openedAt >= previous.at
    return isOver && there.has(finding.machineId) && !before.has(place) && !now.has(place)
  })
}

/** At a first visit those of now, as everything else. */
function silentOf({ previous, machines, findings, at }: SinceInput, { now }: Sides, names: Names): readonly Finding[] {
  const there = new Set(machines.map(({ id }) => id))
  const open = [...now.values()]
  const over = findings.filter(({ resolvedAt, openedAt, machineId }) => {
    const isWithin = previous !== null && resolvedAt !== null && resolvedAt >= previous.at && openedAt <= at
    return isWithin && there.has(machineId)
  })
  const unique = new Map([...over, ...open].map((finding) => [finding.id, finding]))
  return byPlace(
    [...unique.values()].filter(({ rule }) => rule === 'agent/silent'),
    names,
  )
}

function missing(some: readonly MachineState[], others: readonly MachineState[]): readonly NamedMachine[] {
  const known = new Set(others.map(({ id }) => id))
  const gone = some.filter(({ id }) => !known.has(id)).map(({ id, name }) => ({ machineId: id, name }))
  return gone.sort((a, b) => (a.name < b.name ? -1 : 1))
}

function slippedOf({ previous, findings, at }: SinceInput, names: Names): readonly SlippedBackup[] {
  const slips = findings.filter(({ rule, openedAt, resolvedAt }) => {
    const isWithin = openedAt <= at && (resolvedAt === null || previous === null || resolvedAt >= previous.at)
    return SLIPS.has(rule) && isWithin
  })
  return byPlace(slips, names).map(({ machineId, rule, item, openedAt, resolvedAt }) => ({
    machineId,
    name: names.get(machineId) ?? machineId,
    rule,
    job: item,
    from: openedAt,
    to: resolvedAt,
  }))
}
