/** JSON of strangers, and canonical JSON. */
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { canonicalize } from '../../../shared/protocol/canonical.ts'
import { parseUntrusted } from '../../../shared/protocol/json.ts'
import { sectionHash } from '../../../shared/protocol/section-hash.ts'
import { unwrap, unwrapErr } from './handshake-pair.ts'

describe('parseUntrusted', () => {
  test('valid JSON comes out as JSON.parse gives it', () => {
    fc.assert(
      fc.property(fc.json({ maxDepth: 8 }), (text) => {
        const value: unknown = JSON.parse(text)
        const parsed = parseUntrusted(text, { maxDepth: 30 })
        if (parsed.ok) expect(parsed.value).toEqual(value)
        else expect(parsed.error.code).toBe('forbidden-key')
      }),
    )
  })

  test('any text gives a Result', () => {
    fc.assert(fc.property(fc.string({ unit: 'binary' }), (text) => typeof parseUntrusted(text).ok === 'boolean'))
  })

  test.each([
    ['{"__proto__":1}'],
    ['[{"a":{"__proto__":{}}}]'],
    ['{"\\u005f_proto__":1}'],
    ['{"constructor":{"prototype":{}}}'],
    ['{"\\u0063onstructor":{"protot\\u0079pe":1}}'],
  ])('forbidden: %s', (text) => {
    expect(unwrapErr(parseUntrusted(text)).code).toBe('forbidden-key')
  })

  test.each([['{"a":"__proto__"}'], ['{"constructor":1}'], ['{"constructor":{"a":1}}'], ['{"prototype":{}}']])(
    'harmless: %s',
    (text) => {
      expect(parseUntrusted(text)).toEqual({ ok: true, value: JSON.parse(text) })
    },
  )

  test.each([
    ['[', ']', '[]'],
    ['{"a":', '}', '{}'],
    ['[{"]":', '}]', '1'],
  ])('nesting of %s is counted exactly', (open, close, core) => {
    const depthOf = open.startsWith('[{') ? 2 : 1
    const coreDepth = core === '1' ? 0 : 1
    for (let levels = 1; levels < 20; levels += 1) {
      const text = open.repeat(levels) + core + close.repeat(levels)
      expect(parseUntrusted(text).ok, text).toBe(levels * depthOf + coreDepth <= 12)
    }
  })

  test('brackets inside strings are no nesting, however the quotes are escaped', () => {
    const inner = '[{'.repeat(40)
    for (const text of [inner, `${inner}\\`, `"${inner}`, `\\"${inner}\\\\`]) {
      expect(unwrap(parseUntrusted(JSON.stringify([text])))).toEqual([text])
    }
  })

  test('a million brackets are refused without recursion', () => {
    expect(unwrapErr(parseUntrusted('['.repeat(1_000_000))).code).toBe('too-deep')
  })
})

describe('canonicalize', () => {
  const anyKey = fc.string({ unit: 'grapheme-ascii', maxLength: 12 }).filter((key) => key !== '__proto__')
  const { value: anyValue } = fc.letrec((tie) => ({
    value: fc.oneof(
      { maxDepth: 4 },
      fc.constantFrom(null, true, false),
      fc.maxSafeInteger(),
      fc.string({ unit: 'grapheme', maxLength: 20 }),
      fc.array(tie('value'), { maxLength: 5 }),
      fc.dictionary(anyKey, tie('value'), { maxKeys: 5 }),
    ),
  }))

  test('says the same value, and the order of keys does not matter', () => {
    fc.assert(
      fc.property(anyValue, (value) => {
        const text = unwrap(canonicalize(value))
        expect(JSON.parse(text)).toEqual(JSON.parse(JSON.stringify(value)))
        const reversed: unknown = JSON.parse(text, (_key, child: unknown) =>
          typeof child === 'object' && child !== null && !Array.isArray(child)
            ? Object.fromEntries(Object.entries(child).reverse())
            : child,
        )
        expect(canonicalize(reversed)).toEqual({ ok: true, value: text })
      }),
    )
  })

  test.each([
    ['{"b":1,"a":[1,true,null,"é\\n"],"A":{}}', '{"A":{},"a":[1,true,null,"é\\n"],"b":1}'],
    ['{"10":1,"9":2,"a":3}', '{"10":1,"9":2,"a":3}'],
    ['-0', '0'],
    ['"\\u0007\\u2028/"', '"\\u0007\u2028/"'],
  ])('%s', (json, due) => {
    expect(canonicalize(JSON.parse(json))).toEqual({ ok: true, value: due })
  })

  const deep = (levels: number): unknown => (levels === 0 ? 1 : [deep(levels - 1)])
  test.each([
    ['key', { é: 1 }],
    ['key', { 'a\n': 1 }],
    ['number', 1.5],
    ['number', 2 ** 53],
    ['number', Number.NaN],
    ['number', Number.POSITIVE_INFINITY],
    ['string', '\ud800'],
    ['string', 'x'.repeat(1_025)],
    ['string', 'é'.repeat(513)],
    ['array', new Array(513).fill(0)],
    ['type', undefined],
    ['type', { a: undefined }],
    ['type', new Array(2)],
    ['type', new Date(0)],
    ['type', new Map()],
    ['type', 1n],
    ['type', () => 1],
    ['depth', deep(13)],
    ['size', new Array(200).fill('x'.repeat(1_000))],
  ])('refused: %s', (code, value) => {
    expect(unwrapErr(canonicalize(value)).code).toBe(code)
  })

  test('the limits themselves are allowed', () => {
    for (const value of ['x'.repeat(1_024), new Array(512).fill(0), deep(12), new Array(127).fill('x'.repeat(1_024))]) {
      expect(canonicalize(value).ok).toBe(true)
    }
  })

  test('a cycle is refused as too deep', () => {
    const cycle: { self?: unknown } = {}
    cycle.self = cycle
    expect(unwrapErr(canonicalize(cycle)).code).toBe('depth')
  })

  test('finite numbers, where they are allowed', () => {
    expect(canonicalize([0.1, 1e21, null], { numbers: 'finite' })).toEqual({ ok: true, value: '[0.1,1e+21,null]' })
    expect(unwrapErr(canonicalize([Number.NaN], { numbers: 'finite' })).code).toBe('number')
  })
})

test('a section hash depends on the check, the content, and not on the order of keys', () => {
  const hex = (check: 'disk' | 'patch', body: unknown) => Buffer.from(unwrap(sectionHash(check, body))).toString('hex')
  expect(hex('disk', { a: 1, b: 2 })).toBe(hex('disk', { b: 2, a: 1 }))
  expect(hex('disk', { a: 1 })).not.toBe(hex('patch', { a: 1 }))
  expect(hex('disk', { a: 1 })).not.toBe(hex('disk', { a: 2 }))
  expect(unwrapErr(sectionHash('disk', { a: 0.5 })).code).toBe('number')
})
