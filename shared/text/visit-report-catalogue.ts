/** The visit report's texts by language, with the spacing of the language applied. Pure. */
import { visitReport as enCover } from './en/visit-report.ts'
import { visitReportEnd as enEnd } from './en/visit-report-end.ts'
import { visitReportParts as enParts } from './en/visit-report-parts.ts'
import type { Language } from './format.ts'
import { visitReport as frCover } from './fr/visit-report.ts'
import { visitReportEnd as frEnd } from './fr/visit-report-end.ts'
import { visitReportParts as frParts } from './fr/visit-report-parts.ts'
import { typesetTexts } from './typeset-texts.ts'
import type { VisitReportText } from './visit-report-text.ts'

/** Texts of the visit report by language. */
export const VISIT_REPORT: { readonly [L in Language]: VisitReportText } = {
  en: {
    cover: typesetTexts<VisitReportText['cover']>('en', enCover),
    parts: typesetTexts<VisitReportText['parts']>('en', enParts),
    end: typesetTexts<VisitReportText['end']>('en', enEnd),
  },
  fr: {
    cover: typesetTexts('fr', frCover),
    parts: typesetTexts('fr', frParts),
    end: typesetTexts('fr', frEnd),
  },
}
