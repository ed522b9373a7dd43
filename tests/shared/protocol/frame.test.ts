/** Frames: limits, order, deflate, MAC; what is refused and with which close code. */
import { createHmac } from 'node:crypto'
import { deflateRawSync } from 'node:zlib'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import {
  DEFLATE_ABOVE_BYTES,
  FRAME_HEAD_BYTES,
  FRAME_LIMITS,
  FrameOpener,
  FrameSealer,
} from '../../../shared/protocol/frame.ts'
import { FrameMac } from '../../../shared/protocol/frame-mac.ts'
import { anyJson, seed, unwrap } from './handshake-pair.ts'
import { openTwo, sealTwo } from './second/wire-two.ts'

const KEY = seed('frame key')
const key = Buffer.from(KEY)
const refusedWith = (close: 4400 | 4413) => ({ ok: false, error: { close } })

/** A frame with a good MAC over any payload. */
function rawFrame(kind: number, n: number, payload: Uint8Array): Buffer {
  const head = Buffer.alloc(9)
  head[0] = kind
  head.writeBigUInt64BE(BigInt(n), 1)
  const mac = createHmac('sha256', KEY).update('A').update(head).update(payload).digest().subarray(0, 16)
  return Buffer.concat([head, mac, payload])
}

describe('round trip', () => {
  test('any JSON, in order, both directions', () => {
    const values = fc.array(anyJson(8), { minLength: 1, maxLength: 8 })
    fc.assert(
      fc.property(values, fc.constantFrom<'A' | 'S'>('A', 'S'), (messages, from) => {
        const sealer = new FrameSealer(KEY, from)
        const opener = new FrameOpener(KEY, from)
        for (const message of messages) {
          const opened = unwrap(opener.open(unwrap(sealer.seal({ message }))))
          expect(opened).toEqual(JSON.parse(JSON.stringify({ message })))
        }
        expect([sealer.next, opener.next]).toEqual([messages.length, messages.length])
      }),
      { numRuns: 100 },
    )
  })

  test('a plain Uint8Array with an offset opens like a Buffer', () => {
    const sealed = unwrap(new FrameSealer(KEY, 'A').seal({ t: 'rekey' }))
    const roomy = new Uint8Array(sealed.length + 9)
    roomy.set(sealed, 5)
    expect(new FrameOpener(KEY, 'A').open(roomy.subarray(5, 5 + sealed.length)).ok).toBe(true)
  })

  test('a steady report is 142 bytes, as measured in wire.md', () => {
    const json =
      '{"t":"report","r":[{"q":12345,"at":1790000000000,"up":12345678,"c":{"system":0},"v":{"system":[0,12,1,34567,2,45]}}]}'
    expect(unwrap(new FrameSealer(KEY, 'A').seal(json)).length).toBe(FRAME_HEAD_BYTES + json.length)
    expect(FRAME_HEAD_BYTES + json.length).toBe(142)
  })
})

describe('deflate', () => {
  const textOf = (bytes: number) => JSON.stringify('x'.repeat(bytes - 2))

  test('above 1,024 bytes, not at 1,024', () => {
    expect(unwrap(new FrameSealer(KEY, 'A').seal(textOf(DEFLATE_ABOVE_BYTES)))[0]).toBe(0)
    expect(unwrap(new FrameSealer(KEY, 'A').seal(textOf(DEFLATE_ABOVE_BYTES + 1)))[0]).toBe(1)
  })

  test('what shrinks so far that it looks like a bomb goes as it is, and opens', () => {
    const sealed = unwrap(new FrameSealer(KEY, 'A').seal(textOf(200_000)))
    expect(sealed[0]).toBe(0)
    expect(new FrameOpener(KEY, 'A').open(sealed).ok).toBe(true)
  })

  test('everything that seals opens', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1_000, max: 400_000 }), fc.integer({ min: 1, max: 2_000 }), (bytes, period) => {
        const word = Array.from({ length: period }, (_, i) => String.fromCharCode(97 + ((i * i * 31) % 26))).join('')
        const sealed = new FrameSealer(KEY, 'A').seal({ text: word.repeat(Math.ceil(bytes / period)).slice(0, bytes) })
        if (sealed.ok) expect(new FrameOpener(KEY, 'A').open(sealed.value).ok).toBe(true)
        else expect(bytes).toBeGreaterThan(FRAME_LIMITS.maxFrameBytes - 200)
      }),
      { numRuns: 60 },
    )
  })

  test('bytes after the stream are refused', () => {
    const payload = Buffer.concat([deflateRawSync('{"t":"rekey"}'), Buffer.from([0])])
    expect(new FrameOpener(KEY, 'A').open(rawFrame(1, 0, payload))).toMatchObject(refusedWith(4400))
  })

  test.each([
    ['64 KiB', 65_536 - 20, true],
    ['a byte above 64 KiB', 65_537, false],
    ['a megabyte and more', 2_000_000, false],
    ['50 MB', 50_000_000, false],
  ])('a small frame that inflates to %s', (_name, bytes, isOk) => {
    const frame = sealTwo(key, 'A', 0n, 1, textOf(bytes))
    const opened = new FrameOpener(KEY, 'A').open(frame)
    if (isOk) expect(opened.ok).toBe(true)
    else expect(opened).toMatchObject(refusedWith(4413))
  })
})

