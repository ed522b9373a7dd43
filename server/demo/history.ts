/**
 * Lives through a stretch of a world's history: every record at its moment, judged at that moment, machines that are off judged when
 * time alone changes the answer. The clock is an argument; nothing here looks at the real one.
 */
import { setImmediate as nextTurn } from 'node:timers/promises'
import { DAY_MS, type EpochMs, MINUTE_MS } from '../../shared/units.ts'
import { assess } from '../assess.ts'
import { DueHeap } from '../due-heap.ts'
import type { DemoHouse, HousePorts, NewRecord, Tenant } from './house.ts'
import { Ledger } from './ledger.ts'
import { isCutOff, momentsOf, stretchAt } from './life/presence.ts'
import type { DemoMachine } from './scenario/world.ts'

/** A clock that history moves. */
export type HistoryClock = { set(at: EpochMs): void }

/** What living needs. `stops`: moments at which everything is written and `onStop` is called, in order. */
export type HistoryOptions = HousePorts & {
  readonly house: DemoHouse
  readonly clock: HistoryClock
  readonly stops?: readonly EpochMs[]
  readonly onStop?: (at: EpochMs) => Promise<void>
  /** Called after each day. */
  readonly onDay?: (at: EpochMs) => void
}

/** What was made. */
export type HistoryStats = {
  readonly records: number
  readonly assessments: number
  readonly findings: number
  readonly flushes: number
}

type Step = { readonly at: EpochMs; readonly machine: DemoMachine }

const TRENDS_BACK_MS = 45 * DAY_MS
/** Rows that one night's upkeep moves or deletes in one transaction. */
const UPKEEP_ROWS = 50_000

/** One per stretch of history. */
export class History {
  readonly #options: HistoryOptions
  readonly #ledgers: ReadonlyMap<string, Ledger>
  /** Records made while a site's line was down. */
  readonly #spooled = new Map<string, NewRecordMaker[]>()
  /** When time alone changes what is said of a machine; counts only while it is not heard. */
  readonly #due = new DueHeap()
  readonly #machines: ReadonlyMap<string, DemoMachine>
  #stops: EpochMs[]

  constructor(options: HistoryOptions) {
    this.#options = options
    const { fleet, store, house } = options
    this.#ledgers = new Map(house.world.clients.map(({ id }) => [id, new Ledger(fleet, store.client(id))]))
    this.#machines = new Map(house.machines.map((machine) => [machine.id, machine]))
    this.#stops = [...(options.stops ?? [])].sort((a, b) => a - b)
    for (const { id, dueAt } of fleet.states()) this.#due.set(id, dueAt)
  }

  /** Lives from an instant up to, not including, another. */
  async live(from: EpochMs, to: EpochMs): Promise<HistoryStats> {
    this.#stops = this.#stops.filter((at) => at >= from)
    for (let day = from; day < to; ) {
      const end = Math.min(to, Math.floor(day / DAY_MS + 1) * DAY_MS)
      await this.#liveDay(day, end)
      day = end
    }
    const sums = { records: 0, assessments: 0, findings: 0, flushes: 0 }
    for (const { stats } of this.#ledgers.values()) {
      sums.records += stats.records
      sums.assessments += stats.assessments
      sums.findings += stats.opened
      sums.flushes += stats.flushes
    }
    return sums
  }

  async #liveDay(from: EpochMs, to: EpochMs): Promise<void> {
    const { house, clock, onDay } = this.#options
    const steps: Step[] = house.machines.flatMap((machine) =>
      [...momentsOf(machine, from, to)].map((at) => ({ at, machine })),
    )
    steps.sort((a, b) => a.at - b.at)
    for (const [at, machines] of Map.groupBy(steps, (step) => step.at)) {
      await this.#until(at)
      clock.set(at)
      for (const { machine } of machines) if (await this.#report(machine, at)) this.#judge(machine, at)
      await this.#flushUrgent()
    }
    await this.#until(to)
    clock.set(to)
    await this.#endDay(to)
    onDay?.(to)
  }

