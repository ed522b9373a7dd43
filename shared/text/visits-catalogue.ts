/** The texts of the pages about visits and of the portal by language, with the spacing of the language applied. Pure. */
import { portal as enPortal } from './en/portal.ts'
import { visitWork as enWork } from './en/visit-work.ts'
import { visits as enVisits } from './en/visits.ts'
import type { Language } from './format.ts'
import { portal as frPortal } from './fr/portal.ts'
import { visitWork as frWork } from './fr/visit-work.ts'
import { visits as frVisits } from './fr/visits.ts'
import { typesetTexts } from './typeset-texts.ts'
import type { PortalText, VisitPageTexts, VisitsText, VisitWorkText } from './visits-text.ts'

/** Texts of the pages about visits by language. */
export const VISIT_PAGES: { readonly [L in Language]: VisitPageTexts } = {
  en: {
    visits: typesetTexts<VisitsText>('en', enVisits),
    work: typesetTexts<VisitWorkText>('en', enWork),
    portal: typesetTexts<PortalText>('en', enPortal),
  },
  fr: {
    visits: typesetTexts('fr', frVisits),
    work: typesetTexts('fr', frWork),
    portal: typesetTexts('fr', frPortal),
  },
}
