/** Strings from PCs on the page: text only, hidden characters shown, cut in the middle, commands only where the catalogue put them. */
import fc from 'fast-check'
import { beforeEach, describe, expect, it } from 'vitest'
import { cutMiddle, Given, makeVisible } from '../../../dashboard/src/components/given.tsx'
import { Said } from '../../../dashboard/src/components/said.tsx'
import { drawer, installBrowser } from '../support/fake-browser.ts'

/** Any text, control characters and halves of pairs among it. */
const anyText = fc
  .array(fc.integer({ min: 0, max: 0x10ffff }), { maxLength: 80 })
  .map((codes) => String.fromCodePoint(...codes))

describe('makeVisible', () => {
  it.each([
    ['nothing to show', 'SRV-01 é ü 日本 🖨', 'SRV-01 é ü 日本 🖨'],
    ['a null', 'a\u0000b', 'a⟨0000⟩b'],
    ['an escape sequence', '\u001b[31m', '⟨001B⟩[31m'],
    ['a new line', 'a\nb', 'a⟨000A⟩b'],
    ['C1', '\u0085', '⟨0085⟩'],
    ['a text turned around', 'TURNED\u202egpj.exe', 'TURNED⟨202E⟩gpj.exe'],
    ['isolates', '\u2066a\u2069', '⟨2066⟩a⟨2069⟩'],
    ['the Arabic letter mark', 'a\u061cb', 'a⟨061C⟩b'],
    ['zero width', 'a\u200bb\ufeff', 'a⟨200B⟩b⟨FEFF⟩'],
    ['a soft hyphen', 'pay\u00adpal', 'pay⟨00AD⟩pal'],
    ['line and paragraph separators', 'a\u2028b\u2029', 'a⟨2028⟩b⟨2029⟩'],
    ['tags that spell a hidden text', 'a\u{e0041}\u{e007f}', 'a⟨E0041⟩⟨E007F⟩'],
    ['a filler that looks like nothing', 'a\u3164b\u2800', 'a⟨3164⟩b⟨2800⟩'],
    ['half a pair', 'a\ud800b', 'a⟨D800⟩b'],
    ['spaces of the catalogue stay', '4\u00a0Go : 1\u202f000', '4\u00a0Go : 1\u202f000'],
  ])('%s', (_name, text, visible) => expect(makeVisible(text)).toBe(visible))

  it('leaves nothing hidden, and nothing to do twice', () => {
    fc.assert(
      fc.property(anyText, (text) => {
        const visible = makeVisible(text)
        expect(visible).not.toMatch(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Cs}]/u)
        expect(makeVisible(visible)).toBe(visible)
      }),
    )
  })
})

describe('cutMiddle', () => {
  const long = 'abcdefghijklmnopqrstuvwxyz'.repeat(2)
  it.each([
    ['nothing', '', ''],
    ['48 characters', long.slice(0, 48), long.slice(0, 48)],
    ['49', long.slice(0, 49), `${long.slice(0, 22)}…${long.slice(27, 49)}`],
    ['48 of two units each', '🖨'.repeat(48), '🖨'.repeat(48)],
    ['49 of two units each', '🖨'.repeat(49), `${'🖨'.repeat(22)}…${'🖨'.repeat(22)}`],
  ])('%s', (_name, text, cut) => expect(cutMiddle(text)).toBe(cut))

  it('keeps both ends, at most 48 characters, and never half of one', () => {
    fc.assert(
      fc.property(anyText.map(makeVisible), (text) => {
        const cut = cutMiddle(text)
        expect([...cut].length).toBeLessThanOrEqual(48)
        expect(cut.isWellFormed()).toBe(true)
        if (cut === text) return
        const all = [...cut]
        expect(all).toHaveLength(45)
        expect(text.startsWith(all.slice(0, 22).join(''))).toBe(true)
        expect(text.endsWith(all.slice(-22).join(''))).toBe(true)
      }),
    )
  })
})

describe('on the page', () => {
  let page: Awaited<ReturnType<typeof drawer>>
  beforeEach(async () => {
    installBrowser()
    page = await drawer()
  })

  it('a given text has its own direction, and its whole self in the title when it was cut', async () => {
    const long = `C:\\${'x'.repeat(60)}\u202e.exe`
    await page.draw(<Given text={long} />)
    const bdi = page.root.one('bdi')
    expect(bdi.getAttribute('dir') ?? Reflect.get(bdi, 'dir')).toBe('auto')
    expect(bdi.textContent).toHaveLength(45)
    expect(bdi.getAttribute('title')).toBe(makeVisible(long))
    await page.draw(<Given text="short" />)
    expect([page.root.textContent, page.root.one('bdi').getAttribute('title')]).toEqual(['short', null])
    await page.draw(<Given text={long} whole />)
    expect(page.root.textContent).toBe(makeVisible(long))
  })

  it.each([
    ['no command', 'Read it.', 'Read it.', []],
    ['a command', 'Run `apt update` now.', 'Run apt update now.', ['apt update']],
    ['two', '`a` then `b`.', 'a then b.', ['a', 'b']],
    ['a backtick of a PC', 'PC` is full. Run `df`.', 'PC` is full. Run `df`.', []],
    ['markup of a PC', '<img onerror=x> `df`', '<img onerror=x> df', ['df']],
    ['a turned text', 'a\u202eb', 'a⟨202E⟩b', []],
  ])('a sentence with %s', async (_name, text, shown, codes) => {
    await page.draw(<Said text={text} />)
    expect(page.root.textContent).toBe(shown)
    expect(page.root.all('code').map((code) => code.textContent)).toEqual(codes)
    expect(page.root.all('img')).toEqual([])
  })
})
