/**
 * `zypper --xmlout list-patches --all`, `zypper list-patches` as a table in any language, `zypper patch-check` → patches that wait. Pure.
 *
 * Only `needed` counts: "not needed" contains it. In a translated table the status is told by the sentence after it, whose numbers stand
 * in every language as "80 patches needed (36 security patches)" (zypper 1.14, recorded).
 */
import { type Failure, read } from '../../../shared/reading.ts'
import { err, ok, type Result } from '../../../shared/result.ts'
import type { EpochMs } from '../../../shared/units.ts'
import type { Source, SourceInput } from '../collector.ts'
import { decode } from '../decode.ts'
import { firstLine } from '../parts.ts'
import { linesOf } from './lines.ts'
import { updatesOf, type Waiting } from './waiting.ts'
import { isWholeStream, parseTable, type Table, updateElements, zypperFailure } from './zypper-answer.ts'

const ID = 'patch/zypper-patches'

/** `listed`: patches of any status; 0: the repositories hold none at all. `oldestAt`: of the security patches; null: not told. */
export type Patches = {
  readonly security: readonly Waiting[]
  /** Set where the names are not told. */
  readonly securityCount: number
  readonly other: number
  readonly listed: number
  readonly oldestAt: EpochMs | null
}

/** Errors: `exit`, `empty` (no repositories), `locked`, `parse`. */
export function parseZypperPatches({
  stdout,
  stderr,
  exitCode,
}: Pick<SourceInput, 'stdout' | 'stderr' | 'exitCode'>): Result<Patches, Failure> {
  const text = decode(stdout)
  const failure = zypperFailure(text, stderr, exitCode)
  if (failure !== null) return err(failure)
  if (text.trim() === '') return err({ code: 'empty', detail: 'zypper printed nothing' })
  const patches = text.includes('<stream') ? parseDocument(text) : parseText(text)
  if (!patches.ok) return patches
  const isNone = patches.value.securityCount + patches.value.other === 0
  const isOneOfUpdates = exitCode === 100 || exitCode === 101
  return isNone && isOneOfUpdates
    ? err({ code: 'parse', detail: `zypper ended with ${exitCode}, and lists none` })
    : patches
}

function parseDocument(text: string): Result<Patches, Failure> {
  if (!isWholeStream(text)) return err({ code: 'parse', detail: 'the answer of zypper is cut short' })
  const elements = updateElements(text)
  if (
    elements.some(
      (one) => !one.has('kind') || !one.has('name') || (one.get('kind') === 'patch' && !one.has('category')),
    )
  )
    return err({ code: 'parse', detail: 'a patch without its kind, name or category' })
  // zypper 1.6 and list-patches without --all print needed patches only, some without a status.
  const needed = elements.filter((one) => one.get('kind') === 'patch' && (one.get('status') ?? 'needed') === 'needed')
  const security = needed.filter((one) => one.get('category') === 'security')
  const times = security.flatMap((one) => (one.has('issued') ? [Number(one.get('issued')) * 1_000] : []))
  return ok(
    patchesOf(
      security.map((one) => one.get('name') ?? ''),
      needed.map((one) => one.get('name') ?? ''),
      elements.length,
      times,
    ),
  )
}

function patchesOf(
  security: readonly string[],
  needed: readonly string[],
  listed: number,
  times: readonly number[],
): Patches {
  const count = new Set(security).size
  return {
    security: security.map((name) => ({ name, version: null })),
    securityCount: count,
    other: new Set(needed).size - count,
    listed,
    oldestAt: times.length === 0 ? null : Math.min(...times),
  }
}

