/**
 * The live socket of the dashboard, `/api/v1/live`: says which machines changed, at most five times a second, and only those that the
 * person may see. Its Origin must be the server's own; it closes within a second of the end of its session and of a change
 * of its person's rights; the page then connects anew with those it has (security R12, R22).
 */
import type { IncomingMessage } from 'node:http'
import type { Duplex } from 'node:stream'
import { WebSocket, WebSocketServer } from 'ws'
import type { LiveMessage } from '../../shared/api/views.ts'
import { SECOND_MS } from '../../shared/units.ts'
import { canSeeClient, type Grant, grantOfPerson } from '../auth/access.ts'
import { isOwnOrigin, isSecure } from '../auth/own-origin.ts'
import type { LiveSession } from '../auth/sessions.ts'
import type { CancelTimer, Clock } from '../clock.ts'
import type { Services } from '../control/services.ts'
import { summaryOf } from '../views/machine-summary.ts'
import { readCookie } from './cookie.ts'
import { refuseUpgrade } from './refuse-upgrade.ts'

/** Where it listens. */
export const LIVE_PATH = '/api/v1/live'

const COALESCE_MS = 200
const TICK_MS = 15 * SECOND_MS
const MAX_MESSAGE_BYTES = 1_024
const MAX_BUFFERED_BYTES = 256 * 1_024
const MOST_PAGES_PER_SESSION = 20
/** More changes than this are told as "everything": the page asks again for what it shows. */
const MOST_IDS = 500
/** Close codes: policy (1008), going away (1001), try again later (1013). */
const ENDED = 1008
const GOING_AWAY = 1001
const OVERLOADED = 1013

type Page = {
  readonly socket: WebSocket
  readonly session: LiveSession
  readonly grant: Grant
  isAlive: boolean
  cancelEnd: CancelTimer
}

/** One per server. */
export class LivePages {
  readonly #services: Services
  readonly #clock: Clock
  readonly #server = new WebSocketServer({ noServer: true, perMessageDeflate: false, maxPayload: MAX_MESSAGE_BYTES })
  readonly #pages = new Set<Page>()
  readonly #stops: (() => void)[] = []
  #changed = new Set<string>()
  #cancelFlush: CancelTimer | null = null
  #cancelTick: CancelTimer | null = null

  constructor(services: Services, clock: Clock) {
    this.#services = services
    this.#clock = clock
    this.#stops.push(
      services.fleet.onChange((ids) => this.#note(ids)),
      services.sessions.onEnd((key) => this.#endThose(({ session }) => session.key === key)),
      services.sessions.onRights((personId) => this.#endThose(({ session }) => session.person.id === personId)),
    )
    this.#tick()
  }

  /** Pages that are open. */
  get count(): number {
    return this.#pages.size
  }

  /** Takes an upgrade to the live path: 403 from a foreign origin, 401 without a session. */
  async accept(request: IncomingMessage, socket: Duplex, head: Buffer): Promise<void> {
    const { config, sessions, clock } = this.#services
    const { host, origin, cookie } = request.headers
    if (!isOwnOrigin(config, host, origin)) return refuseUpgrade(socket, 403)
    const secret = readCookie(cookie, isSecure(config, host))
    const session = secret === null ? null : await sessions.find(secret, clock.now())
    if (session === null) return refuseUpgrade(socket, 401)
    const own = [...this.#pages].filter((page) => page.session.key === session.key)
    if (own.length >= MOST_PAGES_PER_SESSION) return refuseUpgrade(socket, 429)
    this.#server.handleUpgrade(request, socket, head, (opened) => this.#open(opened, session))
  }

  #open(socket: WebSocket, session: LiveSession): void {
    const page: Page = { socket, session, grant: grantOfPerson(session.person), isAlive: true, cancelEnd: () => {} }
    this.#pages.add(page)
    this.#awaitEnd(page)
    socket.on('pong', () => {
      page.isAlive = true
    })
    // The page has nothing to say: whatever comes ends the connection.
    socket.on('message', () => socket.close(ENDED, 'nothing is expected'))
    socket.on('error', () => socket.terminate())
    socket.on('close', () => {
      page.cancelEnd()
      this.#pages.delete(page)
    })
    const { clock, version } = this.#services
    send(page, { t: 'hello', now: clock.now(), version })
  }

  #note(ids: Iterable<string>): void {
    if (this.#pages.size === 0) return
    for (const id of ids) {
      this.#changed.add(id)
      // Worked out now, a few at a time, so that the next overview finds it ready.
      const state = this.#services.fleet.state(id)
      if (state !== null) summaryOf(state, this.#clock.now())
    }
    this.#cancelFlush ??= this.#clock.setTimer(() => this.#flush(), COALESCE_MS)
  }

  #flush(): void {
    this.#cancelFlush = null
    const changed = this.#changed
    this.#changed = new Set()
    const byClient = Map.groupBy(changed, (id) => this.#services.fleet.state(id)?.clientId ?? '')
    const now = this.#services.clock.now()
    for (const page of this.#pages) {
      const machines: string[] = []
      for (const [clientId, ids] of byClient) if (canSeeClient(page.grant, clientId)) machines.push(...ids)
      if (machines.length > 0) {
        send(page, { t: 'changed', now, machines: machines.length > MOST_IDS ? [] : machines })
      }
    }
  }

  /** Every 15 s: the server's clock for the page, and a ping that must have been answered since the last one. */
  #tick(): void {
    const now = this.#services.clock.now()
    for (const page of this.#pages) {
      if (!page.isAlive) {
        page.socket.terminate()
        continue
      }
      page.isAlive = false
      page.socket.ping()
      send(page, { t: 'tick', now })
    }
    this.#cancelTick = this.#clock.setTimer(() => this.#tick(), TICK_MS)
  }

  /** An open page is no activity: its session ends when its person asks for nothing, and the page with it. */
  #awaitEnd(page: Page): void {
    const leftMs = this.#services.sessions.endOf(page.session) - this.#services.clock.now()
    if (leftMs <= 0) this.#end(page)
    else page.cancelEnd = this.#clock.setTimer(() => this.#awaitEnd(page), leftMs)
  }

  #endThose(isMeant: (page: Page) => boolean): void {
    for (const page of this.#pages) if (isMeant(page)) this.#end(page)
  }

  #end({ socket }: Page): void {
    socket.close(ENDED, 'session ended or changed')
    this.#clock.setTimer(() => socket.terminate(), SECOND_MS / 2)
  }

  /** Tells every page that the server goes away. */
  close(): void {
    for (const stop of this.#stops) stop()
    this.#cancelFlush?.()
    this.#cancelTick?.()
    for (const { socket } of this.#pages) {
      socket.close(GOING_AWAY, 'server stops')
      this.#clock.setTimer(() => socket.terminate(), SECOND_MS)
    }
    this.#server.close()
  }
}

/** A page that does not read is cut: what it missed it asks for when it comes back. */
function send({ socket }: Page, message: LiveMessage): void {
  if (socket.readyState !== WebSocket.OPEN) return
  if (socket.bufferedAmount > MAX_BUFFERED_BYTES) socket.close(OVERLOADED, 'not reading')
  else socket.send(JSON.stringify(message))
}
