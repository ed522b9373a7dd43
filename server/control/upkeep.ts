/** What the server does by itself at night: old samples leave the store, a little at a time. Schedules are node-cron's (design.md 6). */
import { setImmediate as nextTurn } from 'node:timers/promises'
import { schedule } from 'node-cron'
import { DAY_MS } from '../../shared/units.ts'
import type { Clock } from '../clock.ts'
import type { Log } from '../log.ts'
import type { Store } from '../store/store.ts'

/** 03:17, away from the full hour at which everything else runs. */
const NIGHTLY = '17 3 * * *'
/** Rows of one transaction: about 5 ms. */
const BUDGET_ROWS = 2_000
/** Who was told of what can be looked up for thirteen months, as long as hourly samples. */
const DELIVERIES_KEPT_MS = 400 * DAY_MS

/** @returns how to stop it. */
export function startUpkeep(store: Store, clock: Clock, log: Log): () => void {
  const task = schedule(NIGHTLY, () => void retainAll(store, clock, log), { name: 'retention', noOverlap: true })
  return () => void task.destroy()
}

/** Applies the retention of every client. A client whose file fails does not stop the others. */
export async function retainAll(store: Store, clock: Pick<Clock, 'now'>, log: Log): Promise<void> {
  for (const { id } of await store.hub.clients()) {
    try {
      let rows = 0
      for (let deleted = 1; deleted > 0; await nextTurn()) {
        deleted = await store.client(id).retain(clock.now(), BUDGET_ROWS)
        rows += deleted
      }
      for (let deleted = 1; deleted > 0; await nextTurn()) {
        deleted = await store.client(id).retainOutbox(clock.now() - DELIVERIES_KEPT_MS, BUDGET_ROWS)
        rows += deleted
      }
      log.info({ clientId: id, rows }, 'retention applied')
    } catch (error) {
      log.error({ clientId: id, err: error }, 'retention failed')
    }
  }
}
