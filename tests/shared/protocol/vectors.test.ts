/** The wire's vectors, against shared/protocol, and our copy of them against the specification's file. */
import { existsSync, readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { fromHex, toB64, toHex } from '../../../shared/protocol/bytes.ts'
import { agree, agreementKey, sha256, sign, signingKey, verify } from '../../../shared/protocol/crypto.ts'
import { FrameOpener, FrameSealer } from '../../../shared/protocol/frame.ts'
import { sectionHash } from '../../../shared/protocol/section-hash.ts'
import {
  agentSigned,
  codeKey,
  enrollProof,
  type Opening,
  serverSigned,
  sessionKeys,
  transcript0,
  transcript1,
} from '../../../shared/protocol/transcript.ts'
import { describeUnless } from '../../support/loud-skip.ts'
import { AGREEMENT, FLOWS, FRAME, INPUTS, SECTION } from './vectors.ts'

const VECTORS_FILE = new URL('../../../../shared/wire-vectors.json', import.meta.url)

function bytes(hex: string): Uint8Array {
  const decoded = fromHex(hex)
  if (!decoded.ok) throw new Error('vector is not hex')
  return decoded.value
}

const server = signingKey(bytes(INPUTS.serverSeed))
const agent = signingKey(bytes(INPUTS.agentSeed))
const es = agreementKey(bytes(INPUTS.esSeed))
const ea = agreementKey(bytes(INPUTS.eaSeed))

function derive(flow: (typeof FLOWS)['auth' | 'enroll']) {
  const opening: Opening = {
    serverPub: server.pub,
    agentPub: agent.pub,
    agentId: bytes(flow.agentId),
    na: bytes(INPUTS.na),
    ns: bytes(INPUTS.ns),
    ea: ea.pub,
    es: es.pub,
    host: INPUTS.host,
    cbType: INPUTS.cbType,
    cb: bytes(INPUTS.cb),
    ts: INPUTS.ts,
  }
  const t0 = transcript0(opening)
  const sigS = sign(server, serverSigned(t0))
  const t1 = transcript1(t0, {
    sigS,
    stream: bytes(INPUTS.stream),
    lease: bytes(flow.lease),
    leaseN: flow.leaseN,
    fp: bytes(INPUTS.fp),
    info: Buffer.from(INPUTS.info),
  })
  return { t0, sigS, t1, sigA: sign(agent, agentSigned(t1)) }
}

test('X25519: public keys and shared secret, both ways', () => {
  expect(toHex(ea.pub)).toBe(AGREEMENT.ea)
  expect(toHex(es.pub)).toBe(AGREEMENT.es)
  for (const z of [agree(ea, es.pub), agree(es, ea.pub)]) expect(z.ok && toHex(z.value)).toBe(AGREEMENT.z)
})

describe.each(['auth', 'enroll'] as const)('%s', (name) => {
  const flow = FLOWS[name]
  const { t0, sigS, t1, sigA } = derive(flow)

  test('transcripts', () => {
    expect([t0.length, toHex(sha256(t0))]).toEqual([flow.t0Length, flow.t0Sha256])
    expect([t1.length, toHex(sha256(t1))]).toEqual([flow.t1Length, flow.t1Sha256])
  })

  test('signatures', () => {
    expect(toB64(sigS)).toBe(flow.sigS)
    expect(toB64(sigA)).toBe(flow.sigA)
    expect(verify(server.pub, serverSigned(t0), sigS)).toBe(true)
    expect(verify(agent.pub, agentSigned(t1), sigA)).toBe(true)
    expect(verify(agent.pub, serverSigned(t0), sigS)).toBe(false)
  })

  test('keys', () => {
    const keys = sessionKeys(bytes(AGREEMENT.z), t1)
    expect([toHex(keys.a2s), toHex(keys.s2a)]).toEqual([flow.a2s, flow.s2a])
  })
})

test('enroll: proof of the code', () => {
  const { t1 } = derive(FLOWS.enroll)
  const proof = enrollProof(codeKey(bytes(INPUTS.codeSecret)), t1, bytes(INPUTS.codeId))
  expect(toHex(proof)).toBe(FLOWS.enroll.proof)
})

test('frame server to agent, n = 0', () => {
  const key = bytes(FLOWS.auth.s2a)
  const sealed = new FrameSealer(key, 'S').seal(FRAME.json)
  expect(sealed.ok && toHex(sealed.value)).toBe(FRAME.bytes)
  expect(new FrameOpener(key, 'S').open(bytes(FRAME.bytes))).toEqual({ ok: true, value: { t: 'ack', upTo: 7 } })
})

test('section hash', () => {
  const hash = sectionHash('disk', JSON.parse(SECTION.json))
  expect(hash.ok && toHex(hash.value)).toBe(SECTION.hash)
})

const HAS_FILE = existsSync(VECTORS_FILE)
const SKIP_REASON = HAS_FILE ? null : `${VECTORS_FILE.pathname} is absent; only our copy was checked`

describeUnless(SKIP_REASON, 'wire-vectors.json', () => {
  const file = HAS_FILE ? JSON.parse(readFileSync(VECTORS_FILE, 'utf8')) : {}

  test('our copy is the specification', () => {
    expect(file).toMatchObject({ ea: AGREEMENT.ea, es: AGREEMENT.es, z: AGREEMENT.z })
    expect(file.inputs).toMatchObject({ host: INPUTS.host, cbType: INPUTS.cbType, ts: INPUTS.ts, info: INPUTS.info })
    expect(file.auth).toEqual({ ...specified(FLOWS.auth), [`frame s2a n=0 ${FRAME.json}`]: FRAME.bytes })
    expect(file.enroll).toEqual({ ...specified(FLOWS.enroll), proof: FLOWS.enroll.proof })
    expect(file[`section disk ${SECTION.json}`]).toBe(SECTION.hash)
  })

  test('no vector of the file is left out', () => {
    expect(Object.keys(file).sort()).toEqual(
      ['auth', 'ea', 'enroll', 'es', 'inputs', `section disk ${SECTION.json}`, 'z'].sort(),
    )
  })
})

/** A flow under the names of wire-vectors.json. */
function specified(flow: (typeof FLOWS)['auth' | 'enroll']) {
  const { t0Length, t0Sha256, sigS, t1Length, t1Sha256, sigA, a2s, s2a } = flow
  return {
    'T0.length': t0Length,
    'T0.sha256': t0Sha256,
    sigS,
    'T1.length': t1Length,
    'T1.sha256': t1Sha256,
    sigA,
    a2s,
    s2a,
  }
}
