/** A small server over a real WebSocket on loopback, built on the server's side of the handshake. It keeps what agents send in memory and misbehaves when told to. */
import type { AddressInfo } from 'node:net'
import { type WebSocket, WebSocketServer } from 'ws'
import { toB64 } from '../../../shared/protocol/bytes.ts'
import { type EnrollmentCode, encodeCode, pinOf } from '../../../shared/protocol/code.ts'
import { validateAgentMessage } from '../../../shared/protocol/compiled.ts'
import { randomBytes, signingKey } from '../../../shared/protocol/crypto.ts'
import type { WireErrorCode } from '../../../shared/protocol/errors.ts'
import { FrameOpener, FrameSealer } from '../../../shared/protocol/frame.ts'
import {
  type Accepted,
  type AwaitProof,
  answerHello,
  judgeProof,
  refuseWithMac,
} from '../../../shared/protocol/handshake-server.ts'
import type { AgentMessage } from '../../../shared/protocol/messages.ts'
import type { WireRecord } from '../../../shared/protocol/record.ts'
import { codeKey } from '../../../shared/protocol/transcript.ts'

type KnownAgent = { readonly state: string }
type KnownCode = { readonly key: Uint8Array }

/** One connection as the server sees it. */
export class FakeSession {
  readonly socket: WebSocket
  readonly texts: string[] = []
  readonly messages: AgentMessage[] = []
  sealer: FrameSealer | null = null
  accepted: Accepted<KnownAgent, KnownCode> | null = null
  closeCode: number | null = null
  constructor(socket: WebSocket) {
    this.socket = socket
  }
  /** Sends a message with its MAC. */
  say(message: object): void {
    const sealed = this.sealer?.seal(message)
    if (sealed?.ok) this.socket.send(sealed.value)
  }
}

/** What the server should do unlike a good one. Read at each step, so a test may change it. */
export type Manners = {
  /** Another identity than the code's pins. */
  impostor?: boolean
  /** Text err instead of a challenge. */
  textErr?: WireErrorCode
  /** An err with MAC instead of a welcome. */
  macErr?: WireErrorCode
  /** Nothing is acknowledged. */
  noAck?: boolean
  /** A record that is no gap and bears this q is refused with a MAC. */
  refuseQ?: number
  /** What welcome says of `have`, instead of the truth. */
  have?: number
  welcome?: object
}

export class FakeServer {
  readonly identity = signingKey(randomBytes(32))
  readonly recovery = signingKey(randomBytes(32))
  readonly secret = randomBytes(16)
  readonly codeId = randomBytes(8)
  readonly agentId = randomBytes(16)
  readonly sessions: FakeSession[] = []
  readonly records = new Map<number, WireRecord>()
  readonly attestations: AgentMessage[] = []
  readonly manners: Manners = {}
  /** Payload texts of all messages, in order of arrival. */
  readonly payloads: string[] = []
  leaseN = 0
  have = 0
  agentPub: string | null = null
  #wss: WebSocketServer | null = null
  #port = 0

  /** Listens; a second start uses the same port. */
  async start(): Promise<this> {
    const wss = new WebSocketServer({
      host: '127.0.0.1',
      port: this.#port,
      path: '/agent/v1',
      perMessageDeflate: false,
    })
    this.#wss = wss
    wss.on('connection', (socket) => this.#serve(socket))
    await new Promise((resolve) => wss.once('listening', resolve))
    this.#port = (wss.address() as AddressInfo).port
    return this
  }

  async stop(): Promise<void> {
    const wss = this.#wss
    this.#wss = null
    if (wss === null) return
    for (const socket of wss.clients) socket.terminate()
    await new Promise((resolve) => wss.close(resolve))
  }

  get url(): string {
    return `http://127.0.0.1:${this.#port}`
  }

  get last(): FakeSession {
    const session = this.sessions.at(-1)
    if (session === undefined) throw new Error('nobody has connected')
    return session
  }

  code(change: Partial<EnrollmentCode> = {}): string {
    return encodeCode({
      url: this.url,
      codeId: this.codeId,
      secret: this.secret,
      pinS: pinOf(this.identity.pub),
      pinR: pinOf(this.recovery.pub),
      ...change,
    })
  }

  #serve(socket: WebSocket): void {
    const session = new FakeSession(socket)
    this.sessions.push(session)
    let proof: AwaitProof | null = null
    let opener: FrameOpener | null = null
    socket.on('close', (code) => {
      session.closeCode = code
    })
    socket.on('message', async (data, isBinary) => {
      if (isBinary) {
        const opened = opener?.open(data as Buffer)
        const message = opened?.ok ? validateAgentMessage(opened.value) : null
        if (message?.ok) this.#take(session, message.value)
        else socket.close(4400)
        return
      }
      const text = String(data)
      session.texts.push(text)
      if (proof === null) proof = this.#challenge(socket, text)
      else opener = await this.#welcome(session, text, proof)
    })
  }

