/** Who reads this page, in which language, and the server's clock. */
import { computed, signal } from '@preact/signals'
import type { SessionView } from '../../../shared/api/views.ts'
import { createFormatter } from '../../../shared/text/create-formatter.ts'
import type { Formatter, Language } from '../../../shared/text/format.ts'
import { UI } from '../../../shared/text/ui-catalogue.ts'

/** `asking`: not known yet; null: signed out. */
export const session = signal<SessionView | null | 'asking'>('asking')

/** Server clock minus browser clock, ms. */
const offsetMs = signal(0)
/** The server's time as of the last tick; ages are measured from it. Ticks once a minute and with each answer. */
export const clock = signal(Date.now())

/** Called with the `now` of each answer. */
export function hearClock(serverNow: number): void {
  offsetMs.value = serverNow - Date.now()
  clock.value = serverNow
}

/** @returns the server's time at this moment. */
export const serverNow = (): number => Date.now() + offsetMs.value

/** Stops while the server is lost: an age that goes on ticking would claim to be measured. */
export function tickClock(isLive: boolean): void {
  if (isLive) clock.value = serverNow()
}

const browserLanguage = (): Language => (navigator.language.startsWith('fr') ? 'fr' : 'en')

export const language = computed<Language>(() => {
  const current = session.value
  return current === null || current === 'asking' ? browserLanguage() : current.person.language
})

/** Whether the reader belongs to a client: they see their own company and nothing that spans clients. */
export const isOfClient = computed(() => {
  const current = session.value
  return current !== null && current !== 'asking' && ['client-admin', 'viewer'].includes(current.person.role)
})

/** Texts of the dashboard in the reader's language. */
export const t = computed(() => UI[language.value])

/** Formatter in the reader's language and the browser's time zone (the zone is named in every exact time). */
export const format = computed<Formatter>(() =>
  createFormatter({
    language: language.value,
    timeZone: Intl.DateTimeFormat().resolvedOptions().timeZone,
    now: clock.value,
  }),
)
