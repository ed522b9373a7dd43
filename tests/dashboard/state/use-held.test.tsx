/** The page never moves under the reader: rows stay in place, new ones wait, a page that nobody reads takes the newest list. */
import fc from 'fast-check'
import { beforeEach, describe, expect, it } from 'vitest'
import { hold, type Incoming, useHeld } from '../../../dashboard/src/state/use-held.ts'
import { drawer, installBrowser } from '../support/fake-browser.ts'

const item = (key: string, row = key, section = 's'): Incoming<string> => ({ key, section, row })
const list = (keys: string): readonly Incoming<string>[] => [...keys].map((key) => item(key))
const shown = (keys: string) => list(keys).map((one) => ({ ...one, gone: false }))

describe('hold', () => {
  it.each([
    ['nothing changed', 'abc', 'abc', 'abc', 0],
    ['another order', 'abc', 'cba', 'abc', 0],
    ['new ones, wherever they would stand', 'abc', 'xaybzc', 'abc', 3],
    ['one that left stays, marked', 'abc', 'ac', 'aBc', 0],
    ['all left', 'ab', '', 'AB', 0],
    ['another list', 'ab', 'cd', 'AB', 2],
  ])('%s', (_name, before, latest, rows, waiting) => {
    const held = hold(shown(before), list(latest))
    expect(held.rows.map(({ key, gone }) => (gone ? key.toUpperCase() : key)).join('')).toBe(rows)
    expect(held.waiting).toBe(waiting)
  })

  it('takes the newest content in place, and the section where a row was first shown', () => {
    const { rows } = hold(shown('ab'), [item('b', 'new text', 'other')])
    expect(rows[1]).toEqual({ key: 'b', row: 'new text', section: 's', gone: false })
    expect(rows[0]).toEqual({ key: 'a', row: 'a', section: 's', gone: true })
  })

  it('takes back what had left', () => {
    const [row] = hold([{ ...item('a'), gone: true }], list('a')).rows
    expect(row?.gone).toBe(false)
  })

  it('never moves, drops or adds a row, and counts each new one once', () => {
    const keys = fc.uniqueArray(fc.constantFrom(...'abcdefgh'), { maxLength: 8 })
    fc.assert(
      fc.property(keys, keys, (before, latest) => {
        const held = hold(shown(before.join('')), list(latest.join('')))
        expect(held.rows.map(({ key }) => key)).toEqual(before)
        expect(held.waiting).toBe(latest.filter((key) => !before.includes(key)).length)
        expect(held.rows.filter(({ gone }) => gone).map(({ key }) => key)).toEqual(
          before.filter((key) => !latest.includes(key)),
        )
      }),
    )
  })
})

describe('useHeld', () => {
  let browser: ReturnType<typeof installBrowser>
  let page: Awaited<ReturnType<typeof drawer>>
  beforeEach(async () => {
    browser = installBrowser()
    page = await drawer()
  })

  function List({ subject = 'today', keys }: { subject?: string; keys: string }) {
    const { rows, waiting, reveal } = useHeld(subject, list(keys))
    return (
      <button type="button" onClick={reveal}>
        {rows.map(({ key, gone }) => (gone ? key.toUpperCase() : key)).join('')} {waiting}
      </button>
    )
  }
  const text = () => page.root.textContent
  const press = (key: string, more: object = {}) => page.act(() => browser.fireWindow('keydown', { key, ...more }))

  it('keeps what is read in place and shows the rest when asked', async () => {
    await page.draw(<List keys="ab" />)
    await page.draw(<List keys="xb" />)
    expect(text()).toBe('Ab 1')
    await page.act(() => page.root.one('button').fire('click'))
    expect(text()).toBe('xb 0')
  })

  it('shows the rest at the key n, but not while somebody types or means a command', async () => {
    await page.draw(<List keys="a" />)
    await page.draw(<List keys="ba" />)
    const Input = globalThis.HTMLInputElement as unknown as new (type: number, name: string) => object
    await press('n', { target: new Input(1, 'input') })
    await press('n', { ctrlKey: true })
    await press('n', { metaKey: true })
    await press('n', { altKey: true })
    await press('m')
    expect(text()).toBe('a 1')
    await press('n')
    expect(text()).toBe('ba 0')
  })

  it('takes the newest list while nobody looks', async () => {
    await page.draw(<List keys="a" />)
    browser.document.hidden = true
    await page.draw(<List keys="ba" />)
    expect(text()).toBe('ba 0')
  })

  it('takes the newest list where nothing was, or nothing is left', async () => {
    await page.draw(<List keys="" />)
    await page.draw(<List keys="a" />)
    expect(text()).toBe('a 0')
    await page.draw(<List keys="" />)
    expect(text()).toBe('A 0')
    await page.draw(<List keys="b" />)
    expect(text()).toBe('b 0')
  })

  it('starts over with another subject', async () => {
    await page.draw(<List keys="ab" />)
    await page.draw(<List subject="other" keys="cb" />)
    expect(text()).toBe('cb 0')
  })
})
