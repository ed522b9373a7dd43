/** The one address that the agent dials: from the enrollment code or agent.toml, never from a message of the server. Pure. */
import { hostOf, isLoopbackHost } from '../../shared/protocol/host.ts'
import { err, ok, type Result } from '../../shared/result.ts'

/** A server address in the forms in which it is needed. */
export type ServerUrl = {
  /** Normalised `https://host[:port]/prefix` or `http://…`, as stored and shown. */
  readonly url: string
  /** What is dialled: `wss://host:port/prefix/agent/v1`. */
  readonly socketUrl: string
  /** `host:port`, lower case, IPv6 in brackets: signed in the handshake (wire.md). */
  readonly host: string
  /** Name or address without port and brackets, for look-ups. */
  readonly hostname: string
  readonly port: number
  readonly secure: boolean
}

const SECURE_PROTOCOLS = ['https:', 'wss:']

/** Reads an address. Without TLS only loopback is taken: elsewhere anybody on the path could read what this machine reports. */
export function parseServerUrl(written: string): Result<ServerUrl, string> {
  const parsed = URL.canParse(written) ? new URL(written) : null
  if (parsed === null || written.length > 1_024)
    return err(`"${printable(written)}" is not an address. Example: https://monitor.example.org`)
  const host = hostOf(written)
  if (!host.ok) return err(`"${printable(written)}" is not an https address. Example: https://monitor.example.org`)
  const secure = SECURE_PROTOCOLS.includes(parsed.protocol)
  if (parsed.username !== '' || parsed.password !== '' || parsed.search !== '' || parsed.hash !== '') {
    return err('The address holds a user, a query or a fragment. Give only https://name:port/path.')
  }
  const hostname = parsed.hostname.toLowerCase().replace(/^\[|\]$/g, '')
  if (!secure && !isLoopbackHost(host.value)) {
    return err(
      `http to ${hostname} would be readable on the way; the agent takes http only to this machine itself. Use https.`,
    )
  }
  const port = parsed.port === '' ? (secure ? 443 : 80) : Number(parsed.port)
  const prefix = parsed.pathname.replace(/\/+$/, '')
  const url = `${secure ? 'https' : 'http'}://${parsed.host.toLowerCase()}${prefix}`
  return ok({
    url,
    socketUrl: `${secure ? 'wss' : 'ws'}://${host.value}${prefix}/agent/v1`,
    host: host.value,
    hostname,
    port,
    secure,
  })
}

function printable(written: string): string {
  return written.slice(0, 80).replace(/[^\x20-\x7e]/g, '?')
}
