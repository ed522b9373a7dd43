/** The texts of a client's pages by language, with the spacing of the language applied. Pure. */
import type { ClientPagesText } from './client-pages-text.ts'
import { clientPages as enPages } from './en/client-pages.ts'
import type { Language } from './format.ts'
import { clientPages as frPages } from './fr/client-pages.ts'
import { typesetTexts } from './typeset-texts.ts'

/** Texts of the pages of a client by language. */
export const CLIENT_PAGES: { readonly [L in Language]: ClientPagesText } = {
  en: typesetTexts<ClientPagesText>('en', enPages),
  fr: typesetTexts<ClientPagesText>('fr', frPages),
}
