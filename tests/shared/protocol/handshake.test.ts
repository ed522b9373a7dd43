/** The handshake of both sides together: what is accepted, and every way in which it is refused. */
import { describe, expect, test } from 'vitest'
import { toHex } from '../../../shared/protocol/bytes.ts'
import { signingKey } from '../../../shared/protocol/crypto.ts'
import { FrameSealer } from '../../../shared/protocol/frame.ts'
import { answerChallenge, receiveWelcome } from '../../../shared/protocol/handshake-agent.ts'
import { refuseWithMac } from '../../../shared/protocol/handshake-server.ts'
import type { Welcome } from '../../../shared/protocol/messages.ts'
import {
  AGENT,
  CODE,
  challenge,
  dial,
  HOST,
  INFO,
  judge,
  portsWith,
  proofInput,
  seed,
  unwrap,
  unwrapErr,
} from './handshake-pair.ts'

/** Runs to the verdict. */
async function meet(kind: 'auth' | 'enroll', more: { ports?: ReturnType<typeof portsWith>; input?: object } = {}) {
  const dialed = dial(kind)
  const asked = unwrap(challenge(dialed.send))
  const answered = unwrap(answerChallenge(asked.send, dialed.state, proofInput(more.input)))
  const verdict = await judge(answered.send, asked.state, more.ports)
  return { dialed, asked, answered, verdict }
}

const WELCOME: Welcome = {
  t: 'welcome',
  agentId: Buffer.from(seed('id').subarray(0, 16)).toString('base64url'),
  state: 'active',
  have: 0,
  lease: Buffer.from(seed('lease 2').subarray(0, 16)).toString('base64url'),
  leaseN: 42,
  ts: INFO.now,
  binding: 'off',
  limits: { windowFrames: 4, windowBytes: 1_048_576 },
  config: { version: 1, body: { cadenceMs: { vitals: 60_000 }, checks: { disk: true }, off: ['disk/smartctl'] } },
}

describe('accepted', () => {
  test.each(['auth', 'enroll'] as const)('%s ends in the same keys, and welcome opens', async (kind) => {
    const { answered, verdict } = await meet(kind)
    const accepted = unwrap(verdict)
    expect(accepted.kind).toBe(kind)
    expect(accepted.info).toEqual(INFO)
    expect(toHex(accepted.pub)).toBe(toHex(AGENT.pub))
    expect(accepted.leaseN).toBe(kind === 'enroll' ? 0 : 41)
    const frame = unwrap(new FrameSealer(accepted.keys.s2a, 'S').seal(WELCOME))
    expect(receiveWelcome(frame, answered.state)).toEqual({ ok: true, value: WELCOME })
  })

  test('skew is what to add to the wall clock of the machine, half the round trip taken off', async () => {
    const { verdict } = await meet('auth', { input: { info: { ...INFO, now: INFO.now - 5_000 } } })
    expect(unwrap(verdict).skewMs).toBe(5_020)
  })

  test('an agent that also speaks a version this server does not know', async () => {
    expect((await meet('auth', { input: { info: { ...INFO, v: [1, 2] } } })).verdict.ok).toBe(true)
  })

  test('a quarantined agent is let through', async () => {
    expect((await meet('auth', { ports: portsWith('quarantined') })).verdict.ok).toBe(true)
  })

  test('the TLS exporter is bound in when both see it', async () => {
    const cb = seed('exporter')
    const dialed = dial('auth', 'tls', { cb })
    const asked = unwrap(challenge(dialed.send, 'tls', cb))
    const answered = unwrap(answerChallenge(asked.send, dialed.state, proofInput({ requireBinding: true })))
    expect(unwrap(await judge(answered.send, asked.state)).cbType).toBe('tls-exporter')
  })
})

