/** Addresses as they may stand in a log: a secret in the path is masked, a query is left out. Pure. */

/** @returns the path of `url`; whatever stands behind `/ping/` in it, even in a wrong spelling, is three stars. */
export function maskAddress(url: string): string {
  const path = url.replace(/[?#].*$/s, '')
  return path.replace(/(ping)(?:\/|%2f|\\)+.*$/is, '$1/***')
}
