/** Words of a visit that server, API and page share. Pure. */

/** `mini-audit`: the first look at a new client; `call`: by phone. */
export const VISIT_KINDS = ['mini-audit', 'periodic', 'call'] as const
export type VisitKind = (typeof VISIT_KINDS)[number]

/** In this order. */
export const VISIT_STATES = ['planned', 'preparing', 'on-site', 'closing', 'sent'] as const
export type VisitState = (typeof VISIT_STATES)[number]

/** How soon a recommendation should be followed. */
export const URGENCIES = ['now', 'month', 'quarter', 'year'] as const
export type Urgency = (typeof URGENCIES)[number]

/** What a manager may answer to a recommendation. */
export const ANSWERS = ['do', 'defer', 'accept'] as const
export type Answer = (typeof ANSWERS)[number]

/** What somebody must bring to a machine. */
export const THINGS = ['disk', 'cable', 'backup-drive', 'battery', 'memory'] as const
export type Thing = (typeof THINGS)[number]
