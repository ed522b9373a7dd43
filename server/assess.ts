/**
 * THE PAGE TO READ FIRST. What the server makes of one machine at one moment:
 *
 *   state → memory → facts → rules → outcomes → findings → alerts
 *
 * One function with two callers: a report arrived, or the clock ticked. Pure and idempotent: the same state and moment give the same
 * answer, and assessing again changes nothing. The store saves an assessment whole or not at all.
 */
import { CHECK_NAMES } from '../shared/checks/names.ts'
import type { Outcome } from '../shared/outcome.ts'
import { DAY_MS, type EpochMs } from '../shared/units.ts'
import { alertOptions } from './alerts/alert-options.ts'
import { advanceAlerts } from './alerts/lifecycle.ts'
import { deriveFacts } from './facts/derive.ts'
import type { Facts, Memory } from './facts/facts.ts'
import { remember } from './facts/memory.ts'
import { nextAcceptanceChange } from './findings/accepted.ts'
import { diffFindings } from './findings/diff.ts'
import type { Finding, Transition } from './findings/finding.ts'
import { openFindings } from './findings/open-findings.ts'
import type { MachineState } from './fleet/machine-state.ts'
import { resolvePolicy } from './policy/resolve.ts'
import { evaluateRules } from './rules/evaluate.ts'
import { RULES } from './rules/index.ts'

/** What one assessment says; the store's `AssessmentRow` with what the fleet keeps in memory. */
export type Assessment = {
  readonly machineId: string
  /** Version of the machine's row that was assessed; the store refuses a stale one. */
  readonly version: number
  readonly assessedAt: EpochMs
  /** Highest record number that was assessed. */
  readonly assessedQ: number
  /** First moment at which time alone could change this answer; at most a day ahead. */
  readonly dueAt: EpochMs
  readonly memory: Memory
  readonly outcomes: readonly Outcome[]
  /** Findings that were opened, changed or resolved. `number` 0: the store gives the next one. */
  readonly findings: readonly Finding[]
  /** All findings that are open now, changed or not. */
  readonly open: readonly Finding[]
  readonly transitions: readonly Transition[]
  /** What the outcomes were judged from. */
  readonly facts: Facts
}

/** Judges a machine at `now`. */
export function assess(state: MachineState, now: EpochMs): Assessment {
  const policy = resolvePolicy(state.policy, state.role)
  const memory = CHECK_NAMES.reduce((known, check) => remember(known, check, state.checks[check], now), state.memory)
  const facts = deriveFacts(state, memory, policy, now)

  const known = state.findings.filter(({ resolvedAt }) => resolvedAt === null)
  const { judged, dueAt } = evaluateRules(RULES, facts, policy, now, openFindings(known))
  const outcomes = judged.map(({ outcome }) => outcome)

  const options = alertOptions(state, facts, outcomes, policy, now)
  const diff = diffFindings(known, judged, options)
  const alerts = advanceAlerts(diff.findings, options)

  // What a person accepted comes back by itself.
  const acceptedAt = nextAcceptanceChange(state.acceptances, now)

  const before = new Set(known)
  return {
    machineId: state.id,
    version: state.version,
    assessedAt: now,
    assessedQ: state.upTo,
    dueAt: Math.max(now + 1, Math.min(dueAt, diff.dueAt, alerts.dueAt, acceptedAt, now + DAY_MS)),
    memory,
    outcomes,
    findings: alerts.findings.filter((finding) => !before.has(finding)),
    open: alerts.findings.filter(({ resolvedAt }) => resolvedAt === null),
    transitions: [...diff.transitions, ...alerts.transitions],
    facts,
  }
}
