/** Turns a report into the blocks that follow its cover, counts parts and annexes. Pure. */
import { PRINT_INK } from '../../../shared/charts/chart-ink.ts'
import { visitTrend } from '../../../shared/charts/visit-trend.ts'
import {
  layAcceptedRisks,
  layActions,
  layAttestations,
  layBackup,
  layCoverage,
  layDates,
  layDisaster,
  layDone,
  layMachines,
} from './lay-tables.ts'
import { makeVisible } from './make-visible.ts'
import { parseMinutes } from './parse-minutes.ts'
import type { LaidTable, ReportBlock } from './report-block.ts'
import type {
  AcceptedRisksPart,
  AttestationsAnnex,
  BackupPart,
  ChangesPart,
  Decision,
  DecisionsPart,
  Labeled,
  MachinesPart,
  MethodAnnex,
  MinutesAnnex,
  NextPart,
  UnseenPart,
} from './report-parts.ts'
import type { ReportWords, VisitReport } from './visit-report.ts'

type Blocks = readonly ReportBlock[]
type Part = { readonly heading: string; readonly blocks: Blocks }

/** A block that must not split may not be longer than a page holds. */
const KEEP_LENGTH = 1_200
const MOST_CHART_MM = 150
const CHART_MM_PER_VISIT = 22

/** Number of each part that is there: the cover is 1, and the others follow in the order of print. */
export function numberParts({ parts }: Pick<VisitReport, 'parts'>): ReadonlyMap<keyof VisitReport['parts'], number> {
  const present = PART_ORDER.filter((name) => parts[name] !== null)
  return new Map(present.map((name, i) => [name, i + 2]))
}

const PART_ORDER = [
  'decisions',
  'changes',
  'backup',
  'machines',
  'acceptedRisks',
  'next',
  'unseen',
] as const satisfies readonly (keyof VisitReport['parts'])[]

/**
 * @param inCharts how the words of a drawing are shown: a drawing is markup already when a renderer gets it.
 * @returns everything after the cover, in the order of print.
 */
export function layOut(report: VisitReport, inCharts: (text: string) => string = makeVisible): Blocks {
  const { parts, annexes, words } = report
  const numbered: readonly (Part | null)[] = [
    parts.decisions && part(parts.decisions, decisionBlocks),
    parts.changes && part(parts.changes, (one) => changeBlocks(one, inCharts)),
    parts.backup && part(parts.backup, (one) => backupBlocks(one, words)),
    parts.machines && part(parts.machines, (one) => machineBlocks(one, words)),
    parts.acceptedRisks && part(parts.acceptedRisks, riskBlocks),
    parts.next && part(parts.next, nextBlocks),
    parts.unseen && part(parts.unseen, unseenBlocks),
  ]
  const lettered: readonly (Part | null)[] = [
    annexes.minutes && part(annexes.minutes, minutesBlocks),
    annexes.method && part(annexes.method, methodBlocks),
    annexes.attestations && part(annexes.attestations, (one) => attestationBlocks(one, words)),
  ]
  const isPart = (one: Part | null): one is Part => one !== null
  return [
    ...numbered.filter(isPart).flatMap(({ heading, blocks }, i) => [head(heading, String(i + 2), i === 0), ...blocks]),
    ...lettered
      .filter(isPart)
      .flatMap(({ heading, blocks }, i) => [head(heading, String.fromCharCode(65 + i), i === 0), ...blocks]),
  ]
}

function part<P extends { readonly heading: string }>(one: P, lay: (one: P) => Blocks): Part {
  return { heading: one.heading, blocks: lay(one) }
}
const head = (heading: string, number: string, newPage: boolean): ReportBlock => ({
  kind: 'heading',
  level: 2,
  text: heading,
  number,
  newPage,
})
const subhead = (heading: string): ReportBlock => ({
  kind: 'heading',
  level: 3,
  text: heading,
  number: null,
  newPage: false,
})
const say = (tone: 'body' | 'note' | 'label', text: string, lead: string | null = null): Blocks =>
  text === '' && lead === null ? [] : [{ kind: 'text', tone, text, lead }]
const labeled = (one: Labeled | null): Blocks => (one === null ? [] : say('body', one.text, one.label))
const tableOr = (table: LaidTable, none: string): Blocks => (table.rows.length > 0 ? [table] : say('note', none))
/** Tables that stay whole take their heading and note with them. */
const keepWith = (table: LaidTable, blocks: Blocks): Blocks => (table.keep ? [{ kind: 'keep', blocks }] : blocks)

