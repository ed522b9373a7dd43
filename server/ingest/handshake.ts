/**
 * One link from upgrade to keys: carries out the effects of the pure session on a socket, asks the store, and hands over an
 * AgentLink, or nothing.
 */
import type { IncomingMessage } from 'node:http'
import type { WebSocket } from 'ws'
import { wireError } from '../../shared/protocol/errors.ts'
import {
  type AwaitProof,
  type HandshakeRefusal,
  judgeProof,
  refuseWithMac,
} from '../../shared/protocol/handshake-server.ts'
import { errText } from '../../shared/protocol/handshake-text.ts'
import { Intake } from './accept.ts'
import { type AcceptedParty, type Admitted, admit, handshakePorts } from './admit.ts'
import { AgentLink, type LinkHost, WINDOW } from './agent-link.ts'
import type { GatewayOptions } from './gateway.ts'
import {
  type Effect,
  HANDSHAKE_DEADLINE_MS,
  MAX_HANDSHAKE_SOCKET_BYTES,
  NEW_SESSION,
  type Session,
  type SessionEvent,
  stepSession,
} from './session.ts'

/** What a handshake needs from outside. */
export type HandshakeOptions = GatewayOptions & {
  readonly host: LinkHost
  readonly randomBytes: (size: number) => Uint8Array
}

/** An open link, with what the fleet wants to know of it. */
export type Opened = {
  readonly link: AgentLink
  readonly skewMs: number
  readonly build: string
  readonly isNew: boolean
}

/** A peer that does not answer the close is cut after this, ms. */
const CLOSE_GRACE_MS = 2_000

/** Lives until its callback was called, once. */
export class Handshake {
  readonly #ws: WebSocket
  readonly #request: IncomingMessage
  readonly #options: HandshakeOptions
  readonly #done: (opened: Opened | null) => void
  readonly #bytesBefore: number
  readonly #onData = () => this.#countBytes()
  readonly #cancelDeadline: () => void
  #session: Session = NEW_SESSION
  #isDone = false

  /** @param done null: the link is over. */
  constructor(
    ws: WebSocket,
    request: IncomingMessage,
    options: HandshakeOptions,
    done: (opened: Opened | null) => void,
  ) {
    this.#ws = ws
    this.#request = request
    this.#options = options
    this.#done = done
    this.#bytesBefore = request.socket.bytesRead
    this.#cancelDeadline = options.clock.setTimer(() => this.#step({ kind: 'deadline' }), HANDSHAKE_DEADLINE_MS)
    request.socket.on('data', this.#onData)
    ws.on('error', (error) => options.log.debug({ err: error }, 'agent socket failed'))
    ws.on('close', this.#onClose)
    ws.on('message', this.#onMessage)
  }

  readonly #onClose = () => this.#finish(null)

  readonly #onMessage = (data: Buffer, isBinary: boolean) => {
    this.#countBytes()
    this.#step(isBinary ? { kind: 'binary' } : { kind: 'text', text: data.toString('utf8') })
  }

  #countBytes(): void {
    if (this.#request.socket.bytesRead - this.#bytesBefore > MAX_HANDSHAKE_SOCKET_BYTES) this.#step({ kind: 'flood' })
  }

  #step(event: SessionEvent): void {
    const step = stepSession(this.#session, event, () => this.#draw())
    this.#session = step.session
    for (const effect of step.effects) this.#carryOut(effect)
  }

  #draw() {
    const { keys, hosts, clock, randomBytes } = this.#options
    // The exporter of TLS is bound in with the access work; until then every link says `none`.
    return {
      identity: keys.identity,
      hosts: hosts(),
      now: clock.now(),
      ns: randomBytes(32),
      esSeed: randomBytes(32),
      cb: null,
    }
  }

  #carryOut(effect: Effect): void {
    if (effect.kind === 'send') this.#ws.send(effect.data)
    else if (effect.kind === 'close') this.#close(effect.closeCode, effect.detail)
    else void this.#judge(effect.text, effect.proof)
  }

  #close(closeCode: number, detail: string): void {
    const { log } = this.#options
    log.info({ closeCode, detail, peer: this.#request.socket.remoteAddress }, 'agent handshake refused')
    const ws = this.#ws
    ws.close(closeCode)
    setTimeout(() => ws.terminate(), CLOSE_GRACE_MS).unref()
    this.#finish(null)
  }

  async #judge(text: string, proof: AwaitProof): Promise<void> {
    const { store, keys, clock, log } = this.#options
    try {
      const judged = await judgeProof(text, proof, handshakePorts(store, keys), clock.now())
      if (judged.ok) await this.#admit(judged.value)
      else this.#refuse(judged.error)
    } catch (error) {
      log.error({ err: error }, 'handshake could not be judged')
      this.#refuse({
        code: 'busy',
        closeCode: wireError('busy').closeCode,
        send: errText('busy'),
        detail: 'store error',
      })
    }
  }

  #refuse(refusal: HandshakeRefusal): void {
    this.#step({ kind: 'judged', refusal })
  }

  async #admit(party: AcceptedParty): Promise<void> {
    const { store, fleet, clock } = this.#options
    const admitted = await admit(store, fleet, party, clock.now())
    if (!admitted.ok) {
      this.#refuse(refuseWithMac(party.keys, admitted.error, 'the code cannot be used'))
      return
    }
    const { machine, key } = admitted.value
    const have = machine.markOf(party.stream) ?? (await store.client(key.clientId).upTo(machine.id, party.stream))
    if (this.#session.phase !== 'judging') return
    this.#step({ kind: 'judged', refusal: null })
    this.#open(party, admitted.value, have)
  }

  #open(party: AcceptedParty, { key, machine, isNew }: Admitted, have: number): void {
    const { host, clock, agentConfig } = this.#options
    const identity = {
      clientId: key.clientId,
      machineId: machine.id,
      attester: { agentPub: party.pub, agentId: key.agentId, stream: party.stream },
    }
    const sections = machine.knownSections()
    const intake = new Intake({ machineId: machine.id, stream: party.stream, have, skewMs: party.skewMs, sections })
    const link = new AgentLink(this.#ws, host, identity, party.keys, intake, have)
    const config = agentConfig(key.clientId, machine.id)
    link.welcome({
      agentId: key.agentId,
      state: key.state === 'quarantined' ? 'quarantined' : 'active',
      have,
      lease: key.lease,
      leaseN: key.leaseN,
      ts: clock.now(),
      limits: WINDOW,
      config,
    })
    this.#finish({ link, skewMs: party.skewMs, build: party.info.build, isNew })
    // An agent that begins anew sends all bodies by itself.
    if (have > 0) link.askForBodies()
  }

  /** The server stops. */
  abort(): void {
    this.#ws.terminate()
  }

  #finish(opened: Opened | null): void {
    if (this.#isDone) return
    this.#isDone = true
    this.#cancelDeadline()
    this.#request.socket.off('data', this.#onData)
    this.#ws.off('message', this.#onMessage)
    this.#ws.off('close', this.#onClose)
    this.#done(opened)
  }
}