function parseText(text: string): Result<Patches, Failure> {
  const table = parseTable(text)
  if (table === null) return parseWords(text)
  const told = sentenceOf(table.rest)
  const columns = columnsOf(table)
  if (columns === null)
    return told === null ? err({ code: 'parse', detail: 'no list of patches' }) : ok(countsOnly(told))
  if (table.rows.some((row) => row.length < table.heading.length))
    return err({ code: 'parse', detail: 'a line of the table is cut short' })
  // zypper 1.0 writes `Needed`.
  const statusOf = (row: readonly string[]) => (row[columns.status] ?? '').toLowerCase()
  const isEnglish = table.rows.every((row) => STATUS.has(statusOf(row)))
  if (!isEnglish)
    return told === null
      ? err({ code: 'parse', detail: 'the table is translated, and no sentence follows it' })
      : ok(countsOnly(told))
  const needed = table.rows.filter((row) => statusOf(row) === 'needed')
  const name = (row: readonly string[]) => row[columns.name] ?? ''
  const security = needed.filter((row) => row[columns.category] === 'security').map(name)
  const patches = patchesOf(security, needed.map(name), table.rows.length, [])
  // Without the sentence, a line of the table may have been lost.
  if (told === null && patches.securityCount === 0)
    return err({ code: 'parse', detail: 'no security patch is needed by the table, and no sentence says so' })
  const isSame =
    told === null || (told.needed === patches.other + patches.securityCount && told.security === patches.securityCount)
  return isSame
    ? ok(patches)
    : err({ code: 'parse', detail: `the table does not hold the ${told.needed} patches that zypper counts` })
}

/** `patch-check` of zypper 1.12 and earlier has no table. */
function parseWords(text: string): Result<Patches, Failure> {
  if (/^No updates found\.?$/m.test(text)) return ok(patchesOf([], [], 0, []))
  const lines = linesOf(text)
  const told = lines.ok ? sentenceOf(lines.value) : null
  return told === null
    ? err({ code: 'parse', detail: `not a list of patches: ${firstLine(text)}` })
    : ok(countsOnly(told))
}

const STATUS: ReadonlySet<string> = new Set([
  'needed',
  'not needed',
  'not-needed',
  'applied',
  'unwanted',
  'optional',
  'retracted',
  'broken',
  'unknown',
  '---',
  'undetermined',
])
const CATEGORY =
  /^(?:security|recommended|optional|feature|document|yast|bugfix|enhancement|unspecified|other|newpackage)$/

type Sentence = { readonly needed: number; readonly security: number }

/** "80 patches needed (36 security patches)" in any language; null: no such sentence. */
function sentenceOf(lines: readonly string[]): Sentence | null {
  const found = lines.flatMap((line) => {
    const match = line.length < 300 ? /^(\d{1,6}) [^\d()]+ \((\d{1,6}) [^\d()]+\)\.?$/.exec(line.trim()) : null
    return match === null ? [] : [{ needed: Number(match[1]), security: Number(match[2]) }]
  })
  const last = found.at(-1)
  return last === undefined || last.security > last.needed ? null : last
}

function countsOnly({ needed, security }: Sentence): Patches {
  return { security: [], securityCount: security, other: needed - security, listed: needed, oldestAt: null }
}

/** The column of the status stands under its English name, else two after the severity. Categories are never translated. */
function columnsOf({
  heading,
  rows,
}: Table): { readonly name: number; readonly category: number; readonly status: number } | null {
  const byValue = heading.findIndex((_, at) => rows.length > 0 && rows.every((row) => CATEGORY.test(row[at] ?? '')))
  const category = heading.includes('Category') ? heading.indexOf('Category') : byValue
  if (category < 1) return null
  const status = heading.includes('Status') ? heading.indexOf('Status') : category + 3
  // With `--issues` a row is an issue, and the patch that closes it stands in a column of its own.
  const named = ['Name', 'Patch'].map((one) => heading.indexOf(one)).find((at) => at !== -1)
  const name = named ?? 1
  return status < heading.length ? { name, category, status } : null
}

/** Errors as `parseZypperPatches`. */
export const zypperPatchesSource: Source<'patch'> = {
  id: ID,
  check: 'patch',
  parse: (input) => {
    const patches = parseZypperPatches(input)
    if (!patches.ok) return patches
    const { security, securityCount, other, oldestAt } = patches.value
    const updates = { ...updatesOf({ security, other, advisories: securityCount }), security: securityCount }
    const samples = oldestAt === null ? {} : { 'security:oldestAt': oldestAt }
    return ok({ parts: { manager: read(ID, { name: 'zypper' }), updates: read(ID, updates) }, samples })
  },
}
