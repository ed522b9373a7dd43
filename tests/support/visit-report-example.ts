/** Two visit reports written by hand, one in French and one in English, for tests of the renderers. Reads the fixtures. */
import fs from 'node:fs'
import path from 'node:path'
import type { VisitReport } from '../../server/visits/report/visit-report.ts'
import type { Language } from '../../shared/text/format.ts'
import { typeset } from '../../shared/text/typeset.ts'

const FOLDER = path.resolve(import.meta.dirname, '../fixtures/visit-report')

/** @returns the example of a language, with the spaces of its typography. */
export function visitReportExample(language: Language): VisitReport {
  const raw: unknown = JSON.parse(fs.readFileSync(path.join(FOLDER, `${language}.json`), 'utf8'))
  // The fixture is ours; a test renders every field of it.
  return mapTexts(raw, (text) => typeset(language, text)) as VisitReport
}

/** Members that are no text for people. */
const FIXED = new Set(['language', 'state', 'before', 'kind', 'snapshotHash', 'color', 'mediaType', 'base64'])

/** @returns the value with every text replaced; `key` is the member that holds it. `kind` of a machine is a text, of an answer not. */
export function mapTexts(value: unknown, replace: (text: string, key: string) => string, key = ''): unknown {
  if (typeof value === 'string')
    return FIXED.has(key) && !(key === 'kind' && value !== 'open' && value !== 'decided') ? value : replace(value, key)
  if (Array.isArray(value)) return value.map((item) => mapTexts(item, replace, key))
  if (value === null || typeof value !== 'object') return value
  return Object.fromEntries(Object.entries(value).map(([name, child]) => [name, mapTexts(child, replace, name)]))
}
