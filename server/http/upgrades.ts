/** Routes WebSocket upgrades: a closed table of exact paths; anything else is 404 and cut. */
import type { IncomingMessage, Server } from 'node:http'
import type { Duplex } from 'node:stream'
import type { Log } from '../log.ts'
import { refuseUpgrade } from './refuse-upgrade.ts'

/** Takes over one upgrade, its own refusals included. */
export type TakeUpgrade = (request: IncomingMessage, socket: Duplex, head: Buffer) => void | Promise<void>

/** @param table exact path → who takes it; each has its own policy. */
export function routeUpgrades(server: Pick<Server, 'on'>, table: ReadonlyMap<string, TakeUpgrade>, log: Log): void {
  server.on('upgrade', (request: IncomingMessage, socket: Duplex, head: Buffer) => {
    // An error of a socket that nobody has taken over yet would end the process.
    socket.on('error', () => socket.destroy())
    const take = table.get(request.url ?? '')
    if (take === undefined || request.method !== 'GET') return refuseUpgrade(socket, 404)
    Promise.resolve()
      .then(() => take(request, socket, head))
      .catch((error: unknown) => {
        log.error({ err: error }, 'upgrade failed')
        socket.destroy()
      })
  })
}
