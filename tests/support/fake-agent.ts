/**
 * A simulated agent: real keys, the real protocol over a real socket, a spool in memory, and an oracle of what it produced and
 * what was acknowledged. Its records carry one sample that no other record has, so that each can be found again.
 */
import WebSocket from 'ws'
import { emptySection, type Section } from '../../shared/checks/index.ts'
import { CHECK_NAMES, type CheckName } from '../../shared/checks/names.ts'
import { toB64 } from '../../shared/protocol/bytes.ts'
import { decodeCode } from '../../shared/protocol/code.ts'
import { randomBytes, type SigningKey, signingKey } from '../../shared/protocol/crypto.ts'
import type { FrameOpener, FrameSealer } from '../../shared/protocol/frame.ts'
import { answerChallenge, beginHandshake, receiveWelcome } from '../../shared/protocol/handshake-agent.ts'
import type { Info } from '../../shared/protocol/handshake-messages.ts'
import { hostOf } from '../../shared/protocol/host.ts'
import { checkServerMessage, type ServerMessage, type Welcome } from '../../shared/protocol/messages.ts'
import type { WireRecord } from '../../shared/protocol/record.ts'
import { sectionHash } from '../../shared/protocol/section-hash.ts'

export type FakeAgentOptions = {
  /** The text that a person would paste. */
  readonly code: string
  /** Where to dial instead of the code's address. */
  readonly url?: string
  readonly hostname?: string
  /** Makes the unique sample values of this agent: `index * 1e9 + q`. */
  readonly index?: number
  /** Added to the wall clock in records and info, ms. */
  readonly clockOffsetMs?: number
  readonly key?: SigningKey
}

/** The link ended before welcome, or never began. */
export class ConnectError extends Error {
  readonly closeCode: number
  readonly failure: unknown
  constructor(closeCode: number, failure: unknown) {
    super(`no welcome: closed with ${closeCode}, ${JSON.stringify(failure)}`)
    this.closeCode = closeCode
    this.failure = failure
  }
}

const KEYS = ['cpu:busyPermille', 'load:centi1', 'memory:usedBytes'] as const

/** All six sections; `system` names the three samples. */
export function fakeSections(): { readonly [C in CheckName]: Section<C> } {
  return {
    antivirus: emptySection('antivirus'),
    backup: emptySection('backup'),
    disk: emptySection('disk'),
    patch: emptySection('patch'),
    posture: emptySection('posture'),
    system: { ...emptySection('system'), samples: [...KEYS] },
  }
}

/** `s` of a record: hashes, with bodies where wanted. */
export function sectionEntries(
  sections: ReturnType<typeof fakeSections>,
  withBodies: boolean,
): NonNullable<WireRecord['s']> {
  const entries: { [check: string]: { h: string; b?: { readonly [key: string]: unknown } } } = {}
  for (const check of CHECK_NAMES) {
    const hash = sectionHash(check, sections[check])
    if (!hash.ok) throw new Error(hash.error.detail)
    entries[check] = { h: toB64(hash.value), ...(withBodies ? { b: { ...sections[check] } } : {}) }
  }
  return entries
}

/** One agent. Records live in `records`, index q - 1, for ever: the oracle of what was produced. */
export class FakeAgent {
  readonly key: SigningKey
  readonly stream = randomBytes(16)
  readonly options: FakeAgentOptions
  readonly records: WireRecord[] = []
  readonly received: ServerMessage[] = []
  agentId: Uint8Array | null = null
  /** Highest acknowledged q. */
  acked = 0
  /** Highest q sent on this link. */
  sent = 0
  closeCode: number | null = null
  ws: WebSocket | null = null
  sealer: FrameSealer | null = null
  onAck: () => void = () => {}
  #lastAt = 0
  #lease: Uint8Array = new Uint8Array(16)
  #leaseN = 0

  constructor(options: FakeAgentOptions) {
    this.options = options
    this.key = options.key ?? signingKey(randomBytes(32))
  }

