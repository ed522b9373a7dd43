/**
 * Schemas of the framed messages after the keys (wire.md), the two closed lists, and the agent's check of what it gets. Pure.
 * The server validates with generated code (compiled.ts); the agent must not load a code generator.
 */
import { type Static, Type } from 'typebox'
import { Check } from 'typebox/schema'
import { CHECK_NAMES } from '../checks/names.ts'
import { oneOf, strict } from '../reading.ts'
import { err, ok, type Result } from '../result.ts'
import { DAY_MS } from '../units.ts'
import { VersionedConfig } from './agent-config.ts'
import { WIRE_ERROR_CODES } from './errors.ts'
import { MAX_RECORDS, WireRecord } from './record.ts'
import { b64Of, b64OrEmpty, CheckNameSchema, instant, sequence } from './wire-fields.ts'

/** Everything a server may say. Any other type closes the link with 4400. */
export const SERVER_TO_AGENT = [
  'challenge',
  'welcome',
  'ack',
  'want',
  'attest',
  'config',
  'rekey',
  'slow',
  'bye',
  'err',
] as const
/** Everything an agent may say. */
export const AGENT_TO_SERVER = ['hello', 'auth', 'enroll', 'report', 'attestation', 'rekey', 'bye'] as const

/** Why an attestation is asked for: its day has come, or a visit's snapshot is frozen. */
export const ATTEST_REASONS = ['daily', 'visit'] as const
/** Why an agent leaves, as far as its system told. */
export const BYE_REASONS = ['sleep', 'shutdown', 'update', 'stop'] as const

const waitMs = () => Type.Integer({ minimum: 0, maximum: DAY_MS })

/** First frame of the server, n = 0. */
export const Welcome = strict({
  t: Type.Literal('welcome'),
  agentId: b64Of(16),
  state: oneOf(['active', 'quarantined']),
  /** Highest q such that everything up to it is durable; 0: nothing yet. */
  have: sequence(0),
  lease: b64Of(16),
  leaseN: Type.Integer({ minimum: 0, maximum: Number.MAX_SAFE_INTEGER }),
  /** Server clock, epoch ms. */
  ts: instant(),
  /** `require`: from now on the agent refuses a link without TLS exporter. */
  binding: oneOf(['require', 'off']),
  limits: strict({
    /** Frames that may be unacknowledged. */
    windowFrames: Type.Integer({ minimum: 1, maximum: 64 }),
    /** Bytes that may be unacknowledged. */
    windowBytes: Type.Integer({ minimum: 262_144, maximum: 16_777_216 }),
  }),
  config: Type.Optional(VersionedConfig),
})
export type Welcome = Static<typeof Welcome>

/** Everything up to q = `upTo` is durable; the agent may forget it. */
export const Ack = strict({ t: Type.Literal('ack'), upTo: sequence(0) })
/** The server lacks these bodies; the agent answers with a new record. */
export const Want = strict({
  t: Type.Literal('want'),
  checks: Type.Array(CheckNameSchema, { minItems: 1, maxItems: CHECK_NAMES.length }),
})
/** The server asks for an attestation over its nonce. */
export const Attest = strict({ t: Type.Literal('attest'), nonce: b64Of(16), why: oneOf(ATTEST_REASONS) })
/** A new configuration. */
export const Config = strict({ t: Type.Literal('config'), ...VersionedConfig.properties })
/** Both directions; key rotation is not offered yet, so the message has no fields. */
export const Rekey = strict({ t: Type.Literal('rekey') })
/** Pause reports for `ms`. */
export const Slow = strict({ t: Type.Literal('slow'), ms: waitMs() })
/** The server closes the link in order. */
export const ServerBye = strict({ t: Type.Literal('bye'), code: oneOf(WIRE_ERROR_CODES) })
/** The server refuses; with a MAC, so a lasting code may be believed. */
export const ServerErr = strict({
  t: Type.Literal('err'),
  code: oneOf(WIRE_ERROR_CODES),
  retryMs: Type.Optional(waitMs()),
})

/** Records of the spool in order of q; that none is left out is checked where they are stored. */
export const Report = strict({
  t: Type.Literal('report'),
  r: Type.Array(WireRecord, { minItems: 1, maxItems: MAX_RECORDS }),
})
export type Report = Static<typeof Report>

/** What was attested of one check: section hash and when it was collected, epoch ms. */
const AttestedSection = Type.Optional(strict({ h: b64Of(32), at: instant() }))

/** Signed evidence; the signature is over `attestationTranscript` (attestation.ts). */
export const Attestation = strict({
  t: Type.Literal('attestation'),
  q: sequence(1),
  at: instant(),
  /** SHA-256 of the transcript before, 32 zero bytes in the first one. */
  prev: b64Of(32),
  /** The nonce of `attest`; empty when the agent attests unasked. */
  nonce: b64OrEmpty(16),
  sections: strict({
    antivirus: AttestedSection,
    backup: AttestedSection,
    disk: AttestedSection,
    patch: AttestedSection,
    posture: AttestedSection,
    system: AttestedSection,
  }),
  /** Hash of the newest samples; empty when there are none. */
  samples: b64OrEmpty(32),
  sig: b64Of(64),
})
export type Attestation = Static<typeof Attestation>

/** The agent leaves; how long silence is normal depends on why. */
export const AgentBye = strict({ t: Type.Literal('bye'), why: oneOf(BYE_REASONS) })

/** Schemas of what a server says in frames, by type. */
export const SERVER_FRAMES = {
  welcome: Welcome,
  ack: Ack,
  want: Want,
  attest: Attest,
  config: Config,
  rekey: Rekey,
  slow: Slow,
  bye: ServerBye,
  err: ServerErr,
} as const
/** Schemas of what an agent says in frames, by type. */
export const AGENT_FRAMES = { report: Report, attestation: Attestation, rekey: Rekey, bye: AgentBye } as const

/** A framed message of a server. */
export type ServerMessage = {
  [T in keyof typeof SERVER_FRAMES]: Static<(typeof SERVER_FRAMES)[T]>
}[keyof typeof SERVER_FRAMES]
/** A framed message of an agent. */
export type AgentMessage = {
  [T in keyof typeof AGENT_FRAMES]: Static<(typeof AGENT_FRAMES)[T]>
}[keyof typeof AGENT_FRAMES]

/** Why a message was refused; `detail` is constant text. The link closes with 4400. */
export type MessageError = { readonly close: 4400; readonly detail: string }

/** The `t` of a parsed JSON value, or null when it has none. */
export function messageType(value: unknown): string | null {
  if (typeof value !== 'object' || value === null || !('t' in value)) return null
  return typeof value.t === 'string' ? value.t : null
}

/** The agent's check of an opened frame, without code generation. Any value gives a Result. */
export function checkServerMessage(value: unknown): Result<ServerMessage, MessageError> {
  const type = messageType(value)
  if (type === null || !Object.hasOwn(SERVER_FRAMES, type)) return err({ close: 4400, detail: 'unknown message type' })
  const schema = SERVER_FRAMES[type as keyof typeof SERVER_FRAMES]
  if (!Check(schema, value)) return err({ close: 4400, detail: `message ${type} does not fit its schema` })
  // The schema that matched is the one of this type; TypeScript cannot follow that through the lookup.
  return ok(value as ServerMessage)
}
