/** Which page an address means. Addresses are those of ui.md 11; every view can be sent as a link. */
import { computed, signal } from '@preact/signals'
import { type VisitRoute, visitRoute } from './visit-addresses.ts'

/** Parts of a client's page that have an address of their own. */
export const CLIENT_TABS = ['overview', 'backup', 'machines', 'findings'] as const
export type ClientTab = (typeof CLIENT_TABS)[number]
/** Pages of the settings. */
export const SETTINGS_SUBJECTS = ['people', 'channels', 'agents', 'policies', 'server'] as const
export type SettingsSubject = (typeof SETTINGS_SUBJECTS)[number]

export type Route =
  | { readonly page: 'today' }
  | { readonly page: 'machine'; readonly client: string; readonly machine: string }
  | { readonly page: 'raw'; readonly client: string; readonly machine: string; readonly check: string }
  | { readonly page: 'machines' }
  | { readonly page: 'findings' }
  | { readonly page: 'clients' }
  | VisitRoute
  | { readonly page: 'client'; readonly client: string; readonly tab: ClientTab }
  | { readonly page: 'finding'; readonly client: string; readonly number: string }
  | { readonly page: 'settings'; readonly subject: SettingsSubject }
  | { readonly page: 'absent' }

const path = signal(location.pathname)
/** What follows the question mark: filters, sort and period live there, so that every view can be sent as a link. */
export const query = signal(location.search)

/** @returns one value of the query; empty: it is not there. */
export const asked = (name: string): string => new URLSearchParams(query.value).get(name) ?? ''

/** Changes the query in place; an empty value takes its name out. */
export function ask(changes: { readonly [name: string]: string }): void {
  const params = new URLSearchParams(query.value)
  for (const [name, value] of Object.entries(changes)) {
    if (value === '') params.delete(name)
    else params.set(name, value)
  }
  const text = params.toString()
  query.value = text === '' ? '' : `?${text}`
  history.replaceState(null, '', `${location.pathname}${query.value}`)
}

/** @returns the route of a path; `absent` for any other. Pure. */
export function routeOf(pathname: string): Route {
  const parts = pathname
    .split('/')
    .filter((part) => part !== '')
    .map(decode)
  const [first, client, kind, machine, check] = parts
  if (parts.length === 0) return { page: 'today' }
  if (parts.length === 1 && (first === 'machines' || first === 'findings' || first === 'clients'))
    return { page: first }
  const found = settingsRoute(parts) ?? visitRoute(parts) ?? clientRoute(parts)
  if (found !== null) return found
  if (first !== 'c' || client === undefined || kind !== 'm' || machine === undefined || parts.length > 5)
    return { page: 'absent' }
  return check === undefined ? { page: 'machine', client, machine } : { page: 'raw', client, machine, check }
}

function settingsRoute([first, name, more]: readonly string[]): Route | null {
  const subject = SETTINGS_SUBJECTS.find((one) => one === name)
  return first === 'settings' && subject !== undefined && more === undefined ? { page: 'settings', subject } : null
}

function clientRoute([first, client, kind, number, more]: readonly string[]): Route | null {
  if (first !== 'c' || client === undefined || more !== undefined) return null
  if (kind === 'f' && number !== undefined) return { page: 'finding', client, number }
  const tab = kind === undefined ? 'overview' : CLIENT_TABS.find((one) => one === kind && one !== 'overview')
  return tab === undefined || number !== undefined ? null : { page: 'client', client, tab }
}

function decode(part: string): string {
  try {
    return decodeURIComponent(part)
  } catch {
    return part
  }
}

export const route = computed(() => routeOf(path.value))

/** Goes to an address of this site without loading the page anew. */
export function navigate(to: string): void {
  history.pushState(null, '', to)
  path.value = location.pathname
  query.value = location.search
  scrollTo(0, 0)
  document.getElementById('main')?.focus({ preventScroll: true })
}

/** Follows plain clicks on links of this site, and the browser's back and forward. */
export function startRouter(): void {
  addEventListener('popstate', () => {
    path.value = location.pathname
    query.value = location.search
  })
  document.addEventListener('click', (event) => {
    if (
      event.defaultPrevented ||
      event.button !== 0 ||
      event.metaKey ||
      event.ctrlKey ||
      event.shiftKey ||
      event.altKey
    )
      return
    const anchor = event.target instanceof Element ? event.target.closest('a') : null
    if (
      !anchor ||
      anchor.origin !== location.origin ||
      anchor.hash !== '' ||
      anchor.hasAttribute('download') ||
      anchor.target !== ''
    )
      return
    event.preventDefault()
    navigate(anchor.pathname + anchor.search)
  })
}

/** Addresses of pages. */
export const machinePath = (client: string, machine: string): string =>
  `/c/${encodeURIComponent(client)}/m/${encodeURIComponent(machine)}`
export const clientPath = (client: string, tab: ClientTab = 'overview'): string =>
  `/c/${encodeURIComponent(client)}${tab === 'overview' ? '' : `/${tab}`}`
export const findingPath = (client: string, number: number): string => `${clientPath(client)}/f/${number}`
export const visitPath = (client: string, date: string): string => `${clientPath(client)}/visits/${date}`
export const rawPath = (client: string, machine: string, check: string): string =>
  `${machinePath(client, machine)}/${encodeURIComponent(check)}`
