/**
 * Checks a visit report against the manifest beside it, without a store and without trust in either file. Pure.
 * It proves what was recorded, not that the server's owner was honest; whose key it is must be compared by a person.
 */
import { inflateRawSync } from 'node:zlib'
import { verifyAttestation } from '../../../shared/protocol/attestation.ts'
import { fromB64, toHex } from '../../../shared/protocol/bytes.ts'
import { isAcceptablePublicKey, sha256, verify } from '../../../shared/protocol/crypto.ts'
import { err, ok, type Result } from '../../../shared/result.ts'
import {
  type AttestedMachine,
  type EvidencePayload,
  type Manifest,
  manifestTranscript,
  parseManifest,
} from './manifest.ts'

/** Largest snapshot that is unpacked: a small file must not fill the memory. */
const MAX_SNAPSHOT_BYTES = 512_000_000

/**
 * Why a report is refused. `manifest`: no manifest, or changed; `key`, `signature`: not signed by the key it names; `file`: the report is
 * none of the files that were signed; `snapshot`: does not match its hash; `attestation`: an agent did not sign what it is said to have;
 * `chain`: a manifest before this one was changed.
 */
export type EvidenceError = {
  readonly code: 'manifest' | 'key' | 'signature' | 'file' | 'snapshot' | 'attestation' | 'chain'
  readonly detail: string
}

/** What was checked. */
export type EvidenceProof = {
  readonly payload: EvidencePayload
  /** Raw public key of the server that signed, 32 bytes. */
  readonly publicKey: Uint8Array
  /** Name under which the report was signed. */
  readonly fileName: string
  /** Machines by what their agents signed: `fresh` when they were asked, `older` unasked, `missing` nothing. */
  readonly attestations: { readonly fresh: number; readonly older: number; readonly missing: number }
  /** Manifests before this one that were there and were checked, newest first; `complete`: back to the client's first report. */
  readonly chain: { readonly names: readonly string[]; readonly complete: boolean }
}

/** What is checked: the bytes of the report, of its manifest, and of the other manifests that lie beside it, in any order. */
export type EvidenceInput = {
  readonly report: Uint8Array
  readonly manifest: Uint8Array
  readonly others: readonly OtherManifest[]
}

/** One that lies beside it. `name`: of the file, without folder. */
export type OtherManifest = { readonly name: string; readonly bytes: Uint8Array }

/** @returns the proof, or the first thing that is wrong. Any bytes give an answer. */
export function verifyManifest({ report, manifest, others }: EvidenceInput): Result<EvidenceProof, EvidenceError> {
  const signed = checkSigned(manifest)
  if (!signed.ok) return signed
  const { payload, publicKey } = signed.value
  const hash = toHex(sha256(report))
  const file = payload.files.find((one) => one.sha256 === hash && one.bytes === report.length)
  if (file === undefined) return refuse('file', `The report has SHA-256 ${hash}, which is none of the signed files.`)
  const snapshot = checkSnapshot(payload)
  if (!snapshot.ok) return snapshot
  const attestations = checkAttestations(payload)
  if (!attestations.ok) return attestations
  const chain = checkChain(signed.value, others)
  if (!chain.ok) return chain
  return ok({ payload, publicKey, fileName: file.name, attestations: attestations.value, chain: chain.value })
}

const refuse = (code: EvidenceError['code'], detail: string): Result<never, EvidenceError> => err({ code, detail })
type Signed = { readonly payload: EvidencePayload; readonly publicKey: Uint8Array }

function checkSigned(bytes: Uint8Array): Result<Signed, EvidenceError> {
  const parsed = parseManifest(bytes)
  if (!parsed.ok) return refuse('manifest', parsed.error)
  const { payload, publicKey, signature }: Manifest = parsed.value
  const key = fromB64(publicKey, 32)
  const sig = fromB64(signature, 64)
  if (!key.ok || !sig.ok) return refuse('manifest', 'Key or signature is not canonical base64url.')
  if (!isAcceptablePublicKey(key.value)) return refuse('key', 'The key is of a kind under which anyone can sign.')
  if (!verify(key.value, manifestTranscript(key.value, payload), sig.value))
    return refuse('signature', 'The manifest is not signed by the key that it names.')
  return ok({ payload, publicKey: key.value })
}

function checkSnapshot({ snapshot }: EvidencePayload): Result<null, EvidenceError> {
  try {
    const packed = Buffer.from(snapshot.deflated, 'base64')
    const json = inflateRawSync(packed, { maxOutputLength: MAX_SNAPSHOT_BYTES })
    if (toHex(sha256(json)) === snapshot.sha256) return ok(null)
  } catch {
    return refuse('snapshot', 'The snapshot cannot be unpacked.')
  }
  return refuse('snapshot', 'The snapshot does not have the hash that was signed.')
}

function checkAttestations({ attestations }: EvidencePayload): Result<EvidenceProof['attestations'], EvidenceError> {
  const counts = { fresh: 0, older: 0, missing: 0 }
  for (const machine of attestations) {
    const checked = checkAttestation(machine)
    if (checked === null)
      return refuse('attestation', `What ${machine.name} is said to have signed is not signed by its agent's key.`)
    counts[checked] += 1
  }
  return ok(counts)
}

function checkAttestation({ agent }: AttestedMachine): keyof EvidenceProof['attestations'] | null {
  if (agent === null) return 'missing'
  const agentPub = fromB64(agent.publicKey, 32)
  const agentId = fromB64(agent.agentId, 16)
  const stream = fromB64(agent.stream, 16)
  if (!agentPub.ok || !agentId.ok || !stream.ok) return null
  const attester = { agentPub: agentPub.value, agentId: agentId.value, stream: stream.value }
  if (!verifyAttestation(agent.attestation, attester).ok) return null
  return agent.attestation.nonce === '' ? 'older' : 'fresh'
}

/** A file that bears the name of the one before, with other bytes; one of another client has that name by the day only. */
function isChanged(name: string, clientId: string, others: readonly OtherManifest[]): boolean {
  const there = others.find((one) => one.name === name)
  if (there === undefined) return false
  const signed = checkSigned(there.bytes)
  return !signed.ok || signed.value.payload.client.id === clientId
}

/** Follows the hashes back as far as the files are there; each must be signed by the same key for the same client. */
function checkChain(signed: Signed, others: readonly OtherManifest[]): Result<EvidenceProof['chain'], EvidenceError> {
  const byHash = new Map(others.map(({ bytes }) => [toHex(sha256(bytes)), bytes]))
  const names: string[] = []
  let { previous } = signed.payload
  while (previous !== null) {
    const bytes = byHash.get(previous.sha256)
    if (bytes === undefined) {
      if (isChanged(previous.name, signed.payload.client.id, others))
        return refuse('chain', `${previous.name} lies beside it, and is not the one that came before this report.`)
      return ok({ names, complete: false })
    }
    const before = checkSigned(bytes)
    if (!before.ok) return refuse('chain', `${previous.name}: ${before.error.detail}`)
    const isSame = Buffer.compare(before.value.publicKey, signed.publicKey) === 0
    if (!isSame || before.value.payload.client.id !== signed.payload.client.id)
      return refuse('chain', `${previous.name} is signed by another server or for another client.`)
    names.push(previous.name)
    byHash.delete(previous.sha256)
    previous = before.value.payload.previous
  }
  return ok({ names, complete: true })
}
