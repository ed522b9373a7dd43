/** The HTML report: self-contained, literal, the same bytes for the same report. */
import fc from 'fast-check'
import { expect, it } from 'vitest'
import { makeVisible } from '../../../../server/visits/report/make-visible.ts'
import { renderHtml } from '../../../../server/visits/report/render-html.ts'
import type { VisitReport } from '../../../../server/visits/report/visit-report.ts'
import { arbitraryVisitReport } from '../../../support/arbitrary-visit-report.ts'
import { describeWithBrowser, openBrowser } from '../../../support/browser.ts'
import { axeViolations } from '../../../support/e2e-look.ts'
import { HOSTILE_TEXTS, LONG_WORD } from '../../../support/hostile-texts.ts'
import { mapTexts, visitReportExample } from '../../../support/visit-report-example.ts'

/** Fields that no page shows as they are: a colour is a colour or nothing, minutes are parsed, `none` stands for rows that are there. */
const UNSHOWN = new Set(['color', 'markdown', 'none'])
const ENTITIES: { readonly [entity: string]: string } = {
  '&amp;': '&',
  '&lt;': '<',
  '&gt;': '>',
  '&quot;': '"',
  '&#39;': "'",
}
const TAGS = new Set(
  'html head meta title style body main header footer section p h1 h2 h3 ul li dl div dt dd span b strong em br wbr bdi small table caption thead tbody tr th td figure figcaption svg g path circle rect text img'.split(
    ' ',
  ),
)

/** Text of the page as a reader sees it, without anything that a browser would not show. */
const textOf = (html: string) =>
  html
    .replace(/<style>.*?<\/style>/s, '')
    .replace(/<wbr>/g, '')
    .replace(/<[^>]*>/g, '\n')
    .replace(/&(?:amp|lt|gt|quot|#39);/g, (entity) => ENTITIES[entity] ?? '')

it('holds every hostile text in every field literally, and no markup of its own making', () => {
  expect(HOSTILE_TEXTS).toHaveLength(100)
  for (const payload of [...HOSTILE_TEXTS, LONG_WORD]) {
    let fields = 0
    const report = mapTexts(visitReportExample('en'), (text, key) => {
      if (UNSHOWN.has(key)) return text
      fields += 1
      return `${payload} f${fields}.`
    }) as VisitReport
    const html = renderHtml(report)
    const text = textOf(html)
    const missing = Array.from({ length: fields }, (_, i) => makeVisible(`${payload} f${i + 1}.`)).filter(
      (one) =>
        !text.includes(one) &&
        !html.includes(
          one.replace(/[&<>"']/g, (c) => Object.entries(ENTITIES).find(([, plain]) => plain === c)?.[0] ?? c),
        ),
    )
    expect(missing).toEqual([])
    const tags = new Set([...html.matchAll(/<\/?([a-z][a-z0-9]*)/gi)].map(([, tag = '']) => tag))
    expect([...tags].filter((tag) => !TAGS.has(tag))).toEqual([])
  }
})

it('names no address, runs nothing and allows nothing but its own style, fonts and images', () => {
  const html = renderHtml(visitReportExample('fr'))
  const policy = /http-equiv="Content-Security-Policy" content="([^"]*)"/.exec(html)?.[1]?.replaceAll('&#39;', "'")
  expect(policy).toMatch(
    /^default-src 'none'; style-src 'sha256-[^ ]{44}'; img-src data:; font-src data:; base-uri 'none'/,
  )
  const addresses = [...html.matchAll(/(?:src|href|url)\s*[=(]\s*["']?([^"')\s]+)/g)].map(([, address = '']) => address)
  expect(addresses.filter((address) => !address.startsWith('data:font/woff2;base64,'))).toEqual([])
  expect(html).not.toMatch(/<script|<link|<iframe|\son[a-z]+=|javascript:/i)
  expect(html).toContain('<html lang="fr">')
})

it('puts a tick before what is done, the mark of a risk before one that is accepted, and none before what is put off', () => {
  const markOf = (state: 'good' | 'accepted' | null) => {
    const report = mapTexts(visitReportExample('en'), (text) => text) as VisitReport
    const { decisions } = report.parts
    if (decisions === null) throw new Error('the example has decisions')
    const answer = { kind: 'decided', state, short: 's', choice: 'The choice', text: 't' } as const
    const items = decisions.items.slice(0, 1).map((one) => ({ ...one, answer }))
    const html = renderHtml({ ...report, parts: { ...report.parts, decisions: { ...decisions, items } } })
    return /<p class="answer pre">(.*?)<b>/s.exec(html)?.[1] ?? 'no answer'
  }
  const marks = [markOf('good'), markOf('accepted'), markOf(null)]
  expect(marks[0]).toContain('#3d6e52')
  expect(marks[1]).toContain('#464b50')
  expect(marks[1]).not.toContain('#3d6e52')
  expect(marks[2]).toBe('')
})

it('gives equal bytes for equal reports', () => {
  expect(renderHtml(structuredClone(visitReportExample('en')))).toBe(renderHtml(visitReportExample('en')))
})

it('renders any report', () => {
  fc.assert(
    fc.property(arbitraryVisitReport(), (report) => renderHtml(report).startsWith('<!doctype html>')),
    { numRuns: 60 },
  )
})

it('leaves out parts that are not there, and numbers follow', () => {
  const example = visitReportExample('en')
  const html = renderHtml({ ...example, parts: { ...example.parts, changes: null, backup: null } })
  expect([...html.matchAll(/<span class="n">([^<]*)<\/span>/g)].map(([, number]) => number)).toEqual([
    '2',
    '3',
    '4',
    '5',
    '6',
    'A',
    'B',
    'C',
  ])
})

describeWithBrowser('in Chromium', () => {
  it('is accessible, fits every width, and fetches and runs nothing', async () => {
    const { browser, close } = await openBrowser()
    try {
      const page = await browser.newPage()
      const problems: string[] = []
      page.on('console', (message) => problems.push(message.text()))
      page.on('request', (request) => {
        if (!request.url().startsWith('data:') && request.url() !== 'http://report.test/') problems.push(request.url())
      })
      const report = mapTexts(visitReportExample('fr'), (text, key) =>
        key === 'what' ? `${text} ${HOSTILE_TEXTS[1]} ${LONG_WORD}` : text,
      ) as VisitReport
      await page.route('http://report.test/', (route) =>
        route.fulfill({ contentType: 'text/html', body: renderHtml(report) }),
      )
      await page.goto('http://report.test/')
      for (const width of [320, 820, 1440]) {
        await page.setViewportSize({ width, height: 900 })
        expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(width)
      }
      expect(problems).toEqual([])
      expect(await axeViolations(page)).toEqual([])
      expect(await page.evaluate(() => document.fonts.check('600 16px "Source Serif 4"'))).toBe(true)
    } finally {
      await close()
    }
  })
})
