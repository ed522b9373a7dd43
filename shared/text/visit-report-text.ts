/** The shape of the visit report's texts: every language has every key with the same arguments, or it does not compile. Types only. */
import type { visitReport } from './en/visit-report.ts'
import type { visitReportEnd } from './en/visit-report-end.ts'
import type { visitReportParts } from './en/visit-report-parts.ts'

type Texts<T> = { readonly [K in keyof T]: T[K] extends (...args: infer A) => string ? (...args: A) => string : string }

/** Cover and headline. */
export type VisitReportCoverText = Texts<typeof visitReport>
/** Parts 2 to 9. */
export type VisitReportPartsText = Texts<typeof visitReportParts>
/** Parts 10 and 11 and the annexes. */
export type VisitReportEndText = Texts<typeof visitReportEnd>
/** All texts of the visit report in one language. */
export type VisitReportText = {
  readonly cover: VisitReportCoverText
  readonly parts: VisitReportPartsText
  readonly end: VisitReportEndText
}
