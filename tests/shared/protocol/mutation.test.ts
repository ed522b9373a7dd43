/** Any single changed byte of any handshake message or frame is refused; any text or bytes give a Result. */
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { decodeCode } from '../../../shared/protocol/code.ts'
import { FrameOpener, FrameSealer } from '../../../shared/protocol/frame.ts'
import { answerChallenge, receiveWelcome } from '../../../shared/protocol/handshake-agent.ts'
import { challenge, dial, judge, proofInput, seed, unwrap } from './handshake-pair.ts'

/** Every text that differs from `text` in one character, by two masks. */
function* mutants(text: string): Generator<string> {
  for (let i = 0; i < text.length; i += 1) {
    for (const mask of [1 << (i % 7), 0x20]) {
      yield text.slice(0, i) + String.fromCharCode(text.charCodeAt(i) ^ mask) + text.slice(i + 1)
    }
  }
}

function run(kind: 'auth' | 'enroll') {
  const dialed = dial(kind)
  const asked = unwrap(challenge(dialed.send))
  const answered = unwrap(answerChallenge(asked.send, dialed.state, proofInput()))
  return { dialed, asked, answered }
}

describe.each(['auth', 'enroll'] as const)('%s', (kind) => {
  test('a changed hello: the server refuses it, or the agent refuses its challenge', () => {
    const { dialed } = run(kind)
    for (const hello of mutants(dialed.send)) {
      const asked = challenge(hello)
      const isThrough = asked.ok && answerChallenge(asked.value.send, dialed.state, proofInput()).ok
      expect(isThrough, hello).toBe(false)
    }
  })

  test('a changed challenge: the agent refuses', () => {
    const { dialed, asked } = run(kind)
    for (const text of mutants(asked.send)) {
      expect(answerChallenge(text, dialed.state, proofInput()).ok, text).toBe(false)
    }
  })

  test('a changed proof: the server refuses', async () => {
    const { asked, answered } = run(kind)
    expect((await judge(answered.send, asked.state)).ok).toBe(true)
    for (const text of mutants(answered.send)) {
      expect((await judge(text, asked.state)).ok, text).toBe(false)
    }
  })
})

test.each([
  ['plain', { t: 'ack', upTo: 7 }],
  ['deflated', { t: 'report', r: Array.from({ length: 60 }, (_, q) => ({ q, at: q * 1_000, up: q })) }],
])('a changed frame, %s: every byte counts', (_name, message) => {
  const key = seed('frame')
  const frame = Buffer.from(unwrap(new FrameSealer(key, 'S').seal(message)))
  expect(new FrameOpener(key, 'S').open(frame).ok).toBe(true)
  for (let i = 0; i < frame.length; i += 1) {
    const changed = Buffer.from(frame)
    changed[i] = (changed[i] ?? 0) ^ (1 << (i % 8))
    expect(new FrameOpener(key, 'S').open(changed)).toMatchObject({ ok: false, error: { close: 4400 } })
  }
})

describe('any bytes give a Result, never an exception', () => {
  const anyText = fc.oneof(fc.string({ unit: 'binary', maxLength: 5_000 }), fc.json())

  test('handshake texts, both sides', async () => {
    const { dialed, asked, answered } = run('enroll')
    await fc.assert(
      fc.asyncProperty(anyText, async (text) => {
        expect(challenge(text).ok).toBe(false)
        expect((await judge(text, asked.state)).ok).toBe(false)
        expect(answerChallenge(text, dialed.state, proofInput()).ok).toBe(false)
        expect(receiveWelcome(text, answered.state).ok).toBe(false)
      }),
      { numRuns: 200 },
    )
  })

  test('frames', () => {
    const key = seed('frame')
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 4_000 }), (bytes) => {
        expect(new FrameOpener(key, 'A').open(bytes)).toMatchObject({ ok: false })
      }),
      { numRuns: 300 },
    )
  })

  test('codes', () => {
    fc.assert(
      fc.property(anyText, (text) => {
        expect(decodeCode(text).ok).toBe(false)
        expect(decodeCode(`rounds1.${text}`).ok).toBe(false)
      }),
      { numRuns: 200 },
    )
  })
})
