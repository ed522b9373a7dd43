/** The dashboard's texts by language, with the spacing of the language applied. Pure. */
import { ui as en } from './en/ui.ts'
import type { Language } from './format.ts'
import { ui as fr } from './fr/ui.ts'
import { typesetTexts } from './typeset-texts.ts'
import type { UiText } from './ui-text.ts'

/** Texts of the dashboard by language. */
export const UI: { readonly [L in Language]: UiText } = { en: typesetTexts('en', en), fr: typesetTexts('fr', fr) }
