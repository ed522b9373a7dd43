/** One connection from dialing to its end: handshake within 10 s, then frames with MACs in both directions. Not pure (socket, time, randomness). */
import { randomBytes, type SigningKey } from '../../shared/protocol/crypto.ts'
import { wireErrorOfClose } from '../../shared/protocol/errors.ts'
import type { FrameOpener } from '../../shared/protocol/frame.ts'
import {
  type AwaitChallenge,
  type AwaitWelcome,
  answerChallenge,
  beginHandshake,
  type HandshakeFailure,
  type ProofInput,
  receiveWelcome,
} from '../../shared/protocol/handshake-agent.ts'
import { checkServerMessage, type ServerMessage, type Welcome } from '../../shared/protocol/messages.ts'
import { err, type Result } from '../../shared/result.ts'
import { SECOND_MS } from '../../shared/units.ts'
import type { CancelTimer, Clock } from '../clock.ts'
import type { Dial, Socket } from './dial.ts'
import type { EndCause } from './end-cause.ts'
import type { ServerUrl } from './server-url.ts'

/** What one connection needs, and whom it tells. */
export type ConnectionPorts = {
  readonly clock: Clock
  readonly dial: Dial
  readonly server: ServerUrl
  readonly caFile: string | null
  readonly key: SigningKey
  /** null: enroll. */
  readonly agentId: Uint8Array | null
  /** Made when the connection is open, so that its clocks are fresh. */
  readonly proof: () => ProofInput
  readonly onWelcome: (welcome: Welcome) => void
  /** A checked message of the proven server; `welcome` and `err` among them are violations or ends, never passed on. */
  readonly onMessage: (message: ServerMessage) => void
  /** Exactly once. */
  readonly onEnd: (cause: EndCause) => void
}

const HANDSHAKE_DEADLINE_MS = 10 * SECOND_MS
/** No frame for this long means that nobody is there. */
export const SILENCE_MS = 90 * SECOND_MS
const CLOSE_TIMEOUT_MS = 2 * SECOND_MS

type Phase =
  | { readonly at: 'dialing' }
  | { readonly at: 'challenge'; readonly state: AwaitChallenge }
  | { readonly at: 'welcome'; readonly state: AwaitWelcome }
  | { readonly at: 'open'; readonly state: AwaitWelcome }
  | { readonly at: 'ended' }

/** One connection; made anew for each attempt. */
export class Connection {
  readonly #ports: ConnectionPorts
  readonly #socket: Socket
  #phase: Phase = { at: 'dialing' }
  #cause: EndCause | null = null
  #lastSeenMono: number
  #cancelDeadline: CancelTimer | null = null
  #cancelClose: CancelTimer | null = null