describe('too large', () => {
  test('one byte above 262,144 closes 4413, before anything else is looked at', () => {
    expect(new FrameOpener(KEY, 'A').open(Buffer.alloc(262_145, 9))).toMatchObject(refusedWith(4413))
    expect(new FrameOpener(KEY, 'A').open(Buffer.alloc(262_144, 9))).toMatchObject(refusedWith(4400))
  })

  test('a frame of exactly 262,144 bytes opens', () => {
    const frame = sealTwo(key, 'A', 0n, 0, JSON.stringify('x'.repeat(262_144 - 27)))
    expect(frame.length).toBe(262_144)
    expect(new FrameOpener(KEY, 'A').open(frame).ok).toBe(true)
  })

  test('the sealer refuses what no frame can hold, and counts nothing', () => {
    const sealer = new FrameSealer(KEY, 'A')
    expect(sealer.seal(JSON.stringify('y'.repeat(300_000)))).toEqual({ ok: false, error: 'too-large' })
    expect(openTwo(key, 'A', 0n, Buffer.from(unwrap(sealer.seal({ a: 1 }))))).toBe('{"a":1}')
  })
})

describe('refused with 4400', () => {
  const good = () => Buffer.from(unwrap(new FrameSealer(KEY, 'A').seal({ t: 'rekey' })))

  test.each([
    ['empty', () => Buffer.alloc(0)],
    ['shorter than its head', () => good().subarray(0, 24)],
    ['an unknown kind, MAC good', () => rawFrame(2, 0, Buffer.from('{}'))],
    ['a gap in n', () => sealTwo(key, 'A', 1n, 0, '{}')],
    ['an n that only differs in its high half', () => sealTwo(key, 'A', 0x1_0000_0000n, 0, '{}')],
    ['the largest n', () => sealTwo(key, 'A', 0xffff_ffff_ffff_ffffn, 0, '{}')],
    ['another key', () => sealTwo(Buffer.alloc(32), 'A', 0n, 0, '{}')],
    ['the other direction', () => sealTwo(key, 'S', 0n, 0, '{}')],
    ['not JSON', () => sealTwo(key, 'A', 0n, 0, '{"t":')],
    ['an empty payload', () => sealTwo(key, 'A', 0n, 0, '')],
    ['not UTF-8', () => rawFrame(0, 0, Buffer.from([0x22, 0xff, 0xfe, 0x22]))],
    ['a byte order mark', () => rawFrame(0, 0, Buffer.from('\ufeff{}'))],
    ['not deflate', () => rawFrame(1, 0, Buffer.from('{"t":"rekey"}'))],
    ['a cut deflate stream', () => rawFrame(1, 0, deflateRawSync('{"t":"rekey"}').subarray(0, -3))],
    ['a prototype key', () => sealTwo(key, 'A', 0n, 0, '{"__proto__":{"a":1}}')],
    ['13 levels', () => sealTwo(key, 'A', 0n, 0, '['.repeat(13) + ']'.repeat(13))],
  ])('%s', (_name, frame) => {
    expect(new FrameOpener(KEY, 'A').open(frame())).toMatchObject(refusedWith(4400))
  })

  test('a repeated frame', () => {
    const opener = new FrameOpener(KEY, 'A')
    const frame = good()
    expect(opener.open(frame).ok).toBe(true)
    expect(opener.open(frame)).toMatchObject(refusedWith(4400))
  })

  test('after one refusal nothing is accepted any more', () => {
    const opener = new FrameOpener(KEY, 'A')
    expect(opener.open(Buffer.alloc(300_000))).toMatchObject(refusedWith(4413))
    expect(opener.open(good())).toMatchObject(refusedWith(4413))
    expect(opener.next).toBe(0)
  })
})

test('FrameMac is HMAC-SHA256, on both sides of its scratch', () => {
  const anyPayload = fc.oneof(
    fc.uint8Array({ maxLength: 300 }),
    fc.uint8Array({ minLength: 4_000, maxLength: 4_200, size: 'max' }),
  )
  fc.assert(
    fc.property(fc.uint8Array({ minLength: 1, maxLength: 64 }), anyPayload, (anyKey, payload) => {
      const head = Buffer.from('Ahead')
      const out = Buffer.alloc(20)
      new FrameMac(anyKey).write(head, payload, out, 2)
      const due = createHmac('sha256', anyKey).update(head).update(payload).digest().subarray(0, 16)
      expect(out.subarray(2, 18).equals(due)).toBe(true)
    }),
    { numRuns: 200 },
  )
})
