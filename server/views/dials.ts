/**
 * The dials: the one place that says how a check of a machine, and a check over many machines, stands (ui.md 4). Dashboard, metrics
 * and visit report read these. Pure.
 */
import type { Standing } from '../../shared/severity.ts'
import { DAY_MS, type EpochMs } from '../../shared/units.ts'
import type { MachineState } from '../fleet/machine-state.ts'

/** The five dials of a client, in the order of the page. */
export const DIALS = ['backup', 'disk', 'patch', 'antivirus', 'posture'] as const
export type Dial = (typeof DIALS)[number]

/** What the outcomes and findings of one check of one machine amount to, before its absence is weighed. */
export type CheckTally = {
  readonly critical: number
  readonly warning: number
  readonly info: number
  /** Open findings whose risk a person accepted, whatever their severity; in none of the counts above. */
  readonly accepted: number
  /** Unknown because too old, and unknown for any other reason (waiting for history is in neither). */
  readonly stale: number
  readonly unknown: number
  readonly pass: number
  /** Outcomes that say: does not concern this machine. */
  readonly outside: number
}

/** How one machine stands in one dial. null: the check does not concern it. `note` counts as good. */
export type Mark = Standing | null

/** Longest absence that moves no dial: a four-machine client closed for three weeks in August stays as it was. */
const AWAY_MS = 30 * DAY_MS
/** Share of machines that could not be told above which nothing is proven, in hundredths. */
const NOT_PROVEN_PERCENT = 20
const NOT_PROVEN_LEAST = 2

/**
 * True for a desktop or laptop that is away as usual: not connected, last heard within 30 days, and no rule finds its silence wrong.
 * Its facts keep their last proven state.
 */
export function isAway(state: MachineState, now: EpochMs): boolean {
  const { connected, lastReportAt } = state.agent
  if (connected || lastReportAt === null || state.role === 'server' || now - lastReportAt > AWAY_MS) return false
  return !state.findings.some(
    ({ rule, resolvedAt, severity }) => rule === 'agent/silent' && resolvedAt === null && severity !== 'info',
  )
}

/** @returns how one machine stands in one check. Without any pass nothing is proven, so absence of outcomes is never good. */
export function markOf(tally: CheckTally, away: boolean): Mark {
  if (tally.critical > 0) return 'urgent'
  if (tally.warning > 0) return 'attention'
  if (tally.unknown > 0 || (tally.stale > 0 && !away)) return 'not-proven'
  if (tally.accepted > 0) return 'accepted'
  if (tally.info > 0) return 'note'
  if (tally.pass > 0 || tally.stale > 0) return 'good'
  return tally.outside > 0 ? null : 'not-proven'
}

/** Counts of a dial as they grow, so that a fleet of any size is walked once. */
export type DialCount = {
  urgent: number
  attention: number
  accepted: number
  unknown: number
  unknownServers: number
  good: number
}

/** @returns a dial without machines. */
export function emptyDial(): DialCount {
  return { urgent: 0, attention: 0, accepted: 0, unknown: 0, unknownServers: 0, good: 0 }
}

/** Adds one machine to a dial; a machine that the check does not concern adds nothing. */
export function countMark(count: DialCount, mark: Mark, isServer: boolean): void {
  // Most machines are well: asked first, because this is asked of each dial of each machine.
  if (mark === 'good' || mark === 'note') count.good += 1
  else if (mark === 'urgent') count.urgent += 1
  else if (mark === 'attention') count.attention += 1
  else if (mark === 'accepted') count.accepted += 1
  else if (mark === 'not-proven') {
    count.unknown += 1
    if (isServer) count.unknownServers += 1
  }
}

/** @returns the needle: urgent over not proven over attention over good. No machine in scope is not proven. */
export function standingOfDial(count: DialCount): Standing {
  const total = count.urgent + count.attention + count.accepted + count.unknown + count.good
  if (count.urgent > 0) return 'urgent'
  const many = count.unknown >= NOT_PROVEN_LEAST && count.unknown * 100 > total * NOT_PROVEN_PERCENT
  if (total === count.unknown || many || count.unknownServers > 0) return 'not-proven'
  return count.attention > 0 || count.accepted > 0 || count.unknown > 0 ? 'attention' : 'good'
}