  constructor(ports: ConnectionPorts) {
    this.#ports = ports
    this.#lastSeenMono = ports.clock.mono()
    this.#socket = ports.dial(ports.server, ports.caFile, {
      onOpen: (cb) => this.#onOpen(cb),
      onMessage: (data) => this.#onData(data),
      onAlive: () => {
        this.#lastSeenMono = ports.clock.mono()
      },
      onEnd: (code, detail) => this.#onEnd(code, detail),
    })
  }

  /** Monotonic ms since anything arrived. */
  get silentMs(): number {
    return this.#ports.clock.mono() - this.#lastSeenMono
  }

  /** Seals and sends a message that is JSON already. `too-large`: nothing was sent. */
  send(text: string): Result<Uint8Array, 'too-large' | 'not-open'> {
    if (this.#phase.at !== 'open') return err('not-open')
    const sealed = this.#phase.state.sealer.seal(text)
    if (sealed.ok) this.#socket.send(sealed.value)
    return sealed
  }

  /** Ends the connection politely; `onEnd` follows within 2 s. */
  close(cause: EndCause, closeCode = 1000): void {
    if (this.#phase.at === 'ended') return
    this.#cause ??= cause
    this.#socket.close(closeCode)
    this.#cancelClose ??= this.#ports.clock.setTimer(() => this.#socket.terminate(), CLOSE_TIMEOUT_MS)
  }

  /** Ends the connection at once. */
  cut(cause: EndCause): void {
    this.#cause ??= cause
    this.#socket.terminate()
  }

  /** The server broke the rules: it is told with which code, and the link is over. @param detail constant text. */
  violate(detail: string, closeCode = 4400): void {
    this.close({ kind: 'violation', detail }, closeCode)
  }

  #onOpen(cb: Uint8Array | null): void {
    const { clock, key, agentId, server } = this.#ports
    this.#lastSeenMono = clock.mono()
    this.#cancelDeadline = clock.setTimer(() => this.cut({ kind: 'silent' }), HANDSHAKE_DEADLINE_MS)
    const start = { key, agentId, host: server.host, cb, na: randomBytes(32), eaSeed: randomBytes(32) }
    const { state, send } = beginHandshake(start)
    this.#phase = { at: 'challenge', state }
    this.#socket.send(send)
  }

  #onData(data: string | Uint8Array): void {
    if (this.#cause !== null) return
    if (this.#phase.at === 'challenge') this.#onChallenge(data, this.#phase.state)
    else if (this.#phase.at === 'welcome') this.#onWelcome(data, this.#phase.state)
    else if (this.#phase.at === 'open') this.#onFrame(data, this.#phase.state)
  }

  #onChallenge(data: string | Uint8Array, state: AwaitChallenge): void {
    const answer =
      typeof data === 'string'
        ? answerChallenge(data, state, this.#ports.proof())
        : err({ kind: 'protocol', detail: 'a frame before the keys' } as const)
    if (answer.ok) {
      this.#phase = { at: 'welcome', state: answer.value.state }
      this.#socket.send(answer.value.send)
    } else this.#fail(answer.error)
  }

  #onWelcome(data: string | Uint8Array, state: AwaitWelcome): void {
    const welcome = receiveWelcome(data, state)
    if (welcome.ok) {
      this.#cancelDeadline?.()
      this.#phase = { at: 'open', state }
      this.#ports.onWelcome(welcome.value)
    } else this.#fail(welcome.error)
  }

  #onFrame(data: string | Uint8Array, { opener }: AwaitWelcome): void {
    const message = openMessage(data, opener)
    if (!message.ok) this.violate(message.error.detail, message.error.close)
    else if (message.value.t === 'welcome') this.violate('a second welcome')
    else if (message.value.t === 'err' || message.value.t === 'bye') this.close(toldBy(message.value))
    else this.#ports.onMessage(message.value)
  }

  #fail(failure: HandshakeFailure): void {
    if (failure.kind === 'told') {
      const { code, lasting, retryMs } = failure
      this.close({ kind: 'told', code, signed: lasting, retryMs })
    } else this.close({ kind: 'handshake', failure }, 4400)
  }

  #onEnd(closeCode: number | null, detail: string): void {
    if (this.#phase.at === 'ended') return
    this.#phase = { at: 'ended' }
    this.#cancelDeadline?.()
    this.#cancelClose?.()
    this.#ports.onEnd(this.#cause ?? causeOf(closeCode, detail))
  }
}

function openMessage(
  data: string | Uint8Array,
  opener: FrameOpener,
): Result<ServerMessage, { readonly close: number; readonly detail: string }> {
  if (typeof data === 'string') return err({ close: 4400, detail: 'a text after the keys' })
  const opened = opener.open(data)
  return opened.ok ? checkServerMessage(opened.value) : opened
}

function toldBy(message: Extract<ServerMessage, { t: 'err' | 'bye' }>): EndCause {
  const retryMs = message.t === 'err' ? (message.retryMs ?? null) : null
  return { kind: 'told', code: message.code, signed: true, retryMs }
}

/** A close code has no MAC: it counts as an unsigned word. */
function causeOf(closeCode: number | null, detail: string): EndCause {
  if (closeCode === null) return { kind: 'unreachable', detail: detail === '' ? 'the connection failed' : detail }
  const code = wireErrorOfClose(closeCode)
  return code === null ? { kind: 'closed', closeCode } : { kind: 'told', code, signed: false, retryMs: null }
}
