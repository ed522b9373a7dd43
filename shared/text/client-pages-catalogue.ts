/** The texts of a client's pages and of the settings by language, with the spacing of the language applied. Pure. */
import type { ClientPagesText, SettingsText } from './client-pages-text.ts'
import { clientPages as enPages } from './en/client-pages.ts'
import { settings as enSettings } from './en/settings.ts'
import type { Language } from './format.ts'
import { clientPages as frPages } from './fr/client-pages.ts'
import { settings as frSettings } from './fr/settings.ts'
import { typesetTexts } from './typeset-texts.ts'

/** Texts of the pages of a client by language. */
export const CLIENT_PAGES: { readonly [L in Language]: ClientPagesText } = {
  en: typesetTexts<ClientPagesText>('en', enPages),
  fr: typesetTexts<ClientPagesText>('fr', frPages),
}

/** Texts of the settings by language. */
export const SETTINGS: { readonly [L in Language]: SettingsText } = {
  en: typesetTexts<SettingsText>('en', enSettings),
  fr: typesetTexts<SettingsText>('fr', frSettings),
}
