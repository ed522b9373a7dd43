/**
 * The agents' door: upgrade, handshake, one link per machine, group commit behind all of them. Composes the pure session, the
 * intake of each link and the commit queue with sockets and timers.
 */
import type { IncomingMessage } from 'node:http'
import type { Duplex } from 'node:stream'
import { type WebSocket, WebSocketServer } from 'ws'
import type { VersionedConfig } from '../../shared/protocol/agent-config.ts'
import { toB64 } from '../../shared/protocol/bytes.ts'
import { randomBytes } from '../../shared/protocol/crypto.ts'
import type { WireErrorCode } from '../../shared/protocol/errors.ts'
import type { WireRecord } from '../../shared/protocol/record.ts'
import type { Clock } from '../clock.ts'
import type { Fleet } from '../fleet/fleet.ts'
import type { ServerKeys } from '../keys/server-keys.ts'
import type { Log } from '../log.ts'
import type { Store, StoreError } from '../store/store.ts'
import type { AgentLink, LinkHost } from './agent-link.ts'
import { type AskedAttestation, AttestationWaits } from './attestation-waits.ts'
import { CommitQueue, type Queued } from './commit-queue.ts'
import type { GatewayStats } from './gateway-stats.ts'
import { Handshake } from './handshake.ts'
import { type Beat, Pulse } from './pulse.ts'
import { SUBPROTOCOL, UpgradeGuard } from './upgrade-guard.ts'

/** What the gateway needs from outside. */
export type GatewayOptions = {
  readonly clock: Clock
  readonly log: Log
  readonly store: Store
  readonly keys: ServerKeys
  readonly fleet: Fleet
  /** `host:port` names under which this server is dialed; asked at each hello, for the port may be known late. */
  readonly hosts: () => ReadonlySet<string>
  /** The rhythms that a machine's policy asks for; null: the agent's own. */
  readonly agentConfig: (clientId: string, machineId: string) => VersionedConfig | null
  /** 0 to 1; spreads renewals. */
  readonly random: () => number
}

/** Above any frame that the wire allows, so that the opener answers 4413 and not ws its 1009. */
const MAX_PAYLOAD_BYTES = 524_288
const BUSY_RETRY_MS = 5_000
/** Window announced at a stop: at least 10 s, one second per 150 agents (security-reliability.md 5.15). */
const STOP_WINDOW_MS = 10_000
const AGENTS_PER_SECOND = 150

type Open = { readonly link: AgentLink; readonly ws: WebSocket; readonly beat: Beat }

