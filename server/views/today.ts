/** The answer of `GET /api/v1/today`: what needs somebody, at which client, and how the rest stands. Pure. */
import type { TodayView } from '../../shared/api/views.ts'
import { type EpochMs, MINUTE_MS } from '../../shared/units.ts'
import type { MachineState } from '../fleet/machine-state.ts'
import { countMark, DIALS, type Dial, type DialCount, emptyDial, isAway, markOf, standingOfDial } from './dials.ts'
import { type ClientEntry, type MachineEntry, refOf } from './machine-entry.ts'
import { isUntold, type MachineSummary, problemsAt, summaryOf } from './machine-summary.ts'
import type { Problem } from './problems.ts'
import { rankOf, worstStanding } from './standing-order.ts'
import { TopProblems } from './top-problems.ts'

/** What is asked about: the clients that the caller may see, and their machines. */
export type TodayInput = {
  readonly clients: readonly { readonly entry: ClientEntry; readonly machines: readonly MachineState[] }[]
  /** IANA name of the reader's zone. */
  readonly timeZone: string
  readonly serverStartedAt: EpochMs
  readonly now: EpochMs
}

const URGENT_SHOWN = 5
const WEEK_SHOWN = 10
const NOTES_SHOWN = 20
/** After a start no page claims quiet before the machines had time to come back (ui.md 7). */
const GATHERING_MS = 10 * MINUTE_MS
/** A machine counts as expected back when it was heard this shortly before the start. */
const RECENT_MS = 60 * MINUTE_MS

/** After every standing. */
const NO_MACHINES_PLACE = 100

type Row = TodayView['rows'][number]
type Counts = {
  machines: number
  reporting: number
  heard: number
  expected: number
  back: number
  good: number
  notProven: number
  firstReportAt: EpochMs | null
  lastReportAt: EpochMs | null
}

/** @returns what needs somebody, worst first, and one row per client, the worst first. One walk over all machines. */
export function todayView(input: TodayInput): TodayView {
  const urgent = new TopProblems(URGENT_SHOWN)
  const week = new TopProblems(WEEK_SHOWN)
  const notes = new TopProblems(NOTES_SHOWN)
  const counts = emptyCounts()
  const rows = input.clients.map(({ entry, machines }) => {
    const row = new ClientRow(entry)
    for (const state of machines) {
      const summary = summaryOf(state, input.now)
      countMachine(counts, state, summary, input)
      const entryOf = () => row.entryOf(state)
      for (const problem of row.add(state, summary, input.now)) {
        const list = problem.standing === 'urgent' ? urgent : problem.standing === 'note' ? notes : week
        list.add(problem, entryOf)
      }
    }
    return row.finish()
  })
  return {
    now: input.now,
    timeZone: input.timeZone,
    mode: modeOf(counts, input),
    clients: rows.length,
    machines: counts.machines,
    reporting: counts.reporting,
    heard: counts.heard,
    firstReportAt: counts.firstReportAt,
    lastReportAt: counts.lastReportAt,
    urgent: urgent.cards(),
    urgentMore: urgent.more,
    week: week.cards(),
    weekMore: week.more,
    notes: notes.cards(),
    notesMore: notes.more,
    good: counts.good,
    notProven: counts.notProven,
    rows: rows.sort(compareRows),
  }
}

/** Worst dial first, then as they came, by name. A client without machines has nothing to say and stands last. */
function compareRows(a: Row, b: Row): number {
  return placeOf(a) - placeOf(b)
}

function placeOf({ machines, dials, worst }: Row): number {
  if (machines === 0) return NO_MACHINES_PLACE
  return rankOf(worstStanding([worst?.standing ?? null, ...Object.values(dials)]) ?? 'good')
}

/** One client's row while its machines are walked. */
class ClientRow {
  readonly #client: ClientEntry
  readonly #dials: { readonly [D in Dial]: DialCount }
  readonly #worst = new TopProblems(1)
  /** The dials in their order. */
  readonly #counts: readonly DialCount[]
  #first: MachineState | null = null
  #machines = 0
  #reporting = 0
  #open = 0

  constructor(client: ClientEntry) {
    this.#client = client
    this.#dials = {
      backup: emptyDial(),
      disk: emptyDial(),
      patch: emptyDial(),
      antivirus: emptyDial(),
      posture: emptyDial(),
    }
    this.#counts = DIALS.map((dial) => this.#dials[dial])
  }

  entryOf(state: MachineState): MachineEntry {
    const site = this.#client.sites.find(({ id }) => id === state.siteId) ?? null
    return { state, client: this.#client.client, site }
  }

  /** @returns what is wrong or not proven about the machine now. */
  add(state: MachineState, summary: MachineSummary, now: EpochMs): readonly Problem[] {
    // What a person accepted asks nobody to act.
    const all = problemsAt(state, now, summary)
    const problems = state.acceptances.length === 0 ? all : all.filter(({ standing }) => standing !== 'accepted')
    const away = isAway(state, now)
    const marks = away ? DIALS.map((dial) => markOf(summary.tallies[dial], away)) : summary.marks
    const isServer = state.role === 'server'
    for (let i = 0; i < DIALS.length; i += 1) countMark(this.#counts[i] ?? emptyDial(), marks[i] ?? null, isServer)
    this.#machines += 1
    this.#first ??= state
    if (state.agent.connected) this.#reporting += 1
    this.#open += summary.open
    const worst = problems[0]
    if (worst !== undefined) this.#worst.add(worst, () => this.entryOf(state))
    return problems
  }

  finish(): Row {
    const { client } = this.#client
    const dials = this.#dials
    return {
      id: client.id,
      slug: client.slug,
      name: client.name,
      dials: {
        backup: standingOfDial(dials.backup),
        disk: standingOfDial(dials.disk),
        patch: standingOfDial(dials.patch),
        antivirus: standingOfDial(dials.antivirus),
        posture: standingOfDial(dials.posture),
      },
      machines: this.#machines,
      reporting: this.#reporting,
      open: this.#open,
      worst: this.#worst.cards()[0] ?? null,
      only: this.#machines === 1 && this.#first !== null ? refOf(this.entryOf(this.#first)) : null,
    }
  }
}

const emptyCounts = (): Counts => ({
  machines: 0,
  reporting: 0,
  heard: 0,
  expected: 0,
  back: 0,
  good: 0,
  notProven: 0,
  firstReportAt: null,
  lastReportAt: null,
})

function countMachine(
  counts: Counts,
  state: MachineState,
  summary: MachineSummary,
  { serverStartedAt, now }: TodayInput,
): void {
  const { connected, lastReportAt } = state.agent
  counts.machines += 1
  counts.good += summary.good
  if (isUntold(state, now, summary)) counts.notProven += 1
  if (connected) counts.reporting += 1
  if (lastReportAt === null) return
  counts.heard += 1
  // An enrolled agent reports within the second: the moment of enrolling stands for its first report.
  counts.firstReportAt = Math.min(counts.firstReportAt ?? state.enrolledAt, state.enrolledAt)
  counts.lastReportAt = Math.max(counts.lastReportAt ?? lastReportAt, lastReportAt)
  if (lastReportAt < serverStartedAt - RECENT_MS) return
  counts.expected += 1
  if (connected || lastReportAt >= serverStartedAt) counts.back += 1
}

function modeOf(counts: Counts, { now, serverStartedAt }: TodayInput): TodayView['mode'] {
  if (counts.machines <= 1) return 'first-run'
  return now - serverStartedAt < GATHERING_MS && counts.back < counts.expected ? 'gathering' : 'normal'
}
