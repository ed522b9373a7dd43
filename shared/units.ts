/** Units of time and the two integer types that cross every seam. Pure. */

/** An instant: integer milliseconds since 1970-01-01 UTC. */
export type EpochMs = number

/** Milliseconds in a second. */
export const SECOND_MS = 1_000
/** Milliseconds in a minute. */
export const MINUTE_MS = 60 * SECOND_MS
/** Milliseconds in an hour. */
export const HOUR_MS = 60 * MINUTE_MS
/** Milliseconds in 24 hours; a calendar day may have 23 or 25. */
export const DAY_MS = 24 * HOUR_MS

/** Decimal gigabyte, the unit of every size shown to a person (ui.md 6). */
export const GB = 1_000_000_000
