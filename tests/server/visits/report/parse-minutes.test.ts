/** The Markdown subset of the minutes: what it knows, and that everything else stays as it was typed. */
import fc from 'fast-check'
import { expect, it } from 'vitest'
import { type MinutesBlock, parseMinutes } from '../../../../server/visits/report/parse-minutes.ts'
import { renderHtml } from '../../../../server/visits/report/render-html.ts'
import { visitReportExample } from '../../../support/visit-report-example.ts'

const plain = (text: string) => ({ text, style: 'plain' }) as const

it('knows paragraphs, lists, bold and emphasis', () => {
  expect(parseMinutes('One **two** *three*\nfour\n\n- a\n* b\n\nlast')).toEqual([
    {
      kind: 'paragraph',
      spans: [
        plain('One '),
        { text: 'two', style: 'bold' },
        plain(' '),
        { text: 'three', style: 'emphasis' },
        plain('\nfour'),
      ],
    },
    { kind: 'list', items: [[plain('a')], [plain('b')]] },
    { kind: 'paragraph', spans: [plain('last')] },
  ])
})

it('knows headings, which end what stands before them', () => {
  expect(parseMinutes('# Backup **now** \nDone.\n## Next\n- a\n   ### Last\n\n\ttext # no')).toEqual([
    { kind: 'heading', spans: [plain('Backup '), { text: 'now', style: 'bold' }] },
    { kind: 'paragraph', spans: [plain('Done.')] },
    { kind: 'heading', spans: [plain('Next')] },
    { kind: 'list', items: [[plain('a')]] },
    { kind: 'heading', spans: [plain('Last')] },
    { kind: 'paragraph', spans: [plain('text # no')] },
  ])
})

it.each([
  '#not a heading',
  '####### seven',
  '#',
  '[x](http://evil.example)',
  '<b>x</b>',
  '`code`',
  '2 * 3 * 4',
  '**open',
  '*open',
  '1. one',
  '_x_',
  '***',
])('leaves %s as it is', (text) => {
  expect(parseMinutes(text)).toEqual([{ kind: 'paragraph', spans: [plain(text)] }])
})

it('stand in the page as headings below that of the annex, with literal text', () => {
  const report = visitReportExample('en')
  const heading = report.annexes.minutes?.heading ?? ''
  const minutes = { heading, markdown: '# Backup <b>' }
  const html = renderHtml({ ...report, annexes: { ...report.annexes, minutes } })
  expect(html).toContain('<h3>Backup &lt;b&gt;</h3>')
})

const textOf = (blocks: readonly MinutesBlock[]) =>
  blocks
    .flatMap((block) => (block.kind === 'list' ? block.items.flat() : block.spans))
    .map(({ text }) => text)
    .join('')

it('loses no letter, whatever is typed', () => {
  fc.assert(
    fc.property(
      fc.string({ unit: fc.constantFrom('a', 'b', '*', '#', '-', ' ', '\n', '\r'), maxLength: 60 }),
      (text) => {
        const letters = (one: string) => one.replace(/[^ab]/g, '')
        expect(letters(textOf(parseMinutes(text)))).toBe(letters(text))
      },
    ),
  )
})

it('reads a long line of markers once', () => {
  const blocks = parseMinutes(`${'*a '.repeat(20_000)}${'**b'.repeat(20_000)}`)
  expect(blocks).toHaveLength(1)
})
