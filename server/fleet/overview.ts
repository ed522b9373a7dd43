/** Counts over all machines, read from the fleet's columns. Pure. */
import type { Columns } from './columns.ts'

/** Machines by their worst standing (ui.md 4), and what they add up to. A machine that was never judged is not proven. */
export type Overview = {
  readonly machines: number
  readonly connected: number
  /** Machines that have sent at least one report. */
  readonly heard: number
  readonly urgent: number
  readonly attention: number
  readonly notProven: number
  /** Nothing worse than a risk that a person accepted. */
  readonly accepted: number
  readonly note: number
  readonly good: number
  /** Open findings by severity, those accepted apart; outcomes by state. */
  readonly critical: number
  readonly warning: number
  readonly info: number
  readonly pass: number
  readonly unknown: number
  /** Newest report of all; null: none yet. */
  readonly lastReportAt: number | null
}

type Counts = { -readonly [K in keyof Overview]: Overview[K] }

function noCounts(): Counts {
  return {
    machines: 0,
    connected: 0,
    heard: 0,
    urgent: 0,
    attention: 0,
    notProven: 0,
    accepted: 0,
    note: 0,
    good: 0,
    critical: 0,
    warning: 0,
    info: 0,
    pass: 0,
    unknown: 0,
    lastReportAt: null,
  }
}

/** NaN counts as nothing. */
const at = (column: Float64Array, slot: number): number => column[slot] || 0

function countMachine(counts: Counts, columns: Columns, slot: number): void {
  const [critical, warning, info] = [at(columns.critical, slot), at(columns.warning, slot), at(columns.info, slot)]
  const unknown = at(columns.unknown, slot)
  counts.machines += 1
  counts.connected += at(columns.connected, slot)
  counts.critical += critical
  counts.warning += warning
  counts.info += info
  counts.unknown += unknown
  counts.pass += at(columns.pass, slot)
  if (critical > 0) counts.urgent += 1
  else if (warning > 0) counts.attention += 1
  else if (unknown > 0 || Number.isNaN(columns.assessedAt[slot])) counts.notProven += 1
  else if (at(columns.accepted, slot) > 0) counts.accepted += 1
  else if (info > 0) counts.note += 1
  else counts.good += 1
  const heardAt = columns.lastReportAt[slot] ?? Number.NaN
  if (Number.isNaN(heardAt)) return
  counts.heard += 1
  if (counts.lastReportAt === null || heardAt > counts.lastReportAt) counts.lastReportAt = heardAt
}

/** @returns counts of everything, and of each client by its index in `columns.client`. */
export function countFleet(
  columns: Columns,
  count: number,
  clients: number,
): { readonly all: Overview; readonly byClient: readonly Overview[] } {
  const all = noCounts()
  const byClient = Array.from({ length: clients }, noCounts)
  for (let slot = 0; slot < count; slot += 1) {
    const own = byClient[at(columns.client, slot)]
    if (own !== undefined) countMachine(own, columns, slot)
  }
  for (const own of byClient) addCounts(all, own)
  return { all, byClient }
}

function addCounts(all: Counts, own: Counts): void {
  const { lastReportAt, ...sums } = own
  for (const key of Object.keys(sums) as (keyof typeof sums)[]) all[key] += own[key]
  if (lastReportAt !== null) all.lastReportAt = Math.max(all.lastReportAt ?? 0, lastReportAt)
}
