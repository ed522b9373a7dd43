/** Schemas of the text messages before the keys, each at most 4 KiB (wire.md, Handshake). Pure. */
import { type Static, Type } from 'typebox'
import { ROLES } from '../checks/names.ts'
import { oneOf, strict, text } from '../reading.ts'
import { WIRE_ERROR_CODES } from './errors.ts'
import { b64Of, instant, monotonicMs } from './wire-fields.ts'

/** Largest handshake message, bytes. */
export const MAX_HANDSHAKE_BYTES = 4_096
/** Largest `info`, bytes of JSON before base64url. */
export const MAX_INFO_BYTES = 2_048

/** How the link is bound to its TLS session: its exporter, or not at all. */
export const CB_TYPES = ['tls-exporter', 'none'] as const
/** One of the two bindings. */
export type CbType = (typeof CB_TYPES)[number]

/** 1, agent: who it is and what it dialed. agentId of 16 zero bytes means: enroll. */
export const Hello = strict({
  t: Type.Literal('hello'),
  agentId: b64Of(16),
  /** Identity key, Ed25519. */
  pub: b64Of(32),
  /** Nonce. */
  na: b64Of(32),
  /** Ephemeral X25519 key. */
  ea: b64Of(32),
  host: Type.String({ pattern: '^(\\[[0-9a-f:.]{2,45}\\]|[a-z0-9._-]{1,253}):[0-9]{1,5}$', maxLength: 259 }),
  cbType: oneOf(CB_TYPES),
})
export type Hello = Static<typeof Hello>

/** 2, server: same shape and cost whether it knows the agent or not. */
export const Challenge = strict({
  t: Type.Literal('challenge'),
  spub: b64Of(32),
  ns: b64Of(32),
  es: b64Of(32),
  cbType: oneOf(CB_TYPES),
  /** Server clock, epoch ms; never a reason to refuse. */
  ts: instant(),
  sig: b64Of(64),
})
export type Challenge = Static<typeof Challenge>

const proofOfAgent = {
  /** Random id of the spool. */
  stream: b64Of(16),
  lease: b64Of(16),
  leaseN: Type.Integer({ minimum: 0, maximum: Number.MAX_SAFE_INTEGER }),
  /** Keyed hash of hardware hints. */
  fp: b64Of(32),
  /** Base64url of JSON (`Info`). */
  info: Type.String({ pattern: '^[A-Za-z0-9_-]*$', maxLength: Math.ceil((MAX_INFO_BYTES * 8) / 6) }),
  sig: b64Of(64),
}

/** 3, agent: a known one proves its key. */
export const Auth = strict({ t: Type.Literal('auth'), ...proofOfAgent })
export type Auth = Static<typeof Auth>

/** 3, agent: a new one proves its key and its code. */
export const Enroll = strict({ t: Type.Literal('enroll'), ...proofOfAgent, codeId: b64Of(8), proof: b64Of(32) })
export type Enroll = Static<typeof Enroll>

/** Text refusal; whatever the code says, it only causes backoff, for it has no MAC. */
export const HandshakeErr = strict({
  t: Type.Literal('err'),
  code: oneOf(WIRE_ERROR_CODES),
  retryMs: Type.Optional(Type.Integer({ minimum: 0, maximum: 86_400_000 })),
})
export type HandshakeErr = Static<typeof HandshakeErr>

/** What the agent says of its machine once it knows that the server is the right one. Every text is hostile. */
export const Info = strict({
  /** Protocol versions that the agent speaks. */
  v: Type.Array(Type.Integer({ minimum: 1, maximum: 255 }), { minItems: 1, maxItems: 8 }),
  /** Wall clock, epoch ms. */
  now: instant(),
  /** Monotonic clock, ms. */
  mono: monotonicMs(),
  bootId: text(64),
  /** Version of the agent. */
  build: text(64),
  os: oneOf(['linux', 'win32', 'darwin']),
  arch: text(16),
  hostname: text(255),
  /** Role that the machine's own configuration states; absent: the server guesses from the chassis. */
  class: Type.Optional(oneOf(ROLES)),
})
export type Info = Static<typeof Info>
