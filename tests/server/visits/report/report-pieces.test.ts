/** Small pieces of the report: hidden characters, the operator's colour and logo, fonts, order and numbers of parts. */
import { describe, expect, it } from 'vitest'
import { acceptLogo } from '../../../../server/visits/report/accept-logo.ts'
import { layOut, numberParts } from '../../../../server/visits/report/lay-out.ts'
import { makeVisible } from '../../../../server/visits/report/make-visible.ts'
import { INK, operatorColor } from '../../../../server/visits/report/operator-color.ts'
import { readReportFonts } from '../../../../server/visits/report/report-fonts.ts'
import { visitReportExample } from '../../../support/visit-report-example.ts'

describe('makeVisible', () => {
  it.each([
    ['a\u202eb', 'a‹U+202E›b'],
    ['a\u0000b', 'a‹U+0000›b'],
    ['\u{e0041}', '‹U+E0041›'],
    ['\ue000', '‹U+E000›'],
    ['a\r\nb\n\n\n\nc', 'a\nb\n\nc'],
    ['1\u202f200', '1\u00a0200'],
    ['\ud800', '\ufffd'],
    ['<b>&é', '<b>&é'],
  ])('shows %j as %j', (text, shown) => {
    expect(makeVisible(text)).toBe(shown)
  })
})

describe('operatorColor', () => {
  it('keeps a colour that reads on white, darkens one that does not, and refuses what is none', () => {
    expect(operatorColor('#0b5c69')).toBe('#0b5c69')
    expect(operatorColor('#ffcc00')).toMatch(/^#[0-9a-f]{6}$/)
    expect(operatorColor('#ffcc00')).not.toBe('#ffcc00')
    for (const none of [null, 'red', '#fff', '#0b5c69;}body{display:none', 'url(x)'])
      expect(operatorColor(none)).toBe(INK)
  })
})

describe('acceptLogo', () => {
  const svg = (inside: string) =>
    acceptLogo(Buffer.from(`<svg xmlns="http://www.w3.org/2000/svg">${inside}</svg>`), 'x')
  it('takes shapes', () => {
    expect(svg('<g fill="url(#a)"><path d="M0 0h9"/></g>').ok).toBe(true)
  })
  it.each([
    '<script>1</script>',
    '<image href="x"/>',
    '<path onload="x"/>',
    '<use href="http://x"/>',
    '<style>*{}</style>',
    '<text>x</text>',
    '<path fill="url(http://x)"/>',
    '<a href="#x"/>',
    '&x;',
    '<!ENTITY x "y">',
    '<foreignObject/>',
    '<path style="x"/>',
  ])('refuses %s', (inside) => {
    expect(svg(inside)).toEqual({ ok: false, error: 'active' })
  })
  it('refuses other files and large ones', () => {
    expect(acceptLogo(Buffer.from('GIF89a'), 'x')).toEqual({ ok: false, error: 'type' })
    expect(acceptLogo(Buffer.alloc(300_000), 'x')).toEqual({ ok: false, error: 'size' })
  })
})

it('reads what the fonts draw', () => {
  const { draws, blobs, serif } = readReportFonts()
  const drawn = (text: string) => Array.from(text).every((c) => draws(c.codePointAt(0) ?? 0))
  expect(blobs).toHaveLength(25)
  expect(serif.at(0)).toBe('Source Serif 4')
  expect(drawn('Aé€–‹›ŁőПрΩ−…')).toBe(true)
  expect(['中', 'ع', '😀', '\u0007'].filter(drawn)).toEqual([])
})

it('numbers the parts that are there, as they are printed', () => {
  const example = visitReportExample('fr')
  const report = { ...example, parts: { ...example.parts, changes: null, machines: null } }
  const printed = layOut(report).flatMap((block) =>
    block.kind === 'heading' && block.level === 2 ? [block.number] : [],
  )
  expect([...numberParts(report)]).toEqual([
    ['decisions', 2],
    ['backup', 3],
    ['acceptedRisks', 4],
    ['next', 5],
    ['unseen', 6],
  ])
  expect(printed).toEqual(['2', '3', '4', '5', '6', 'A', 'B', 'C'])
})
