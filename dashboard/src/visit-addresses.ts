/** Addresses of visits and their reports (ui.md 11), and which page such an address means. Pure. */

/** A page about visits. */
export type VisitRoute =
  | { readonly page: 'visits' }
  | { readonly page: 'visit' | 'walk' | 'report'; readonly client: string; readonly date: string }

const PAGES = { walk: 'walk', report: 'report' } as const

/** @param parts of the path, decoded. @returns null: no page about visits. */
export function visitRoute(parts: readonly string[]): VisitRoute | null {
  const [first, client, kind, date, more] = parts
  if (first === 'visits') return parts.length === 1 ? { page: 'visits' } : null
  if (first !== 'c' || client === undefined || kind !== 'visits' || date === undefined || parts.length > 5) return null
  if (more === undefined) return { page: 'visit', client, date }
  return more === 'walk' || more === 'report' ? { page: PAGES[more], client, date } : null
}

export const visitPath = (client: string, date: string): string =>
  `/c/${encodeURIComponent(client)}/visits/${encodeURIComponent(date)}`
export const walkPath = (client: string, date: string): string => `${visitPath(client, date)}/walk`
/** The newest revision to read. */
export const reportPath = (client: string, date: string): string => `${visitPath(client, date)}/report`
/** A file of a sent report: `r1.pdf`. */
export const reportFilePath = (client: string, date: string, file: string): string =>
  `/api/v1/clients/${encodeURIComponent(client)}/visits/${encodeURIComponent(date)}/reports/${file}`
/** The report as it would be now. */
export const previewPath = (client: string, date: string): string =>
  `/api/v1/clients/${encodeURIComponent(client)}/visits/${encodeURIComponent(date)}/preview`