  #challenge(socket: WebSocket, text: string): AwaitProof | null {
    if (this.manners.textErr !== undefined) {
      socket.send(JSON.stringify({ t: 'err', code: this.manners.textErr }))
      socket.close(4401)
      return null
    }
    const answer = answerHello(text, {
      identity: this.manners.impostor === true ? signingKey(randomBytes(32)) : this.identity,
      hosts: new Set([`127.0.0.1:${this.#port}`, `localhost:${this.#port}`]),
      now: Date.now(),
      ns: randomBytes(32),
      esSeed: randomBytes(32),
      cb: null,
    })
    if (answer.ok) socket.send(answer.value.send)
    else {
      socket.send(answer.error.send)
      socket.close(answer.error.closeCode)
    }
    return answer.ok ? answer.value.state : null
  }

  async #welcome(session: FakeSession, text: string, state: AwaitProof): Promise<FrameOpener | null> {
    const judged = await judgeProof<KnownAgent, KnownCode>(
      text,
      state,
      {
        lookupAgent: (pub) => (toB64(pub) === this.agentPub ? { state: 'active' } : null),
        lookupCode: (codeId) => (toB64(codeId) === toB64(this.codeId) ? { key: codeKey(this.secret) } : null),
      },
      Date.now(),
    )
    const refusal = judged.ok
      ? this.manners.macErr === undefined
        ? null
        : refuseWithMac(judged.value.keys, this.manners.macErr, 'as the test wishes')
      : judged.error
    if (refusal !== null || !judged.ok) {
      session.socket.send(refusal?.send ?? '')
      session.socket.close(refusal?.closeCode ?? 4401)
      return null
    }
    this.agentPub = toB64(judged.value.pub)
    session.accepted = judged.value
    session.sealer = new FrameSealer(judged.value.keys.s2a, 'S')
    this.leaseN += 1
    session.say({
      t: 'welcome',
      agentId: toB64(this.agentId),
      state: 'active',
      have: this.manners.have ?? this.have,
      lease: toB64(randomBytes(16)),
      leaseN: this.leaseN,
      ts: Date.now(),
      binding: 'off',
      limits: { windowFrames: 4, windowBytes: 1_048_576 },
      ...this.manners.welcome,
    })
    return new FrameOpener(judged.value.keys.a2s, 'A')
  }

  #take(session: FakeSession, message: AgentMessage): void {
    session.messages.push(message)
    this.payloads.push(JSON.stringify(message))
    if (message.t === 'report') {
      if (message.r.some(({ q, gap }) => q === this.manners.refuseQ && gap === undefined)) {
        session.say({ t: 'err', code: 'protocol' })
        session.socket.close(4400)
        return
      }
      for (const record of message.r)
        this.#count(record.gap?.from ?? record.q, record.q, () => this.records.set(record.q, record))
    } else if (message.t === 'attestation') {
      this.#count(message.q, message.q, () => this.attestations.push(message))
    } else return
    if (this.manners.noAck !== true) session.say({ t: 'ack', upTo: this.have })
  }

  /** Smaller q are ignored; a hole is a failure of the agent. */
  #count(from: number, q: number, keep: () => void): void {
    if (q <= this.have) return
    if (from > this.have + 1) throw new Error(`q ${from} where ${this.have + 1} is due`)
    keep()
    this.have = q
  }
}

/** Waits until `check` holds; fails with what was waited for. */
export async function until(what: string, check: () => boolean, timeoutMs = 8_000): Promise<void> {
  const end = Date.now() + timeoutMs
  while (!check()) {
    if (Date.now() > end) throw new Error(`waited in vain for: ${what}`)
    await new Promise((resolve) => setTimeout(resolve, 10))
  }
}
