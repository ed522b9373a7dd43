/**
 * One authenticated link: frames in, acknowledgements out. Holds the keys of its two directions, the intake of its stream, and how
 * much of it waits for a commit. The gateway owns the sockets' beginning and end.
 */
import type WebSocket from 'ws'
import type { VersionedConfig } from '../../shared/protocol/agent-config.ts'
import { type Attester, verifyAttestation } from '../../shared/protocol/attestation.ts'
import { toB64 } from '../../shared/protocol/bytes.ts'
import { validateAgentMessage } from '../../shared/protocol/compiled.ts'
import { type WireErrorCode, wireError } from '../../shared/protocol/errors.ts'
import { FrameOpener, FrameSealer } from '../../shared/protocol/frame.ts'
import type { AgentMessage, Attestation, Report, ServerMessage, Welcome } from '../../shared/protocol/messages.ts'
import type { SessionKeys } from '../../shared/protocol/transcript.ts'
import type { Result } from '../../shared/result.ts'
import type { EpochMs } from '../../shared/units.ts'
import type { AcceptError, Accepted, Intake } from './accept.ts'
import type { Queued } from './commit-queue.ts'

/** What a link needs of the gateway. */
export type LinkHost = {
  now(): EpochMs
  push(clientId: string, item: Queued<AgentLink>): void
  /** The link must not read on until the gateway resumes it. */
  hold(link: AgentLink): void
  isOverloaded(): boolean
  /** The link is over by its own decision; `detail` is constant text. */
  ended(link: AgentLink, code: WireErrorCode | 'bye', detail: string): void
}

/** Whose link this is. */
export type LinkIdentity = {
  readonly clientId: string
  readonly machineId: string
  readonly attester: Attester
}

/** What welcome says, bytes raw; `config` null: the agent's own rhythms. */
export type WelcomeFields = Omit<Welcome, 't' | 'binding' | 'agentId' | 'lease' | 'config'> & {
  readonly agentId: Uint8Array
  readonly lease: Uint8Array
  readonly config: VersionedConfig | null
}

/** Told in welcome: frames and bytes that an agent may have unacknowledged. */
export const WINDOW = { windowFrames: 4, windowBytes: 1_048_576 } as const
/** An agent that ignores its window is not read until its records are durable. */
const MAX_PENDING_BYTES = 4 * WINDOW.windowBytes
const SLOW_MS = 2_000
/** A peer that does not answer the close is cut after this, ms. */
const CLOSE_GRACE_MS = 2_000

/** Sends and receives over one socket. */
export class AgentLink {
  readonly identity: LinkIdentity
  readonly #ws: WebSocket
  readonly #host: LinkHost
  readonly #opener: FrameOpener
  readonly #sealer: FrameSealer
  readonly #intake: Intake
  #durable: number
  #pending = 0
  #pendingBytes = 0
  #isHeld = false
  #isOver = false
  /** The newest record as it came, for the page that shows what this agent sent. */
  lastRecord: Report['r'][number] | null = null

  /** @param have highest durable q, as told in welcome. */
  constructor(ws: WebSocket, host: LinkHost, identity: LinkIdentity, keys: SessionKeys, intake: Intake, have: number) {
    this.#ws = ws
    this.#host = host
    this.identity = identity
    this.#opener = new FrameOpener(keys.a2s, 'A')
    this.#sealer = new FrameSealer(keys.s2a, 'S')
    this.#intake = intake
    this.#durable = have
  }

  get pending(): number {
    return this.#pending
  }

