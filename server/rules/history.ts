/** Questions to a remembered number: how much it grew, what it usually is. Pure. */
import { DAY_MS, type EpochMs } from '../../shared/units.ts'
import type { MemoryEntry } from '../facts/facts.ts'

/**
 * `by`: growth within the window, never below 0. `isWhole`: the number has been watched for the whole window; else `by` is what was
 * seen of it. `changesAt`: when time alone changes this answer (a step leaves the window, the window becomes whole).
 */
export type Growth = { readonly by: number; readonly isWhole: boolean; readonly changesAt: EpochMs }

/** A size is usual once it was watched for this long. */
const USUAL_AFTER_MS = 3 * DAY_MS

/** How much a counter grew in the last `windowMs`. A counter that went back (a firmware update) did not grow. */
export function grownBy({ steps, since, value }: MemoryEntry, windowMs: number, now: EpochMs): Growth {
  const from = now - windowMs
  const isWhole = since <= from
  let base = steps[0]?.value ?? value
  let changesAt = isWhole ? Number.POSITIVE_INFINITY : since + windowMs
  for (const step of steps) {
    if (step.at <= from) base = step.value
    else if (step.at > since) {
      changesAt = Math.min(changesAt, step.at + windowMs)
      break
    }
  }
  return { by: Math.max(0, value - base), isWhole, changesAt }
}

/**
 * Median over time of a number before its last change, within `windowMs` before it: what the newest value is compared with.
 * @returns the value itself when it never changed; null when it was watched for less than three days.
 */
export function usualBefore({ steps, value, since, seenAt, changedAt }: MemoryEntry, windowMs: number): number | null {
  if (steps.length < 2) return seenAt - since >= USUAL_AFTER_MS ? value : null
  const from = changedAt - windowMs
  const spans = steps.slice(0, -1).flatMap((step, at) => {
    const end = steps[at + 1]?.at ?? changedAt
    const lengthMs = end - Math.max(step.at, from)
    return lengthMs > 0 ? [{ value: step.value, lengthMs }] : []
  })
  const totalMs = spans.reduce((sum, span) => sum + span.lengthMs, 0)
  if (totalMs < USUAL_AFTER_MS) return changedAt - since >= windowMs ? (steps.at(-2)?.value ?? null) : null
  spans.sort((a, b) => a.value - b.value)
  let passedMs = 0
  for (const span of spans) {
    passedMs += span.lengthMs
    if (passedMs * 2 >= totalMs) return span.value
  }
  return null
}
