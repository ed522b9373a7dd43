/** Which origin is this server's own: what an unsafe request and a live socket must come from (security R22). Pure. */
import { isLoopback, type ServerConfig } from '../config.ts'

/** What decides it. */
export type OriginConfig = Pick<ServerConfig, 'host' | 'publicUrl' | 'tls'>

/**
 * @param hostHeader the Host header as the client sent it.
 * @returns the only origin that may ask, or null when the request was sent to a name that is not this server's (DNS rebinding).
 */
export function ownOrigin(config: OriginConfig, hostHeader: string | undefined): string | null {
  if (hostHeader === undefined || !/^[A-Za-z0-9.:[\]_-]{1,260}$/.test(hostHeader)) return null
  const url = URL.parse(`http://${hostHeader}`)
  if (url === null || url.pathname !== '/') return null
  const host = hostHeader.toLowerCase()
  if (config.publicUrl !== null && new URL(config.publicUrl).host === host) return config.publicUrl
  const isOwnName = isLoopback(url.hostname) || url.hostname === config.host.toLowerCase()
  const isAnyName = config.publicUrl === null && !isLoopback(config.host) && config.tls !== null
  if (!isOwnName && !isAnyName) return null
  return URL.parse(`${config.tls === null ? 'http' : 'https'}://${host}`)?.origin ?? null
}

/** @returns true when a browser's page of this very server sent the request. Without an Origin header nothing is proved. */
export function isOwnOrigin(config: OriginConfig, hostHeader: string | undefined, origin: string | undefined): boolean {
  return origin !== undefined && origin !== 'null' && ownOrigin(config, hostHeader) === origin.toLowerCase()
}

/** @returns true when the browser sees https, whoever terminates it: cookies are then Secure. */
export function isSecure(config: OriginConfig, hostHeader: string | undefined): boolean {
  return ownOrigin(config, hostHeader)?.startsWith('https:') ?? config.tls !== null
}
