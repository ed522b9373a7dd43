/** The printed page holds what the report says: its headline, dials, figures and every line that the oracle was asked about. Pure. */
import type { VisitReport } from '../../../server/visits/report/visit-report.ts'
import { plain } from './calendar.ts'

const ENTITIES: { readonly [entity: string]: string } = {
  amp: '&',
  lt: '<',
  gt: '>',
  quot: '"',
  '#39': "'",
  '#x27': "'",
}

/** What a reader sees of a page, with one space between words. */
function textOf(html: string): string {
  const bare = html.replaceAll(/<(style|svg)[\s\S]*?<\/\1>/g, ' ').replaceAll(/<[^>]+>/g, ' ')
  const said = bare.replaceAll(/&(#?\w+);/g, (whole, entity: string) => ENTITIES[entity] ?? whole)
  return squeeze(said)
}

/** Soft breaks of the typesetter are no letters. */
const squeeze = (text: string) =>
  plain(text)
    .replaceAll(/[\u200b\u00ad\u2060]/g, '')
    .replaceAll(/\s+/g, ' ')
    .trim()

/** @returns a sentence for each line that the page does not hold. */
export function checkHtml({ cover, parts }: VisitReport, html: string): readonly string[] {
  const page = textOf(html)
  const lines = [
    ...cover.lines,
    cover.verdict.sentence,
    cover.verdict.text,
    ...cover.dials.map(({ countsText }) => countsText),
    ...cover.figures.map(({ text }) => text),
    cover.cost ?? '',
    ...(parts.changes?.groups ?? []).flatMap(({ items }) => items.flatMap(({ text, detail }) => [text, detail ?? ''])),
    parts.changes?.outages?.text ?? '',
    ...(parts.backup?.rows ?? []).flatMap(({ machine, lastGood, workLost, restoreTest }) => [
      machine,
      lastGood,
      workLost,
      restoreTest,
    ]),
    ...(parts.machines?.rows ?? []).flatMap(({ machine, action }) => [machine, action]),
    ...(parts.next?.actions.rows ?? []).flatMap(({ what, who, due }) => [what, who, due]),
    ...(parts.unseen?.items ?? []).map(({ text }) => text),
  ]
  return lines.filter((line) => !page.includes(squeeze(line))).map((line) => `the page does not hold "${line}"`)
}
