/** The closed list of reasons for a failed reading; apart from the schemas so that the dashboard carries none of them. Pure. */

/** Why a reading failed. Closed list (design.md 3); nothing else may stand in its place. */
export const REASON_CODES = [
  'tool-missing',
  'access-denied',
  'timeout',
  'hung',
  'exit',
  'parse',
  'empty',
  'locked',
  'asleep',
  'unsupported',
  'disabled',
  'stale',
  'needs-history',
] as const
export type ReasonCode = (typeof REASON_CODES)[number]
