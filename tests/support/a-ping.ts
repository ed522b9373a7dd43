/** A ping that tests start from: of machine m1, daily with two hours of grace, never called. Every value can be overridden. */
import type { Ping } from '../../server/facts/ping.ts'
import { DAY_MS, HOUR_MS } from '../../shared/units.ts'
import { NOON } from './store-samples.ts'

export function aPing(over: Partial<Ping> = {}): Ping {
  return {
    ...{ id: 'p1', machineId: 'm1', name: 'NAS to cloud', everyMs: DAY_MS, graceMs: 2 * HOUR_MS, createdAt: NOON },
    ...{ startedAt: null, succeededAt: null, failedAt: null, exitStatus: null },
    ...{ failedInRow: 0, durationMs: null, note: '' },
    ...over,
  }
}
