/** Tables of a report as blocks: which column is a number, which is wide, what stands in bold. Pure. */
import type { Standing } from '../../../shared/severity.ts'
import type { LaidCell, LaidTable, LaidWidth } from './report-block.ts'
import type {
  AcceptedRisksPart,
  AttestationsAnnex,
  BackupPart,
  DecisionsPart,
  MachinesPart,
  MarkedText,
  NextPart,
  UnseenPart,
} from './report-parts.ts'
import type { ReportWords } from './visit-report.ts'

/** ui.md 12: tables of 14 rows or fewer never split; unless their texts are so long that no page could hold them. */
const KEEP_ROWS = 14
const KEEP_LENGTH = 3_000

const AUTO: LaidWidth = { kind: 'auto' }
const share = (n: number): LaidWidth => ({ kind: 'share', share: n })
const mm = (n: number): LaidWidth => ({ kind: 'mm', mm: n })

const cell = (text: string, look: LaidCell['look'] = 'plain', sub: string | null = null): LaidCell => ({
  text,
  state: null,
  sub,
  look,
})
const marked = ({ state, text }: MarkedText): LaidCell => ({ text, state, sub: null, look: 'plain' })
const stateCell = (state: Standing, words: ReportWords): LaidCell => ({
  text: words.states[state],
  state,
  sub: null,
  look: 'state',
})

type Column = LaidTable['columns'][number]
const column = (heading: string, width: LaidWidth = AUTO, isNumber = false): Column => ({ heading, width, isNumber })

/** @returns the table; `keep` is decided here. */
function table(
  caption: string,
  columns: readonly Column[],
  rows: LaidTable['rows'],
  size: LaidTable['size'] = 'small',
): LaidTable {
  const length = rows.reduce(
    (sum, { cells }) => sum + cells.reduce((n, { text, sub }) => n + text.length + (sub?.length ?? 0), 0),
    0,
  )
  return { kind: 'table', caption, columns, rows, size, keep: rows.length <= KEEP_ROWS && length <= KEEP_LENGTH }
}
const plainRow = (...cells: readonly LaidCell[]) => ({ isShaded: false, cells })

/** More would push the verdict's page over its end. */
const ON_COVER = 5

/** The short table of decisions on the cover. */
export function layCoverDecisions({ heading, columns, items }: DecisionsPart): LaidTable {
  const rows = items
    .slice(0, ON_COVER)
    .map(({ what, cost, answer }, i) =>
      plainRow(
        cell(String(i + 1)),
        cell(what, 'reading'),
        cell(cost),
        cell(answer.short, answer.kind === 'open' ? 'strong' : 'plain'),
      ),
    )
  const heads = [
    column('', mm(5)),
    column(columns.what, share(1)),
    column(columns.cost, AUTO, true),
    column(columns.answer, AUTO, true),
  ]
  return table(heading, heads, rows, 'large')
}

/** Backup truth table: the row of a machine without a backup stands on a grey ground. */
export function layBackup({ heading, columns: c, rows }: BackupPart, words: ReportWords): LaidTable {
  const heads = [
    column(c.state, share(17)),
    column(c.machine, share(22)),
    column(c.tool, share(20)),
    column(c.lastGood, share(17)),
    column(c.workLost, share(19)),
    column(c.copies, share(12), true),
    column(c.where, share(24)),
    column(c.encrypted, share(14)),
    column(c.restoreTest, share(18)),
  ]
  const laid = rows.map((row) => ({
    isShaded: row.state === 'urgent',
    cells: [
      stateCell(row.state, words),
      cell(row.machine, 'strong'),
      cell(row.tool),
      cell(row.lastGood),
      cell(row.workLost),
      cell(row.copies),
      cell(row.where, 'plain', row.note),
      cell(row.encrypted),
      cell(row.restoreTest),
    ],
  }))
  return table(heading, heads, laid)
}

