/** Evidence of made-up visit reports with real keys and real attestations, for tests. Pure: seeds instead of chance. */
import type { AttestedMachine } from '../../server/visits/evidence/manifest.ts'
import { type Evidence, signManifest } from '../../server/visits/evidence/sign-manifest.ts'
import { FIRST_PREV, signAttestation } from '../../shared/protocol/attestation.ts'
import { toB64 } from '../../shared/protocol/bytes.ts'
import { sha256, signingKey } from '../../shared/protocol/crypto.ts'

const seed = (n: number) => new Uint8Array(32).fill(n)
/** The server that signs. */
export const SERVER_KEY = signingKey(seed(1))
/** Another server. */
export const OTHER_KEY = signingKey(seed(2))
const NONCE = new Uint8Array(16).fill(9)

/** @returns a machine whose agent attested, over the visit's number unless told. */
export function attestedMachine(n: number, nonce: Uint8Array = NONCE): AttestedMachine {
  const key = signingKey(seed(10 + n))
  const agentId = new Uint8Array(16).fill(n)
  const stream = new Uint8Array(16).fill(100 + n)
  const sections = { disk: { h: new Uint8Array(32).fill(n), collectedAt: 1_795_507_000_000 } }
  const attested = { q: 7, at: 1_795_507_100_000, prev: FIRST_PREV, nonce, sections, samples: new Uint8Array(0) }
  const { message } = signAttestation(key, { agentId, stream }, attested)
  const agent = { publicKey: toB64(key.pub), agentId: toB64(agentId), stream: toB64(stream), attestation: message }
  return { machineId: `m${n}`, name: `PC-${n}`, agent }
}

/** @returns evidence of two files and three machines; the third did not answer. */
export function evidenceExample(change: Partial<Evidence> = {}): Evidence {
  return {
    client: { id: 'c1', name: 'Aubertin Joinery' },
    visit: { id: 'v1', date: '2026-11-24' },
    revision: 1,
    sentAt: 1_795_507_200_000,
    files: [
      { name: '2026-11-24-r1.pdf', bytes: Buffer.from(`%PDF-1.7 ${'made up '.repeat(40)}`) },
      { name: '2026-11-24-r1.html', bytes: Buffer.from(`<!doctype html>${'made up '.repeat(40)}`) },
    ],
    snapshot: { at: 1_795_507_100_000, json: Buffer.from('{"machines":["PC-1","PC-2","PC-3"]}') },
    attestations: [
      attestedMachine(1),
      attestedMachine(2, new Uint8Array(0)),
      { machineId: 'm3', name: 'PC-3', agent: null },
    ],
    previous: null,
    ...change,
  }
}

/** @returns three manifests, each naming the one before it, oldest first. */
export function manifestChain(): readonly Uint8Array[] {
  const first = signManifest(SERVER_KEY, evidenceExample())
  const second = signManifest(
    SERVER_KEY,
    evidenceExample({ revision: 2, previous: { name: '2026-11-24-r1.evidence.json', hash: sha256(first) } }),
  )
  const third = signManifest(
    SERVER_KEY,
    evidenceExample({ revision: 3, previous: { name: '2026-11-24-r2.evidence.json', hash: sha256(second) } }),
  )
  return [first, second, third]
}
