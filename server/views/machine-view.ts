/** The answer of `GET /api/v1/clients/:client/machines/:machine`: everything a page says about one machine. Pure. */
import type { Tally } from '../../shared/api/card.ts'
import type { CheckView, FactRow, MachineView, TransitionView } from '../../shared/api/views.ts'
import { CHECK_NAMES, type CheckName } from '../../shared/checks/names.ts'
import type { Outcome } from '../../shared/outcome.ts'
import { subjectOf } from '../../shared/rules.ts'
import type { Standing } from '../../shared/severity.ts'
import type { EpochMs } from '../../shared/units.ts'
import { deriveFacts } from '../facts/derive.ts'
import type { Facts } from '../facts/facts.ts'
import { acceptanceOf } from '../findings/accepted.ts'
import type { Transition } from '../findings/finding.ts'
import { resolvePolicy } from '../policy/resolve.ts'
import type { Traffic } from '../store/store.ts'
import { cardOf } from './cards.ts'
import { factRows } from './facts/fact-rows.ts'
import { osOf } from './lists.ts'
import { type MachineEntry, refOf } from './machine-entry.ts'
import { markOfMachine, standingOfMachine, summaryOf } from './machine-summary.ts'
import { compareProblems, problemsOf, ruleOf } from './problems.ts'
import { worstStanding } from './standing-order.ts'

/** What the state does not hold: its past, what the agent sent, and its key. */
export type MachineExtras = {
  /** Newest first. */
  readonly transitions: readonly Transition[]
  readonly traffic: Traffic
  /** Newest record as it came, JSON; null: none since the server started. */
  readonly record: string | null
  /** Of the agent's public key, for people to compare; empty: no key known. */
  readonly fingerprint: string
}

/** People read the dials first, then what the machine is, then its agent. */
const ORDER: readonly (CheckName | 'agent')[] = ['backup', 'disk', 'patch', 'antivirus', 'posture', 'system', 'agent']

/** @returns the whole page of one machine at `now`. */
export function machineView(entry: MachineEntry, extras: MachineExtras, now: EpochMs): MachineView {
  const { state, client } = entry
  const facts = deriveFacts(state, state.memory, resolvePolicy(state.policy, state.role), now)
  const worst = summaryOf(state, now).problems[0]
  const { hardware } = state.checks.system.section
  const checks = ORDER.map((check) => checkView(entry, facts, check, now))
  return {
    now,
    timeZone: client.timeZone,
    machine: refOf(entry),
    // Never better than what the page itself shows further down.
    standing: worstStanding([standingOfMachine(state, now), ...checks.map(({ standing }) => standing)]) ?? 'not-proven',
    worst: worst === undefined ? null : cardOf(entry, worst),
    os: osOf(state),
    model: hardware.state === 'value' ? hardware.value.model : null,
    enrolledAt: state.enrolledAt,
    connected: state.agent.connected,
    lastReportAt: state.agent.lastReportAt,
    reportEveryMs: state.agent.reportEveryMs,
    checks,
    transitions: extras.transitions.map(transitionView),
    sent: sentView(entry, extras, now),
  }
}

function checkView(entry: MachineEntry, facts: Facts, check: CheckName | 'agent', now: EpochMs): CheckView {
  const { state } = entry
  const outcomes = state.outcomes.filter(({ rule }) => subjectOf(rule) === check)
  const problems = problemsOf(state, true, now).filter((problem) => subjectOf(ruleOf(problem)) === check)
  const rows = factRows(state, facts, check)
  return {
    check,
    standing: standingOfCheck(entry, check, rows, now),
    tally: tallyOf(entry, check, now),
    collectedAt: check === 'agent' ? state.agent.lastReportAt : state.checks[check].lastAt,
    facts: [...rows],
    cards: [...problems].sort(compareProblems).map((problem) => cardOf(entry, problem)),
    good: outcomes.filter(({ state: said }) => said === 'pass').map(({ rule, item }) => ({ rule, item })),
  }
}

/** The mark of the dial, and never better than the worst of its rows. A check of which no rule speaks proves nothing. */
function standingOfCheck(
  { state }: MachineEntry,
  check: CheckName | 'agent',
  rows: readonly FactRow[],
  now: EpochMs,
): CheckView['standing'] {
  const mark = check === 'agent' ? agentStanding(state, now) : markOfMachine(state, check, now)
  const worst = worstStanding([mark, ...rows.map(({ standing }) => standing)])
  if (worst !== null) return worst
  const outcomes = state.outcomes.filter(({ rule }) => subjectOf(rule) === check)
  const isOutside = outcomes.length > 0 && outcomes.every(({ state: said }) => said === 'not-applicable')
  return isOutside ? 'good' : 'not-proven'
}

/** The agent is good when it reports and no rule speaks against it. */
function agentStanding(state: MachineEntry['state'], now: EpochMs): Standing {
  const problems = problemsOf(state, false, now).filter(
    (problem) => problem.kind === 'finding' && subjectOf(problem.finding.rule) === 'agent',
  )
  const isHeard = state.agent.lastReportAt !== null
  return worstStanding(problems.map(({ standing }) => standing)) ?? (isHeard ? 'good' : 'not-proven')
}

function tallyOf({ state }: MachineEntry, check: CheckName | 'agent', now: EpochMs): Tally {
  const tally = { good: 0, bad: 0, accepted: 0, unknown: 0 }
  for (const outcome of state.outcomes) {
    if (subjectOf(outcome.rule) !== check) continue
    if (outcome.state === 'pass') tally.good += 1
    else if (outcome.state === 'fail') tally[isAccepted(state, outcome, now) ? 'accepted' : 'bad'] += 1
    else if (outcome.state === 'unknown') tally.unknown += 1
  }
  return tally
}

function isAccepted(
  { acceptances }: MachineEntry['state'],
  failing: Extract<Outcome, { readonly state: 'fail' }>,
  now: EpochMs,
): boolean {
  return acceptances.length > 0 && acceptanceOf(acceptances, failing, now) !== null
}

function transitionView({ at, kind, rule, item, from, to, values }: Transition): TransitionView {
  return { at, kind, rule, item, from, to, values: values === null ? null : { ...values } }
}

function sentView({ state }: MachineEntry, extras: MachineExtras, now: EpochMs): MachineView['sent'] {
  const { traffic } = extras
  return {
    lastBytes: traffic.lastBytes,
    todayBytes: isSameDay(traffic.day, now) ? traffic.dayBytes : 0,
    record: extras.record,
    build: state.agent.build,
    fingerprint: extras.fingerprint,
    sections: CHECK_NAMES.flatMap((check) => {
      const { lastAt, section } = state.checks[check]
      return lastAt === null ? [] : [{ check, at: lastAt, body: JSON.stringify(section) }]
    }),
  }
}

function isSameDay(a: EpochMs, b: EpochMs): boolean {
  return new Date(a).toISOString().slice(0, 10) === new Date(b).toISOString().slice(0, 10)
}
