/** JSON that may be printed on a terminal: equal JSON, and nothing in it that a terminal acts upon. */
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { encodeJson } from '../../shared/encode-json.ts'

test.each([
  ['C1', 'a\u009b31mb', '"a\\u009b31mb"'],
  ['DEL', '\u007f', '"\\u007f"'],
  ['an override of direction', '\u202egnp.exe', '"\\u202egnp.exe"'],
  ['isolates and marks', '\u2066\u200f\u061c', '"\\u2066\\u200f\\u061c"'],
  ['zero width and byte order', '\u200b\u2060\ufeff', '"\\u200b\\u2060\\ufeff"'],
  ['line ends of Unicode', '\u2028\u2029', '"\\u2028\\u2029"'],
  ['a tag beyond the first plane', '\u{e0041}', '"\\udb40\\udc41"'],
  ['what JSON.stringify escapes by itself', '\u001b\n"\\', '"\\u001b\\n\\"\\\\"'],
  ['half a character', '\ud800', '"\\ud800"'],
])('%s comes out escaped', (_name, text, json) => {
  expect(encodeJson(text)).toBe(json)
})

test('letters of every script stay readable', () => {
  expect(encodeJson({ name: 'Boulangerie Éloïse 日本 עברית 😀' })).toBe('{"name":"Boulangerie Éloïse 日本 עברית 😀"}')
})

test('an indented text keeps its line ends', () => {
  expect(encodeJson({ a: ['\u0085'] }, 2)).toBe('{\n  "a": [\n    "\\u0085"\n  ]\n}')
})

test('whatever it is, the value that is read back is the same, and one line holds nothing unsafe', () => {
  const anyText = fc.string({ unit: 'binary' })
  fc.assert(
    fc.property(fc.dictionary(anyText, anyText, { maxKeys: 4 }), (value) => {
      const json = encodeJson(value)
      expect(JSON.parse(json)).toEqual(JSON.parse(JSON.stringify(value)))
      expect(json).not.toMatch(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/u)
    }),
    { numRuns: 50 },
  )
})
