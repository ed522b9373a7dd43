/**
 * Deeds on their way to the server, one after the other. While it is away they wait in memory and are sent when it is back, with the
 * version of the visit that the person saw: what somebody else changed meanwhile is said, not overwritten.
 */
import { effect, signal } from '@preact/signals'
import type { VisitView } from '../../../../shared/api/visits.ts'
import { ApiError, change, get } from '../../api/client.ts'
import { disconnect, link } from '../../api/live.ts'
import { hearClock, session } from '../../state/session.ts'
import { callOf, type Deed, mergeDeeds, topicOf, type VisitPlace, visitApi } from './deed.ts'

/** `stopped`: the server did not take it, `message` says why; `isStale`: somebody changed the visit meanwhile. */
export type Sending =
  | { readonly state: 'waiting' | 'sending' | 'taken' }
  | { readonly state: 'stopped'; readonly isStale: boolean; readonly message: string }

/** One deed in the queue. */
export type QueuedDeed = { readonly key: number; readonly deed: Deed; readonly sending: Sending }

const RETRY_MS = 3_000

/** Of one visit; lives as long as the page is loaded, so that leaving a view loses nothing. */
export class DeedQueue {
  /** In the order in which they were done; `taken` ones stand here until the server's next view holds them. */
  readonly entries = signal<readonly QueuedDeed[]>([])
  /** Whether the last attempt found no server. */
  readonly isAway = signal(false)
  /** The visit as last read after a deed was taken; null: none was. */
  readonly fresh = signal<VisitView | null>(null)
  readonly #place: VisitPlace
  #version: number | null = null
  #keys = 0
  #isRunning = false
  #timer: ReturnType<typeof setTimeout> | undefined

  constructor(place: VisitPlace) {
    this.#place = place
    // Sooner than the next attempt: the live socket is back.
    effect(() => {
      if (link.value.state === 'live' && this.isAway.peek()) this.#retry(0)
    })
    addEventListener('online', () => this.#retry(0))
    addEventListener('beforeunload', (event) => {
      if (this.unsent > 0) event.preventDefault()
    })
  }

  /** How many deeds the server does not have yet. */
  get unsent(): number {
    return this.entries.value.filter(({ sending }) => sending.state !== 'taken').length
  }

  /** A view was read: its version is what a person answers to, unless answers to an earlier one still wait. */
  hear({ version }: VisitView): void {
    if (this.unsent === 0) this.#version = version
  }

  /** Adds a deed and starts sending. */
  add(deed: Deed): void {
    const topic = topicOf(deed)
    const all = this.entries.value
    const earlier = all.find((one) => topic !== null && one.sending.state === 'waiting' && topicOf(one.deed) === topic)
    if (earlier === undefined) {
      this.#keys += 1
      this.entries.value = [...all, { key: this.#keys, deed, sending: { state: 'waiting' } }]
    } else this.#replace(earlier.key, { ...earlier, deed: mergeDeeds(earlier.deed, deed) })
    void this.#run()
  }

  /** The person looked and says it again: answers that were stopped are sent to the visit as it is now. */
  sendAgain(): void {
    this.#version = this.fresh.value?.version ?? this.#version
    this.entries.value = this.entries.value.map((one) =>
      one.sending.state === 'stopped' ? { ...one, sending: { state: 'waiting' } } : one,
    )
    void this.#run()
  }

  /** Takes a deed out that was not sent. */
  drop(key: number): void {
    const dropped = this.entries.value.find((one) => one.key === key)
    if (dropped === undefined || dropped.sending.state === 'sending') return
    this.entries.value = this.entries.value.filter((one) => one.key !== key)
    if (dropped.sending.state === 'stopped') this.#version = this.fresh.value?.version ?? this.#version
    void this.#run()
  }

  #replace(key: number, entry: QueuedDeed | null): void {
    this.entries.value = this.entries.value.flatMap((one) => (one.key !== key ? [one] : entry === null ? [] : [entry]))
  }

  /** Several may ask at once; one at a time goes through the queue. */
  async #run(): Promise<void> {
    if (this.#isRunning) return
    this.#isRunning = true
    try {
      for (;;) {
        const [next] = this.entries.value.filter(({ sending }) => sending.state !== 'taken')
        if (next === undefined || next.sending.state !== 'waiting') break
        if (!(await this.#send(next))) break
      }
      // Not before all of them are there: until then the page says how many are missing.
      if (this.unsent === 0) this.isAway.value = false
    } finally {
      this.#isRunning = false
    }
  }

  /** @returns whether the next one may go. */
  async #send(entry: QueuedDeed): Promise<boolean> {
    const { key, deed } = entry
    this.#replace(key, { ...entry, sending: { state: 'sending' } })
    try {
      const { method, path, body } = callOf(deed, this.#place, this.#version ?? 0)
      const answer = await change(method, path, body)
      this.#replace(key, { ...entry, sending: { state: 'taken' } })
      const date = dateOf(answer)
      if (date !== null && date !== this.#place.date) return false
      await this.#refresh()
      return true
    } catch (error) {
      if (!(error instanceof ApiError)) throw error
      return this.#hearRefusal(entry, error)
    }
  }

  /** Reads the visit anew: what was taken now stands in it. */
  async #refresh(): Promise<void> {
    const taken = new Set(this.entries.value.flatMap(({ key, sending }) => (sending.state === 'taken' ? [key] : [])))
    const view = await get<VisitView>(visitApi(this.#place))
    hearClock(view.now)
    this.#version = view.version
    this.fresh.value = view
    this.entries.value = this.entries.value.filter(({ key }) => !taken.has(key))
  }

  async #hearRefusal(entry: QueuedDeed, { failure, code, message }: ApiError): Promise<boolean> {
    const wasTaken = this.entries.value.some(({ key, sending }) => key === entry.key && sending.state === 'taken')
    if (failure.kind === 'unreachable' || failure.kind === 'signed-out') {
      if (!wasTaken) this.#replace(entry.key, { ...entry, sending: { state: 'waiting' } })
      this.isAway.value = true
      this.#retry(RETRY_MS)
      if (failure.kind === 'signed-out') signOut()
      return false
    }
    this.isAway.value = false
    const version = this.#version
    await this.#refresh().catch(() => {})
    // Until the person has looked, answers keep the version that they were given to.
    this.#version = version
    const isStale = code === 'conflict' && this.fresh.value?.version !== version
    this.#replace(entry.key, { ...entry, sending: { state: 'stopped', isStale, message } })
    return false
  }

  #retry(inMs: number): void {
    clearTimeout(this.#timer)
    this.#timer = setTimeout(() => void this.#again(), inMs)
  }

  async #again(): Promise<void> {
    // Something was taken whose answer was lost on the way: read first, so that the next one has the right version.
    if (this.entries.value.some(({ sending }) => sending.state === 'taken')) {
      const isRead = await this.#refresh().then(
        () => true,
        () => false,
      )
      if (!isRead) return this.#retry(RETRY_MS)
    }
    await this.#run()
  }
}

function signOut(): void {
  session.value = null
  disconnect()
}

/** The day that the answer names: a visit that was moved has another address. */
function dateOf(answer: unknown): string | null {
  return typeof answer === 'object' && answer !== null && 'date' in answer ? String(answer.date) : null
}

const queues = new Map<string, DeedQueue>()

/** @returns the queue of a visit, the same one for as long as the page is loaded. */
export function queueOf(place: VisitPlace): DeedQueue {
  const key = visitApi(place)
  const known = queues.get(key)
  if (known !== undefined) return known
  const made = new DeedQueue(place)
  queues.set(key, made)
  return made
}
