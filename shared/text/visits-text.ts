/** The shape of the texts about visits and of the portal: every language has every key with the same arguments, or it does not compile. Types only. */
import type { portal } from './en/portal.ts'
import type { visitWork } from './en/visit-work.ts'
import type { visits } from './en/visits.ts'

type Texts<T> = { readonly [K in keyof T]: T[K] extends (...args: infer A) => string ? (...args: A) => string : string }

/** List of visits, and head, reading order and states of one. */
export type VisitsText = Texts<typeof visits>
/** Work on a visit, and what waits to be sent. */
export type VisitWorkText = Texts<typeof visitWork>
/** Page of a client's own people. */
export type PortalText = Texts<typeof portal>
/** All of them in one language. */
export type VisitPageTexts = {
  readonly visits: VisitsText
  readonly work: VisitWorkText
  readonly portal: PortalText
}
