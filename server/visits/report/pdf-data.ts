/** What the Typst template reads: the report's blocks, with every text fit to be drawn by the report's fonts. Pure. */
import { PRINT_INK } from '../../../shared/charts/chart-ink.ts'
import { dial } from '../../../shared/charts/dial.ts'
import { acceptLogo } from './accept-logo.ts'
import { layOut } from './lay-out.ts'
import { layCoverDecisions } from './lay-tables.ts'
import { codePointText, makeVisible } from './make-visible.ts'
import { operatorColor } from './operator-color.ts'
import type { ReportFonts } from './report-fonts.ts'
import type { ReportLogo, VisitReport } from './visit-report.ts'

/** Where a long word may break; makeVisible leaves no private character in a text, so only we can set them. */
const BREAK = '\ue000'
const FORCED_BREAK = '\ue001'
const LONG_WORD = /[^ \n]{25,}/g
/** Pieces of 8 to 15 that end between two letters or digits, where an empty box breaks a line; else of 16. */
const PIECES = /.{8,15}?(?<=[\p{L}\p{N}])(?=[\p{L}\p{N}])|.{1,16}/gsu
const PLAIN_BREAK = /(?<=[\p{L}\p{N}])\ue001(?=[\p{L}\p{N}])/gu
const MARK = /\p{M}/u
const REGIONS = { en: 'GB', fr: 'FR' } as const
/** Order of the legend of the marks (ui.md 12). */
export const LEGEND = ['urgent', 'attention', 'note', 'not-proven', 'accepted', 'good'] as const
/** Members that are not read on paper: descriptions of images and drawings. */
const NOT_DRAWN = new Set(['alt', 'svg', 'kind', 'state', 'look', 'size', 'style'])

/** @returns the JSON for the template. A logo that is not acceptable is left out. */
export function pdfData(report: VisitReport, fonts: Omit<ReportFonts, 'blobs'>, withLogo: boolean): string {
  const { operator, words, footer, cover, parts } = report
  const decisions = parts.decisions === null || parts.decisions.items.length === 0 ? null : parts.decisions
  const drawn = {
    name: operator.name,
    role: operator.role,
    contact: operator.contact,
    title: report.documentTitle,
    footer: footer.text,
    dialLegend: words.dialLegend,
    shapesLegend: words.shapesLegend,
    legend: LEGEND.map((state) => ({ state, word: words.states[state] })),
    cover: {
      ...cover,
      dials: cover.dials.map((one) => ({ ...one, svg: dial({ ...one, label: one.alt }, PRINT_INK) })),
    },
    decisions: decisions && layCoverDecisions(decisions),
    blocks: layOut(report, (text) => drawable(text, fonts.drawsInCharts)),
  }
  const fit = fitAll(drawn, (text) => fitText(text, fonts.draws))
  return JSON.stringify({
    ...fit,
    author: plain(operator.name),
    title: plain(report.documentTitle) || '–',
    lang: report.language,
    region: REGIONS[report.language],
    serif: fonts.serif,
    sans: fonts.sans,
    color: operatorColor(operator.color),
    hash: drawable(hashLine(footer.snapshotHash), fonts.draws),
    logo: withLogo ? laidLogo(operator.logo) : null,
  })
}

/** Groups of 16, so that two of them can be compared by eye. */
export function hashLine(snapshotHash: string): string {
  return `sha256 ${makeVisible(snapshotHash).replace(/.{16}(?=.)/gsu, '$& ')}`
}

const plain = (text: string) => makeVisible(text).replaceAll('\n', ' ')

/**
 * Characters without a glyph become their code points: PDF/UA refuses a text that cannot be displayed, and so would a reader. So do
 * marks that no single character includes (`ø` with an acute has one, `x` with an acute has none): Typst 0.14 loses their code points.
 */
function drawable(text: string, draws: ReportFonts['draws']): string {
  return Array.from(makeVisible(text).normalize('NFC'), (character) =>
    character === '\n' || (draws(character.codePointAt(0) ?? 0) && !MARK.test(character))
      ? character
      : codePointText(character),
  ).join('')
}

/** Drawable, and long words may break. */
function fitText(text: string, draws: ReportFonts['draws']): string {
  return drawable(text, draws).replace(LONG_WORD, (word) =>
    (word.match(PIECES) ?? []).join(FORCED_BREAK).replace(PLAIN_BREAK, BREAK),
  )
}

/** Applies `adapt` to every text that is drawn, whatever its depth. */
function fitAll<T>(value: T, adapt: (text: string) => string): T {
  const walk = (one: unknown, key: string): unknown => {
    if (typeof one === 'string') return key === 'alt' ? plain(one) || '–' : NOT_DRAWN.has(key) ? one : adapt(one)
    if (Array.isArray(one)) return one.map((item) => walk(item, key))
    if (one === null || typeof one !== 'object') return one
    return Object.fromEntries(Object.entries(one).map(([name, child]) => [name, walk(child, name)]))
  }
  // The walk keeps every member and replaces strings by strings, so the shape is that of the argument.
  return walk(value, '') as T
}

function laidLogo(logo: ReportLogo | null) {
  const bytes = Buffer.from(logo?.base64 ?? '', 'base64')
  const accepted = logo && acceptLogo(bytes, logo.alt)
  if (!accepted?.ok) return null
  const { mediaType, alt } = accepted.value
  return { format: mediaType === 'image/png' ? 'png' : 'svg', data: [...bytes], alt: plain(alt) || '–' }
}