describe('refused by the server', () => {
  const isRefused = { code: 'refused', closeCode: 4401, send: '{"t":"err","code":"refused"}' }

  test('unknown agent, unknown code and wrong secret get one answer, byte for byte', async () => {
    const stranger = signingKey(seed('stranger'))
    const dialed = dial('auth', 'x', { key: stranger })
    const asked = unwrap(challenge(dialed.send, 'x'))
    const answered = unwrap(answerChallenge(asked.send, dialed.state, proofInput()))
    const unknownAgent = unwrapErr(await judge(answered.send, asked.state))
    const unknownCode = unwrapErr(
      (await meet('enroll', { input: { code: { ...CODE, codeId: new Uint8Array(8) } } })).verdict,
    )
    const wrongSecret = unwrapErr(
      (await meet('enroll', { input: { code: { ...CODE, secret: new Uint8Array(16) } } })).verdict,
    )
    for (const refusal of [unknownAgent, unknownCode, wrongSecret]) expect(refusal).toMatchObject(isRefused)
  })

  test('a replayed handshake: the server draws a fresh nonce', async () => {
    const { dialed, answered, asked } = await meet('auth')
    expect((await judge(answered.send, asked.state)).ok).toBe(true)
    const again = unwrap(challenge(dialed.send, 'second'))
    expect(unwrapErr(await judge(answered.send, again.state))).toMatchObject(isRefused)
  })

  test('a foreign host: nothing is signed for it', () => {
    const refusal = unwrapErr(challenge(dial('auth', 'relay', { host: 'evil.example:443' }).send))
    expect(refusal).toMatchObject(isRefused)
  })

  test('revoked is said with a MAC, and only after a valid signature', async () => {
    const { answered, verdict } = await meet('auth', { ports: portsWith('revoked') })
    const refusal = unwrapErr(verdict)
    expect(refusal).toMatchObject({ code: 'revoked', closeCode: 4403 })
    expect(unwrapErr(receiveWelcome(refusal.send, answered.state))).toEqual({
      kind: 'told',
      code: 'revoked',
      lasting: true,
      retryMs: null,
    })
  })

  test.each(['code-used', 'code-expired', 'code-net'] as const)(
    "%s is the store's verdict, said with a MAC",
    async (code) => {
      const { answered, verdict } = await meet('enroll')
      const refusal = refuseWithMac(unwrap(verdict).keys, code, 'told by the store')
      expect(unwrapErr(receiveWelcome(refusal.send, answered.state))).toMatchObject({
        kind: 'told',
        code,
        lasting: true,
      })
    },
  )

  test.each([[[2]], [[2, 3]]])('no common version: %j', async (v) => {
    const { verdict } = await meet('auth', { input: { info: { ...INFO, v } } })
    expect(unwrapErr(verdict)).toMatchObject({ code: 'version', closeCode: 4406 })
  })

  test('info that does not fit is a protocol error with a MAC', async () => {
    const { verdict } = await meet('auth', { input: { info: { ...INFO, surprise: 1 } } })
    const refusal = unwrapErr(verdict)
    expect(refusal).toMatchObject({ code: 'protocol', closeCode: 4400 })
    expect(typeof refusal.send).not.toBe('string')
  })

  test.each([
    ['not JSON', '{'],
    ['another type', '{"t":"report","r":[]}'],
    ['an unknown type', '{"t":"exec","cmd":"id"}'],
    ['an extra key', dial('auth').send.replace('{', '{"x":1,')],
    ['a prototype key', dial('auth').send.replace('{', '{"__proto__":{},')],
    ['padded base64url', dial('auth').send.replace(/"na":"[^"]*"/, `"na":"${'A'.repeat(43)}="`)],
    ['base64url with loose bits', dial('auth').send.replace(/"na":"[^"]*"/, `"na":"${'A'.repeat(42)}B"`)],
    ['a host in capitals', dial('auth', 'a', { host: HOST.toUpperCase() }).send],
  ])('hello with %s closes 4400', (_name, hello) => {
    expect(unwrapErr(challenge(hello))).toMatchObject({ code: 'protocol', closeCode: 4400 })
  })

  test('a message above 4 KiB closes 4413, at every step', async () => {
    const long = `{"t":"hello"${' '.repeat(4_096)}}`
    expect(unwrapErr(challenge(long))).toMatchObject({ code: 'too-large', closeCode: 4413 })
    expect(unwrapErr(await judge(long, unwrap(challenge(dial('auth').send)).state))).toMatchObject({ closeCode: 4413 })
  })

  test('enroll after a hello with an id, auth after one without, enroll with a lease', async () => {
    const known = await meet('auth')
    const fresh = await meet('enroll')
    const crossed = [
      await judge(fresh.answered.send, known.asked.state),
      await judge(known.answered.send, fresh.asked.state),
      await judge(fresh.answered.send.replace('"leaseN":0', '"leaseN":1'), fresh.asked.state),
    ]
    for (const verdict of crossed) expect(unwrapErr(verdict)).toMatchObject({ code: 'protocol', closeCode: 4400 })
  })
})

describe('refused by the agent', () => {
  test('a relay that rewrites the host: the signature is for another one, and nothing about the machine is sent', () => {
    const dialed = dial('auth', 'relay', { host: 'evil.example:443' })
    const rewritten = dialed.send.replace('evil.example:443', HOST)
    const asked = unwrap(challenge(rewritten))
    expect(unwrapErr(answerChallenge(asked.send, dialed.state, proofInput()))).toMatchObject({ kind: 'bad-signature' })
  })

  test('another server than the pinned one', () => {
    const dialed = dial('auth')
    const asked = unwrap(challenge(dialed.send, 'first', null, signingKey(seed('another server'))))
    expect(unwrapErr(answerChallenge(asked.send, dialed.state, proofInput()))).toMatchObject({ kind: 'wrong-server' })
  })

  test('a challenge of an earlier connection', () => {
    const asked = unwrap(challenge(dial('auth', 'yesterday').send))
    expect(unwrapErr(answerChallenge(asked.send, dial('auth', 'today').state, proofInput()))).toMatchObject({
      kind: 'bad-signature',
    })
  })

  test('a TLS session ended by somebody in the middle', () => {
    const dialed = dial('auth', 'tls', { cb: seed('what the agent sees') })
    const asked = unwrap(challenge(dialed.send, 'tls', seed('what the server sees')))
    expect(unwrapErr(answerChallenge(asked.send, dialed.state, proofInput()))).toMatchObject({ kind: 'bad-signature' })
  })

  test('no binding where it is required, and a binding that was not offered', () => {
    const dialed = dial('auth', 'tls', { cb: seed('exporter') })
    const none = unwrap(challenge(dialed.send, 'tls', null)).send
    expect(unwrapErr(answerChallenge(none, dialed.state, proofInput({ requireBinding: true })))).toMatchObject({
      kind: 'binding-missing',
    })
    const unasked = none.replace('"none"', '"tls-exporter"')
    expect(unwrapErr(answerChallenge(unasked, dial('auth').state, proofInput()))).toMatchObject({ kind: 'protocol' })
  })

  test.each(['revoked', 'cloned', 'code-used', 'refused'])('a text err %s has no lasting effect', async (code) => {
    const dialed = dial('auth')
    const text = JSON.stringify({ t: 'err', code, retryMs: 1_000 })
    const due = { kind: 'told', code, lasting: false, retryMs: 1_000 }
    expect(unwrapErr(answerChallenge(text, dialed.state, proofInput()))).toEqual(due)
    expect(unwrapErr(receiveWelcome(text, (await meet('auth')).answered.state))).toEqual(due)
  })

  test('anything but welcome or err first, or a text', async () => {
    const { answered, verdict } = await meet('auth')
    const ack = unwrap(new FrameSealer(unwrap(verdict).keys.s2a, 'S').seal({ t: 'ack', upTo: 1 }))
    expect(unwrapErr(receiveWelcome(JSON.stringify(WELCOME), answered.state))).toMatchObject({ kind: 'protocol' })
    expect(unwrapErr(receiveWelcome(ack, answered.state))).toMatchObject({ kind: 'protocol' })
  })
})
