/** `dpkg --audit` → packages in a broken state. Pure. It exits 0 even with findings (dpkg 1.21, recorded). */
import { type Failure, read } from '../../../shared/reading.ts'
import { err, ok, type Result } from '../../../shared/result.ts'
import type { Source } from '../collector.ts'
import { decode } from '../decode.ts'
import { firstLine } from '../parts.ts'
import { linesOf } from './lines.ts'

const MAX_PROBLEMS = 64
const ENTRY = /^ ([a-z0-9][a-z0-9+.:-]*)(?: |$)/

/**
 * Names of the broken packages, sorted and distinct; empty: dpkg found nothing. A package without stored checksums is
 * not broken, so that paragraph is skipped. Errors: `parse` (text without any package name: another message; too long).
 */
export function parseDpkgAudit(text: string): Result<readonly string[], Failure> {
  const lines = linesOf(text)
  if (!lines.ok) return lines
  const paragraphs = text.split(/\n\s*\n/).filter((paragraph) => paragraph.trim() !== '')
  const names = paragraphs
    .filter((paragraph) => !/missing the md5sums control file/.test(paragraph))
    .flatMap((paragraph) => paragraph.split('\n').flatMap((line) => ENTRY.exec(line)?.[1] ?? []))
  const unknown = paragraphs.find((paragraph) => !paragraph.split('\n').some((line) => ENTRY.test(line)))
  if (unknown !== undefined) return err({ code: 'parse', detail: `dpkg --audit: ${firstLine(unknown)}` })
  return ok([...new Set(names)].sort().slice(0, MAX_PROBLEMS))
}

/**
 * The output alone. No output is what a healthy database prints; that is only taken as an answer with exit 0 and nothing
 * on stderr. Errors: `exit`, `parse`.
 */
export const dpkgAuditSource: Source<'patch'> = {
  id: 'patch/dpkg-audit',
  check: 'patch',
  parse: ({ stdout, stderr, exitCode }) => {
    const problems = parseDpkgAudit(decode(stdout))
    if (!problems.ok) return problems
    if (problems.value.length === 0 && (exitCode !== 0 || stderr.trim() !== '')) {
      return err({ code: 'exit', detail: `dpkg --audit ended with ${exitCode ?? 'a signal'}: ${firstLine(stderr)}` })
    }
    const value = { broken: problems.value.length > 0, problems: [...problems.value] }
    return ok({ parts: { database: read('patch/dpkg-audit', value) }, samples: {} })
  },
}
