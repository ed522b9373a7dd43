/**
 * The server's side of the handshake as pure steps: hello → challenge, auth or enroll → verdict. No clock, no randomness,
 * no sockets: the session passes what it drew and how to look things up, sends what comes out and keeps the deadlines.
 *
 * Up to the proof every failure looks alike (`refused`, 4401) and costs one Ed25519 verification. After it the keys exist,
 * and a refusal travels as frame n = 0 with a MAC.
 */
import { err, ok, type Result } from '../result.ts'
import type { EpochMs } from '../units.ts'
import { isAllZero } from './bytes.ts'
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
import { FrameSealer } from './frame.ts'
import { Auth, type CbType, type Challenge, Enroll, Hello, type Info } from './handshake-messages.ts'
import { decodeFields, encodeFields, errText, fitMessage, parseHandshakeText, parseInfo } from './handshake-text.ts'
import { messageType } from './messages.ts'
import {
  agentSigned,
  enrollProof,
  type Opening,
  type SessionKeys,
  serverSigned,
  sessionKeys,
  transcript0,
  transcript1,
} from './transcript.ts'

/** Versions of the wire that this server speaks; the transcript labels are those of version 1. */
export const WIRE_VERSIONS: readonly number[] = [1]

/** What the session brings to a hello. */
export type HelloInput = {
  /** The server's identity S. */
  readonly identity: SigningKey
  /** `host:port` under which this server may be dialed (host.ts); nothing else is signed. */
  readonly hosts: ReadonlySet<string>
  readonly now: EpochMs
  /** Fresh nonce, 32 random bytes. */
  readonly ns: Uint8Array
  /** Fresh seed of the ephemeral X25519 key, 32 random bytes. */
  readonly esSeed: Uint8Array
  /** The TLS exporter's 32 bytes where this server terminates TLS, else null: the answer is then `none`. */
  readonly cb: Uint8Array | null
}

/** After the challenge: what the proof is judged with. */
export type AwaitProof = {
  readonly identity: SigningKey
  /** What was signed; `opening.ts` is when the challenge was sent. */
  readonly opening: Opening
  readonly t0: Uint8Array
  readonly sigS: Uint8Array
  readonly ephemeral: AgreementKey
}

/** Send `send` (text, or bytes as a binary frame), then close with `closeCode`. `detail` is constant text for the log. */
export type HandshakeRefusal = {
  readonly code: WireErrorCode
  readonly closeCode: number
  readonly send: string | Uint8Array
  readonly detail: string
}

/** How the session finds agents and codes. A code is found for its whole life, used or not: the store decides that later. */
export type HandshakePorts<A extends { readonly state: string }, C extends { readonly key: Uint8Array }> = {
  /** The agent of exactly this key and this id; `state: 'revoked'` is refused. null: not known. */
  lookupAgent(pub: Uint8Array, agentId: Uint8Array): A | null | Promise<A | null>
  /** The code with its `key` = `codeKey(secret)`, unwrapped. null: not known. */
  lookupCode(codeId: Uint8Array): C | null | Promise<C | null>
}

type Proven = {
  readonly pub: Uint8Array
  readonly keys: SessionKeys
  readonly cbType: CbType
  readonly stream: Uint8Array
  readonly lease: Uint8Array
  readonly leaseN: number
  readonly fp: Uint8Array
  readonly info: Info
  /** What to add to the machine's wall clock to get the server's, ms. */
  readonly skewMs: number
}

/** The agent has proven its key, and its code where it enrolls; the session answers with welcome (or a refusal with MAC). */
export type Accepted<A, C> =
  | (Proven & { readonly kind: 'auth'; readonly agentId: Uint8Array; readonly agent: A })
  | (Proven & { readonly kind: 'enroll'; readonly codeId: Uint8Array; readonly code: C })

function refuse(code: WireErrorCode, detail: string): { ok: false; error: HandshakeRefusal } {
  return err({ code, closeCode: wireError(code).closeCode, send: errText(code), detail })
}

