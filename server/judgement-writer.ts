/**
 * Saves judgements. One that changed something is saved at once, with all others of its client that wait; one that only moved its
 * times waits up to five seconds, because it costs a disk write and tells nobody anything new.
 */
import type { Assessment } from './assess.ts'
import type { CancelTimer, Clock } from './clock.ts'
import type { Fleet } from './fleet/fleet.ts'
import type { MachineState } from './fleet/machine-state.ts'
import type { Log } from './log.ts'
import { sameOutcomes } from './same-outcomes.ts'
import { type AssessmentRow, type AssessmentSaved, type Store, StoreError } from './store/store.ts'

/** What writing judgements needs from outside. */
export type JudgementWriterOptions = {
  readonly store: Store
  readonly fleet: Fleet
  readonly clock: Clock
  readonly log: Log
  /** The judgement was not kept: judge again after `delayMs`. */
  readonly onLost: (machineId: string, delayMs: number) => void
  /** Transitions of a client are durable: somebody may have to be told. */
  readonly onTransitions?: (clientId: string) => void
}

/** A judgement that waits, with what the fleet takes over once it is saved. `isNews` false: only its times moved. */
type Waiting = { readonly row: AssessmentRow; readonly assessment: Assessment; readonly isNews: boolean }

const QUIET_MS = 5_000
const RETRY_MS = 5_000
const POISON_MS = 60_000
const MAX_ROWS = 200

/** Owns what waits; all saving goes through `saveChanged` and `flush`. */
export class JudgementWriter {
  readonly #options: JudgementWriterOptions
  readonly #waiting = new Map<string, Map<string, Waiting>>()
  readonly #changed = new Set<string>()
  #cancel: CancelTimer | null = null

  constructor(options: JudgementWriterOptions) {
    this.#options = options
  }

  /** Takes a judgement of `state`. What moved only in time is in the fleet at once; the rest when it is durable. */
  take(state: MachineState, assessment: Assessment): void {
    const { machineId, version, assessedAt, assessedQ, dueAt, findings, transitions } = assessment
    const memory = assessment.memory === state.memory ? null : assessment.memory
    const outcomes = sameOutcomes(assessment.outcomes, state.outcomes) ? null : assessment.outcomes
    const row = { machineId, version, assessedAt, assessedQ, dueAt, memory, outcomes, findings, transitions }
    const isNews = memory !== null || outcomes !== null || findings.length > 0 || transitions.length > 0
    const lane = this.#waiting.get(state.clientId) ?? new Map<string, Waiting>()
    lane.set(machineId, { row, assessment, isNews })
    this.#waiting.set(state.clientId, lane)
    if (isNews) this.#changed.add(state.clientId)
    else {
      const { outcomes: same, memory: known, findings: open } = state
      this.#options.fleet.setJudged(machineId, {
        outcomes: same,
        memory: known,
        findings: open,
        assessedAt,
        assessedQ,
        dueAt,
        version,
      })
      this.#cancel ??= this.#options.clock.setTimer(() => void this.flush(), QUIET_MS)
    }
  }

  /** Saves the clients that have news. */
  async saveChanged(): Promise<void> {
    const clientIds = [...this.#changed]
    this.#changed.clear()
    for (const clientId of clientIds) await this.#saveClient(clientId)
  }

  /** Saves everything that waits. */
  async flush(): Promise<void> {
    this.#cancel?.()
    this.#cancel = null
    this.#changed.clear()
    for (const clientId of [...this.#waiting.keys()]) await this.#saveClient(clientId)
  }

  async #saveClient(clientId: string): Promise<void> {
    const lane = this.#waiting.get(clientId)
    if (lane === undefined) return
    this.#waiting.delete(clientId)
    const all = [...lane.values()]
    for (let at = 0; at < all.length; at += MAX_ROWS) await this.#save(clientId, all.slice(at, at + MAX_ROWS))
  }

  async #save(clientId: string, batch: readonly Waiting[]): Promise<void> {
    let saved: readonly AssessmentSaved[]
    try {
      saved = await this.#options.store.client(clientId).saveAssessments(batch.map(({ row }) => row))
    } catch (error) {
      await this.#lost(clientId, batch, error)
      return
    }
    if (batch.some(({ row }) => row.transitions.length > 0)) this.#options.onTransitions?.(clientId)
    for (const [index, waiting] of batch.entries()) {
      const answer = saved[index]
      if (answer === undefined || answer.state === 'stale') await this.#resync(clientId, waiting)
      else if (waiting.isNews) this.#keep(waiting, answer)
      else this.#options.fleet.setVersion(waiting.row.machineId, answer.version)
    }
  }

  /** The fleet takes over what is durable now, findings with their numbers. */
  #keep({ assessment }: Waiting, { version, findings }: Extract<AssessmentSaved, { state: 'saved' }>): void {
    const { machineId, memory, outcomes, assessedAt, assessedQ, dueAt, open } = assessment
    const numbered = new Map(findings.map((finding) => [finding.id, finding]))
    const kept = open.map((finding) => numbered.get(finding.id) ?? finding)
    const resolved = findings.filter(({ resolvedAt }) => resolvedAt !== null)
    const judged = { memory, outcomes, assessedAt, assessedQ, dueAt, version, findings: [...kept, ...resolved] }
    this.#options.fleet.setJudged(machineId, judged)
  }

  /** Another judge was faster: its judgement is taken over and the machine judged again. */
  async #resync(clientId: string, { row }: Waiting): Promise<void> {
    const { store, fleet, log, onLost } = this.#options
    log.warn({ machineId: row.machineId }, 'assessment was stale; judging again from the stored state')
    try {
      const record = await store.client(clientId).loadMachine(row.machineId)
      if (record !== null) fleet.resync(record)
    } catch (error) {
      log.error({ machineId: row.machineId, err: error }, 'machine could not be read again')
    }
    onLost(row.machineId, RETRY_MS)
  }

  /** A full or busy store: all are judged again later. Anything else is one bad row: the others are saved one by one. */
  async #lost(clientId: string, batch: readonly Waiting[], error: unknown): Promise<void> {
    const { log, onLost } = this.#options
    const isStoreDown = error instanceof StoreError && error.code !== 'other'
    log.error({ clientId, err: error, machines: batch.length }, 'assessments could not be saved; judging again')
    if (isStoreDown || batch.length === 1) {
      for (const { row } of batch) onLost(row.machineId, isStoreDown ? RETRY_MS : POISON_MS)
      return
    }
    for (const waiting of batch) await this.#save(clientId, [waiting])
  }
}
