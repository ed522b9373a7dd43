/** shared/protocol against the second implementation, both ways: enroll, auth, frames with and without deflate, attestation. */
import * as crypto from 'node:crypto'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { attestationTranscript, FIRST_PREV, signAttestation } from '../../../../shared/protocol/attestation.ts'
import { toHex } from '../../../../shared/protocol/bytes.ts'
import { pinOf } from '../../../../shared/protocol/code.ts'
import { signingKey } from '../../../../shared/protocol/crypto.ts'
import { FrameOpener, FrameSealer } from '../../../../shared/protocol/frame.ts'
import { answerChallenge, beginHandshake } from '../../../../shared/protocol/handshake-agent.ts'
import { answerHello, judgeProof } from '../../../../shared/protocol/handshake-server.ts'
import { codeKey } from '../../../../shared/protocol/transcript.ts'
import { anyJson, HOST, INFO, NOW, unwrap } from '../handshake-pair.ts'
import { attestedTwo, openTwo, SecondAgent, SecondServer, sealTwo } from './wire-two.ts'

const code = { codeId: crypto.randomBytes(8), secret: crypto.randomBytes(16) }
const AGENT_ID = Buffer.alloc(16, 3)

describe('their agent, our server', () => {
  test.each(['auth', 'enroll'] as const)('%s', async (kind) => {
    const agent = new SecondAgent(HOST, kind === 'enroll' ? Buffer.alloc(16) : AGENT_ID)
    const asked = unwrap(
      answerHello(agent.hello(), {
        identity: signingKey(crypto.randomBytes(32)),
        hosts: new Set([HOST]),
        now: NOW,
        ns: crypto.randomBytes(32),
        esSeed: crypto.randomBytes(32),
        cb: null,
      }),
    )
    const third = agent.answer(asked.send, INFO, kind === 'enroll' ? code : undefined)
    const ports = {
      lookupAgent: (pub: Uint8Array, id: Uint8Array) =>
        agent.identity.raw.equals(pub) && AGENT_ID.equals(id) ? { state: 'active' } : null,
      lookupCode: (id: Uint8Array) => (code.codeId.equals(id) ? { key: codeKey(code.secret) } : null),
    }
    const accepted = unwrap(await judgeProof(third, asked.state, ports, NOW))
    expect(accepted.kind).toBe(kind)
    expect(accepted.info).toEqual(INFO)
    expect([toHex(accepted.keys.a2s), toHex(accepted.keys.s2a)]).toEqual([toHex(agent.keys.a2s), toHex(agent.keys.s2a)])
  })
})

describe('our agent, their server', () => {
  test.each([
    ['auth', null],
    ['enroll', null],
    ['auth', Buffer.alloc(32, 6)],
  ] as const)('%s', (kind, cb) => {
    const server = new SecondServer()
    const begun = beginHandshake({
      key: signingKey(crypto.randomBytes(32)),
      agentId: kind === 'enroll' ? null : AGENT_ID,
      host: HOST,
      cb,
      na: crypto.randomBytes(32),
      eaSeed: crypto.randomBytes(32),
    })
    const asked = server.challenge(begun.send, NOW, cb ?? undefined)
    const answered = unwrap(
      answerChallenge(asked, begun.state, {
        pinS: pinOf(server.identity.raw),
        requireBinding: cb !== null,
        stream: crypto.randomBytes(16),
        lease: crypto.randomBytes(16),
        leaseN: 7,
        fp: crypto.randomBytes(32),
        info: INFO,
        code,
      }),
    )
    expect(server.judge(answered.send, code.secret)).toEqual(INFO)
    const sealed = unwrap(answered.state.sealer.seal({ t: 'bye', why: 'stop' }))
    expect(JSON.parse(openTwo(server.keys.a2s, 'A', 0n, Buffer.from(sealed)))).toEqual({ t: 'bye', why: 'stop' })
    const welcome = sealTwo(server.keys.s2a, 'S', 0n, 0, '{"t":"slow","ms":5}')
    expect(answered.state.opener.open(welcome)).toEqual({ ok: true, value: { t: 'slow', ms: 5 } })
  })
})

describe('frames', () => {
  const key = crypto.randomBytes(32)
  const anyDirection = fc.constantFrom<'A' | 'S'>('A', 'S')

  test('ours opens in theirs', () => {
    fc.assert(
      fc.property(fc.array(anyJson(5), { minLength: 1, maxLength: 5 }), anyDirection, (values, from) => {
        const sealer = new FrameSealer(key, from)
        values.forEach((value, n) => {
          const sealed = unwrap(sealer.seal({ value }))
          expect(openTwo(key, from, BigInt(n), Buffer.from(sealed))).toBe(JSON.stringify({ value }))
        })
      }),
      { numRuns: 60 },
    )
  })

  test('theirs opens in ours, deflated or not', () => {
    const anyKinds = fc.array(fc.constantFrom<0 | 1>(0, 1), { minLength: 1, maxLength: 6 })
    fc.assert(
      fc.property(anyKinds, fc.string({ maxLength: 3_000 }), anyDirection, (kinds, text, from) => {
        const opener = new FrameOpener(key, from)
        kinds.forEach((kind, n) => {
          const frame = sealTwo(key, from, BigInt(n), kind, JSON.stringify({ text, n }))
          expect(unwrap(opener.open(frame))).toEqual({ text, n })
        })
      }),
      { numRuns: 60 },
    )
  })

  test('a large report travels deflated and opens in theirs', () => {
    const report = {
      t: 'report',
      r: Array.from({ length: 100 }, (_, q) => ({ q: q + 1, at: NOW + q * 60_000, up: q })),
    }
    const sealed = unwrap(new FrameSealer(key, 'A').seal(report))
    expect(sealed[0]).toBe(1)
    expect(JSON.parse(openTwo(key, 'A', 0n, Buffer.from(sealed)))).toEqual(report)
  })
})

test('attestation: both sign the same bytes', () => {
  const signer = signingKey(crypto.randomBytes(32))
  const stream = crypto.randomBytes(16)
  const attested = {
    q: 12,
    at: NOW,
    prev: FIRST_PREV,
    nonce: crypto.randomBytes(16),
    sections: {
      disk: { h: crypto.randomBytes(32), collectedAt: NOW - 5 },
      system: { h: crypto.randomBytes(32), collectedAt: NOW },
    },
    samples: crypto.randomBytes(32),
  }
  const { message } = signAttestation(signer, { agentId: AGENT_ID, stream }, attested)
  const ours = attestationTranscript({ agentPub: signer.pub, agentId: AGENT_ID, stream }, attested)
  expect(toHex(attestedTwo(Buffer.from(signer.pub), AGENT_ID, stream, { ...message }))).toBe(toHex(ours))
})
