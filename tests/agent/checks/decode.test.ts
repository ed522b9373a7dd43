/** Bytes → text → typed peeking: whatever comes in, nothing is thrown and nothing is slow. */
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { decode } from '../../../agent/checks/decode.ts'
import { parseJson, peek } from '../../../agent/checks/json.ts'

describe('decode', () => {
  it.each<[string, Uint8Array, string]>([
    ['UTF-8', Buffer.from('größe'), 'größe'],
    ['UTF-8 with a byte order mark', Buffer.from('\ufeffa'), 'a'],
    ['UTF-16LE', Buffer.from('\ufeffgröße\r\n', 'utf16le'), 'größe\n'],
    ['UTF-16BE', Buffer.from('\ufeffgröße', 'utf16le').swap16(), 'größe'],
    ['UTF-16LE without a mark, ASCII only', Buffer.from('size', 'utf16le'), 'size'],
    ['CRLF and NUL', Buffer.from('a\r\nb\0c'), 'a\nbc'],
    ['colors', Buffer.from('\u001b[1;31mred\u001b[0m'), 'red'],
    ['a title and a link', Buffer.from('\u001b]0;title\u0007x\u001b]8;;http://h\u001b\\y'), 'xy'],
    ['wrong bytes', Uint8Array.from([0x61, 0xff, 0x62]), 'a\ufffdb'],
    ['nothing', new Uint8Array(), ''],
  ])('%s', (_, bytes, text) => {
    expect(decode(bytes)).toBe(text)
  })

  it('looks at no more than it is told to', () => {
    expect(decode(Buffer.from('abcdef'), 3)).toBe('abc')
  })

  it('leaves no NUL, CR, escape or mark, whatever comes in', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 2_000 }), (bytes) => {
        expect(decode(bytes)).not.toMatch(/[\0\r\u001b\ufeff]/)
      }),
    )
  })

  it('is linear on 1 MiB made to backtrack', () => {
    for (const piece of ['\u001b[', '\u001b]', '\u001b[0;', '\u001b', '\u001b]0;a']) {
      const bytes = Buffer.from(piece.repeat(Math.ceil((1024 * 1024) / piece.length)))
      const before = performance.now()
      decode(bytes)
      expect(performance.now() - before).toBeLessThan(2_000)
    }
  })
})

describe('parseJson', () => {
  it('says empty or parse, never an exception', () => {
    expect(parseJson('  ')).toMatchObject({ ok: false, error: { code: 'empty' } })
    expect(parseJson('{"a":1}{"a":1}')).toMatchObject({ ok: false, error: { code: 'parse' } })
  })

  it('reads by type and takes anything else for not told', () => {
    const root = peek({
      a: { b: 7, t: ' x ', f: false, n: null, l: [1, 'two'], neg: -1, big: 2 ** 60, frac: 1.5, e: '' },
    })
    expect(root.count('a.b')).toBe(7)
    expect(root.text('a.t')).toBe('x')
    expect(root.flag('a.f')).toBe(false)
    expect(root.list('a.l').map((one) => one.value)).toEqual([1, 'two'])
    expect(root.number('a.frac')).toBe(1.5)
    expect(root.keys('a')).toContain('big')
    for (const path of ['a.neg', 'a.big', 'a.frac', 'a.t', 'a.n', 'x.y.z']) expect(root.count(path)).toBeNull()
    for (const path of ['a.b', 'a.e', 'a.n', 'a', '']) expect(root.text(path)).toBeNull()
    expect([root.has('a.n'), root.has('a.f'), root.has('a.zz')]).toEqual([false, true, false])
  })

  it('does not find what every object inherits', () => {
    const root = peek(JSON.parse('{"__proto__":{"polluted":true}}'))
    expect(root.has('constructor')).toBe(false)
    expect(root.has('constructor.name')).toBe(false)
    expect(peek({}).has('__proto__')).toBe(false)
    expect(Object.hasOwn(Object.prototype, 'polluted')).toBe(false)
  })

  it('never leaves half a character', () => {
    expect(peek({ t: 'a😀' }).text('t', 2)).toBe('a\ufffd')
  })

  it('is total on any JSON and any path', () => {
    fc.assert(
      fc.property(fc.jsonValue(), fc.string(), (value, path) => {
        const root = peek(value)
        root.text(path)
        root.count(path)
        root.list(path)
        root.keys(path)
        expect(typeof root.has(path)).toBe('boolean')
      }),
    )
  })

  it('survives 1 MiB of nesting', () => {
    const before = performance.now()
    parseJson('['.repeat(1024 * 1024))
    const deep = parseJson(`${'['.repeat(500_000)}${']'.repeat(500_000)}`)
    if (deep.ok) deep.value.list('')
    expect(performance.now() - before).toBeLessThan(5_000)
  })
})
