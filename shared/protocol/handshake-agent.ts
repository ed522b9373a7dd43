/**
 * The agent's side of the handshake as pure steps: hello, challenge → auth or enroll, welcome. No clock, no randomness, no
 * sockets, no disk. Nothing about the machine leaves before the server has proven that it is the pinned one.
 */
import { err, ok, type Result } from '../result.ts'
import { type EnrollmentCode, pinOf } from './code.ts'
import {
  type AgreementKey,
  agree,
  agreementKey,
  equalBytes,
  isAcceptablePublicKey,
  type SigningKey,
  sign,
  verify,
} from './crypto.ts'
import { type WireErrorCode, wireError } from './errors.ts'
import { FrameOpener, FrameSealer } from './frame.ts'
import { type CbType, Challenge, HandshakeErr, type Hello, type Info } from './handshake-messages.ts'
import { decodeFields, encodeFields, encodeInfo, fitMessage, parseHandshakeText } from './handshake-text.ts'
import { checkServerMessage, messageType, type Welcome } from './messages.ts'
import {
  agentSigned,
  codeKey,
  enrollProof,
  NO_ID,
  type Opening,
  serverSigned,
  sessionKeys,
  transcript0,
  transcript1,
} from './transcript.ts'

/** What the agent dials with. */
export type HelloStart = {
  /** The agent's identity A. */
  readonly key: SigningKey
  /** 16 bytes; null: not enrolled yet. */
  readonly agentId: Uint8Array | null
  /** What was dialed (host.ts). */
  readonly host: string
  /** The TLS exporter's 32 bytes of this connection, offered to the server; null on loopback `ws:`. */
  readonly cb: Uint8Array | null
  /** Fresh nonce, 32 random bytes. */
  readonly na: Uint8Array
  /** Fresh seed of the ephemeral X25519 key, 32 random bytes. */
  readonly eaSeed: Uint8Array
}

/** After hello: what the challenge is checked with. */
export type AwaitChallenge = HelloStart & { readonly ephemeral: AgreementKey }

/** What the agent says once the server is proven. */
export type ProofInput = {
  /** Pin of S, from the enrollment code or as stored since; 16 bytes. */
  readonly pinS: Uint8Array
  /** The server once said `binding: require`: an answer of `none` is refused. */
  readonly requireBinding: boolean
  /** Random id of the spool, 16 bytes. */
  readonly stream: Uint8Array
  /** Last lease, 16 bytes; NO_ID and 0 before the first. Ignored when enrolling. */
  readonly lease: Uint8Array
  readonly leaseN: number
  /** Keyed hash of hardware hints, 32 bytes. */
  readonly fp: Uint8Array
  readonly info: Info
  /** Needed when agentId is null, ignored otherwise. */
  readonly code: Pick<EnrollmentCode, 'codeId' | 'secret'> | null
}

/** After auth or enroll: the frames of this link. The opener waits for n = 0, welcome or err. */
export type AwaitWelcome = { readonly sealer: FrameSealer; readonly opener: FrameOpener }

/**
 * Why the agent gives up this connection. `told`: the server said `code`; `lasting` only when it came with a MAC.
 * `wrong-server`: another identity than the pinned one answered. All but a lasting `told` mean backoff.
 */
export type HandshakeFailure =
  | {
      readonly kind: 'protocol' | 'wrong-server' | 'bad-signature' | 'binding-missing' | 'weak-key'
      readonly detail: string
    }
  | { readonly kind: 'told'; readonly code: WireErrorCode; readonly lasting: boolean; readonly retryMs: number | null }

const fail = (kind: Exclude<HandshakeFailure['kind'], 'told'>, detail: string) =>
  err<HandshakeFailure>({ kind, detail })

/** Step 1. */
export function beginHandshake(start: HelloStart): { readonly state: AwaitChallenge; readonly send: string } {
  const ephemeral = agreementKey(start.eaSeed)
  const hello: Hello = {
    t: 'hello',
    ...encodeFields({ agentId: start.agentId ?? NO_ID, pub: start.key.pub, na: start.na, ea: ephemeral.pub }),
    host: start.host,
    cbType: start.cb === null ? 'none' : 'tls-exporter',
  }
  return { state: { ...start, ephemeral }, send: JSON.stringify(hello) }
}

/** A text in the place of an expected message: an unsigned `err`, which never has lasting effect. */
function readTextErr(value: unknown): HandshakeFailure | null {
  if (messageType(value) !== 'err') return null
  const told = fitMessage(HandshakeErr, value)
  if (!told.ok) return { kind: 'protocol', detail: 'err does not fit its schema' }
  return { kind: 'told', code: told.value.code, lasting: false, retryMs: told.value.retryMs ?? null }
}

type ProvenServer = { readonly t0: Uint8Array; readonly sigS: Uint8Array; readonly es: Uint8Array }

