/** When the next attempt comes, by table, and that nothing unsigned delays it by more than an hour. */
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { backoffMs } from '../../../agent/uplink/backoff.ts'
import { codeOfEnd, type EndCause, explainEnd, waitMsAfter } from '../../../agent/uplink/end-cause.ts'
import { parseServerUrl } from '../../../agent/uplink/server-url.ts'
import { WIRE_ERROR_CODES, type WireErrorCode } from '../../../shared/protocol/errors.ts'
import { HOUR_MS, SECOND_MS } from '../../../shared/units.ts'

const LATE = 0.999_999
const told = (code: WireErrorCode, signed: boolean, retryMs: number | null = null): EndCause => ({
  kind: 'told',
  code,
  signed,
  retryMs,
})

describe('backoff', () => {
  test('U(0, min(300 s, 1 s × 2^n))', () => {
    expect([0, 1, 2, 5, 8, 9, 40].map((n) => Math.ceil(backoffMs(n, LATE) / SECOND_MS))).toEqual([
      1, 2, 4, 32, 256, 300, 300,
    ])
    expect(backoffMs(20, 0)).toBe(0)
  })

  test('is spread: the mean of many draws is half the ceiling', () => {
    const draws = Array.from({ length: 1_000 }, (_, i) => backoffMs(4, i / 1_000))
    expect(draws.reduce((a, b) => a + b, 0) / draws.length).toBeCloseTo(8_000, -2)
  })
})

describe('after an end', () => {
  test.each<[string, EndCause, number, number]>([
    ['nobody there, first time', { kind: 'unreachable', detail: '' }, 0, 1 * SECOND_MS],
    ['nobody there, for long', { kind: 'unreachable', detail: '' }, 30, 300 * SECOND_MS],
    ['refused, for long', told('refused', false), 30, HOUR_MS],
    ['refused, first time', told('refused', false), 0, 1 * SECOND_MS],
    ['the server restarts', told('going-away', false), 9, 5 * SECOND_MS],
    ['the server restarts and says when', told('going-away', true, 20_000), 0, 20 * SECOND_MS],
    ['too many messages, told when', told('rate', true, 7_000), 0, 7 * SECOND_MS],
    ['busy', told('busy', true), 3, 8 * SECOND_MS],
    ['another version', told('version', false), 0, HOUR_MS],
    ['revoked with a MAC', told('revoked', true), 0, 6 * HOUR_MS],
    ['revoked without', told('revoked', false), 0, 1 * SECOND_MS],
    ['cloned with a MAC', told('cloned', true), 0, 6 * HOUR_MS],
    ['superseded without', told('superseded', false), 0, 1 * SECOND_MS],
    ['the wrong server, for long', { kind: 'handshake', failure: { kind: 'wrong-server', detail: '' } }, 30, HOUR_MS],
    ['the machine slept', { kind: 'clock-jump' }, 30, 1 * SECOND_MS],
  ])('%s', (_name, cause, attempt, ceilingMs) => {
    const waitMs = waitMsAfter(cause, attempt, LATE)
    expect(waitMs).toBeLessThanOrEqual(ceilingMs)
    expect(waitMs).toBeGreaterThan(ceilingMs * 0.99)
  })

  test('nothing without a MAC delays by more than an hour, whatever it says', () => {
    fc.assert(
      fc.property(
        fc.constantFrom(...WIRE_ERROR_CODES),
        fc.option(fc.nat(1e9)),
        fc.nat(99),
        fc.double({ min: 0, max: LATE, noNaN: true }),
        (code, retryMs, attempt, random) => {
          const waitMs = waitMsAfter(told(code, false, retryMs), attempt, random)
          expect(waitMs).toBeGreaterThanOrEqual(0)
          expect(waitMs).toBeLessThanOrEqual(HOUR_MS)
        },
      ),
    )
  })

  test('every code has a sentence', () => {
    for (const code of WIRE_ERROR_CODES) {
      expect(explainEnd(told(code, true))).toMatch(/^[A-Z].*\.$/)
      expect(codeOfEnd(told(code, true))).toBe(code)
    }
  })
})

describe('server address', () => {
  test.each([
    [
      'https://Monitor.Example.org',
      'monitor.example.org:443',
      'wss://monitor.example.org:443/agent/v1',
      'https://monitor.example.org',
    ],
    [
      'https://monitor.example.org/rounds/',
      'monitor.example.org:443',
      'wss://monitor.example.org:443/rounds/agent/v1',
      'https://monitor.example.org/rounds',
    ],
    ['http://localhost:8420', 'localhost:8420', 'ws://localhost:8420/agent/v1', 'http://localhost:8420'],
    [
      'https://[2001:DB8::1]:8443',
      '[2001:db8::1]:8443',
      'wss://[2001:db8::1]:8443/agent/v1',
      'https://[2001:db8::1]:8443',
    ],
    ['ws://127.0.0.1:1', '127.0.0.1:1', 'ws://127.0.0.1:1/agent/v1', 'http://127.0.0.1:1'],
    ['http://[::1]:8420', '[::1]:8420', 'ws://[::1]:8420/agent/v1', 'http://[::1]:8420'],
  ])('%s', (written, host, socketUrl, url) => {
    expect(parseServerUrl(written)).toMatchObject({ ok: true, value: { host, socketUrl, url } })
  })

  test.each([
    'http://monitor.example.org',
    'http://127.0.0.1.example.org',
    'http://10.0.0.5:8420',
    'https://user:secret@monitor.example.org',
    'https://monitor.example.org/?token=1',
    'ftp://monitor.example.org',
    'monitor.example.org',
    'file:///etc/passwd',
    '',
  ])('%s is refused', (written) => {
    const parsed = parseServerUrl(written)
    expect(parsed.ok).toBe(false)
    expect(!parsed.ok && parsed.error).not.toContain('secret')
  })
})