  get #now(): number {
    return Date.now() + (this.options.clockOffsetMs ?? 0)
  }

  info(): Info {
    return {
      v: [1],
      now: this.#now,
      mono: performance.now(),
      bootId: 'boot',
      build: '0.1.0',
      os: 'linux',
      arch: 'x64',
      hostname: this.options.hostname ?? `PC-${this.options.index ?? 0}`,
    }
  }

  /** The next record: the first one stands alone, the others carry three samples. `over` replaces fields. */
  produce(over: Partial<WireRecord> = {}): WireRecord {
    const q = this.records.length + 1
    // Two records of one agent never share an instant, or their samples would share a row.
    const at = Math.max(this.#now, this.#lastAt + 1)
    this.#lastAt = at
    const first = q === 1 ? { f: 1 as const, s: sectionEntries(fakeSections(), true) } : {}
    const value = (this.options.index ?? 0) * 1e9 + q
    const record = {
      q,
      at,
      up: q,
      c: { system: 0 },
      v: { system: [0, q % 1000, 1, q % 7, 2, value] },
      ...first,
      ...over,
    }
    this.records.push(record)
    return record
  }

  /** Dials, proves itself and waits for welcome. @throws ConnectError. */
  async connect(): Promise<Welcome> {
    const code = decodeCode(this.options.code)
    if (!code.ok) throw new Error(code.error.detail)
    const url = this.options.url ?? code.value.url
    const host = hostOf(url)
    if (!host.ok) throw new Error(host.error)
    const ws = new WebSocket(`${url.replace(/^http/, 'ws')}/agent/v1`, 'rounds.agent.v1', { perMessageDeflate: false })
    this.ws = ws
    this.closeCode = null
    const { state, send } = beginHandshake({
      key: this.key,
      agentId: this.agentId,
      host: host.value,
      cb: null,
      na: randomBytes(32),
      eaSeed: randomBytes(32),
    })
    ws.on('open', () => ws.send(send))
    const challenge = await this.#next(ws)
    const proof = answerChallenge(String(challenge), state, {
      pinS: code.value.pinS,
      requireBinding: false,
      stream: this.stream,
      lease: this.#lease,
      leaseN: this.#leaseN,
      fp: new Uint8Array(32),
      info: this.info(),
      code: code.value,
    })
    if (!proof.ok) throw new ConnectError(0, proof.error)
    ws.send(proof.value.send)
    const answer = await this.#next(ws)
    const welcome = receiveWelcome(answer, proof.value.state)
    if (!welcome.ok) throw new ConnectError(await this.#closing(ws), welcome.error)
    this.#welcomed(ws, welcome.value, proof.value.state)
    return welcome.value
  }

  #next(ws: WebSocket): Promise<string | Buffer> {
    return new Promise((resolve, reject) => {
      ws.once('message', (data: Buffer, isBinary: boolean) => resolve(isBinary ? data : data.toString()))
      ws.once('close', (code: number) => reject(new ConnectError(code, null)))
      ws.once('error', (error) => reject(new ConnectError(0, error.message)))
    })
  }

  #closing(ws: WebSocket): Promise<number> {
    return new Promise((resolve) => ws.once('close', (code: number) => resolve(code)))
  }

  #welcomed(
    ws: WebSocket,
    welcome: Welcome,
    { sealer, opener }: { readonly sealer: FrameSealer; readonly opener: FrameOpener },
  ): void {
    this.agentId = Buffer.from(welcome.agentId, 'base64url')
    this.#lease = Buffer.from(welcome.lease, 'base64url')
    this.#leaseN = welcome.leaseN
    this.sealer = sealer
    this.sent = welcome.have
    // What the server has is durable, whether or not its ack arrived.
    this.acked = Math.max(this.acked, welcome.have)
    ws.removeAllListeners('message')
    ws.on('error', () => {})
    ws.on('close', (code: number) => {
      this.closeCode = code
    })
    ws.on('message', (data: Buffer) => {
      const opened = opener.open(data)
      const message = opened.ok ? checkServerMessage(opened.value) : opened
      if (!message.ok) throw new Error('the server sent a frame that does not open')
      this.#heard(message.value)
    })
  }

  #heard(message: ServerMessage): void {
    this.received.push(message)
    if (message.t !== 'ack') return
    if (message.upTo > this.records.length) throw new Error('acknowledged what was never produced')
    this.acked = Math.max(this.acked, message.upTo)
    this.onAck()
  }

  /** Seals and sends any message. */
  send(message: object): void {
    const frame = this.sealer?.seal(message)
    if (frame?.ok === true) this.ws?.send(frame.value)
  }

  /** Sends what was produced and not sent on this link, one record per frame, at most `window` unacknowledged. */
  pump(window = 4): void {
    while (
      this.sent < this.records.length &&
      this.sent - this.acked < window &&
      this.ws?.readyState === WebSocket.OPEN
    ) {
      this.send({ t: 'report', r: [this.records[this.sent]] })
      this.sent += 1
    }
  }

  /** Resolves with the close code. */
  closed(): Promise<number> {
    const { ws } = this
    if (ws === null || ws.readyState === WebSocket.CLOSED) return Promise.resolve(this.closeCode ?? 0)
    return this.#closing(ws)
  }

  /** Resolves when everything up to `q` is acknowledged. */
  async ackedUpTo(q: number): Promise<void> {
    while (this.acked < q) {
      await new Promise<void>((resolve) => {
        this.onAck = resolve
      })
    }
  }

  /** Cuts the link without a word. */
  cut(): void {
    this.ws?.terminate()
  }
}
