/** `dnf5 advisory list --json`, with the keys of its versions: 5.2 (`name`, ISO times), `--with-cve` (`advisory_name`), 5.3 (seconds). Pure. */
import type { Failure } from '../../../shared/reading.ts'
import { err, ok, type Result } from '../../../shared/result.ts'
import type { EpochMs } from '../../../shared/units.ts'
import { type Peek, parseJson } from '../json.ts'
import { type AdvisoryRow, issued } from './advisory-row.ts'
import { parseNevra } from './rpm-names.ts'

/** Errors: `parse`. */
export function parseAdvisoryDocument(text: string): Result<readonly AdvisoryRow[], Failure> {
  const document = parseJson(text)
  if (!document.ok) return document
  const root = document.value
  const list = Array.isArray(root.value) ? root.list('', 5_000) : root.keys().flatMap((key) => root.list(key, 5_000))
  const rows: AdvisoryRow[] = []
  for (const one of list) {
    const row = rowOf(one)
    if (row === null) return err({ code: 'parse', detail: 'an advisory without its name, type or package' })
    rows.push(row)
  }
  return ok(rows)
}

function rowOf(one: Peek): AdvisoryRow | null {
  const advisory = one.text('name') ?? one.text('advisory_name') ?? one.text('advisory_id')
  const type = one.text('type') ?? one.text('advisory_type')
  const nevra = parseNevra(one.text('nevra') ?? '')
  if (advisory === null || type === null || nevra === null) return null
  const installed = one.flag('installed') ?? false
  return { advisory, security: type.toLowerCase() === 'security', ...nevra, issuedAt: builtAt(one), installed }
}

function builtAt(one: Peek): EpochMs | null {
  const seconds = one.count('buildtime')
  const inList = one.list('references', 1)[0]?.text('buildtime') ?? ''
  return seconds === null ? issued(one.text('buildtime') ?? inList) : seconds * 1_000
}
