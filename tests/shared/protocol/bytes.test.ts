/** Base64url and hex in one spelling only; parts of transcripts. */
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { fromB64, fromHex, isAllZero, lp, toB64, toHex, u64 } from '../../../shared/protocol/bytes.ts'
import { unwrap, unwrapErr } from './handshake-pair.ts'

const anyBytes = fc.uint8Array({ maxLength: 100 })

test('round trips, and a known length is kept', () => {
  fc.assert(
    fc.property(anyBytes, (bytes) => {
      expect(toHex(unwrap(fromB64(toB64(bytes), bytes.length)))).toBe(toHex(bytes))
      expect(toB64(unwrap(fromHex(toHex(bytes))))).toBe(toB64(bytes))
      expect(unwrapErr(fromB64(toB64(bytes), bytes.length + 1)).code).toBe('wrong-length')
    }),
  )
})

test('any text is refused or is the one spelling of its bytes', () => {
  fc.assert(
    fc.property(fc.oneof(fc.string(), fc.base64String()), (text) => {
      const bytes = fromB64(text)
      if (bytes.ok) expect(toB64(bytes.value)).toBe(text)
      const hex = fromHex(text)
      if (hex.ok) expect(toHex(hex.value)).toBe(text)
    }),
  )
})

test.each(['AA==', 'AA=', 'AB', 'A', 'A A', 'AAA\n', '+AAA', '/AAA', 'AAé'])('not base64url: %j', (text) => {
  expect(unwrapErr(fromB64(text)).code).toBe('not-canonical')
})

test.each(['0', 'AB', '0g', ' 00'])('not hex: %j', (text) => {
  expect(unwrapErr(fromHex(text)).code).toBe('not-canonical')
})

test('LP counts UTF-8 bytes; U64 is big-endian and refuses what is no safe integer from 0', () => {
  expect(toHex(lp('é'))).toBe('00000002c3a9')
  expect(toHex(lp(new Uint8Array(0)))).toBe('00000000')
  expect(toHex(u64(1_790_000_000_000))).toBe('000001a0c4506c00')
  for (const n of [-1, 1.5, 2 ** 53, Number.NaN]) expect(() => u64(n)).toThrow(RangeError)
})

test('all zero', () => {
  expect([isAllZero(new Uint8Array(16)), isAllZero(Uint8Array.of(0, 1))]).toEqual([true, false])
})
