/** Which page an address means. Addresses are those of ui.md 11; every view can be sent as a link. */
import { computed, signal } from '@preact/signals'

export type Route =
  | { readonly page: 'today' }
  | { readonly page: 'machine'; readonly client: string; readonly machine: string }
  | { readonly page: 'raw'; readonly client: string; readonly machine: string; readonly check: string }
  | { readonly page: 'machines' }
  | { readonly page: 'findings' }
  | { readonly page: 'clients' }
  | { readonly page: 'absent' }

const path = signal(location.pathname)

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
  if (first !== 'c' || client === undefined || kind !== 'm' || machine === undefined || parts.length > 5)
    return { page: 'absent' }
  return check === undefined ? { page: 'machine', client, machine } : { page: 'raw', client, machine, check }
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
  scrollTo(0, 0)
  document.getElementById('main')?.focus({ preventScroll: true })
}

/** Follows plain clicks on links of this site, and the browser's back and forward. */
export function startRouter(): void {
  addEventListener('popstate', () => {
    path.value = location.pathname
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
    if (!anchor || anchor.origin !== location.origin || anchor.hash !== '' || anchor.hasAttribute('download')) return
    event.preventDefault()
    navigate(anchor.pathname + anchor.search)
  })
}

/** Addresses of pages. */
export const machinePath = (client: string, machine: string): string =>
  `/c/${encodeURIComponent(client)}/m/${encodeURIComponent(machine)}`
export const rawPath = (client: string, machine: string, check: string): string =>
  `${machinePath(client, machine)}/${encodeURIComponent(check)}`
