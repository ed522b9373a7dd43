/** One visit as its parts need it: what is shown, how it is said, and how something is done. */
import type { VisitView } from '../../../../shared/api/visits.ts'
import type { Formatter } from '../../../../shared/text/format.ts'
import type { Deed } from './deed.ts'
import type { DeedQueue } from './deed-queue.ts'

/** What every part of the page gets. */
export type OpenVisit = {
  /** With everything that was done here and is on its way. */
  readonly view: VisitView
  readonly queue: DeedQueue
  /** Reader's language, client's time zone. */
  readonly f: Formatter
  /** Shows the deed at once and sends it. */
  readonly act: (deed: Deed) => void
}

/** @returns whether ticks, answers and recommendations can be written now. */
export const isWritable = ({ visit: { state } }: VisitView): boolean => state !== 'planned' && state !== 'sent'