function decisionBlocks({ items, none }: DecisionsPart): Blocks {
  if (items.length === 0) return say('body', none)
  return items.map((decision, i) => ({
    kind: 'decision',
    number: i + 1,
    decision,
    keep: lengthOf(decision) < KEEP_LENGTH,
  }))
}

const lengthOf = (decision: Decision): number => JSON.stringify(decision).length / 2

/** Groups stand in two columns, filled so that both are about equally long; the order of reading is left, then right. */
function changeBlocks({ groups, none, outages, trend }: ChangesPart, inCharts: (text: string) => string): Blocks {
  const laid = groups.map(
    ({ heading, items, rest }): Blocks => [subhead(heading), { kind: 'items', items }, ...say('note', rest ?? '')],
  )
  const sizes = groups.map(({ items }) => items.reduce((sum, { detail }) => sum + (detail === null ? 1 : 2), 2))
  const split = evenSplit(sizes)
  const left = laid.slice(0, split).flat()
  const right = laid.slice(split).flat()
  const columns: Blocks = right.length > 0 ? [{ kind: 'pair', left, right }] : left
  return [...(groups.length > 0 ? columns : say('body', none)), ...trendBlocks(trend, inCharts), ...labeled(outages)]
}

function trendBlocks(trend: ChangesPart['trend'], inCharts: (text: string) => string): Blocks {
  if (trend === null || trend.points.length === 0) return []
  const points = trend.points.map(({ label, value }) => ({ label: inCharts(label), value }))
  const svg = visitTrend({ points, label: inCharts(trend.alt) }, PRINT_INK)
  const widthMm = Math.min(MOST_CHART_MM, CHART_MM_PER_VISIT * points.length)
  return [{ kind: 'image', svg, widthMm, alt: trend.alt, caption: trend.caption }]
}

/** @returns how many of the first sizes make two sums that differ least; at least one. */
function evenSplit(sizes: readonly number[]): number {
  const total = sizes.reduce((sum, size) => sum + size, 0)
  let left = 0
  let best = { at: 1, apart: Number.POSITIVE_INFINITY }
  sizes.forEach((size, i) => {
    left += size
    const apart = Math.abs(total - 2 * left)
    if (apart < best.apart) best = { at: i + 1, apart }
  })
  return best.at
}

function backupBlocks(backup: BackupPart, words: ReportWords): Blocks {
  return [
    layBackup(backup, words),
    ...say('note', backup.note),
    ...backup.disasters.flatMap((disaster) => {
      const table = layDisaster(disaster)
      return keepWith(table, [subhead(disaster.heading), table])
    }),
  ]
}

const machineBlocks = (machines: MachinesPart, words: ReportWords): Blocks => [
  layMachines(machines, words),
  ...say('note', machines.note ?? ''),
]

const riskBlocks = (risks: AcceptedRisksPart): Blocks => tableOr(layAcceptedRisks(risks), risks.none)

function nextBlocks({ heading, actions, done, dates, nextVisit }: NextPart): Blocks {
  const left = done === null ? [] : [subhead(done.heading), layDone(done)]
  const right = [
    ...(dates === null ? [] : [subhead(dates.heading), layDates(dates)]),
    ...(nextVisit === null ? [] : say('note', nextVisit.text, nextVisit.label)),
  ]
  const below: Blocks = left.length > 0 && right.length > 0 ? [{ kind: 'pair', left, right }] : [...left, ...right]
  return [...tableOr(layActions(actions, heading), actions.none), ...below]
}

function unseenBlocks({ heading, items, none, coverage, glossary, verify }: UnseenPart): Blocks {
  const left: Blocks = items.length > 0 ? [{ kind: 'items', items }] : say('body', none)
  const right = layCoverage(coverage, heading)
  return [{ kind: 'pair', left, right: [right] }, ...say('note', glossary), ...say('label', verify)]
}

const minutesBlocks = ({ markdown }: MinutesAnnex): Blocks => [{ kind: 'minutes', blocks: parseMinutes(markdown) }]

const methodBlocks = ({ paragraphs, lists }: MethodAnnex): Blocks => [
  ...paragraphs.flatMap((text) => say('body', text)),
  ...lists.flatMap(({ heading, entries }): Blocks => [subhead(heading), { kind: 'terms', terms: entries }]),
]

const attestationBlocks = (annex: AttestationsAnnex, words: ReportWords): Blocks => [
  ...say('body', annex.text),
  layAttestations(annex, words),
]
