/** The closed list of refusals. */
import { expect, test } from 'vitest'
import { WIRE_ERROR_CODES, WIRE_ERRORS, wireError, wireErrorOfClose } from '../../../shared/protocol/errors.ts'

/** Table of security-reliability.md 4.5. */
const DUE = {
  protocol: 4400,
  refused: 4401,
  revoked: 4403,
  version: 4406,
  'slow-handshake': 4408,
  superseded: 4409,
  cloned: 4410,
  'too-large': 4413,
  rate: 4429,
  'code-used': 4441,
  'code-expired': 4442,
  'code-net': 4443,
  'going-away': 1001,
  busy: 1013,
}

test('codes and close codes are those of the table, both ways', () => {
  expect(Object.fromEntries(WIRE_ERROR_CODES.map((code) => [code, WIRE_ERRORS[code].closeCode]))).toEqual(DUE)
  for (const [code, closeCode] of Object.entries(DUE)) expect(wireErrorOfClose(closeCode)).toBe(code)
  for (const closeCode of [1000, 1006, 4000]) expect(wireErrorOfClose(closeCode)).toBe(null)
})

test('what has lasting effect is exactly what needs a MAC', () => {
  expect(WIRE_ERROR_CODES.filter((code) => wireError(code).lasting)).toEqual([
    'revoked',
    'cloned',
    'code-used',
    'code-expired',
    'code-net',
  ])
})

test('a backoff that anyone may cause ends within an hour', () => {
  for (const code of WIRE_ERROR_CODES) {
    const { lasting, retry } = wireError(code)
    if (!lasting && retry.kind === 'backoff') expect(retry.maxMs).toBeLessThanOrEqual(3_600_000)
  }
})
