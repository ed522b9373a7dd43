/** One spelling per address: whatever is spelled otherwise is answered 404 before any handler (security R5). Pure. */

const MOST = 512
const PATH = /^\/(?:[A-Za-z0-9._~-]+(?:\/[A-Za-z0-9._~-]+)*)?$/

/**
 * @param url as it stands in the request line, query included.
 * @returns true when its path is canonical: plain characters only, no escapes, no empty or dot segments, no slash at the end.
 */
export function isCanonicalPath(url: string): boolean {
  const end = url.search(/[?#]/)
  const path = end === -1 ? url : url.slice(0, end)
  if (path.length > MOST || url.includes('#') || !PATH.test(path)) return false
  return !path.split('/').some((segment) => segment === '.' || segment === '..')
}
