/**
 * What a list needs to know of one machine, worked out once per judgement: outcomes, findings and sections are never changed in place,
 * so a summary is remembered until one of them is replaced. This is what keeps the overview of 10,000 machines within 10 ms. Pure.
 */
import { CHECK_NAMES, type CheckName } from '../../shared/checks/names.ts'
import type { Outcome } from '../../shared/outcome.ts'
import { subjectOf } from '../../shared/rules.ts'
import type { Standing } from '../../shared/severity.ts'
import type { EpochMs } from '../../shared/units.ts'
import { PART_CADENCES } from '../facts/rhythms.ts'
import { nextAcceptanceChange } from '../findings/accepted.ts'
import type { MachineState } from '../fleet/machine-state.ts'
import { type CheckTally, DIALS, isAway, type Mark, markOf } from './dials.ts'
import { compareProblems, isWaiting, type Problem, problemsOf } from './problems.ts'
import { RULE_PARTS } from './rule-parts.ts'
import { worstStanding } from './standing-order.ts'

/** Independent of the time of asking, as long as no acceptance begins or ends. */
export type MachineSummary = {
  /** Worst first, without those that only wait for history. */
  readonly problems: readonly Problem[]
  /** Open findings, without those that a person accepted. */
  readonly open: number
  /** Outcomes that pass. */
  readonly good: number
  /** How it stands in each dial, in their order, unless it is away. */
  readonly marks: readonly Mark[]
  readonly tallies: { readonly [C in CheckName | 'agent']: CheckTally }
  /** Whether something could not be told; `stale`: only because it grew old. */
  readonly untold: 'no' | 'stale' | 'yes'
}

type Draft = { -readonly [K in keyof CheckTally]: CheckTally[K] }

type Remembered = {
  readonly findings: MachineState['findings']
  readonly acceptances: MachineState['acceptances']
  /** The summary holds from here to there: the moments at which acceptances begin and end. */
  readonly from: EpochMs
  readonly until: EpochMs
  readonly sections: readonly object[]
  readonly summary: MachineSummary
}

/** By the outcomes of a machine: a report that changes samples only leaves them, its findings and its sections as they are. */
const remembered = new WeakMap<MachineState['outcomes'], Remembered>()

/** Every part of every check: one that no rule judges, and that was not read, keeps its check from being proven all the same. */
const PARTS: { readonly [C in CheckName]: readonly string[] } = {
  antivirus: Object.keys(PART_CADENCES.antivirus),
  backup: Object.keys(PART_CADENCES.backup),
  disk: Object.keys(PART_CADENCES.disk),
  patch: Object.keys(PART_CADENCES.patch),
  posture: Object.keys(PART_CADENCES.posture),
  system: Object.keys(PART_CADENCES.system),
}

/** A state never changes: while a machine stays as it is, its summary is one look-up away. */
const byState = new WeakMap<MachineState, Remembered>()

const holds = ({ from, until }: Remembered, now: EpochMs) => from <= now && now < until

/** @returns the summary of a machine at `now`; the same object until it is judged anew, a section changes or an acceptance ends. */
export function summaryOf(state: MachineState, now: EpochMs): MachineSummary {
  const known = byState.get(state)
  if (known !== undefined && holds(known, now)) return known.summary
  const remembering = rememberedOf(state, now)
  byState.set(state, remembering)
  return remembering.summary
}

function rememberedOf(state: MachineState, now: EpochMs): Remembered {
  const known = remembered.get(state.outcomes)
  if (known !== undefined && holds(known, now) && isSame(known, state)) return known
  const { findings, acceptances } = state
  const problems = [...problemsOf(state, false, now)].sort(compareProblems)
  const tallies = tallyChecks(state, problems)
  const summary = {
    problems,
    open: problems.filter(({ kind, standing }) => kind === 'finding' && standing !== 'accepted').length,
    good: state.outcomes.filter((outcome) => outcome.state === 'pass').length,
    tallies,
    marks: DIALS.map((dial) => markOf(tallies[dial], false)),
    untold: untoldOf(tallies),
  }
  const sections = CHECK_NAMES.map((check) => state.checks[check].section)
  const fresh = {
    ...{ findings, acceptances, sections, summary },
    from: acceptances.length === 0 ? Number.NEGATIVE_INFINITY : now,
    until: nextAcceptanceChange(acceptances, now),
  }
  remembered.set(state.outcomes, fresh)
  return fresh
}

function isSame({ findings, acceptances, sections }: Remembered, state: MachineState): boolean {
  if (findings !== state.findings || acceptances !== state.acceptances) return false
  return CHECK_NAMES.every((check, i) => state.checks[check].section === sections[i])
}