  /** What time alone brings before `at`: machines that are not heard, and stops. */
  async #until(at: EpochMs): Promise<void> {
    for (let due = this.#due.next; due !== null && due < at; due = this.#due.next) {
      const machine = this.#machines.get(this.#due.take(due) ?? '')
      if (machine === undefined || this.#isHeard(machine, due)) continue
      await this.#stopBefore(due)
      this.#options.clock.set(due)
      this.#judge(machine, due)
      await this.#flushUrgent()
    }
    await this.#stopBefore(at)
  }

  #isHeard(machine: DemoMachine, at: EpochMs): boolean {
    return stretchAt(machine, at) !== null && !isCutOff(machine, at)
  }

  async #flushUrgent(): Promise<void> {
    for (const ledger of this.#ledgers.values()) if (ledger.isUrgent) await ledger.flush(false)
  }

  /** Writes everything and lets others act at each stop before `at`. */
  async #stopBefore(at: EpochMs): Promise<void> {
    for (let stop = this.#stops[0]; stop !== undefined && stop < at; stop = this.#stops[0]) {
      this.#stops.shift()
      this.#options.clock.set(stop)
      await this.#flushAll()
      await this.#options.onStop?.(stop)
    }
  }

  async #flushAll(): Promise<void> {
    for (const ledger of this.#ledgers.values()) await ledger.flush(true)
  }

  /** The night: samples find their place, old ones leave, trends are read anew. */
  async #endDay(at: EpochMs): Promise<void> {
    const { store, fleet, house } = this.#options
    await this.#flushAll()
    for (const { id, machines } of house.world.clients) {
      const file = store.client(id)
      await file.retain(at, UPKEEP_ROWS)
      for (const machine of machines) {
        const heardAt = fleet.kept(machine.id)?.lastReportAt ?? null
        // Nothing new was measured on a machine that was off all day.
        if (heardAt !== null && heardAt >= at - DAY_MS)
          fleet.setTrends(machine.id, await file.trends(machine.id, at - TRENDS_BACK_MS))
      }
    }
    await nextTurn()
  }

  /** @returns false: nothing reached the server. */
  async #report(machine: DemoMachine, at: EpochMs): Promise<boolean> {
    const { house, fleet } = this.#options
    const known = fleet.kept(machine.id)
    // Lived before, by a simulation that was stopped.
    if (known !== null && (known.lastReportAt ?? 0) >= at) return false
    const tenant = house.tenant(machine.id) ?? (await house.enroll(machine, at))
    const record = tenant.agent.record(at)
    if (record === null) return false
    const waiting = this.#spooled.get(machine.id) ?? []
    this.#spooled.set(machine.id, [...waiting, (receivedAt) => house.accept(tenant, record, receivedAt)])
    if (isCutOff(machine, at)) return false
    this.#deliver(tenant, at)
    // A link lives as long as its machine: what is off, or behind a dead line, is not connected.
    house.connect(machine.id, this.#isHeard(machine, at + MINUTE_MS))
    if (tenant.agent.isAttestationDue(Math.floor(at / DAY_MS))) this.#enter(machine, house.attest(tenant, at))
    return true
  }

  #deliver({ machine }: Tenant, at: EpochMs): void {
    for (const make of this.#spooled.get(machine.id) ?? []) this.#enter(machine, make(at))
    this.#spooled.delete(machine.id)
  }

  #enter({ clientId }: DemoMachine, { record, leadMs }: NewRecord): void {
    this.#ledgers.get(clientId)?.record(record, leadMs)
  }

  #judge(machine: DemoMachine, at: EpochMs): void {
    const state = this.#options.fleet.state(machine.id)
    if (state === null) return
    const assessment = assess(state, at)
    this.#due.set(machine.id, assessment.dueAt)
    this.#ledgers.get(machine.clientId)?.assessed(state, assessment)
  }
}

type NewRecordMaker = (receivedAt: EpochMs) => NewRecord
