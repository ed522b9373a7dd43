/**
 * `dnf updateinfo list` (dnf 4, yum), `dnf advisory list` as text and JSON, and both summaries → security updates. Pure.
 *
 * A repository without advisories prints the same as one whose advisories are all installed: nothing. So no row proves nothing.
 */
import { type Failure, read } from '../../../shared/reading.ts'
import { err, ok, type Result } from '../../../shared/result.ts'
import type { Source, SourceInput } from '../collector.ts'
import { decode } from '../decode.ts'
import { firstLine } from '../parts.ts'
import { type AdvisoryRow, issued } from './advisory-row.ts'
import { parseAdvisoryDocument } from './dnf-advisories-json.ts'
import { whyIncomplete } from './dnf-noise.ts'
import { linesOf } from './lines.ts'
import { parseNevra } from './rpm-names.ts'
import { updatesOf } from './waiting.ts'

const ID = 'patch/dnf-updateinfo'

const TYPES = /^(?:security|bugfix|enhancement|newpackage|unspecified|unknown|other|recommended|optional|None)$/i
const ADVISORY = /^(?=[^\s]*\d)[A-Za-z][\w.]*[-:][\w.:+-]+$/

/** Errors: `exit`, `empty` (no advisory at all), `parse`, `locked`. */
export function parseUpdateinfo(
  input: Pick<SourceInput, 'stdout' | 'stderr' | 'exitCode'>,
): Result<readonly AdvisoryRow[], Failure> {
  const text = decode(input.stdout)
  if (input.exitCode !== 0) {
    const said = firstLine(input.stderr === '' ? text : input.stderr)
    const detail = `updateinfo ended with ${input.exitCode ?? 'a signal'}: ${said}`
    return err({ code: /lock|holding/i.test(said) ? 'locked' : 'exit', detail })
  }
  const rows = /^\s*[[{]/.test(text) ? parseAdvisoryDocument(text) : parseRows(text)
  if (!rows.ok || rows.value.length > 0) return rows
  const why = whyIncomplete(text, input.stderr) ?? 'a machine without advisories prints the same as one that lacks none'
  return err({ code: 'empty', detail: `no advisory is listed: ${why}` })
}

function parseRows(text: string): Result<readonly AdvisoryRow[], Failure> {
  const rows: AdvisoryRow[] = []
  const lines = linesOf(text)
  if (!lines.ok) return lines
  for (const line of lines.value) {
    const words = line.length < 1_024 ? line.trim().split(/\s+/, 8) : []
    const installed = words[0] === 'i'
    const [advisory = '', type = '', ...rest] = installed ? words.slice(1) : words
    const isRow = ADVISORY.test(advisory) && (TYPES.test(type) || type.includes('/'))
    if (!isRow) continue
    const at = rest.findIndex((word) => parseNevra(word) !== null)
    const nevra = parseNevra(rest[at] ?? '')
    if (nevra === null)
      return err({ code: 'parse', detail: `an advisory without its package: ${line.trim().slice(0, 120)}` })
    const issuedAt = issued(rest.slice(at + 1, at + 3).join(' '))
    rows.push({ advisory, security: isSecurity(type), ...nevra, issuedAt, installed })
  }
  return ok(rows)
}

/** dnf 4 writes `Important/Sec.` for a security advisory (the word after the slash is translated), dnf 5 `security`. */
function isSecurity(type: string): boolean {
  return type.includes('/') || type.toLowerCase() === 'security'
}

/** What waits for security, distinct; the age of the oldest advisory where the tool prints one. */
export function securityOf(rows: readonly AdvisoryRow[]) {
  const security = rows.filter((row) => row.security && !row.installed)
  const times = security.flatMap(({ issuedAt }) => issuedAt ?? [])
  return {
    waiting: security.map(({ name, version }) => ({ name, version })),
    advisories: new Set(security.map(({ advisory }) => advisory)).size,
    oldestAt: times.length === 0 ? null : Math.min(...times),
  }
}

/**
 * The output alone. `other` is null when every row is one of security: then the list may have been asked for those only.
 * Errors as `parseUpdateinfo`.
 */
export const dnfUpdateinfoSource: Source<'patch'> = {
  id: ID,
  check: 'patch',
  parse: (input) => {
    const summary = parseSummary(decode(input.stdout))
    if (summary !== null && input.exitCode === 0) {
      const updates = { ...updatesOf({ security: [], other: null }), ...summary }
      return ok({ parts: { manager: read(ID, { name: 'dnf' }), updates: read(ID, updates) }, samples: {} })
    }
    const rows = parseUpdateinfo(input)
    if (!rows.ok) return rows
    const { waiting, advisories, oldestAt } = securityOf(rows.value)
    const names = new Set(waiting.map(({ name }) => name))
    const others = rows.value.filter((row) => !row.security && !row.installed && !names.has(row.name))
    const other = rows.value.some((row) => !row.security) ? new Set(others.map(({ name }) => name)).size : null
    // Without a row of security, one may have been lost: only the collector knows that the list is whole.
    const isNone = waiting.length === 0
    const updates = updatesOf({ security: isNone ? null : waiting, other, ...(isNone ? {} : { advisories }) })
    const samples = oldestAt === null ? {} : { 'security:oldestAt': oldestAt }
    return ok({ parts: { manager: read(ID, { name: 'dnf' }), updates: read(ID, updates) }, samples })
  },
}

/** "Updates Information Summary: available" (dnf 4) and "Available advisory information summary:" (dnf 5): numbers of advisories. */
function parseSummary(text: string): { readonly security: number; readonly securityAdvisories: number } | null {
  if (!/^(?:Updates Information Summary: |Available advisory information summary:)/m.test(text)) return null
  const security = /^ {0,8}(?:(\d{1,6}) Security notice|Security {0,40}: {0,40}(\d{1,6})$)/m.exec(text)
  const count = Number(security?.[1] ?? security?.[2] ?? 0)
  return count === 0 ? null : { security: count, securityAdvisories: count }
}
