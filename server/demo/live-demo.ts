/** The demo goes on while its server runs: simulated machines report every minute, as real agents would, and nothing falls silent. */
import { type EpochMs, MINUTE_MS } from '../../shared/units.ts'
import type { CancelTimer, Clock } from '../clock.ts'
import type { Log } from '../log.ts'
import { DemoHouse, type DemoLinks, type HousePorts, type NewRecord } from './house.ts'
import { enrolledAt, isCutOff, stretchAt } from './life/presence.ts'
import type { DemoMachine, World } from './scenario/world.ts'

/** What a running demo needs. */
export type LiveDemoOptions = HousePorts & { readonly world: World; readonly clock: Clock; readonly log: Log }

/** One per running demo server. */
export class LiveDemo {
  readonly #options: LiveDemoOptions
  readonly #house: DemoHouse
  readonly #connected = new Set<string>()
  #cancel: CancelTimer | null = null
  #isStopped = false
  #running: Promise<void> = Promise.resolve()

  constructor(options: LiveDemoOptions) {
    this.#options = options
    this.#house = new DemoHouse(options.world, options)
  }

  /** What pages and visits ask of the simulated machines' links. */
  get links(): DemoLinks {
    return this.#house.links(() => this.#options.clock.now())
  }

  /** Reports once, then each minute. */
  async start(): Promise<void> {
    await this.#house.resume()
    await this.#tick()
  }

  /** No report after this. */
  async stop(): Promise<void> {
    this.#isStopped = true
    this.#cancel?.()
    await this.#running
  }

  async #tick(): Promise<void> {
    if (this.#isStopped) return
    const { clock, log } = this.#options
    const now = clock.now()
    this.#cancel = clock.setTimer(
      () => {
        this.#running = this.#tick()
      },
      MINUTE_MS - (now % MINUTE_MS),
    )
    try {
      await this.report(now)
    } catch (error) {
      log.error({ err: error }, 'simulated machines could not report; the next minute tries again')
    }
  }

  /** Every machine that is on at `now` reports. */
  async report(now: EpochMs): Promise<void> {
    const { fleet, store, world } = this.#options
    for (const { id, machines } of world.clients) {
      const batch: NewRecord[] = []
      for (const machine of machines) {
        const made = await this.#reportOf(machine, now)
        if (made !== null) batch.push(made)
      }
      if (batch.length === 0) continue
      await store.client(id).saveRecords(batch.map(({ record }) => record))
      for (const { record, leadMs } of batch) fleet.applyRecord(record, leadMs)
    }
  }

  async #reportOf(machine: DemoMachine, now: EpochMs): Promise<NewRecord | null> {
    const first = enrolledAt(machine)
    const isHeard = first !== null && now >= first && stretchAt(machine, now) !== null && !isCutOff(machine, now)
    if (!isHeard) {
      if (this.#connected.delete(machine.id)) this.#house.connect(machine.id, false)
      return null
    }
    const tenant = this.#house.tenant(machine.id) ?? (await this.#house.enroll(machine, now))
    if (!this.#connected.has(machine.id)) this.#house.connect(machine.id, true)
    this.#connected.add(machine.id)
    const record = tenant.agent.record(now)
    return record === null ? null : this.#house.accept(tenant, record, now)
  }
}
