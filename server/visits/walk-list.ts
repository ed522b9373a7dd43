/**
 * The walk list: what somebody must do in front of a machine, in walking order. Promised actions, and findings whose rule needs hands;
 * several findings that one measure mends are one line. Pure.
 */
import type { Standing } from '../../shared/severity.ts'
import type { EpochMs } from '../../shared/units.ts'
import type { Thing } from '../../shared/visits.ts'
import type { Finding } from '../findings/finding.ts'
import type { MachineState } from '../fleet/machine-state.ts'
import type { Site } from '../store/store.ts'
import { compareProblems, type Problem, problemsOf } from '../views/problems.ts'
import { rankOf } from '../views/standing-order.ts'
import { handsOf } from './hands.ts'
import { proposalKindOf } from './proposal-kinds.ts'
import type { Action } from './visit.ts'

/** One line. `machine` null: the action names none, or one that is gone. */
export type WalkLine = {
  readonly key: string
  readonly standing: Standing
  readonly machine: MachineState | null
  readonly site: string
  /** The worst finding that the line mends; null: none is open. */
  readonly finding: Finding | null
  readonly action: Action | null
  readonly minutes: number
  readonly bring: Thing | null
}

/** What the list is made from. */
export type WalkInput = {
  readonly machines: readonly MachineState[]
  readonly sites: readonly Site[]
  /** Of the client; those that need hands and are open, or were done at the visit, are on the list. */
  readonly actions: readonly Action[]
  readonly visitId: string
  readonly now: EpochMs
}

const ACTION_MINUTES = 15

/** @returns the lines by site, then machine by machine, the most urgent first. */
export function walkList(input: WalkInput): readonly WalkLine[] {
  const wanted = input.actions.filter((action) => isWanted(action, input.visitId))
  const lines = [...wanted.map((action) => actionLine(action, input)), ...findingLines(input, wanted)]
  const first = new Map<string, number>()
  for (const line of lines) {
    const place = groupOf(line)
    first.set(place, Math.min(first.get(place) ?? Number.POSITIVE_INFINITY, rankOf(line.standing)))
  }
  const urgencyOf = (line: WalkLine) => first.get(groupOf(line)) ?? 0
  return lines.sort(
    (a, b) =>
      compareText(a.site, b.site) ||
      urgencyOf(a) - urgencyOf(b) ||
      compareText(a.machine?.place ?? '', b.machine?.place ?? '') ||
      compareText(groupOf(a), groupOf(b)) ||
      rankOf(a.standing) - rankOf(b.standing) ||
      compareText(a.key, b.key),
  )
}

/** @returns minutes of the lines that are not done yet. */
export function walkMinutes(lines: readonly WalkLine[]): number {
  return lines.reduce((sum, { action, minutes }) => sum + (action?.state === 'done' ? 0 : minutes), 0)
}

const compareText = (a: string, b: string) => (a === b ? 0 : a < b ? -1 : 1)
const groupOf = ({ machine, site }: WalkLine) => `${site}\n${machine?.name ?? ''}\n${machine?.id ?? ''}`

function isWanted({ needsHands, state, doneIn }: Action, visitId: string): boolean {
  return needsHands && (state === 'open' || (state === 'done' && doneIn === visitId))
}

function actionLine(action: Action, { machines, sites, now }: WalkInput): WalkLine {
  const machine = machines.find(({ id }) => id === action.machineId) ?? null
  const { mends } = action
  const problem =
    machine === null || mends === null
      ? undefined
      : findingsOf(machine, now).find(({ finding }) => finding.rule === mends.rule && finding.item === mends.item)
  const hands = mends === null ? null : handsOf(mends.rule)
  return {
    key: `action ${action.id}`,
    standing: problem?.standing ?? (action.state === 'done' ? 'good' : 'note'),
    machine,
    site: siteOf(machine, sites),
    finding: problem?.finding ?? null,
    action,
    minutes: action.minutes ?? hands?.minutes ?? ACTION_MINUTES,
    bring: hands?.bring ?? null,
  }
}

type FoundProblem = Extract<Problem, { kind: 'finding' }>

function findingsOf(state: MachineState, now: EpochMs): readonly FoundProblem[] {
  return problemsOf(state, false, now).filter((problem) => problem.kind === 'finding')
}

/** One line for each machine, measure and item; what an action on the list mends already is that action's line. */
function findingLines({ machines, sites, now }: WalkInput, wanted: readonly Action[]): readonly WalkLine[] {
  return machines.flatMap((machine) => {
    const taken = new Set(
      wanted.flatMap(({ machineId, mends }) => (machineId === machine.id && mends !== null ? measureOf(mends) : [])),
    )
    const lines: WalkLine[] = []
    for (const { finding, standing } of [...findingsOf(machine, now)].sort(compareProblems)) {
      const hands = handsOf(finding.rule)
      const measure = measureOf(finding)
      if (hands === null || standing === 'accepted' || taken.has(measure)) continue
      taken.add(measure)
      const key = `finding ${machine.id} ${finding.rule} ${finding.item}`
      lines.push({ key, standing, machine, site: siteOf(machine, sites), finding, action: null, ...hands })
    }
    return lines
  })
}

function measureOf({ rule, item }: Pick<Finding, 'rule' | 'item'>): string {
  return `${proposalKindOf(rule) ?? rule}\n${item}`
}

function siteOf(machine: MachineState | null, sites: readonly Site[]): string {
  return sites.find(({ id }) => id === machine?.siteId)?.name ?? ''
}
