/** When each part of a section was last read on a machine, and when something that happens is therefore first seen. Pure. */
import { DAY_MS, type EpochMs, HOUR_MS } from '../../../shared/units.ts'
import type { DemoMachine } from '../scenario/world.ts'
import { isCutOff, momentsOf, stretchAt } from './presence.ts'
import { lastInstallAt } from './updates.ts'

/** Rhythms of the real agent (design.md 6): drives and updates every six hours, inventory daily, the rest with each record. */
const EVERY_MS = { drives: 6 * HOUR_MS, patch: 6 * HOUR_MS, inventory: DAY_MS, signatures: 3 * HOUR_MS } as const
/** What is read together. */
export type ReadGroup = keyof typeof EVERY_MS | 'now'

/** When a group was last read before or at an instant at which the machine is on. @param startedAt start of its stretch. */
export function readAt(machine: DemoMachine, group: ReadGroup, startedAt: EpochMs, at: EpochMs): EpochMs {
  if (group === 'now') return at
  const everyMs = EVERY_MS[group]
  const regular = startedAt + Math.floor((at - startedAt) / everyMs) * everyMs
  if (group !== 'patch') return regular
  // The package database changed: the agent looks at once.
  const installed = lastInstallAt(machine, at)
  return installed !== null && installed > regular ? installed : regular
}

/** First sight of something. `readAt`: when the part was read; `reportAt`: when the server heard of it. */
export type Sight = { readonly readAt: EpochMs; readonly reportAt: EpochMs }

const LOOK_MS = 45 * DAY_MS

/** @returns when something that holds from `since` is first reported; null: not within 45 days. */
export function firstSight(machine: DemoMachine, group: ReadGroup, since: EpochMs): Sight | null {
  for (const reportAt of momentsOf(machine, since, since + LOOK_MS)) {
    const stretch = stretchAt(machine, reportAt)
    if (stretch === null || isCutOff(machine, reportAt)) continue
    // The agent starts with its machine, or when it is installed on one that runs.
    const startedAt = Math.max(stretch.from, machine.enrolledAfter)
    const read = readAt(machine, group, startedAt, reportAt)
    if (read >= since) return { readAt: read, reportAt }
  }
  return null
}