/** A refusal after the proof: `revoked`, `cloned`, `code-used`, … as frame n = 0, which the agent may believe. */
export function refuseWithMac(keys: SessionKeys, code: WireErrorCode, detail: string): HandshakeRefusal {
  const sealed = new FrameSealer(keys.s2a, 'S').seal({ t: 'err', code })
  if (!sealed.ok) throw new Error('an err frame does not fit into a frame')
  return { code, closeCode: wireError(code).closeCode, send: sealed.value, detail }
}

/** Step 2: the challenge to a hello. Same shape and cost for unknown agents. Any text gives a Result. */
export function answerHello(
  text: string,
  input: HelloInput,
): Result<{ readonly state: AwaitProof; readonly send: string }, HandshakeRefusal> {
  const parsed = parseHandshakeText(text)
  if (!parsed.ok) return refuse(parsed.error.code, parsed.error.detail)
  const hello = fitMessage(Hello, parsed.value)
  if (!hello.ok) return refuse(hello.error.code, `hello: ${hello.error.detail}`)
  const fields = decodeFields(hello.value, ['agentId', 'pub', 'na', 'ea'])
  if (!fields.ok) return refuse(fields.error.code, `hello: ${fields.error.detail}`)
  const { host, cbType: offer } = hello.value
  const { identity } = input
  if (!input.hosts.has(host)) {
    // Nothing is signed for a foreign host: the agent behind a relay would take it for an answer to its own hello.
    verify(identity.pub, serverSigned(input.ns), new Uint8Array(64))
    return refuse('refused', 'dialed under a host that is not in the list')
  }
  const ephemeral = agreementKey(input.esSeed)
  const cb = offer === 'tls-exporter' ? input.cb : null
  const { pub: agentPub, ...fresh } = fields.value
  return ok(
    challenge(identity, ephemeral, {
      serverPub: identity.pub,
      agentPub,
      ...fresh,
      ns: input.ns,
      es: ephemeral.pub,
      host,
      cbType: cb === null ? 'none' : 'tls-exporter',
      cb: cb ?? new Uint8Array(0),
      ts: input.now,
    }),
  )
}

/** Signs the opening and says so. */
function challenge(
  identity: SigningKey,
  ephemeral: AgreementKey,
  opening: Opening,
): { readonly state: AwaitProof; readonly send: string } {
  const { ns, es, cbType, ts } = opening
  const t0 = transcript0(opening)
  const sigS = sign(identity, serverSigned(t0))
  const message: Challenge = { t: 'challenge', ...encodeFields({ spub: identity.pub, ns, es, sig: sigS }), cbType, ts }
  return { state: { identity, opening, t0, sigS, ephemeral }, send: JSON.stringify(message) }
}

/** The signed part of step 3, decoded; `codeId` and `proof` only when the agent enrolls. */
type Claim = {
  readonly stream: Uint8Array
  readonly lease: Uint8Array
  readonly leaseN: number
  readonly fp: Uint8Array
  readonly info: Uint8Array
  readonly sig: Uint8Array
  readonly enroll: { readonly codeId: Uint8Array; readonly proof: Uint8Array } | null
}

function readClaim(text: string, isEnrolling: boolean): Result<Claim, HandshakeRefusal> {
  const parsed = parseHandshakeText(text)
  if (!parsed.ok) return refuse(parsed.error.code, parsed.error.detail)
  if (messageType(parsed.value) !== (isEnrolling ? 'enroll' : 'auth')) {
    return refuse('protocol', 'not the message that the hello announced')
  }
  const message = isEnrolling ? fitMessage(Enroll, parsed.value) : fitMessage(Auth, parsed.value)
  if (!message.ok) return refuse(message.error.code, `proof: ${message.error.detail}`)
  const { leaseN } = message.value
  const fields = decodeFields(message.value, ['stream', 'lease', 'fp', 'info', 'sig'])
  if (!fields.ok) return refuse(fields.error.code, `proof: ${fields.error.detail}`)
  if (message.value.t === 'auth') return ok({ ...fields.value, leaseN, enroll: null })
  const enroll = decodeFields(message.value, ['codeId', 'proof'])
  if (!enroll.ok) return refuse(enroll.error.code, `proof: ${enroll.error.detail}`)
  if (leaseN !== 0 || !isAllZero(fields.value.lease)) return refuse('protocol', 'enroll with a lease')
  return ok({ ...fields.value, leaseN, enroll: enroll.value })
}

