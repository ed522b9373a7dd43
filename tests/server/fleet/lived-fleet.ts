/** A fleet beside its store: both take the same random steps, as ingest, the judge and people make them. */
import { createHash } from 'node:crypto'
import fc from 'fast-check'
import { assess } from '../../../server/assess.ts'
import { Fleet } from '../../../server/fleet/fleet.ts'
import { JudgementWriter } from '../../../server/judgement-writer.ts'
import { SILENT_LOG } from '../../../server/log.ts'
import type { AcceptedRecord, ClientStore, Store } from '../../../server/store/store.ts'
import { CHECK_NAMES, type CheckName, ROLES } from '../../../shared/checks/names.ts'
import { DAY_MS } from '../../../shared/units.ts'
import { type HandClock, handClock } from '../../support/e2e-clock.ts'
import { bytesOf } from '../../support/store-samples.ts'
import { aMachine } from '../assess/a-machine.ts'
import { anyChanges, PARTS } from '../assess/random-machine.ts'
import { NOW } from '../assess/sections.ts'

const which = fc.constantFrom('m1', 'm2')

/** `again`: a record that was acknowledged before. `order` of the rest: which `q` and which stream it comes with. */
export const anyStep = fc.oneof(
  {
    weight: 6,
    arbitrary: fc.record({
      kind: fc.constant('record' as const),
      id: which,
      changes: anyChanges,
      sends: fc.subarray([...CHECK_NAMES]),
      collected: fc.subarray([...CHECK_NAMES]),
      parts: fc.subarray([...PARTS], { maxLength: 4 }),
      order: fc.constantFrom('next', 'next', 'next', 'gap', 'new stream', 'again'),
      bytes: fc.nat(9_000),
      leadMs: fc.constantFrom(0, 0, 90_000),
    }),
  },
  { weight: 3, arbitrary: fc.record({ kind: fc.constant('judge' as const), id: which }) },
  fc.record({
    kind: fc.constant('rename' as const),
    id: which,
    name: fc.string({ minLength: 1, maxLength: 8 }),
    role: fc.constantFrom(...ROLES, null),
  }),
  fc.record({
    kind: fc.constant('policy' as const),
    scope: fc.constantFrom('client', 'site:s1', 'machine:m1', 'machine:m2'),
    value: fc.option(fc.integer({ min: 20, max: 99 })),
  }),
  fc.record({ kind: fc.constant('build' as const), id: which, build: fc.constantFrom('0.1.0', '0.2.0') }),
  fc.record({ kind: fc.constant('wait' as const), ms: fc.integer({ min: 1, max: 2 * DAY_MS }) }),
)
type Step = typeof anyStep extends fc.Arbitrary<infer T> ? T : never
type RecordStep = Extract<Step, { kind: 'record' }>

/** Where the machine's agent stands. */
type Sender = { stream: number; q: number; keys: Map<CheckName, readonly string[]>; last: AcceptedRecord | null }

/** One client with two machines. */
export class LivedFleet {
  readonly clock: HandClock = handClock(NOW)
  readonly fleet: Fleet
  readonly client: ClientStore
  readonly #store: Store
  readonly #clientId: string
  readonly #writer: JudgementWriter
  readonly #senders = new Map<string, Sender>()

  constructor(store: Store, clientId: string) {
    this.#store = store
    this.#clientId = clientId
    this.client = store.client(clientId)
    this.fleet = new Fleet({ clock: this.clock, currentBuild: '0.1.0' })
    const { clock, fleet } = this
    this.#writer = new JudgementWriter({ store, fleet, clock, log: SILENT_LOG, onLost: () => {} })
  }

  async start(): Promise<void> {
    await this.client.addSite({ id: 's1', name: 'Office', slug: 'office' })
    for (const id of ['m1', 'm2']) {
      await this.client.addMachine({ id, siteId: 's1', slug: id, name: id, role: null, enrolledAt: NOW })
      this.#senders.set(id, { stream: 1, q: 0, keys: new Map(), last: null })
    }
    await this.fleet.fillClient(this.#store, this.#clientId)
  }

  /** A fleet that only knows the store. */
  async refilled(): Promise<Fleet> {
    const fleet = new Fleet({ clock: this.clock, currentBuild: '0.1.0' })
    await fleet.fillClient(this.#store, this.#clientId)
    return fleet
  }

  async take(step: Step): Promise<void> {
    await this.clock.advance(step.kind === 'wait' ? step.ms : 1_000, async () => {})
    if (step.kind === 'record') await this.#record(step)
    else if (step.kind === 'judge') await this.#judge(step.id)
    else if (step.kind === 'rename') {
      await this.client.renameMachine(step.id, step.name, step.role)
      const record = await this.client.loadMachine(step.id)
      if (record !== null) this.fleet.put(this.#clientId, record)
    } else if (step.kind === 'policy') {
      const key = 'disk.spaceWarningPercent'
      const setting = { key, value: step.value ?? 0, reason: 'x', setBy: 'p', setAt: this.clock.now() }
      await this.client.savePolicy(step.scope, key, step.value === null ? null : setting)
      await this.fleet.reloadPolicy(this.#store, this.#clientId)
    } else if (step.kind === 'build') {
      await this.client.saveBuild(step.id, step.build)
      this.fleet.setConnected(step.id, true, null, step.build)
      this.fleet.setConnected(step.id, false, null, null)
    }
  }

  /** As the gateway does it: durable first, then in memory. */
  async #record(step: RecordStep): Promise<void> {
    const sender = this.#senders.get(step.id)
    if (sender === undefined) throw new Error(step.id)
    const record = step.order === 'again' ? sender.last : this.#make(step, sender)
    if (record === null) return
    sender.last = record
    await this.client.saveRecords([record])
    this.fleet.applyRecord(record, step.leadMs)
  }

  #make({ id, changes, sends, collected, parts, order, bytes }: RecordStep, sender: Sender): AcceptedRecord {
    const now = this.clock.now()
    const { checks } = aMachine({ ...changes, now })
    if (order === 'new stream') Object.assign(sender, { stream: sender.stream + 1, q: 0 })
    const from = sender.q + 1
    sender.q += order === 'gap' ? 5 : 1
    const sections = sends.map((check) => {
      const body = JSON.stringify(checks[check].section)
      sender.keys.set(check, checks[check].section.samples)
      return { check, hash: createHash('sha256').update(body).digest(), body }
    })
    // A section comes with all its values; others only with those that moved.
    const samples = CHECK_NAMES.flatMap((check) =>
      (sender.keys.get(check) ?? [])
        .filter((_, at) => sends.includes(check) || (at + sender.q) % 3 === 0)
        .map((key) => ({ check, key, value: checks[check].samples.get(key)?.value ?? null })),
    )
    return {
      ...{ machineId: id, stream: bytesOf(sender.stream, 16), q: sender.q, at: now - 2, receivedAt: now, bytes },
      ...{ sections, samples, gap: order === 'gap' ? { from, why: 'evicted' } : null },
      collectedAt: Object.fromEntries([
        ...collected.map((check) => [check, now - 40]),
        ...parts.map(({ check, part }) => [`${check}#${part}`, now - 90]),
      ]),
    }
  }

  async #judge(id: string): Promise<void> {
    const state = this.fleet.state(id)
    if (state === null) throw new Error(id)
    this.#writer.take(state, assess(state, this.clock.now()))
    await this.#writer.flush()
  }
}
