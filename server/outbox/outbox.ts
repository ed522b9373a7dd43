/**
 * The dispatcher: turns the notices of each client into notifications and sends them. It sleeps until a judgement wrote a notice or a
 * time has come. What it does is in the store before and after each step, so that it can be killed at any of them: nothing is missing
 * then, and what was being sent is sent once more with the same key.
 */
import { HOUR_MS, MINUTE_MS, SECOND_MS } from '../../shared/units.ts'
import type { Send } from '../channels/sender.ts'
import type { CancelTimer, Clock } from '../clock.ts'
import type { Directory } from '../control/directory.ts'
import { DueHeap } from '../due-heap.ts'
import { acceptanceOf } from '../findings/accepted.ts'
import type { Fleet } from '../fleet/fleet.ts'
import type { Log } from '../log.ts'
import { resolvePolicy } from '../policy/resolve.ts'
import type { ClaimedNotification, OutboxState, Store } from '../store/store.ts'
import { VISIT_MAIL } from '../visits/reminders.ts'
import { Courier, type Load } from './courier.ts'
import { type End, endsOf } from './end.ts'
import { type OutboxPlan, planOutbox } from './plan.ts'
import { readVisitReminders, type VisitPass } from './visit-reminders.ts'

/** Points between two steps; a harness kills the process at each. */
export type OutboxStep = 'read' | 'routed' | 'claimed' | 'sent' | 'settled'

/** What dispatching needs from outside. */
export type OutboxOptions = {
  readonly clock: Clock
  readonly log: Log
  readonly store: Store
  readonly fleet: Fleet
  readonly directory: Directory
  readonly send: Send
  /** 0 to 1; spreads retries. */
  readonly random: () => number
  /** Address of the dashboard for links; null: none is public. */
  readonly publicUrl: string | null
  /** False (demonstration): everything is made, nothing is sent. */
  readonly isSending: boolean
  readonly onStep?: (step: OutboxStep) => void
}

/** Counted since the start, or as of the last look; for /metrics. */
export type OutboxStats = {
  /** Notices and notifications that wait. */
  readonly waiting: number
  readonly oldestAt: number | null
  readonly sent: { readonly email: number; readonly webhook: number }
  readonly failed: { readonly email: number; readonly webhook: number }
}

const LEASE_MS = MINUTE_MS
/** Messages under way at one time, over all clients. */
const MOST_UNDER_WAY = 16
const RETRY_PASS_MS = 5 * SECOND_MS
/** The wall clock may jump: nobody sleeps longer than this. */
const LONGEST_SLEEP_MS = MINUTE_MS
const LEAST_SLEEP_MS = SECOND_MS
/** A visit that was planned or moved is noticed after this at the latest; its reminders are days away. */
const CALENDAR_MS = HOUR_MS
const STOP_MS = 3_000

/** Who may be told in one pass, and of which visits. */
type Told = {
  readonly ends: readonly End[]
  readonly rows: Load['rows']
  readonly visits: VisitPass
}
type Waiting = { readonly waiting: number; readonly oldestAt: number | null }

/** One per server. */
export class Outbox {
  readonly #options: OutboxOptions
  readonly #courier: Courier
  readonly #due = new DueHeap()
  readonly #running = new Map<string, Promise<void>>()
  readonly #again = new Set<string>()
  readonly #waiting = new Map<string, Waiting>()
  readonly #underWay = new Set<Promise<void>>()
  #cancel: CancelTimer | null = null
  #isStopped = true

  constructor(options: OutboxOptions) {
    this.#options = options
    this.#courier = new Courier(options)
  }

  /** Frees what a process that is gone was sending, then looks at every client. */
  async start(): Promise<void> {
    this.#isStopped = false
    const { store, directory, clock } = this.#options
    for (const { client } of directory.clients()) {
      await store.client(client.id).releaseNotifications(clock.now())
      this.note(client.id)
    }
  }