/** Why the signature does not stand, or null when it does; one verification is spent in every case. */
function signatureFault({ identity, opening }: AwaitProof, t1: Uint8Array, sig: Uint8Array): string | null {
  const isAcceptable = isAcceptablePublicKey(opening.agentPub)
  const isGood = verify(isAcceptable ? opening.agentPub : identity.pub, agentSigned(t1), sig)
  if (!isAcceptable) return 'unacceptable key'
  return isGood ? null : 'wrong signature'
}

type Party<A, C> =
  | { readonly kind: 'auth'; readonly agentId: Uint8Array; readonly agent: A }
  | { readonly kind: 'enroll'; readonly codeId: Uint8Array; readonly code: C }

/** Who it is: the known agent, or the holder of a code. null: nobody, or a wrong proof. */
async function findParty<A extends { readonly state: string }, C extends { readonly key: Uint8Array }>(
  { agentPub, agentId }: Opening,
  { enroll }: Claim,
  t1: Uint8Array,
  ports: HandshakePorts<A, C>,
): Promise<Party<A, C> | null> {
  if (enroll === null) {
    const agent = await ports.lookupAgent(agentPub, agentId)
    return agent === null ? null : { kind: 'auth', agentId, agent }
  }
  const code = await ports.lookupCode(enroll.codeId)
  const due = enrollProof(code?.key ?? new Uint8Array(32), t1, enroll.codeId)
  return equalBytes(due, enroll.proof) && code !== null ? { kind: 'enroll', codeId: enroll.codeId, code } : null
}

/** Whether version 1 is the best that both speak; anything else means that somebody hid a better one, or there is none. */
function isBestVersion(offered: readonly number[]): boolean {
  return Math.max(...WIRE_VERSIONS.filter((version) => offered.includes(version))) === 1
}

/**
 * Step 3 judged, in the order of wire.md: key, signature, code and proof or known agent, then state and version.
 * Whether a code may still be used is the store's decision: use `refuseWithMac` for `code-used` and its kin.
 * @param now server clock when the message came; gives the skew. Any text gives a Result.
 */
export async function judgeProof<A extends { readonly state: string }, C extends { readonly key: Uint8Array }>(
  text: string,
  state: AwaitProof,
  ports: HandshakePorts<A, C>,
  now: EpochMs,
): Promise<Result<Accepted<A, C>, HandshakeRefusal>> {
  const { opening } = state
  const claim = readClaim(text, isAllZero(opening.agentId))
  if (!claim.ok) return claim
  const { stream, lease, leaseN, fp, sig } = claim.value
  const t1 = transcript1(state.t0, { sigS: state.sigS, stream, lease, leaseN, fp, info: claim.value.info })
  const fault = signatureFault(state, t1, sig)
  if (fault !== null) return refuse('refused', fault)
  const party = await findParty(opening, claim.value, t1, ports)
  if (party === null) return refuse('refused', 'unknown agent, unknown code or wrong proof')
  const z = agree(state.ephemeral, opening.ea)
  if (!z.ok) return refuse('refused', 'weak ephemeral key')
  const keys = sessionKeys(z.value, t1)
  if (party.kind === 'auth' && party.agent.state === 'revoked')
    return err(refuseWithMac(keys, 'revoked', 'agent is revoked'))
  const info = parseInfo(claim.value.info)
  if (!info.ok) return err(refuseWithMac(keys, 'protocol', info.error.detail))
  if (!isBestVersion(info.value.v)) return err(refuseWithMac(keys, 'version', 'another version is the best common one'))
  const skewMs = Math.round(now - info.value.now - (now - opening.ts) / 2)
  return ok({
    ...party,
    pub: opening.agentPub,
    keys,
    cbType: opening.cbType,
    stream,
    lease,
    leaseN,
    fp,
    info: info.value,
    skewMs,
  })
}
