/** How long each kind of record of a client is kept (design.md 8). Pure data: the store deletes by it, the settings page says it. */
import { DAY_MS } from '../../shared/units.ts'

/** Numbers as they were measured. */
export const SAMPLES_KEPT_MS = 30 * DAY_MS
/** Their daily sums: 25 months. */
export const DAYS_KEPT_MS = 761 * DAY_MS
/** Changes of sections; the newest of each check always stays. */
export const SECTIONS_KEPT_MS = 761 * DAY_MS