const emptyTally = (): Draft => ({
  critical: 0,
  warning: 0,
  info: 0,
  accepted: 0,
  stale: 0,
  unknown: 0,
  pass: 0,
  outside: 0,
})

function tallyChecks(state: MachineState, problems: readonly Problem[]): MachineSummary['tallies'] {
  const tallies = {
    antivirus: emptyTally(),
    backup: emptyTally(),
    disk: emptyTally(),
    patch: emptyTally(),
    posture: emptyTally(),
    system: emptyTally(),
    agent: emptyTally(),
  }
  for (const problem of problems) {
    if (problem.kind === 'finding') countFinding(tallies[subjectOf(problem.finding.rule)], problem)
    else tallies[subjectOf(problem.outcome.rule)][problem.outcome.code === 'stale' ? 'stale' : 'unknown'] += 1
  }
  const spoken = new Set<string>()
  for (const outcome of state.outcomes) {
    const subject = subjectOf(outcome.rule)
    if (outcome.state === 'pass') tallies[subject].pass += 1
    else {
      if (outcome.state === 'not-applicable') tallies[subject].outside += 1
      if (!isSilentAbout(outcome)) spoken.add(`${subject}/${RULE_PARTS[outcome.rule]}`)
    }
  }
  for (const check of CHECK_NAMES) tallies[check].unknown += countUnspoken(state, check, spoken)
  return tallies
}

function untoldOf(tallies: MachineSummary['tallies']): MachineSummary['untold'] {
  const all = [...CHECK_NAMES, 'agent'] as const
  const isBlank = CHECK_NAMES.some((check) => Object.values(tallies[check]).every((count) => count === 0))
  if (isBlank || all.some((subject) => tallies[subject].unknown > 0)) return 'yes'
  return all.some((subject) => tallies[subject].stale > 0) ? 'stale' : 'no'
}

/** A frozen finding is also something that cannot be told: a note alone, or an accepted risk, would read as known. */
function countFinding(tally: Draft, { finding, acceptance }: Extract<Problem, { kind: 'finding' }>): void {
  const { severity, blind } = finding
  tally[acceptance === null ? severity : 'accepted'] += 1
  if (blind !== null) tally[blind.code === 'stale' ? 'stale' : 'unknown'] += 1
}

function isSilentAbout(outcome: Outcome): boolean {
  return outcome.state === 'unknown' && isWaiting(outcome)
}

/** Parts that were not read and of which no outcome says so: counted as unknown, whatever else passes. */
function countUnspoken(state: MachineState, check: CheckName, spoken: ReadonlySet<string>): number {
  const section: { readonly [part: string]: unknown } = state.checks[check].section
  let count = 0
  for (const part of PARTS[check]) {
    const reading = section[part]
    const isRead = typeof reading === 'object' && reading !== null && 'state' in reading && reading.state === 'value'
    if (!isRead && !spoken.has(`${check}/${part}`)) count += 1
  }
  return count
}

/**
 * @returns what is wrong or not proven at `now`, worst first. What only grew old on a machine that is away as usual is none of it: it
 * moves no dial, and no list asks anybody to act on it (ui.md 4). @param summary of `now`, where it is at hand.
 */
export function problemsAt(
  state: MachineState,
  now: EpochMs,
  { problems }: Pick<MachineSummary, 'problems'> = summaryOf(state, now),
): readonly Problem[] {
  if (problems.length === 0 || !isAway(state, now)) return problems
  return problems.filter((problem) => problem.kind !== 'unknown' || problem.outcome.code !== 'stale')
}

/** @returns whether something about a machine could not be told at `now`, whatever else is known of it. */
export function isUntold(
  state: MachineState,
  now: EpochMs,
  { untold }: Pick<MachineSummary, 'untold'> = summaryOf(state, now),
): boolean {
  return state.agent.lastReportAt === null || untold === 'yes' || (untold === 'stale' && !isAway(state, now))
}

/** @returns how a machine stands in one check at `now`. */
export function markOfMachine(state: MachineState, check: CheckName | 'agent', now: EpochMs): Mark {
  return markOf(summaryOf(state, now).tallies[check], isAway(state, now))
}

/** @returns how a machine stands as a whole: the worst of its checks and of its agent. Never heard is not proven. */
export function standingOfMachine(state: MachineState, now: EpochMs): Standing {
  if (state.agent.lastReportAt === null) return 'not-proven'
  const away = isAway(state, now)
  const { tallies } = summaryOf(state, now)
  const marks = CHECK_NAMES.map((check) => markOf(tallies[check], away))
  const agent = tallies.agent
  const hasAgentNews = agent.critical + agent.warning + agent.info + agent.accepted + agent.unknown + agent.stale > 0
  return worstStanding([...marks, hasAgentNews ? markOf(agent, away) : null]) ?? 'not-proven'
}
