/**
 * `dnf check-update`, `yum check-update`, `dnf list --upgrades`, dnf 5 `check-upgrade`, as text or JSON → what waits. Pure.
 *
 * Exit 100: updates wait; 0: none; 1: error (dnf 4.14, recorded). Which of them are for security it does not tell.
 */
import { type Failure, read } from '../../../shared/reading.ts'
import { err, ok, type Result } from '../../../shared/result.ts'
import type { Source, SourceInput } from '../collector.ts'
import { decode } from '../decode.ts'
import { type Peek, parseJson } from '../json.ts'
import { firstLine } from '../parts.ts'
import { isHarmless, isUnregistered, whyIncomplete } from './dnf-noise.ts'
import { linesOf } from './lines.ts'
import { isEvr, nameOfArch } from './rpm-names.ts'
import { updatesOf } from './waiting.ts'

const ID = 'patch/dnf-check-update'

/** One package for which something newer waits. `repository`: the one that offers it. */
export type RpmUpdate = { readonly name: string; readonly version: string; readonly repository: string }

/** Errors: `exit`, `empty`, `parse`, `locked`. An empty list: the tool looked, and nothing waits. */
export function parseCheckUpdate(
  input: Pick<SourceInput, 'stdout' | 'stderr' | 'exitCode'>,
): Result<readonly RpmUpdate[], Failure> {
  const { stderr, exitCode } = input
  const text = decode(input.stdout)
  if (exitCode !== 0 && exitCode !== 100) return err(failureOf(text, stderr, exitCode))
  const rows = /^\s*[[{]/.test(text) ? parseDocument(text) : parseRows(text)
  if (!rows.ok || rows.value.length > 0) return rows
  if (exitCode === 100) return err({ code: 'parse', detail: `updates wait, and none is listed: ${firstLine(text)}` })
  const incomplete = whyIncomplete(text, stderr)
  if (incomplete !== null) return err({ code: 'exit', detail: `not every repository was read: ${incomplete}` })
  if (isUnregistered(text, stderr)) return err({ code: 'empty', detail: 'this machine has no subscription to updates' })
  const strange = text.split('\n').find((line) => !isHarmless(line))
  return strange === undefined
    ? rows
    : err({ code: 'parse', detail: `not a list of updates: ${strange.trim().slice(0, 120)}` })
}

function failureOf(text: string, stderr: string, exitCode: number | null): Failure {
  const said = whyIncomplete(text, stderr) ?? firstLine(stderr === '' ? text : stderr)
  const code = /lock|holding/i.test(said) ? 'locked' : 'exit'
  return { code, detail: `check-update ended with ${exitCode ?? 'a signal'}: ${said}` }
}

type Section = { readonly rows: RpmUpdate[]; obsoletes: boolean }

/**
 * Rows by section. A package whose name is long stands alone, with its version and repository in the next, indented lines. A section
 * with indented packages lists what is obsoleted ("Obsoleting Packages", translated): those are not updates.
 */
function parseRows(text: string): Result<readonly RpmUpdate[], Failure> {
  const sections: Section[] = [{ rows: [], obsoletes: false }]
  let words: string[] = []
  const lines = linesOf(text)
  if (!lines.ok) return lines
  for (const line of lines.value) {
    const isIndented = /^\s/.test(line)
    const found = line.length < 4_096 ? line.trim().split(/\s+/) : []
    const current = sections.at(-1) ?? { rows: [], obsoletes: false }
    if (words.length > 0 && isIndented && found[0] !== undefined && nameOfArch(found[0]) === null) words.push(...found)
    else if (words.length > 0) return cutShort(words)
    else if (found[0] === undefined || found[0] === '' || nameOfArch(found[0]) === null) {
      if (!isHarmless(line)) sections.push({ rows: [], obsoletes: /^Obsoleting/i.test(line) })
      continue
    } else if (isIndented) {
      current.obsoletes ||= found.length >= 3
      continue
    } else words = found
    const [name = '', version = '', repository] = words
    if (version !== '' && !isEvr(version)) words = []
    else if (repository !== undefined) {
      current.rows.push({ name: nameOfArch(name) ?? name, version, repository })
      words = []
    }
  }
  if (words.length > 0) return cutShort(words)
  const updates = sections.filter(({ obsoletes }) => !obsoletes).flatMap(({ rows }) => rows)
  // A distribution may rename everything that waits: then only what obsoletes is left.
  return ok(updates.length > 0 ? updates : sections.flatMap(({ rows }) => rows))
}

function cutShort(words: readonly string[]): Result<never, Failure> {
  return err({ code: 'parse', detail: `cut short after ${words.join(' ').slice(0, 120)}` })
}

/** dnf 5 `check-upgrade --json`: lists of packages, whatever their heading is called. */
function parseDocument(text: string): Result<readonly RpmUpdate[], Failure> {
  const document = parseJson(text)
  if (!document.ok) return document
  const root = document.value
  const lists = Array.isArray(root.value)
    ? [root.list('')]
    : root.keys().map((key) => (/obsolet/i.test(key) ? [] : root.list(key)))
  const rows = lists.flat()
  const updates = rows.flatMap((row) => packageOf(row))
  return updates.length === rows.length ? ok(updates) : err({ code: 'parse', detail: 'a package without its name' })
}

function packageOf(row: Peek): readonly RpmUpdate[] {
  const name = row.text('name') ?? row.text('package')
  const version = row.text('evr') ?? row.text('version')
  if (name === null || version === null) return []
  return [{ name: nameOfArch(name) ?? name, version, repository: row.text('repository') ?? row.text('repo_id') ?? '' }]
}

/** Distinct names: of one package, several versions or architectures may wait. */
export function countNames(updates: readonly { readonly name: string }[]): number {
  return new Set(updates.map(({ name }) => name)).size
}

/** Errors as `parseCheckUpdate`. */
export const dnfCheckUpdateSource: Source<'patch'> = {
  id: ID,
  check: 'patch',
  parse: (input) => {
    const updates = parseCheckUpdate(input)
    if (!updates.ok) return updates
    // A quiet run prints nothing when nothing waits; so does one that was lost on its way.
    if (updates.value.length === 0 && decode(input.stdout).trim() === '')
      return err({ code: 'empty', detail: 'check-update printed nothing' })
    const other = countNames(updates.value)
    const told = updatesOf({ security: other === 0 ? [] : null, other })
    return ok({ parts: { manager: read(ID, { name: 'dnf' }), updates: read(ID, told) }, samples: {} })
  },
}
