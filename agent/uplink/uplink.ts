/**
 * The agent's link to its one server: connects, drains the spool, answers the few things that a server may ask, waits and
 * connects again. Nothing that a server says reaches a file name, a path, a host or an argument: it answers with numbers,
 * check names of a closed list and configuration of a closed schema.
 */
import type { CheckName } from '../../shared/checks/names.ts'
import type { VersionedConfig } from '../../shared/protocol/agent-config.ts'
import { fromB64 } from '../../shared/protocol/bytes.ts'
import { equalBytes } from '../../shared/protocol/crypto.ts'
import type { Info } from '../../shared/protocol/handshake-messages.ts'
import type { ServerMessage, Welcome } from '../../shared/protocol/messages.ts'
import type { EpochMs } from '../../shared/units.ts'
import { MINUTE_MS, SECOND_MS } from '../../shared/units.ts'
import type { CancelTimer, Clock } from '../clock.ts'
import type { Identity, Lease } from '../identity.ts'
import type { Log } from '../log.ts'
import type { Spool } from '../spool/spool.ts'
import { Connection, SILENCE_MS } from './connection.ts'
import type { Dial } from './dial.ts'
import { codeOfEnd, type EndCause, waitMsAfter } from './end-cause.ts'
import { PoisonWatch } from './poison-watch.ts'
import { Sender } from './sender.ts'
import type { ServerUrl } from './server-url.ts'

/** What the link needs, and whom it tells. */
export type UplinkPorts = {
  readonly clock: Clock
  readonly log: Log
  readonly dial: Dial
  /** 0 ≤ random < 1. */
  readonly random: () => number
  readonly server: ServerUrl
  readonly caFile: string | null
  readonly identity: Identity
  readonly spool: Spool
  readonly readLease: () => Lease
  /** Must be durable when it returns. */
  readonly saveLease: (lease: Lease) => void
  readonly info: () => Info
  /** 32 bytes of hardware hints. */
  readonly fp: Uint8Array
  readonly onWant: (checks: readonly CheckName[]) => void
  readonly onAttest: (nonce: Uint8Array) => void
  readonly onConfig: (config: VersionedConfig) => void
  readonly onSent: (text: string) => void
  readonly onAck: () => void
  readonly onState: (state: UplinkState) => void
}

/** For `status`: what the link is doing. `since` in epoch ms. */
export type UplinkState =
  | { readonly state: 'connecting'; readonly since: EpochMs }
  | { readonly state: 'connected'; readonly since: EpochMs; readonly quarantined: boolean; readonly skewMs: number }
  | { readonly state: 'waiting'; readonly since: EpochMs; readonly cause: EndCause; readonly retryAt: EpochMs }
  | { readonly state: 'stopped'; readonly since: EpochMs }

const LOOK_EVERY_MS = 5 * SECOND_MS
const JUMP_MS = 30 * SECOND_MS
const STABLE_MS = MINUTE_MS
/** What a server may ask for in one minute (bodies, attestations): each costs a write to disk. */
const MAX_ASKED_PER_MINUTE = 30

/** The link to the server. Lives as long as the agent. */
export class Uplink {
  readonly #ports: UplinkPorts
  readonly #poison: PoisonWatch
  #connection: Connection | null = null
  #sender: Sender | null = null
  #attempt = 0
  #openedAtMono: number | null = null
  #cancelRetry: CancelTimer | null = null
  #cancelLook: CancelTimer | null = null
  #lastLook: { readonly now: EpochMs; readonly mono: number }
  #askedAtMono: number[] = []
  #isStopped = false
  #onStopped: (() => void) | null = null

  constructor(ports: UplinkPorts) {
    this.#ports = ports
    this.#poison = new PoisonWatch(ports.spool, ports.log)
    this.#lastLook = { now: ports.clock.now(), mono: ports.clock.mono() }
  }

  /** Connects, and stays connected until `stop`. */
  start(): void {
    this.#connect()
    this.#look()
  }

  /** Something new is on the spool. */
  pump(): void {
    this.#sender?.pump()
  }

  /** Says goodbye and ends; resolves when the connection is gone, within about 2 s. */
  stop(why: 'shutdown' | 'stop' | 'sleep' | 'update'): Promise<void> {
    this.#isStopped = true
    this.#cancelRetry?.()
    this.#cancelLook?.()
    const connection = this.#connection
    if (connection === null) return Promise.resolve()
    connection.send(JSON.stringify({ t: 'bye', why }))
    return new Promise((resolve) => {
      this.#onStopped = resolve
      connection.close({ kind: 'own-wish' })
    })
  }

