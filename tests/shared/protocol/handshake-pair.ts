/** A server and an agent of the handshake, ready to talk: what the tests of both sides start from. Deterministic. */
import fc from 'fast-check'
import { type EnrollmentCode, pinOf } from '../../../shared/protocol/code.ts'
import { type SigningKey, sha256, signingKey } from '../../../shared/protocol/crypto.ts'
import { type AwaitChallenge, beginHandshake, type ProofInput } from '../../../shared/protocol/handshake-agent.ts'
import type { Info } from '../../../shared/protocol/handshake-messages.ts'
import {
  type Accepted,
  answerHello,
  type HandshakePorts,
  type HandshakeRefusal,
  judgeProof,
} from '../../../shared/protocol/handshake-server.ts'
import { codeKey } from '../../../shared/protocol/transcript.ts'
import type { Result } from '../../../shared/result.ts'

export const HOST = 'monitor.example.org:443'
export const NOW = Date.UTC(2026, 0, 15, 9)
export const AGENT_ID = new Uint8Array(16).fill(3)

export const INFO: Info = {
  v: [1],
  now: NOW,
  mono: 123_456.5,
  bootId: 'boot-1',
  build: '0.1.0',
  os: 'linux',
  arch: 'x64',
  hostname: 'srv-01',
}

/** 32 bytes that look random and are the same in every run. */
export function seed(name: string): Uint8Array {
  return Uint8Array.from(sha256(Buffer.from(name)))
}

/** JSON values without the keys that parseUntrusted forbids. */
export function anyJson(maxDepth: number): fc.Arbitrary<fc.JsonValue> {
  return fc.jsonValue({ maxDepth }).filter((value) => !/"(__proto__|prototype)"/.test(JSON.stringify(value)))
}

/** The value of a result that must be good. */
export function unwrap<T>(result: Result<T, unknown>): T {
  if (!result.ok) throw new Error(`refused: ${JSON.stringify(result.error)}`)
  return result.value
}

/** The error of a result that must be bad. */
export function unwrapErr<E>(result: Result<unknown, E>): E {
  if (result.ok) throw new Error('accepted what had to be refused')
  return result.error
}

export const SERVER: SigningKey = signingKey(seed('server'))
export const AGENT: SigningKey = signingKey(seed('agent'))

export const CODE: EnrollmentCode = {
  url: 'https://monitor.example.org',
  codeId: seed('code id').slice(0, 8),
  secret: seed('code secret').slice(0, 16),
  pinS: Uint8Array.from(pinOf(SERVER.pub)),
  pinR: Uint8Array.from(pinOf(signingKey(seed('recovery')).pub)),
}

export type Known = { readonly state: string }
export type Codes = { readonly key: Uint8Array }
export type Verdict = Result<Accepted<Known, Codes>, HandshakeRefusal>

const isSame = (a: Uint8Array, b: Uint8Array) => Buffer.compare(a, b) === 0

/** Knows AGENT under AGENT_ID, in this state, and CODE. */
export function portsWith(state = 'active'): HandshakePorts<Known, Codes> {
  return {
    lookupAgent: (pub, agentId) => (isSame(pub, AGENT.pub) && isSame(agentId, AGENT_ID) ? { state } : null),
    lookupCode: async (codeId) => (isSame(codeId, CODE.codeId) ? { key: codeKey(CODE.secret) } : null),
  }
}

/** The agent's first step. `turn` makes nonces and ephemeral keys fresh. */
export function dial(
  kind: 'auth' | 'enroll',
  turn = 'first',
  more: { host?: string; cb?: Uint8Array; key?: SigningKey } = {},
): { readonly state: AwaitChallenge; readonly send: string } {
  return beginHandshake({
    key: more.key ?? AGENT,
    agentId: kind === 'enroll' ? null : AGENT_ID,
    host: more.host ?? HOST,
    cb: more.cb ?? null,
    na: seed(`na ${turn}`),
    eaSeed: seed(`ea ${turn}`),
  })
}

/** The server's first step. */
export function challenge(hello: string, turn = 'first', cb: Uint8Array | null = null, identity = SERVER) {
  return answerHello(hello, {
    identity,
    hosts: new Set([HOST, 'localhost:8420']),
    now: NOW,
    ns: seed(`ns ${turn}`),
    esSeed: seed(`es ${turn}`),
    cb,
  })
}

/** What the agent proves itself with. */
export function proofInput(more: Partial<ProofInput> = {}): ProofInput {
  return {
    pinS: CODE.pinS,
    requireBinding: false,
    stream: seed('stream').subarray(0, 16),
    lease: seed('lease').subarray(0, 16),
    leaseN: 41,
    fp: seed('fp'),
    info: INFO,
    code: CODE,
    ...more,
  }
}

/** The server's verdict on a third message, 40 ms after the challenge. */
export function judge(
  third: string,
  state: Parameters<typeof judgeProof>[1],
  ports: HandshakePorts<Known, Codes> = portsWith(),
): Promise<Verdict> {
  return judgeProof(third, state, ports, NOW + 40)
}
