/** A memory being brought up to date: copied on the first change only, so that an unchanged one stays the same object. Pure. */
import { DAY_MS, type EpochMs, HOUR_MS } from '../../shared/units.ts'
import type { Memory, MemoryEntry } from './facts.ts'

/** Most entries that one machine may have; the longest unseen go first. */
export const MOST_ENTRIES = 2_000
const FORGET_AFTER_MS = 90 * DAY_MS
const STEPS_KEPT_MS = 31 * DAY_MS
const MOST_STEPS = 24

/** How far `seenAt` may lag behind: a part that is read every minute must not rewrite the memory every minute. */
const SEEN_GRAIN_MS = HOUR_MS

/** One bringing-up-to-date of a memory; its lifetime is one call of `remember`. */
export class MemoryDraft {
  #memory: Memory
  #copy: { [key: string]: MemoryEntry } | null = null
  #grew = false

  constructor(memory: Memory) {
    this.#memory = memory
  }

  /** @returns what is remembered under a key; null: nothing. */
  get(key: string): MemoryEntry | null {
    return Object.hasOwn(this.#memory, key) ? (this.#memory[key] ?? null) : null
  }

  /**
   * Notes a number. A value older than what is known is passed over, so that late data never rewrites the past.
   * @param exact true: `seenAt` follows every reading instead of every hour.
   */
  note(key: string, value: number, at: EpochMs, exact = false): void {
    const known = this.get(key)
    if (known === null) {
      this.#put(key, { since: at, seenAt: at, first: value, value, changedAt: at, steps: [{ at, value }] })
      this.#grew = true
    } else if (value !== known.value && at > known.changedAt) {
      this.#put(key, { ...known, seenAt: at, value, changedAt: at, steps: stepsWith(known.steps, at, value) })
    } else if (value === known.value && at - known.seenAt >= (exact ? 1 : SEEN_GRAIN_MS)) {
      this.#put(key, { ...known, seenAt: at })
    }
  }

  /** Notes that something known was missed by a reading: its number moves, `seenAt` stays at its last sight. */
  noteAbsent(key: string, value: number, at: EpochMs): void {
    const known = this.get(key)
    if (known !== null && at > known.seenAt && at > known.changedAt) this.#put(key, { ...known, value, changedAt: at })
  }

  /** Notes since when something holds; forgets it when it no longer does. */
  noteWhile(holds: boolean, key: string, at: EpochMs): void {
    if (holds) this.note(key, 1, at)
    else this.forget(key, at)
  }

  /** Forgets a key, unless it was seen later than `at`. */
  forget(key: string, at: EpochMs): void {
    const known = this.get(key)
    if (known !== null && known.seenAt <= at) delete this.#writable()[key]
  }

  /** Keys that start with a prefix. */
  keys(prefix: string): readonly string[] {
    return Object.keys(this.#memory).filter((key) => key.startsWith(prefix))
  }

  /** @returns the memory, bounded; the same object as before when nothing changed. */
  done(now: EpochMs): Memory {
    if (this.#grew) this.#bound(now)
    return this.#memory
  }

  #put(key: string, entry: MemoryEntry): void {
    this.#writable()[key] = entry
  }

  #writable(): { [key: string]: MemoryEntry } {
    if (this.#copy === null) {
      this.#copy = { ...this.#memory }
      this.#memory = this.#copy
    }
    return this.#copy
  }

  #bound(now: EpochMs): void {
    const writable = this.#writable()
    for (const [key, { seenAt }] of Object.entries(writable)) {
      if (now - seenAt > FORGET_AFTER_MS) delete writable[key]
    }
    const entries = Object.entries(writable)
    if (entries.length <= MOST_ENTRIES) return
    entries.sort(([, a], [, b]) => a.seenAt - b.seenAt)
    for (const [key] of entries.slice(0, entries.length - MOST_ENTRIES)) delete writable[key]
  }
}

/**
 * Adds a step and drops what no longer matters: steps that ended before the window, and, beyond the bound, the second oldest,
 * so that growth is never seen smaller than it was.
 */
function stepsWith(steps: MemoryEntry['steps'], at: EpochMs, value: number): MemoryEntry['steps'] {
  const next = [...steps, { at, value }]
  while ((next[1]?.at ?? at) <= at - STEPS_KEPT_MS) next.shift()
  if (next.length > MOST_STEPS) next.splice(1, 1)
  return next
}
