/** Text of a family's lines: made again when a line changed, and only then. */
import { expect, test } from 'vitest'
import { NO_LINES, seriesHead } from '../../../server/metrics/exposition.ts'
import { FamilyLines } from '../../../server/metrics/family-lines.ts'

const HEAD = seriesHead('a', 'l="1"')

function finish(family: FamilyLines, ...lines: readonly (readonly [string, number])[]) {
  for (const [head, value] of lines) family.add(head, value)
  return family.finish()
}

test.each([
  [0, 'a{l="1"} 0\n'],
  [-0.5, 'a{l="1"} -0.5\n'],
  [1e21, 'a{l="1"} 1e+21\n'],
  [Number.NaN, ''],
  [Number.POSITIVE_INFINITY, ''],
])('a line of %d', (value, text) => {
  expect(finish(new FamilyLines(), [HEAD, value])).toEqual({ text, lines: text === '' ? 0 : 1 })
})

test('the block stays the same one until a value, a head or the number of lines changes', () => {
  const family = new FamilyLines()
  const first = finish(family, ['a{} ', 1], ['b{} ', 2])
  expect(first).toEqual({ text: 'a{} 1\nb{} 2\n', lines: 2 })
  expect(finish(family, ['a{} ', 1], ['b{} ', 2])).toBe(first)
  expect(finish(family, ['a{} ', 1], ['b{} ', 3]).text).toBe('a{} 1\nb{} 3\n')
  expect(finish(family, ['c{} ', 1], ['b{} ', 3]).text).toBe('c{} 1\nb{} 3\n')
  expect(finish(family, ['b{} ', 3]).text).toBe('b{} 3\n')
  expect(finish(family, ['b{} ', Number.NaN])).toBe(NO_LINES)
  expect(finish(family, ['b{} ', 3], ['d{} ', 4]).text).toBe('b{} 3\nd{} 4\n')
  expect(first.text).toBe('a{} 1\nb{} 2\n')
})
