/** Reading large JSON in pieces is reading JSON: the same values, the same refusals, and the loop turns meanwhile. */
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { parseInPieces } from '../../../server/visits/parse-in-pieces.ts'
import { HOSTILE_TEXTS } from '../../support/hostile-texts.ts'

const bytes = (text: string) => Buffer.from(text, 'utf8')
const same = async (value: unknown) => {
  const text = JSON.stringify(value)
  expect(await parseInPieces(bytes(text))).toEqual(JSON.parse(text))
}

describe('parseInPieces', () => {
  it('gives what JSON.parse gives', async () => {
    const value = fc.jsonValue({ maxDepth: 4, stringUnit: 'binary' })
    const members = fc.dictionary(fc.string({ unit: 'binary' }), fc.oneof(value, fc.array(value)), {
      noNullPrototype: true,
    })
    await fc.assert(fc.asyncProperty(members, same), { numRuns: 300 })
  })

  it('takes brackets, quotes and backslashes in strings for what they are', async () => {
    await same({ machines: HOSTILE_TEXTS.map((name) => ({ name, [name]: [name, { name }] })), last: '\\"]}' })
    await same({ '"a\\': ['"', '\\', '\\"', '[', ']', '{', '}', ','], b: [[], {}, [[]]], c: [], d: {} })
    await same({})
  })

  it('keeps a member named __proto__ a member', async () => {
    const read = await parseInPieces(bytes('{"__proto__":[{"x":1}],"a":1}'))
    expect(Object.getPrototypeOf(read)).toBe(Object.prototype)
    expect(Object.keys(read as object)).toEqual(['__proto__', 'a'])
  })

  it.each([
    '',
    '[',
    '{',
    '{"a"',
    '{"a":',
    '{"a":[1',
    '{"a":[1,',
    '{"a":[1]',
    '{"a":1}x',
    '{"a":[1]]}',
    '{"a":[,]}',
    '{,}',
  ])('refuses %s as JSON.parse does', async (text) => {
    expect(() => JSON.parse(text)).toThrow()
    await expect(parseInPieces(bytes(text))).rejects.toThrow(SyntaxError)
  })

  it('lets others have their turn', async () => {
    const machine = { checks: Array.from({ length: 400 }, (_, n) => ({ n, text: 'x'.repeat(40) })) }
    const large = bytes(JSON.stringify({ machines: Array.from({ length: 200 }, () => machine) }))
    let turns = 0
    let isOver = false
    const count = () => {
      turns += 1
      if (!isOver) setImmediate(count)
    }
    setImmediate(count)
    await parseInPieces(large)
    isOver = true
    expect(turns).toBeGreaterThan(2)
  })
})
