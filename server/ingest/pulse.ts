/**
 * Keeps links alive and cuts dead ones: ping every 30 s, cut after 75 s without any frame, renewal after 24 h ± 2 h. Links are
 * spread over the seconds of the half minute, so that 10,000 of them are never pinged in one turn.
 */
import type { CancelTimer, Clock } from '../clock.ts'

/** A link whose life is watched. */
export type PulseTarget = {
  ping(): void
  /** Nothing was heard for too long. */
  cut(): void
  /** The link is a day old: keys and revocations are to be looked at again. */
  renew(): void
}

/** A link's place; `heardAtMono` is moved by whoever hears a frame. */
export type Beat = { heardAtMono: number; readonly renewAtMono: number; readonly target: PulseTarget }

const SLOTS = 30
const SLOT_MS = 1_000
/** Silence after which a link is cut (security-reliability.md 5.6). */
export const CUT_AFTER_MS = 75_000
const RENEW_AFTER_MS = 22 * 3_600_000
const RENEW_SPREAD_MS = 4 * 3_600_000

/** One per gateway. */
export class Pulse {
  readonly #clock: Clock
  readonly #random: () => number
  readonly #slots: readonly Set<Beat>[] = Array.from({ length: SLOTS }, () => new Set<Beat>())
  #turn = 0
  #next = 0
  #cancel: CancelTimer | null = null

  /** @param random 0 to 1. */
  constructor(clock: Clock, random: () => number) {
    this.#clock = clock
    this.#random = random
  }

  start(): void {
    this.#cancel = this.#clock.setTimer(() => this.#tick(), SLOT_MS)
  }

  stop(): void {
    this.#cancel?.()
    this.#cancel = null
  }

  add(target: PulseTarget): Beat {
    const now = this.#clock.mono()
    const beat = { heardAtMono: now, renewAtMono: now + RENEW_AFTER_MS + this.#random() * RENEW_SPREAD_MS, target }
    this.#slots[this.#next % SLOTS]?.add(beat)
    this.#next += 1
    return beat
  }

  remove(beat: Beat): void {
    for (const slot of this.#slots) slot.delete(beat)
  }

  #tick(): void {
    this.start()
    const now = this.#clock.mono()
    for (const beat of [...(this.#slots[this.#turn % SLOTS] ?? [])]) {
      if (now - beat.heardAtMono > CUT_AFTER_MS) beat.target.cut()
      else if (now > beat.renewAtMono) beat.target.renew()
      else beat.target.ping()
    }
    this.#turn += 1
  }
}