  /** Sends a message; nothing after the link is over. */
  send(message: ServerMessage): void {
    if (!this.#isOver) this.#sendJson(JSON.stringify(message))
  }

  /** First frame of the link, n = 0. */
  welcome({ agentId, lease, config, ...rest }: WelcomeFields): void {
    const fields = { agentId: toB64(agentId), lease: toB64(lease), binding: 'off' as const, ...rest }
    this.send({ t: 'welcome', ...fields, ...(config === null ? {} : { config }) })
  }

  /** Asks for the bodies that are missing, once each. */
  askForBodies(): void {
    if (!this.#intake.lacksBodies) return
    const checks = this.#intake.takeWants()
    if (checks.length > 0) this.send({ t: 'want', checks: [...checks] })
  }

  #sendJson(json: string): void {
    const frame = this.#sealer.seal(json)
    if (frame.ok) this.#ws.send(frame.value)
  }

  /** A binary message. Any bytes are an effect on this link only, never a throw. */
  receive(bytes: Buffer): void {
    if (this.#isOver) return
    const opened = this.#opener.open(bytes)
    if (!opened.ok) {
      this.end(opened.error.close === 4413 ? 'too-large' : 'protocol', opened.error.detail)
      return
    }
    const message = validateAgentMessage(opened.value)
    if (!message.ok) this.end('protocol', message.error.detail)
    else this.#handle(message.value, bytes.length)
  }

  #handle(message: AgentMessage, bytes: number): void {
    switch (message.t) {
      case 'report':
        this.#report(message, bytes)
        break
      case 'attestation':
        this.#attestation(message, bytes)
        break
      case 'bye':
        this.#over('bye', message.why)
        this.#close(1000, 'bye')
        break
      case 'rekey':
        this.end('protocol', 'rekey is not offered')
        break
    }
  }

  #report({ r }: Report, bytes: number): void {
    const receivedAt = this.#host.now()
    const share = Math.round(bytes / r.length)
    for (const record of r) {
      if (!this.#take(this.#intake.accept(record, share, receivedAt))) return
      this.lastRecord = record
    }
    this.#afterFrame()
  }

  #attestation(message: Attestation, bytes: number): void {
    const checked = verifyAttestation(message, this.identity.attester)
    if (!checked.ok) {
      this.end('protocol', 'attestation is not signed by this agent for this stream')
      return
    }
    const { nextPrev: hash, attested } = checked.value
    const evidence = { hash, prev: attested.prev, body: JSON.stringify(message) }
    if (this.#take(this.#intake.acceptAttestation(message, evidence, bytes, this.#host.now()))) this.#afterFrame()
  }

  /** @returns false: the link is over. */
  #take(accepted: Result<Accepted, AcceptError>): boolean {
    if (!accepted.ok) {
      this.end('protocol', accepted.error.detail)
      return false
    }
    const { value } = accepted
    if (value.kind === 'new') {
      this.#pending += 1
      this.#pendingBytes += value.record.bytes
      this.#host.push(this.identity.clientId, { record: value.record, link: this, leadMs: value.leadMs })
    }
    return true
  }

  #afterFrame(): void {
    // Only what is durable already came: no commit will answer, so this does.
    if (this.#pending === 0) this.#ack()
    if (this.#intake.lacksBodies) this.askForBodies()
    if (this.#host.isOverloaded() || this.#pendingBytes > MAX_PENDING_BYTES) this.#hold()
  }

  #hold(): void {
    if (this.#isHeld || this.#isOver) return
    this.#isHeld = true
    this.send({ t: 'slow', ms: SLOW_MS })
    this.#ws.pause()
    this.#host.hold(this)
  }

  /** Reads on after a hold. */
  resume(): void {
    if (!this.#isHeld) return
    this.#isHeld = false
    this.#ws.resume()
  }

  /** Whether this link alone has more waiting than its window allows. */
  get isFull(): boolean {
    return this.#pendingBytes > WINDOW.windowBytes
  }

  /** A commit returned: `records` of this link with `bytes` are settled, everything up to `upTo` is durable. */
  settled(upTo: number, records: number, bytes: number): void {
    this.#pending -= records
    this.#pendingBytes -= bytes
    if (upTo > this.#durable) this.#durable = upTo
    if (!this.#isOver) this.#ack()
  }

  #ack(): void {
    this.#sendJson(`{"t":"ack","upTo":${this.#durable}}`)
  }

  /** Ends the link with a code that the agent believes, for it has a MAC. @param retryMs when to come back. */
  end(code: WireErrorCode, detail: string, retryMs?: number): void {
    if (this.#isOver) return
    this.send(retryMs === undefined ? { t: 'err', code } : { t: 'err', code, retryMs })
    this.#over(code, detail)
    this.#close(wireError(code).closeCode, code)
  }

  #over(code: WireErrorCode | 'bye', detail: string): void {
    this.#isOver = true
    this.#host.ended(this, code, detail)
  }

  #close(closeCode: number, reason: string): void {
    const ws = this.#ws
    if (this.#isHeld) ws.resume()
    ws.close(closeCode, reason)
    setTimeout(() => ws.terminate(), CLOSE_GRACE_MS).unref()
  }

  /** First 8 bytes of the agent's id, for logs. */
  get label(): string {
    return toB64(this.identity.attester.agentId.subarray(0, 8))
  }
}