  #connect(): void {
    const ports = this.#ports
    this.#cancelRetry = null
    ports.onState({ state: 'connecting', since: ports.clock.now() })
    this.#connection = new Connection({
      clock: ports.clock,
      dial: ports.dial,
      server: ports.server,
      caFile: ports.caFile,
      key: ports.identity.key,
      agentId: ports.identity.agentId,
      proof: () => {
        const { lease, leaseN, bindingRequired } = ports.readLease()
        const { pins } = ports.identity
        const { stream } = ports.spool
        return {
          pinS: pins.server,
          requireBinding: bindingRequired,
          stream,
          lease,
          leaseN,
          fp: ports.fp,
          info: ports.info(),
          code: null,
        }
      },
      onWelcome: (welcome) => this.#onWelcome(welcome),
      onMessage: (message) => this.#onMessage(message),
      onEnd: (cause) => this.#onEnd(cause),
    })
  }

  #onWelcome(welcome: Welcome): void {
    const { clock, spool, log, identity, server, onState, onConfig } = this.#ports
    const agentId = fromB64(welcome.agentId, 16)
    const lease = fromB64(welcome.lease, 16)
    if (!lease.ok || !agentId.ok || !equalBytes(agentId.value, identity.agentId)) {
      this.#connection?.violate('a welcome for another agent')
      return
    }
    if (!this.#remember(welcome, lease.value)) return
    this.#openedAtMono = clock.mono()
    log.info('connected', { host: server.host, have: welcome.have })
    onState({
      state: 'connected',
      since: clock.now(),
      quarantined: welcome.state === 'quarantined',
      skewMs: welcome.ts - clock.now(),
    })
    if (welcome.config !== undefined) onConfig(welcome.config)
    const connection = this.#connection
    if (connection === null) return
    const cautious = this.#poison.isSuspicious
    this.#sender = new Sender({
      clock,
      log,
      spool,
      connection,
      limits: welcome.limits,
      cautious,
      onSent: this.#ports.onSent,
    })
    this.#poison.onOpen(spool.ackedQ)
    this.#sender.pump()
  }

  /** What must be on disk before anything is sent. @returns false when the connection was closed instead. */
  #remember({ leaseN, binding, have }: Welcome, lease: Uint8Array): boolean {
    const { spool, log, saveLease } = this.#ports
    try {
      saveLease({ lease, leaseN, bindingRequired: binding === 'require' })
      const resumed = spool.resume(have)
      if (resumed === 'rewound') log.warn('server was set back, sending again', { from: have + 1 })
      if (resumed !== 'unknown-to-us') return true
      log.warn('server holds more than this spool: a new stream begins', { have, lastQ: spool.nextQ - 1 })
      spool.renewStream()
      this.#connection?.close({ kind: 'own-wish' })
    } catch (error) {
      log.error('lease could not be stored', { detail: error instanceof Error ? error.message : String(error) })
      this.#connection?.close({ kind: 'storage' })
    }
    return false
  }

  #onMessage(message: ServerMessage): void {
    const { log, onWant, onAttest, onConfig } = this.#ports
    if (message.t === 'ack') {
      if (this.#sender?.ack(message.upTo) !== false) this.#ports.onAck()
      else {
        this.#connection?.violate('an ack of what was never sent')
      }
    } else if (message.t === 'slow') this.#sender?.pause(message.ms)
    else if (message.t === 'config') onConfig({ version: message.version, body: message.body })
    else if (message.t === 'want' && this.#maySpend()) onWant(message.checks)
    else if (message.t === 'attest' && this.#maySpend()) {
      const nonce = fromB64(message.nonce, 16)
      if (nonce.ok) onAttest(nonce.value)
    } else log.debug('message without effect', { type: message.t })
  }

  #maySpend(): boolean {
    const mono = this.#ports.clock.mono()
    this.#askedAtMono = this.#askedAtMono.filter((at) => mono - at < MINUTE_MS)
    if (this.#askedAtMono.length >= MAX_ASKED_PER_MINUTE) return false
    this.#askedAtMono.push(mono)
    return true
  }

  #onEnd(cause: EndCause): void {
    const { clock, log, random, spool, onState } = this.#ports
    this.#sender?.stop()
    this.#sender = null
    this.#connection = null
    const wasStable = this.#openedAtMono !== null && clock.mono() - this.#openedAtMono >= STABLE_MS
    this.#openedAtMono = null
    if (this.#isStopped) {
      onState({ state: 'stopped', since: clock.now() })
      this.#onStopped?.()
      return
    }
    this.#poison.onEnd(cause, spool.ackedQ)
    if (wasStable) this.#attempt = 0
    const waitMs = waitMsAfter(cause, this.#attempt, random())
    this.#attempt += 1
    log.info('connection ended', { cause: codeOfEnd(cause), waitMs })
    onState({ state: 'waiting', since: clock.now(), cause, retryAt: clock.now() + waitMs })
    this.#cancelRetry = clock.setTimer(() => this.#connect(), waitMs)
  }

  /** Every few seconds: a link without frames, an overdue ack, a wall clock that jumped (the machine slept). */
  #look(): void {
    const { clock } = this.#ports
    const [now, mono] = [clock.now(), clock.mono()]
    const jumpMs = Math.abs(now - this.#lastLook.now - (mono - this.#lastLook.mono))
    this.#lastLook = { now, mono }
    if (jumpMs > JUMP_MS) this.#onJump()
    else if (this.#connection !== null && (this.#connection.silentMs > SILENCE_MS || this.#sender?.isStuck === true)) {
      this.#connection.cut({ kind: 'silent' })
    }
    this.#cancelLook = clock.setTimer(() => this.#look(), LOOK_EVERY_MS)
  }

  #onJump(): void {
    if (this.#connection !== null) this.#connection.cut({ kind: 'clock-jump' })
    else if (this.#cancelRetry !== null) {
      this.#cancelRetry()
      this.#connect()
    }
  }
}