/** What happens if it burns, is encrypted, is stolen. */
export function layDisaster({ heading, columns: c, rows }: BackupPart['disasters'][number]): LaidTable {
  const heads = [
    column(c.event),
    column(c.restoredFrom, share(1)),
    column(c.keptUntil, AUTO),
    column(c.backAfter, share(1.2)),
  ]
  const laid = rows.map((row) =>
    plainRow(cell(row.event, 'strong'), marked(row.restoredFrom), marked(row.keptUntil), marked(row.backAfter)),
  )
  return table(heading, heads, laid)
}

/** Machines, in the order given. */
export function layMachines({ heading, columns: c, rows }: MachinesPart, words: ReportWords): LaidTable {
  const heads = [
    column(c.state, share(18)),
    column(c.machine, share(30)),
    column(c.disk, share(20)),
    column(c.fullIn, share(15)),
    column(c.patchAge, share(15), true),
    column(c.antivirus, share(13)),
    column(c.encrypted, share(14)),
    column(c.supportUntil, share(17)),
    column(c.action, share(22)),
  ]
  const laid = rows.map((row) =>
    plainRow(
      stateCell(row.state, words),
      cell(row.machine, 'strong', row.kind),
      cell(row.disk),
      cell(row.fullIn),
      cell(row.patchAge),
      cell(row.antivirus),
      cell(row.encrypted),
      cell(row.supportUntil),
      cell(row.action, 'strong'),
    ),
  )
  return table(heading, heads, laid)
}

/** Accepted risks: each with its mark. */
export function layAcceptedRisks({ heading, columns: c, rows }: AcceptedRisksPart): LaidTable {
  const heads = [column(c.risk, share(1)), column(c.who, mm(34)), column(c.reason, mm(38)), column(c.until)]
  const laid = rows.map(({ risk, who, reason, until }) =>
    plainRow(marked({ state: 'accepted', text: risk }), cell(who), cell(reason), cell(until)),
  )
  return table(heading, heads, laid, 'medium')
}

/** Actions with who and by when. */
export function layActions({ columns: c, rows }: NextPart['actions'], caption: string): LaidTable {
  const heads = [column(c.what, share(1)), column(c.who, mm(40)), column(c.due)]
  const laid = rows.map(({ what, who, due }) => plainRow(cell(what, 'reading'), cell(who, 'strong'), cell(due)))
  return table(caption, heads, laid, 'medium')
}

/** What was done on this visit. */
export function layDone({ heading, columns: c, rows }: NonNullable<NextPart['done']>): LaidTable {
  const heads = [column(c.what, share(1)), column(c.duration, AUTO, true)]
  return table(
    heading,
    heads,
    rows.map(({ what, duration }) => plainRow(cell(what), cell(duration))),
    'medium',
  )
}

/** Dates ahead. */
export function layDates({ heading, columns: c, rows }: NonNullable<NextPart['dates']>): LaidTable {
  const heads = [column(c.date), column(c.what, share(1))]
  return table(
    heading,
    heads,
    rows.map(({ date, what }) => plainRow(cell(date, 'strong'), cell(what))),
    'medium',
  )
}

/** What was measured, and how much of it. */
export function layCoverage({ columns: c, rows }: UnseenPart['coverage'], caption: string): LaidTable {
  const heads = [column(c.measured), column(c.amount, share(1))]
  return table(
    caption,
    heads,
    rows.map(({ measured, amount }) => plainRow(cell(measured, 'quiet'), cell(amount))),
    'medium',
  )
}

/** One line for each agent. */
export function layAttestations({ heading, columns: c, rows }: AttestationsAnnex, words: ReportWords): LaidTable {
  const heads = [column(c.state), column(c.machine, share(1)), column(c.attestedAt), column(c.key), column(c.digest)]
  const laid = rows.map((row) =>
    plainRow(
      stateCell(row.state, words),
      cell(row.machine, 'strong'),
      cell(row.attestedAt),
      cell(row.key, 'quiet'),
      cell(row.digest, 'quiet'),
    ),
  )
  return table(heading, heads, laid)
}
