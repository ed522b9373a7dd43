/** Tells a person who opens an address in a browser from a program that asks. Pure. */

/** What programs ask for: an error there is JSON, whoever asks. */
const OF_PROGRAMS = /^\/(?:api|agent|metrics|healthz|assets)(?:\/|$)/i

/**
 * @param url as it stands in the request line, query included. @param accept the header; undefined: none.
 * @returns true for a GET that wants a page, at an address that could be one: not of a program, no name of a file, no dot segment.
 */
export function isNavigation(method: string, url: string, accept: string | undefined): boolean {
  if (method !== 'GET' || !wantsPage(accept ?? '')) return false
  const path = pathOf(url)
  if (path === null || OF_PROGRAMS.test(path) || path.includes('/.')) return false
  return !path.slice(path.lastIndexOf('/')).includes('.')
}

/** Named outright, as every browser does: that a program takes anything is no wish for a page. */
function wantsPage(accept: string): boolean {
  return accept.split(',').some((range) => {
    const [type, ...parameters] = range.split(';').map((part) => part.trim().toLowerCase())
    return type === 'text/html' && !parameters.some((one) => /^q=0(?:\.0*)?$/.test(one))
  })
}

/** @returns the path as a person reads it, in one spelling; null: it does not decode. */
function pathOf(url: string): string | null {
  try {
    return decodeURIComponent(url.replace(/[?#].*/s, '')).replace(/[/\\]+/g, '/')
  } catch {
    return null
  }
}
