/** The PDF: tagged, literal, equal bytes for equal reports, and nothing in it that runs or fetches. */
import { writeFileSync } from 'node:fs'
import path from 'node:path'
import fc from 'fast-check'
import { afterAll, expect, it } from 'vitest'
import { codePointText, makeVisible } from '../../../../server/visits/report/make-visible.ts'
import { endRenderer, renderReport } from '../../../../server/visits/report/render-report.ts'
import { readReportFonts } from '../../../../server/visits/report/report-fonts.ts'
import { typesetPdf } from '../../../../server/visits/report/typeset-pdf.ts'
import type { VisitReport } from '../../../../server/visits/report/visit-report.ts'
import { arbitraryVisitReport } from '../../../support/arbitrary-visit-report.ts'
import { HOSTILE_TEXTS, LONG_WORD } from '../../../support/hostile-texts.ts'
import { describeUnless } from '../../../support/loud-skip.ts'
import { runProgram } from '../../../support/run-program.ts'
import { tempFolder } from '../../../support/tmp.ts'
import { mapTexts, visitReportExample } from '../../../support/visit-report-example.ts'

const ENTITIES = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" } as const

afterAll(endRenderer)

async function pdfOf(report: VisitReport): Promise<Uint8Array> {
  const rendered = await renderReport({ report })
  if (!rendered.ok) throw new Error(`${rendered.error.code}: ${rendered.error.detail}`)
  return rendered.value.pdf
}

it('gives equal bytes for equal reports, in whatever process', async () => {
  const [first, again] = await Promise.all([pdfOf(visitReportExample('fr')), pdfOf(visitReportExample('fr'))])
  const here = typesetPdf(visitReportExample('fr'))
  expect(Buffer.compare(first, again)).toBe(0)
  expect(here.ok && Buffer.compare(first, here.value)).toBe(0)
  expect(first.length).toBeLessThan(400_000)
})

it('renders any report, after ones that were refused too', async () => {
  const logo = {
    mediaType: 'image/png',
    base64: Buffer.from('\x89PNG\r\n\x1a\nbroken', 'latin1').toString('base64'),
    alt: 'x',
  } as const
  const example = visitReportExample('en')
  expect((await pdfOf({ ...example, operator: { ...example.operator, logo } })).length).toBeGreaterThan(10_000)
  fc.assert(
    fc.property(arbitraryVisitReport(), (report) => {
      const pdf = typesetPdf(report)
      expect(pdf.ok ? null : pdf.error.detail).toBeNull()
    }),
    { numRuns: 12, endOnFailure: true },
  )
})

it('holds nothing that runs, links or attaches', async () => {
  const report = mapTexts(visitReportExample('en'), (text, key) =>
    key === 'color' ? text : `${text} http://evil.example/`,
  ) as VisitReport
  const pdf = Buffer.from(await pdfOf(report)).toString('latin1')
  expect(pdf).not.toMatch(/\/(?:JS|JavaScript|URI|Launch|EmbeddedFile|OpenAction|AA|SubmitForm|GoToR)\b/)
})

const poppler = await runProgram('pdftotext', ['-v'])
describeUnless(
  poppler.code === null ? 'pdftotext (poppler-utils) is not installed' : null,
  'as poppler reads it',
  () => {
    const folder = tempFolder('visit-report')
    const readWith = async (program: string, ...args: readonly string[]) => (await runProgram(program, args)).stdout
    async function write(report: VisitReport): Promise<string> {
      const file = path.join(folder, 'report.pdf')
      writeFileSync(file, await pdfOf(report))
      return file
    }
    const squeeze = (text: string) => text.replace(/[\s\u200b]/g, '')

    /** The words of `-bbox` stand in XHTML; the other readings are plain and have no such tags. */
    const withoutTags = (text: string) =>
      text.includes('</doc>')
        ? text
            .replace(/<[^>]*>/g, '')
            .replace(/&(amp|lt|gt|quot|apos);/g, (_, name: keyof typeof ENTITIES) => ENTITIES[name])
        : text

    it('is tagged, has its title, and uses the fonts of the product only', async () => {
      const file = await write(visitReportExample('fr'))
      const info = await readWith('pdfinfo', file)
      expect(info).toMatch(/Tagged: +yes/)
      expect(info).toContain('Title:           Rapport de visite, Menuiserie Aubertin, 24 novembre 2026')
      expect(info).toMatch(/JavaScript: +no/)
      const fonts = (await readWith('pdffonts', file)).trim().split('\n').slice(2)
      expect(fonts.length).toBeGreaterThan(3)
      expect(fonts.filter((line) => !/^[A-Z]{6}\+Source(?:Serif4|Sans3)/.test(line))).toEqual([])
      const structure = await readWith('pdfinfo', '-struct', file)
      for (const tag of ['H1', 'H2', 'H3', 'Table', 'TH', 'TD', 'Figure']) expect(structure).toContain(tag)
    })

    it('shows every hostile text literally, in fields of every part', async () => {
      const { draws } = readReportFonts()
      const drawable = (text: string) =>
        Array.from(makeVisible(text).normalize('NFC'), (c) =>
          c === '\n' || draws(c.codePointAt(0) ?? 0) ? c : codePointText(c),
        ).join('')
      for (const round of [0, 50]) {
        const expected: string[] = []
        const report = mapTexts(visitReportExample('en'), (_, key) => {
          const text = `${HOSTILE_TEXTS[(expected.length + round) % 100]} f${expected.length}.`
          if (!['color', 'markdown', 'alt', 'documentTitle', 'none'].includes(key)) expected.push(text)
          return text
        }) as VisitReport
        const file = await write(report)
        // Three readings: poppler 22.12 drops a closing quote at the end of a line from one or the other.
        const readings = await Promise.all(
          [['-raw'], [], ['-bbox']].map(async (how) =>
            squeeze(withoutTags(await readWith('pdftotext', ...how, file, '-'))),
          ),
        )
        expect(expected.length).toBeGreaterThan(100)
        expect(expected.filter((one) => !readings.some((text) => text.includes(squeeze(drawable(one)))))).toEqual([])
      }
    })

    it('breaks a word that no column holds, and leaves it whole for who copies it', async () => {
      const report = mapTexts(visitReportExample('en'), (text, key) =>
        key === 'machine' || key === 'client' ? LONG_WORD : text,
      ) as VisitReport
      const file = await write(report)
      expect(squeeze(await readWith('pdftotext', '-raw', file, '-'))).toContain(LONG_WORD)
      const boxes = await readWith('pdftotext', '-bbox', file, '-')
      const right = [...boxes.matchAll(/xMax="([\d.]+)"/g)].map(([, x]) => Number(x))
      expect(Math.max(...right)).toBeLessThan(595 - 55)
    })
  },
)