  /** Something of this client may have to be told. */
  note(clientId: string): void {
    if (this.#isStopped) return
    if (this.#running.has(clientId)) {
      this.#again.add(clientId)
      return
    }
    this.#running.set(clientId, this.#run(clientId))
  }

  /** Resolves when nothing is being routed or sent. What waits for its time is not waited for. */
  async settled(): Promise<void> {
    while (this.#running.size > 0 || this.#underWay.size > 0) {
      await Promise.all([...this.#running.values(), ...this.#underWay])
    }
  }

  /** Stops looking. What is under way gets three seconds; after that its lease tells the next start. */
  async stop(): Promise<void> {
    this.#isStopped = true
    this.#cancel?.()
    const slow = new Promise<void>((resolve) => void setTimeout(resolve, STOP_MS).unref())
    await Promise.race([this.settled(), slow])
  }

  get stats(): OutboxStats {
    let waiting = 0
    let oldestAt: number | null = null
    for (const one of this.#waiting.values()) {
      waiting += one.waiting
      if (one.oldestAt !== null) oldestAt = Math.min(oldestAt ?? one.oldestAt, one.oldestAt)
    }
    return { waiting, oldestAt, ...this.#courier.counts }
  }

  async #run(clientId: string): Promise<void> {
    do {
      this.#again.delete(clientId)
      await this.#safePass(clientId)
    } while (this.#again.has(clientId) && !this.#isStopped)
    // In the same turn as the question above: who notes the client from here on starts a run, or nobody would look until the next hour.
    this.#running.delete(clientId)
    this.#sleep()
  }

  async #safePass(clientId: string): Promise<void> {
    const { clock, log } = this.#options
    try {
      this.#due.set(clientId, await this.#pass(clientId))
    } catch (error) {
      if (this.#isStopped) return
      log.error({ clientId, err: error, retryMs: RETRY_PASS_MS }, 'notifications of a client could not be routed')
      this.#due.set(clientId, clock.now() + RETRY_PASS_MS)
    }
  }

  /** @returns when to look again. */
  async #pass(clientId: string): Promise<number> {
    const { store, clock, isSending, onStep } = this.#options
    const file = store.client(clientId)
    const now = clock.now()
    const state = await file.outbox()
    onStep?.('read')
    const channels = await store.hub.channels()
    const people = await store.hub.people()
    const ends = channels.flatMap(({ channel }) => endsOf(channel, people, clientId))
    const visits = await readVisitReminders(this.#options, clientId, state, { rows: channels, people })
    const plan = planOutbox(state, { clientId, now, ends, isSending, ...this.#perMachine() })
    this.#waiting.set(clientId, waitingOf(state, plan.held))
    const notifications = [...plan.notifications, ...visits.notifications]
    if (plan.fates.length + notifications.length > 0) {
      await file.saveRouting({ fates: plan.fates, notifications }, now)
      // The figures of /metrics follow.
      this.#again.add(clientId)
      onStep?.('routed')
    }
    const claimed = await file.claimNotifications(now, LEASE_MS, Math.max(0, MOST_UNDER_WAY - this.#underWay.size))
    if (claimed.length > 0) onStep?.('claimed')
    const rows = new Map([...channels, VISIT_MAIL].map((row) => [row.channel.id, row]))
    for (const one of claimed) this.#hand(clientId, one, { ends, rows, visits })
    return Math.max(Math.min(plan.dueAt, visits.dueAt, now + CALENDAR_MS), now + LEAST_SLEEP_MS)
  }

  #hand(clientId: string, claimed: ClaimedNotification, { ends, rows, visits }: Told): void {
    const reminder = claimed.kind === 'visit' ? visits.find(claimed.sendKey) : null
    const end = ends.find(
      ({ channel, recipient }) => channel.id === claimed.channelId && recipient === claimed.recipient,
    )
    const load = { clientId, claimed, end: reminder?.end ?? end ?? null, visit: reminder?.visit ?? null, rows }
    const work = this.#courier.carry(load).finally(() => {
      this.#underWay.delete(work)
      this.note(clientId)
    })
    this.#underWay.add(work)
  }

  #perMachine() {
    const { fleet } = this.#options
    const limitOf = (machineId: string, key: 'alert.groupWaitMs' | 'alert.repeatMs') => {
      const machine = fleet.state(machineId)
      const value = machine === null ? null : resolvePolicy(machine.policy, machine.role).values[key]
      return typeof value === 'number' ? value : 0
    }
    return {
      groupWaitMs: (machineId: string) => Math.min(HOUR_MS, limitOf(machineId, 'alert.groupWaitMs')),
      repeatMs: (machineId: string) => limitOf(machineId, 'alert.repeatMs'),
      isAccepted: (machineId: string, findingId: string) => {
        const machine = fleet.state(machineId)
        const finding = machine?.findings.find(({ id }) => id === findingId)
        if (machine === null || finding === undefined) return false
        return acceptanceOf(machine.acceptances, finding, this.#options.clock.now()) !== null
      },
    }
  }

  #sleep(): void {
    this.#cancel?.()
    const { next } = this.#due
    if (next === null || this.#isStopped) return
    const { clock } = this.#options
    this.#cancel = clock.setTimer(() => this.#wake(), Math.min(LONGEST_SLEEP_MS, Math.max(1, next - clock.now())))
  }

  #wake(): void {
    const now = this.#options.clock.now()
    for (let id = this.#due.take(now); id !== null; id = this.#due.take(now)) this.note(id)
    this.#sleep()
  }
}

function waitingOf({ notices, unsent, oldestAt }: OutboxState, held: OutboxPlan['held']): Waiting {
  const free = notices.filter(({ id }) => !held.has(id))
  const first = free[0]?.writtenAt ?? null
  return {
    waiting: free.length + unsent,
    oldestAt: first === null ? oldestAt : Math.min(first, oldestAt ?? first),
  }
}