/** Checks the challenge: right identity, right signature over what this agent sent and the TLS session it sees. */
function checkChallenge(
  text: string,
  state: AwaitChallenge,
  input: ProofInput,
): Result<ProvenServer, HandshakeFailure> {
  const parsed = parseHandshakeText(text)
  if (!parsed.ok) return fail('protocol', parsed.error.detail)
  const told = readTextErr(parsed.value)
  if (told !== null) return err(told)
  const challenge = fitMessage(Challenge, parsed.value)
  if (!challenge.ok) return fail('protocol', `challenge: ${challenge.error.detail}`)
  const fields = decodeFields(challenge.value, ['spub', 'ns', 'es', 'sig'])
  if (!fields.ok) return fail('protocol', `challenge: ${fields.error.detail}`)
  const { spub, ns, es, sig } = fields.value
  const { cbType, ts } = challenge.value
  const cb = boundBytes(cbType, state, input)
  if (!cb.ok) return cb
  if (!isAcceptablePublicKey(spub) || !equalBytes(pinOf(spub), input.pinS)) {
    return fail('wrong-server', 'the server has another identity than the pinned one')
  }
  const opening: Opening = {
    serverPub: spub,
    agentPub: state.key.pub,
    agentId: state.agentId ?? NO_ID,
    na: state.na,
    ns,
    ea: state.ephemeral.pub,
    es,
    host: state.host,
    cbType,
    cb: cb.value,
    ts,
  }
  const t0 = transcript0(opening)
  if (!verify(spub, serverSigned(t0), sig))
    return fail('bad-signature', 'the challenge is not signed for this connection')
  return ok({ t0, sigS: sig, es })
}

/** The channel binding that goes into T0 for the server's answer: never more than was offered, never less than is required. */
function boundBytes(
  answer: CbType,
  { cb }: AwaitChallenge,
  { requireBinding }: ProofInput,
): Result<Uint8Array, HandshakeFailure> {
  if (answer === 'none') {
    return requireBinding
      ? fail('binding-missing', 'the TLS binding is required and was not given')
      : ok(new Uint8Array(0))
  }
  return cb === null ? fail('protocol', 'a TLS binding was answered and not offered') : ok(cb)
}

/**
 * Step 3: verifies the server, then says who this machine is.
 * @throws RangeError when agentId is null and no code is given: the caller checks that before it dials.
 */
export function answerChallenge(
  text: string,
  state: AwaitChallenge,
  input: ProofInput,
): Result<{ readonly state: AwaitWelcome; readonly send: string }, HandshakeFailure> {
  const server = checkChallenge(text, state, input)
  if (!server.ok) return server
  const { t0, sigS, es } = server.value
  const isEnrolling = state.agentId === null
  const lease = isEnrolling ? NO_ID : input.lease
  const leaseN = isEnrolling ? 0 : input.leaseN
  const info = encodeInfo(input.info)
  const t1 = transcript1(t0, { sigS, stream: input.stream, lease, leaseN, fp: input.fp, info })
  const z = agree(state.ephemeral, es)
  if (!z.ok) return fail('weak-key', 'the ephemeral key of the server is weak')
  const keys = sessionKeys(z.value, t1)
  const sig = sign(state.key, agentSigned(t1))
  const signed = { ...encodeFields({ stream: input.stream, lease, fp: input.fp, info, sig }), leaseN }
  const send = isEnrolling ? { t: 'enroll', ...signed, ...proveCode(input, t1) } : { t: 'auth', ...signed }
  return ok({
    state: { sealer: new FrameSealer(keys.a2s, 'A'), opener: new FrameOpener(keys.s2a, 'S') },
    send: JSON.stringify(send),
  })
}

function proveCode({ code }: ProofInput, t1: Uint8Array): { readonly codeId: string; readonly proof: string } {
  if (code === null) throw new RangeError('enrolling without a code')
  return encodeFields({ codeId: code.codeId, proof: enrollProof(codeKey(code.secret), t1, code.codeId) })
}

/**
 * Step 4: the first message after the proof. Bytes are frame n = 0 with welcome or err; a text can only be an unsigned err.
 * Save the lease of welcome with fsync before anything is sent.
 */
export function receiveWelcome(message: string | Uint8Array, state: AwaitWelcome): Result<Welcome, HandshakeFailure> {
  if (typeof message === 'string') {
    const parsed = parseHandshakeText(message)
    const told = parsed.ok ? readTextErr(parsed.value) : null
    return told === null ? fail('protocol', 'a text message where a frame is due') : err(told)
  }
  const opened = state.opener.open(message)
  if (!opened.ok) return fail('protocol', opened.error.detail)
  const checked = checkServerMessage(opened.value)
  if (!checked.ok) return fail('protocol', checked.error.detail)
  if (checked.value.t === 'welcome') return ok(checked.value)
  if (checked.value.t !== 'err') return fail('protocol', 'neither welcome nor err came first')
  const { code, retryMs } = checked.value
  return err({ kind: 'told', code, lasting: wireError(code).lasting, retryMs: retryMs ?? null })
}
