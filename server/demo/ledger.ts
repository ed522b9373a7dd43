/**
 * What the simulation writes, in few transactions: records and judgements of one client wait until a finding is opened (it needs its
 * number), somebody wants to read the store, or the day is over. Several judgements of a machine become one row with all their
 * transitions, as if they had been made in one turn.
 */
import type { Assessment } from '../assess.ts'
import type { Finding, Transition } from '../findings/finding.ts'
import type { Fleet } from '../fleet/fleet.ts'
import type { MachineState } from '../fleet/machine-state.ts'
import { sameOutcomes } from '../same-outcomes.ts'
import type { AcceptedRecord, AssessmentRow, ClientStore } from '../store/store.ts'

type Waiting = { row: AssessmentRow; open: readonly Finding[] }

const MOST_RECORDS = 4_000

/** Counted since the beginning. */
export type LedgerStats = {
  readonly records: number
  readonly assessments: number
  readonly flushes: number
  readonly opened: number
}

/** One per client. */
export class Ledger {
  readonly #fleet: Fleet
  readonly #store: ClientStore
  #records: AcceptedRecord[] = []
  readonly #waiting = new Map<string, Waiting>()
  #mustFlush = false
  #stats = { records: 0, assessments: 0, flushes: 0, opened: 0 }

  constructor(fleet: Fleet, store: ClientStore) {
    this.#fleet = fleet
    this.#store = store
  }

  get stats(): LedgerStats {
    return this.#stats
  }

  /** A finding waits for its number. */
  get isUrgent(): boolean {
    return this.#mustFlush || this.#records.length >= MOST_RECORDS
  }

  /** Takes an accepted record; the fleet knows it at once. */
  record(record: AcceptedRecord, leadMs: number): void {
    this.#records.push(record)
    this.#stats.records += 1
    this.#fleet.applyRecord(record, leadMs)
  }

  /** Takes a judgement of `state`; the fleet goes on from it at once. */
  assessed(state: MachineState, assessment: Assessment): void {
    const { machineId, version, assessedAt, assessedQ, dueAt, memory, open } = assessment
    const known = this.#waiting.get(machineId)
    const outcomes = sameOutcomes(assessment.outcomes, state.outcomes) ? null : assessment.outcomes
    this.#stats.assessments += 1
    this.#waiting.set(machineId, {
      open,
      row: {
        machineId,
        version: known?.row.version ?? version,
        assessedAt,
        assessedQ,
        dueAt,
        memory: memory === state.memory ? (known?.row.memory ?? null) : memory,
        outcomes: outcomes ?? known?.row.outcomes ?? null,
        findings: newestOf(known?.row.findings ?? [], assessment.findings),
        transitions: joined(known?.row.transitions ?? [], assessment.transitions),
      },
    })
    if (assessment.findings.some(({ number }) => number === 0)) {
      this.#mustFlush = true
      this.#stats.opened += 1
    }
    const judged = {
      memory,
      outcomes: outcomes ?? state.outcomes,
      assessedAt,
      assessedQ,
      dueAt,
      version: state.version,
    }
    this.#fleet.setJudged(machineId, { ...judged, findings: open })
  }

  /** Writes what waits. @param all false: only machines whose findings wait for a number, and the records. */
  async flush(all: boolean): Promise<void> {
    this.#mustFlush = false
    this.#stats.flushes += 1
    const records = this.#records
    this.#records = []
    if (records.length > 0) await this.#store.saveRecords(records)
    const chosen = [...this.#waiting].filter(([, { row }]) => all || row.findings.some(({ number }) => number === 0))
    if (chosen.length === 0) return
    const saved = await this.#store.saveAssessments(chosen.map(([, { row }]) => row))
    for (const [index, [machineId, { open }]] of chosen.entries()) {
      const answer = saved[index]
      if (answer?.state !== 'saved') throw new Error('demo: another judge writes into this folder')
      this.#waiting.delete(machineId)
      const state = this.#fleet.state(machineId)
      if (state === null) continue
      const numbered = new Map(answer.findings.map((finding) => [finding.id, finding]))
      const { memory, outcomes, assessedAt, assessedQ, dueAt } = state
      const findings = open.map((finding) => numbered.get(finding.id) ?? finding)
      this.#fleet.setJudged(machineId, {
        memory,
        outcomes,
        assessedAt,
        assessedQ,
        dueAt,
        version: answer.version,
        findings,
      })
    }
  }
}

function newestOf(before: readonly Finding[], now: readonly Finding[]): readonly Finding[] {
  if (before.length === 0 || now.length === 0) return now.length === 0 ? before : now
  const byId = new Map(before.map((finding) => [finding.id, finding]))
  for (const finding of now) byId.set(finding.id, finding)
  return [...byId.values()]
}

function joined(before: readonly Transition[], now: readonly Transition[]): readonly Transition[] {
  return before.length === 0 ? now : now.length === 0 ? before : [...before, ...now]
}
