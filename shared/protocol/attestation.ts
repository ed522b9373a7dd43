/** Attestation: what an agent signs once a day as evidence, and how it is checked (wire.md, Attestation). Pure. */
import { CHECK_NAMES, type CheckName } from '../checks/names.ts'
import { err, ok, type Result } from '../result.ts'
import type { EpochMs } from '../units.ts'
import { concatBytes, fromB64, lp, toB64, u64 } from './bytes.ts'
import { type CanonicalError, canonicalize } from './canonical.ts'
import { isAcceptablePublicKey, type SigningKey, sha256, sign, verify } from './crypto.ts'
import type { Attestation } from './messages.ts'
import { MAX_SAMPLES } from './record.ts'

/** Whose attestation it is; raw bytes. The server takes these from its own records, never from the message. */
export type Attester = { readonly agentPub: Uint8Array; readonly agentId: Uint8Array; readonly stream: Uint8Array }

/** What is attested. `sections`: hash (32 bytes) and time of collection; a check that was never collected is absent. */
export type Attested = {
  readonly q: number
  readonly at: EpochMs
  /** SHA-256 of the transcript before, 32 bytes; zeros in the first one. */
  readonly prev: Uint8Array
  /** 16 bytes of the server's `attest`, or empty. */
  readonly nonce: Uint8Array
  readonly sections: {
    readonly [C in CheckName]?: { readonly h: Uint8Array; readonly collectedAt: EpochMs } | undefined
  }
  /** `samplesHash`, or empty. */
  readonly samples: Uint8Array
}

/** `prev` of an agent's first attestation. */
export const FIRST_PREV: Uint8Array = new Uint8Array(32)

const EMPTY = new Uint8Array(0)

/** The bytes st that are signed; the checks stand in the order of CHECK_NAMES (alphabetical). */
export function attestationTranscript({ agentPub, agentId, stream }: Attester, attested: Attested): Uint8Array {
  const sections = CHECK_NAMES.flatMap((check) => {
    const section = attested.sections[check]
    return [lp(check), lp(section?.h ?? EMPTY), u64(section?.collectedAt ?? 0)]
  })
  return concatBytes(
    lp('rounds/1 attest'),
    lp(agentPub),
    lp(agentId),
    lp(stream),
    u64(attested.q),
    u64(attested.at),
    lp(attested.prev),
    lp(attested.nonce),
    ...sections,
    lp(attested.samples),
  )
}

/**
 * SHA-256 of the canonical newest samples, `{check: [index, number, …]}`; 32 bytes.
 * Samples may be fractions: their numbers print as RFC 8785 (and `JSON.stringify`) print them.
 */
export function samplesHash(
  samples: {
    readonly [C in CheckName]?: readonly (number | null)[] | undefined
  },
): Result<Uint8Array, CanonicalError> {
  const present = Object.fromEntries(Object.entries(samples).filter(([, pairs]) => pairs !== undefined))
  const canonical = canonicalize(present, { numbers: 'finite', maxItems: 2 * MAX_SAMPLES })
  return canonical.ok ? ok(sha256(Buffer.from(canonical.value))) : canonical
}

/** The signed message, and the `prev` of the next one (fsync it before sending). */
export function signAttestation(
  key: SigningKey,
  attester: Omit<Attester, 'agentPub'>,
  attested: Attested,
): { readonly message: Attestation; readonly nextPrev: Uint8Array } {
  const st = attestationTranscript({ ...attester, agentPub: key.pub }, attested)
  const sections: Attestation['sections'] = {}
  for (const check of CHECK_NAMES) {
    const section = attested.sections[check]
    if (section !== undefined) sections[check] = { h: toB64(section.h), at: section.collectedAt }
  }
  const { q, at } = attested
  const message: Attestation = {
    t: 'attestation',
    q,
    at,
    prev: toB64(attested.prev),
    nonce: toB64(attested.nonce),
    sections,
    samples: toB64(attested.samples),
    sig: toB64(sign(key, st)),
  }
  return { message, nextPrev: sha256(st) }
}

/**
 * `encoding`: a field is not canonical base64url of its length; `key`: the agent's key is not acceptable; `signature`: not
 * signed by this agent for this stream.
 */
export type AttestationError = 'encoding' | 'key' | 'signature'

function decodeSections(sections: Attestation['sections']): Attested['sections'] | null {
  const decoded: { [C in CheckName]?: { h: Uint8Array; collectedAt: EpochMs } } = {}
  for (const check of CHECK_NAMES) {
    const section = sections[check]
    if (section === undefined) continue
    const h = fromB64(section.h, 32)
    if (!h.ok) return null
    decoded[check] = { h: h.value, collectedAt: section.at }
  }
  return decoded
}

/**
 * Checks a message that fits its schema. The value is the evidence to keep: what was attested, its transcript, and the
 * `prev` that the next one must carry. Whether `prev` and `nonce` are the due ones is the caller's comparison.
 */
export function verifyAttestation(
  message: Attestation,
  attester: Attester,
): Result<
  { readonly attested: Attested; readonly transcript: Uint8Array; readonly nextPrev: Uint8Array },
  AttestationError
> {
  const prev = fromB64(message.prev, 32)
  const nonce = fromB64(message.nonce)
  const samples = fromB64(message.samples)
  const sig = fromB64(message.sig, 64)
  const sections = decodeSections(message.sections)
  if (!prev.ok || !nonce.ok || !samples.ok || !sig.ok || sections === null) return err('encoding')
  const { q, at } = message
  const attested: Attested = { q, at, prev: prev.value, nonce: nonce.value, sections, samples: samples.value }
  const transcript = attestationTranscript(attester, attested)
  if (!isAcceptablePublicKey(attester.agentPub)) return err('key')
  if (!verify(attester.agentPub, transcript, sig.value)) return err('signature')
  return ok({ attested, transcript, nextPrev: sha256(transcript) })
}
