/** The shape of the texts of a client's pages and of the settings: every language has every key with the same arguments, or it does not compile. Types only. */
import type { clientPages } from './en/client-pages.ts'
import type { settings } from './en/settings.ts'

type Texts<T> = { readonly [K in keyof T]: T[K] extends (...args: infer A) => string ? (...args: A) => string : string }

/** Pages of a client, of a finding, and what stands beside Today. */
export type ClientPagesText = Texts<typeof clientPages>
/** Settings pages. */
export type SettingsText = Texts<typeof settings>
