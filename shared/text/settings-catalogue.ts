/** The texts of the settings by language, with the spacing of the language applied. Apart from the others: few people open them. Pure. */
import type { SettingsText } from './client-pages-text.ts'
import { settings as en } from './en/settings.ts'
import type { Language } from './format.ts'
import { settings as fr } from './fr/settings.ts'
import { typesetTexts } from './typeset-texts.ts'

/** Texts of the settings by language. */
export const SETTINGS: { readonly [L in Language]: SettingsText } = {
  en: typesetTexts<SettingsText>('en', en),
  fr: typesetTexts<SettingsText>('fr', fr),
}
