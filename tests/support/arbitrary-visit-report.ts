/** Any visit report, for property tests: the example's shape with other texts, other numbers of rows, and parts missing. Pure. */
import fc from 'fast-check'
import type { VisitReport } from '../../server/visits/report/visit-report.ts'
import { visitReportExample } from './visit-report-example.ts'

/** Members that may be null, by their own name and, where the name alone is not enough, their parent's. */
const NULLABLE = new Set(
  [
    'role contact color dialLegend before costNote advice items.due rest outages trend detail rows.kind done dates nextVisit cover.cost rows.note machines.note',
  ]
    .concat([
      'parts.decisions parts.changes parts.backup parts.machines parts.acceptedRisks parts.next parts.unseen annexes.minutes annexes.method annexes.attestations',
    ])
    .flatMap((names) => names.split(' ')),
)
const STATES = ['urgent', 'attention', 'note', 'not-proven', 'accepted', 'good'] as const
const DIAL_STATES = ['urgent', 'attention', 'not-proven', 'good'] as const
const TEXT = fc.oneof(
  fc.string({ maxLength: 40 }),
  fc.string({ unit: 'grapheme', maxLength: 12 }),
  fc.string({ unit: 'binary', maxLength: 40 }),
)
/** Built once: a builder that made it anew for each of the 200 fields cost ten times the rendering. */
const text = () => TEXT

type Draw = fc.GeneratorValue

function drawText(g: Draw, key: string, parent: string, value: string): string {
  if (key === 'language' || (parent === 'answer' && key === 'kind')) return value
  if (key === 'before' || (key === 'state' && parent === 'dials')) return g(fc.constantFrom, ...DIAL_STATES)
  if (key === 'state') return g(fc.constantFrom, ...STATES)
  return g(text)
}

function draw(g: Draw, value: unknown, key: string, parent: string): unknown {
  const isNullable = NULLABLE.has(key) || NULLABLE.has(`${parent}.${key}`)
  if (isNullable && !(key === 'kind' && parent === 'answer') && g(fc.nat, { max: 4 }) === 0) return null
  if (typeof value === 'string') return drawText(g, key, parent, value)
  if (typeof value === 'number') return key === 'createdAt' ? g(fc.nat, { max: 4e12 }) : g(fc.nat, { max: 5_000 })
  if (Array.isArray(value)) {
    const rows = Array.from({ length: g(fc.nat, { max: 3 }) }, (_, i) => value[i % value.length])
    return rows.filter((row) => row !== undefined).map((row) => draw(g, row, key, parent === key ? parent : key))
  }
  if (value === null || typeof value !== 'object') return value
  return Object.fromEntries(Object.entries(value).map(([name, child]) => [name, draw(g, child, name, key)]))
}

/** Reports of any content. */
export function arbitraryVisitReport(): fc.Arbitrary<VisitReport> {
  const shape = visitReportExample('fr')
  // The walk keeps the shape of the example, so what it makes is a report.
  return fc.gen().map((g) => draw(g, shape, '', '') as VisitReport)
}
