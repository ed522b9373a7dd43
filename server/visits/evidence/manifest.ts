/**
 * `<name>.evidence.json`: what was recorded for one sent visit report, signed by the server's key. Schema and bytes. Pure.
 *
 * The file is the JSON text of `{format, payload, publicKey, signature}` in exactly one form (two spaces, members in this order, a line
 * end), so that a change of any byte is seen. The signature is over LP(format) LP(publicKey) LP(JSON of the payload).
 */
import { type Static, Type } from 'typebox'
import { Check } from 'typebox/schema'
import { concatBytes, lp } from '../../../shared/protocol/bytes.ts'
import { Attestation } from '../../../shared/protocol/messages.ts'
import { err, ok, type Result } from '../../../shared/result.ts'

/** Label of the signature and version of the format. */
export const EVIDENCE_FORMAT = 'rounds/1 evidence'
/** Above it a file is refused unread: the evidence of 200 machines over a quarter is below 8 MB. */
export const MAX_MANIFEST_BYTES = 64_000_000

const strict = { additionalProperties: false } as const
const text = () => Type.String({ maxLength: 1_024 })
const count = () => Type.Integer({ minimum: 0, maximum: Number.MAX_SAFE_INTEGER })
/** SHA-256 in lower-case hex, as the foot of each page prints it. */
const sha256Hex = () => Type.String({ pattern: '^[0-9a-f]{64}$' })
const b64 = (bytes: number) => Type.String({ pattern: `^[A-Za-z0-9_-]{${Math.ceil((bytes * 4) / 3)}}$` })

/** What one agent signed, and whose signature it is. `attestation` null: it was not connected or did not answer. */
const AttestedMachine = Type.Object(
  {
    machineId: text(),
    /** As printed in the report. */
    name: text(),
    agent: Type.Union([
      Type.Null(),
      Type.Object({ publicKey: b64(32), agentId: b64(16), stream: b64(16), attestation: Attestation }, strict),
    ]),
  },
  strict,
)

/** What is signed. */
export const EvidencePayload = Type.Object(
  {
    client: Type.Object({ id: text(), name: text() }, strict),
    visit: Type.Object({ id: text(), date: text() }, strict),
    revision: Type.Integer({ minimum: 1, maximum: 100_000 }),
    /** Epoch ms. */
    sentAt: count(),
    /** The rendered files, by name without folder. */
    files: Type.Array(Type.Object({ name: text(), bytes: count(), sha256: sha256Hex() }, strict), { maxItems: 16 }),
    /** The frozen snapshot: hash of its JSON, and that JSON, deflated, base64. */
    snapshot: Type.Object({ at: count(), sha256: sha256Hex(), deflated: Type.String() }, strict),
    attestations: Type.Array(AttestedMachine, { maxItems: 100_000 }),
    /** SHA-256 of the manifest that this client's report before this one has; null: this is the first. */
    previous: Type.Union([Type.Null(), Type.Object({ name: text(), sha256: sha256Hex() }, strict)]),
  },
  strict,
)
export type EvidencePayload = Static<typeof EvidencePayload>
export type AttestedMachine = Static<typeof AttestedMachine>

const Manifest = Type.Object(
  { format: Type.Literal(EVIDENCE_FORMAT), payload: EvidencePayload, publicKey: b64(32), signature: b64(64) },
  strict,
)
/** The whole file. */
export type Manifest = Static<typeof Manifest>

/** @returns the bytes that are signed. */
export function manifestTranscript(publicKey: Uint8Array, payload: EvidencePayload): Uint8Array {
  return concatBytes(lp(EVIDENCE_FORMAT), lp(publicKey), lp(JSON.stringify(payload)))
}

/** @returns the bytes of the file. */
export function writeManifest({ format, payload, publicKey, signature }: Manifest): Uint8Array {
  return Buffer.from(`${JSON.stringify({ format, payload, publicKey, signature }, null, 2)}\n`)
}

/** @returns the manifest; error: a sentence. Bytes that are not exactly what `writeManifest` makes are refused. */
export function parseManifest(bytes: Uint8Array): Result<Manifest, string> {
  if (bytes.length > MAX_MANIFEST_BYTES) return err('It is too large for a manifest.')
  let value: unknown
  try {
    value = JSON.parse(new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes))
  } catch {
    return err('It is not JSON.')
  }
  if (!isManifest(value)) return err('It is not a manifest of a visit report.')
  return Buffer.compare(writeManifest(value), bytes) === 0 ? ok(value) : err('Its bytes were changed.')
}

function isManifest(value: unknown): value is Manifest {
  return Check(Manifest, value)
}
