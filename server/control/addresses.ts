/** The addresses of this server: what people open, what its own agent dials, under which names agents may reach it. Pure. */
import { hostOf } from '../../shared/protocol/host.ts'
import { isLoopback, type ServerConfig } from '../config.ts'

/** What decides them. `port`: the one that is really listened on. */
export type AddressConfig = Pick<ServerConfig, 'host' | 'publicUrl' | 'tls'> & { readonly port: number }

const EVERY_ADDRESS = new Set(['0.0.0.0', '::', '[::]'])

function bracketed(host: string): string {
  return host.includes(':') && !host.startsWith('[') ? `[${host}]` : host
}

/** @param hostname of this system. @returns the dashboard's address: the public one, else `localhost` (passkeys need a name). */
export function peopleOrigin(config: AddressConfig, hostname: string): string {
  return config.publicUrl ?? machineOrigin(config, hostname)
}

/** @returns the address by which this very machine reaches the server without a proxy. */
export function machineOrigin({ host, tls, port }: AddressConfig, hostname: string): string {
  const isNear = isLoopback(host) || (EVERY_ADDRESS.has(host) && tls === null)
  const name = isNear ? 'localhost' : EVERY_ADDRESS.has(host) ? hostname : bracketed(host)
  return `${tls === null ? 'http' : 'https'}://${name}:${port}`
}

/** @returns `host:port` names that an agent's handshake may state. */
export function dialedHosts(config: AddressConfig, hostname: string): ReadonlySet<string> {
  const { host, port } = config
  const names = ['localhost', '127.0.0.1', '[::1]', bracketed(host), hostname].map((name) => `http://${name}:${port}`)
  const urls = [...names, peopleOrigin(config, hostname)]
  return new Set(
    urls.flatMap((url) => {
      const known = hostOf(url)
      return known.ok ? [known.value] : []
    }),
  )
}
