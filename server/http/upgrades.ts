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
    // Until somebody takes it over, an error of the socket would end the process.
    const onError = () => socket.destroy()
    socket.on('error', onError)
    const take = table.get(request.url ?? '')
    if (take === undefined || request.method !== 'GET') return refuseUpgrade(socket, 404)
    Promise.resolve()
      .then(() => {
        socket.off('error', onError)
        return take(request, socket, head)
      })
      .catch((error: unknown) => {
        log.error({ err: error }, 'upgrade failed')
        socket.destroy()
      })
  })
}
