/** Remembers children that not even SIGKILL ended (stuck in the kernel on a dying disk), so that no other one joins them. */
import { readFileSync } from 'node:fs'

/** After this many the agent starts nothing at all until one is gone (security-reliability.md 5.8). */
export const MAX_HUNG = 3

type Hung = { readonly pid: number; readonly startTime: string | null; readonly target: string }

/** Start time of a process in clock ticks since boot, field 22 of /proc/PID/stat; null: gone, a zombie, or no /proc. */
export function startTimeOf(pid: number): string | null {
  try {
    const text = readFileSync(`/proc/${pid}/stat`, 'latin1')
    // The command in field 2 may hold spaces and parentheses: fields count from the last ')'.
    const fields = text.slice(text.lastIndexOf(')') + 2).split(' ')
    return fields[0] === 'Z' || fields[0] === 'X' ? null : (fields[19] ?? null)
  } catch {
    return null
  }
}

/** One per probe; lives as long as it. */
export class HungLedger {
  #hung: Hung[] = []

  /** Notes a child that could not be ended, while `target` was asked. */
  add(pid: number, target: string): void {
    this.#hung.push({ pid, startTime: startTimeOf(pid), target })
  }

  /** @returns why nothing may be started on `target` now, for people; null: it may. */
  refusal(target: string): string | null {
    // A pid alone is not proof: numbers are reused, the start time is not.
    this.#hung = this.#hung.filter((one) => one.startTime !== null && startTimeOf(one.pid) === one.startTime)
    const same = this.#hung.find((one) => one.target === target)
    if (same) return `process ${same.pid} still hangs on ${target}; nothing else is started on it until it is gone`
    if (this.#hung.length < MAX_HUNG) return null
    return `${this.#hung.length} processes hang (${this.#hung.map((one) => one.pid).join(', ')}); nothing is started until one is gone`
  }
}
