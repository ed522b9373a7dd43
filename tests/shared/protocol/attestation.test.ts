/** Attestations: signed, chained, and worth nothing once anything in them changes. */
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { CHECK_NAMES } from '../../../shared/checks/names.ts'
import {
  type Attested,
  type Attester,
  attestationTranscript,
  FIRST_PREV,
  samplesHash,
  signAttestation,
  verifyAttestation,
} from '../../../shared/protocol/attestation.ts'
import { toB64, toHex } from '../../../shared/protocol/bytes.ts'
import { validateAgentMessage } from '../../../shared/protocol/compiled.ts'
import { sha256, signingKey } from '../../../shared/protocol/crypto.ts'
import type { Attestation } from '../../../shared/protocol/messages.ts'
import { AGENT, AGENT_ID, NOW, seed, unwrap, unwrapErr } from './handshake-pair.ts'

const STREAM = seed('stream').slice(0, 16)
const WHO: Attester = { agentPub: AGENT.pub, agentId: AGENT_ID, stream: STREAM }

const ATTESTED: Attested = {
  q: 12,
  at: NOW,
  prev: FIRST_PREV,
  nonce: seed('nonce').slice(0, 16),
  sections: { disk: { h: seed('disk'), collectedAt: NOW - 5_000 }, system: { h: seed('system'), collectedAt: NOW } },
  samples: unwrap(samplesHash({ disk: [0, 41.5], system: [0, 3, 1, null] })),
}

const sign = (attested: Attested) => signAttestation(AGENT, { agentId: AGENT_ID, stream: STREAM }, attested)

test('what was signed comes back, and the next one chains to it', () => {
  const first = sign(ATTESTED)
  expect(validateAgentMessage(first.message).ok).toBe(true)
  const checked = unwrap(verifyAttestation(first.message, WHO))
  expect(toHex(checked.transcript)).toBe(toHex(attestationTranscript(WHO, ATTESTED)))
  expect(toHex(checked.nextPrev)).toBe(toHex(first.nextPrev))
  expect(toHex(first.nextPrev)).toBe(toHex(sha256(checked.transcript)))
  expect(checked.attested.sections.disk?.collectedAt).toBe(NOW - 5_000)
  const second = sign({ ...ATTESTED, q: 13, prev: first.nextPrev })
  expect(second.message.prev).toBe(toB64(checked.nextPrev))
})

test('an attestation of nothing: no section, no nonce, no samples', () => {
  const empty = new Uint8Array(0)
  const { message } = sign({ ...ATTESTED, nonce: empty, sections: {}, samples: empty })
  expect(message).toMatchObject({ nonce: '', sections: {}, samples: '' })
  expect(validateAgentMessage(message).ok).toBe(true)
  expect(verifyAttestation(message, WHO).ok).toBe(true)
})

test('any change of any field is noticed', () => {
  const { message } = sign(ATTESTED)
  const other = toB64(seed('other'))
  const changes: { [field in keyof Omit<Attestation, 't'>]: Partial<Attestation> } = {
    q: { q: 11 },
    at: { at: NOW + 1 },
    prev: { prev: other },
    nonce: { nonce: '' },
    sections: { sections: { ...message.sections, disk: { h: other, at: NOW - 5_000 } } },
    samples: { samples: '' },
    sig: { sig: toB64(new Uint8Array(64)) },
  }
  const more: Partial<Attestation>[] = [
    { sections: { ...message.sections, disk: { h: toB64(seed('disk')), at: NOW } } },
    { sections: { system: { h: toB64(seed('system')), at: NOW } } },
    ...CHECK_NAMES.filter((check) => check !== 'disk' && check !== 'system').map((check) => ({
      sections: { ...message.sections, [check]: { h: other, at: NOW } },
    })),
  ]
  for (const change of [...Object.values(changes), ...more]) {
    expect(unwrapErr(verifyAttestation({ ...message, ...change }, WHO)), JSON.stringify(change)).toBe('signature')
  }
})

test.each([
  ['another key', { agentPub: signingKey(seed('other')).pub }],
  ['another agent', { agentId: new Uint8Array(16).fill(9) }],
  ['another spool', { stream: new Uint8Array(16) }],
])('it is worth nothing for %s', (_name, more) => {
  expect(unwrapErr(verifyAttestation(sign(ATTESTED).message, { ...WHO, ...more }))).toBe('signature')
})

test('loose spellings of bytes are refused', () => {
  const { message } = sign(ATTESTED)
  for (const field of ['prev', 'nonce', 'samples', 'sig'] as const) {
    const loose = `${message[field].slice(0, -1)}_`
    expect(unwrapErr(verifyAttestation({ ...message, [field]: loose }, WHO))).toBe('encoding')
  }
})

test('the samples: any numbers, in any order of checks', () => {
  const pairs = fc.array(fc.oneof(fc.double({ noNaN: true, noDefaultInfinity: true }), fc.constant(null)), {
    maxLength: 8,
  })
  fc.assert(
    fc.property(pairs, pairs, (disk, system) => {
      const one = unwrap(samplesHash({ disk, system }))
      expect(toHex(unwrap(samplesHash({ system, disk, patch: undefined })))).toBe(toHex(one))
    }),
  )
  expect(samplesHash({ disk: new Array(1_024).fill(0) }).ok).toBe(true)
  expect(samplesHash({ disk: [Number.NaN] }).ok).toBe(false)
  const due = sha256(Buffer.from('{"disk":[0,41.5],"system":[0,3,1,null]}'))
  expect(toHex(ATTESTED.samples)).toBe(toHex(due))
})
