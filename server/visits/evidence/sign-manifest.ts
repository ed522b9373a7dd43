/** Makes the signed manifest of one sent visit report. Pure but for the key's handle. */
import { deflateRawSync } from 'node:zlib'
import { toB64, toHex } from '../../../shared/protocol/bytes.ts'
import { type SigningKey, sha256, sign } from '../../../shared/protocol/crypto.ts'
import type { EpochMs } from '../../../shared/units.ts'
import {
  type AttestedMachine,
  EVIDENCE_FORMAT,
  type EvidencePayload,
  manifestTranscript,
  writeManifest,
} from './manifest.ts'

/** What the manifest records. */
export type Evidence = {
  readonly client: { readonly id: string; readonly name: string }
  /** `date`: the visit's calendar day. */
  readonly visit: { readonly id: string; readonly date: string }
  readonly revision: number
  readonly sentAt: EpochMs
  /** The rendered files as they lie in the folder. */
  readonly files: readonly { readonly name: string; readonly bytes: Uint8Array }[]
  /** JSON of the frozen snapshot, exactly the bytes whose hash the report prints. */
  readonly snapshot: {
    readonly at: EpochMs
    readonly json: Uint8Array
    /** The same, deflated without a header, where that was done beside the loop already. */
    readonly deflated?: Uint8Array
  }
  readonly attestations: readonly AttestedMachine[]
  /** The manifest of this client's report before this one: its name and SHA-256; null: this is the first. */
  readonly previous: { readonly name: string; readonly hash: Uint8Array } | null
}

/** @returns the bytes of `<name>.evidence.json`. */
export function signManifest(key: SigningKey, evidence: Evidence): Uint8Array {
  const { client, visit, revision, sentAt, files, snapshot, attestations, previous } = evidence
  const payload: EvidencePayload = {
    client: { id: client.id, name: client.name },
    visit: { id: visit.id, date: visit.date },
    revision,
    sentAt,
    files: files.map(({ name, bytes }) => ({ name, bytes: bytes.length, sha256: toHex(sha256(bytes)) })),
    snapshot: {
      at: snapshot.at,
      sha256: toHex(sha256(snapshot.json)),
      deflated: Buffer.from(snapshot.deflated ?? deflateRawSync(snapshot.json)).toString('base64'),
    },
    attestations: [...attestations],
    previous: previous === null ? null : { name: previous.name, sha256: toHex(previous.hash) },
  }
  const signature = toB64(sign(key, manifestTranscript(key.pub, payload)))
  return writeManifest({ format: EVIDENCE_FORMAT, payload, publicKey: toB64(key.pub), signature })
}