/** One per server. `start` before the first upgrade, `stop` once. */
export class Gateway implements LinkHost {
  readonly #options: GatewayOptions
  readonly #guard: UpgradeGuard
  readonly #pulse: Pulse
  readonly #attestations: AttestationWaits
  readonly #queue: CommitQueue<AgentLink>
  readonly #wss = new WebSocketServer({
    noServer: true,
    perMessageDeflate: false,
    maxPayload: MAX_PAYLOAD_BYTES,
    clientTracking: false,
    handleProtocols: () => SUBPROTOCOL,
  })
  readonly #open = new Map<string, Open>()
  readonly #handshakes = new Set<Handshake>()
  readonly #held = new Set<AgentLink>()
  readonly #ended = new Map<string, number>()
  #records = 0
  #enrolled = 0
  #isOverloaded = false
  #isStopping = false

  constructor(options: GatewayOptions) {
    this.#options = options
    const { clock, store } = options
    this.#guard = new UpgradeGuard(clock)
    this.#attestations = new AttestationWaits(clock)
    this.#pulse = new Pulse(clock, options.random)
    this.#queue = new CommitQueue({
      clock,
      store: (clientId) => store.client(clientId),
      onCommitted: (_, batch, upTo) => this.#committed(batch, upTo),
      onFailed: (clientId, links, error) => this.#failed(clientId, links, error),
      onPressure: (isOverloaded) => this.#pressed(isOverloaded),
    })
  }

  start(): void {
    this.#pulse.start()
  }

  /** For the HTTP server's `upgrade` event on `GET /agent/v1`. */
  handleAgentUpgrade(request: IncomingMessage, socket: Duplex, head: Buffer): void {
    socket.on('error', () => socket.destroy())
    const refusal = this.#isStopping ? { status: 503, reason: 'Service Unavailable' } : this.#guard.begin(request)
    if (refusal !== null) {
      this.#options.log.info({ status: refusal.status, peer: request.socket.remoteAddress }, 'agent upgrade refused')
      socket.end(`HTTP/1.1 ${refusal.status} ${refusal.reason}\r\nConnection: close\r\nContent-Length: 0\r\n\r\n`)
      return
    }
    let isUpgraded = false
    // ws refuses a malformed upgrade by itself and calls nobody: the count must go down all the same.
    socket.once('close', () => {
      if (!isUpgraded) this.#guard.end()
    })
    this.#wss.handleUpgrade(request, socket, head, (ws) => {
      isUpgraded = true
      this.#greet(ws, request)
    })
  }

  #greet(ws: WebSocket, request: IncomingMessage): void {
    const handshake: Handshake = new Handshake(ws, request, { ...this.#options, host: this, randomBytes }, (result) => {
      this.#handshakes.delete(handshake)
      this.#guard.end()
      if (result === null) return
      if (result.isNew) this.#enrolled += 1
      this.#opened(result.link, ws, result.skewMs, result.build)
    })
    this.#handshakes.add(handshake)
  }

  #opened(link: AgentLink, ws: WebSocket, skewMs: number, build: string): void {
    const { machineId } = link.identity
    this.#open.get(machineId)?.link.end('superseded', 'the same agent connected anew')
    const beat = this.#pulse.add({
      ping: () => ws.ping(),
      cut: () => {
        this.#options.log.info({ machineId }, 'agent link cut: nothing heard for 75 s')
        ws.terminate()
      },
      renew: () => link.end('going-away', 'daily renewal', STOP_WINDOW_MS),
    })
    const open = { link, ws, beat }
    this.#open.set(machineId, open)
    ws.on('message', (data: Buffer, isBinary: boolean) => {
      beat.heardAtMono = this.#options.clock.mono()
      if (isBinary) link.receive(data)
      else link.end('protocol', 'text frame after the keys')
    })
    ws.on('pong', () => {
      beat.heardAtMono = this.#options.clock.mono()
    })
    ws.on('close', () => this.#closed(open))
    this.#options.fleet.setConnected(machineId, true, skewMs, build)
    this.#options.log.info({ machineId, agent: link.label, skewMs }, 'agent connected')
  }

  #closed(open: Open): void {
    this.#pulse.remove(open.beat)
    this.#held.delete(open.link)
    const { machineId } = open.link.identity
    if (this.#open.get(machineId) !== open) return
    this.#open.delete(machineId)
    this.#options.fleet.setConnected(machineId, false, null, null)
  }

  // LinkHost

  now(): number {
    return this.#options.clock.now()
  }

  push(clientId: string, item: Queued<AgentLink>): void {
    this.#records += 1
    this.#queue.push(clientId, item)
  }

  hold(link: AgentLink): void {
    this.#held.add(link)
  }

  isOverloaded(): boolean {
    return this.#isOverloaded
  }

  ended(link: AgentLink, code: WireErrorCode | 'bye', detail: string): void {
    this.#ended.set(code, (this.#ended.get(code) ?? 0) + 1)
    const fields = { machineId: link.identity.machineId, agent: link.label, code, detail }
    if (code === 'protocol' || code === 'too-large') this.#options.log.warn(fields, 'agent link ended: bad frame')
    else this.#options.log.info(fields, 'agent link ended')
  }

  // Commits

  #committed(batch: readonly Queued<AgentLink>[], upTo: ReadonlyMap<string, number>): void {
    const { fleet, log } = this.#options
    const settled = new Map<AgentLink, { records: number; bytes: number }>()
    for (const { record, link, leadMs } of batch) {
      const share = settled.get(link)
      if (share === undefined) settled.set(link, { records: 1, bytes: record.bytes })
      else {
        share.records += 1
        share.bytes += record.bytes
      }
      if (record.q > (upTo.get(record.machineId) ?? 0)) continue
      fleet.applyRecord(record, leadMs)
      this.#attestations.settle(record)
    }
    for (const [link, { records, bytes }] of settled) {
      const mark = upTo.get(link.identity.machineId)
      if (mark === undefined)
        log.error({ machineId: link.identity.machineId }, 'the client file does not know this machine')
      link.settled(mark ?? 0, records, bytes)
      if (mark === undefined) link.end('busy', 'machine unknown to its client file', BUSY_RETRY_MS)
    }
    this.#resumeHeld()
  }

  #failed(clientId: string, links: ReadonlySet<AgentLink>, error: StoreError): void {
    this.#options.log.error(
      { clientId, code: error.code, err: error, links: links.size },
      'commit failed, nothing was acknowledged',
    )
    for (const link of links) link.end('busy', 'the store refused a commit', BUSY_RETRY_MS)
  }

  #pressed(isOverloaded: boolean): void {
    this.#isOverloaded = isOverloaded
    this.#options.log.warn({ isOverloaded, ...this.#queue.stats }, 'ingest queue bound')
    this.#resumeHeld()
  }

  #resumeHeld(): void {
    if (this.#isOverloaded || this.#held.size === 0) return
    for (const link of this.#held) {
      if (link.isFull) continue
      this.#held.delete(link)
      link.resume()
    }
  }

  /** Sends a machine's rhythms again after its policy changed; nothing when it is not connected. */
  sendConfig(machineId: string): void {
    const link = this.#open.get(machineId)?.link
    if (link === undefined) return
    const config = this.#options.agentConfig(link.identity.clientId, machineId)
    if (config !== null) link.send({ t: 'config', ...config })
  }

  /** Asks for signed evidence. @returns it once it is durable; null: not connected, or no answer within `waitMs`. */
  async attest(machineId: string, waitMs: number): Promise<AskedAttestation | null> {
    const nonce = toB64(randomBytes(16))
    const link = this.#open.get(machineId)?.link
    link?.send({ t: 'attest', nonce, why: 'visit' })
    return link === undefined ? null : this.#attestations.expect(machineId, nonce, waitMs)
  }

  /** Ends a machine's link; nothing when it is not connected. */
  disconnect(machineId: string, code: WireErrorCode): void {
    this.#open.get(machineId)?.link.end(code, 'ended by the server')
  }

  /** The newest record of a machine as it came, while it is connected; null: none yet. */
  lastRecord(machineId: string): WireRecord | null {
    return this.#open.get(machineId)?.link.lastRecord ?? null
  }

  get stats(): GatewayStats {
    const { records, bytes, commits, meanCommitMs } = this.#queue.stats
    return {
      links: this.#open.size,
      unauthenticated: this.#guard.unauthenticated,
      held: this.#held.size,
      records: this.#records,
      enrolled: this.#enrolled,
      commits,
      meanCommitMs,
      queuedRecords: records,
      queuedBytes: bytes,
      ended: Object.fromEntries(this.#ended),
    }
  }

  /** Commits and acknowledges what was received, then says 1001 with a window to come back in. */
  async stop(): Promise<void> {
    if (this.#isStopping) return
    this.#isStopping = true
    this.#pulse.stop()
    for (const handshake of this.#handshakes) handshake.abort()
    for (const { ws } of this.#open.values()) ws.pause()
    await this.#queue.drain()
    const windowMs = Math.max(STOP_WINDOW_MS, Math.ceil((this.#open.size / AGENTS_PER_SECOND) * 1_000))
    for (const { link, ws } of [...this.#open.values()]) {
      ws.resume()
      link.end('going-away', 'the server stops', windowMs)
    }
  }
}
