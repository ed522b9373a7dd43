/** The `host` of the handshake: what was dialed, lower case, always host:port, IPv6 in brackets (wire.md). Pure. */
import { err, ok, type Result } from '../result.ts'

const DEFAULT_PORT: { readonly [scheme: string]: string } = {
  'http:': '80',
  'ws:': '80',
  'https:': '443',
  'wss:': '443',
}

/** The `host:port` of an http(s) or ws(s) address; `not-a-server-url` for anything else. */
export function hostOf(url: string): Result<string, 'not-a-server-url'> {
  const parsed = URL.parse(url)
  const defaultPort = parsed === null ? undefined : DEFAULT_PORT[parsed.protocol]
  if (parsed === null || parsed.hostname === '' || defaultPort === undefined) return err('not-a-server-url')
  return ok(`${parsed.hostname.toLowerCase()}:${parsed.port || defaultPort}`)
}

/** Whether `host:port` is this very machine: the only place that plain `ws:` may be dialed. */
export function isLoopbackHost(host: string): boolean {
  return /^(localhost|127(\.\d{1,3}){3}|\[::1\]):\d{1,5}$/.test(host)
}
