/** Asks the API for one address: at once, at each `again`, and by itself while the server is away. */
import { ApiError, type ApiFailure, get } from '../api/client.ts'
import { disconnect } from '../api/live.ts'
import { hearClock, session } from './session.ts'

/** Who is told. `failed`: what was shown before stays readable. */
type Told<V> = { readonly answered: (view: V) => void; readonly failed: (failure: ApiFailure) => void }

const SETTLE_MS = 120
const RETRY_MS = 3_000

/** Lives as long as a page shows the address. */
export class Asking<V extends { readonly now?: number }> {
  readonly #path: string
  readonly #told: Told<V>
  #isAlive = true
  #asked = 0
  #heard = 0
  #timer: ReturnType<typeof setTimeout> | undefined
  #isSettling = false

  constructor(path: string, told: Told<V>) {
    this.#path = path
    this.#told = told
    void this.#ask()
  }

  /** Something changed. The first of many changes sets the time: were it put off by each, a busy fleet would never be asked about. */
  again(): void {
    if (!this.#isSettling) this.#plan(SETTLE_MS)
    this.#isSettling = true
  }

  stop(): void {
    this.#isAlive = false
    clearTimeout(this.#timer)
  }

  #plan(inMs: number): void {
    clearTimeout(this.#timer)
    this.#timer = setTimeout(() => void this.#ask(), inMs)
  }

  async #ask(): Promise<void> {
    this.#isSettling = false
    this.#asked += 1
    const mine = this.#asked
    // Answers may overtake one another: none is shown after that to a later question.
    const isOver = (): boolean => !this.#isAlive || mine < this.#heard
    try {
      const view = await get<V>(this.#path)
      if (isOver()) return
      this.#heard = mine
      if (view.now !== undefined) hearClock(view.now)
      this.#told.answered(view)
    } catch (error) {
      if (!isOver() && error instanceof ApiError) this.#fail(error.failure)
    }
  }

  #fail(failure: ApiFailure): void {
    if (failure.kind === 'signed-out') {
      session.value = null
      disconnect()
    }
    this.#told.failed(failure)
    // A question that is planned already comes sooner.
    if (failure.kind === 'unreachable' && !this.#isSettling) this.#plan(RETRY_MS)
  }
}
