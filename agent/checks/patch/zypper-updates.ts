/** `zypper list-updates` as a table in any language and as XML → packages that wait; which are for security it does not tell. Pure. */
import { type Failure, read } from '../../../shared/reading.ts'
import { err, ok, type Result } from '../../../shared/result.ts'
import type { Source, SourceInput } from '../collector.ts'
import { decode } from '../decode.ts'
import { firstLine } from '../parts.ts'
import { updatesOf } from './waiting.ts'
import { isWholeStream, parseTable, updateElements, zypperFailure } from './zypper-answer.ts'

const ID = 'patch/zypper-updates'

/** Distinct names of packages. Errors: `exit`, `empty`, `locked`, `parse`. */
export function parseZypperUpdates({
  stdout,
  stderr,
  exitCode,
}: Pick<SourceInput, 'stdout' | 'stderr' | 'exitCode'>): Result<readonly string[], Failure> {
  const text = decode(stdout)
  const failure = zypperFailure(text, stderr, exitCode)
  if (failure !== null) return err(failure)
  if (text.trim() === '') return err({ code: 'empty', detail: 'zypper printed nothing' })
  return text.includes('<stream') ? parseDocument(text) : parseText(text)
}

function parseDocument(text: string): Result<readonly string[], Failure> {
  if (!isWholeStream(text)) return err({ code: 'parse', detail: 'the answer of zypper is cut short' })
  const elements = updateElements(text)
  if (elements.some((one) => !one.has('kind') || !one.has('name')))
    return err({ code: 'parse', detail: 'an update without its name' })
  return ok([...new Set(elements.filter((one) => one.get('kind') === 'package').map((one) => one.get('name') ?? ''))])
}

/** Columns: status, repository, name, installed version, offered version, architecture (zypper 1.6 to 1.14). */
function parseText(text: string): Result<readonly string[], Failure> {
  const table = parseTable(text)
  if (table === null) {
    return /^No updates found\.?$/m.test(text)
      ? ok([])
      : err({ code: 'parse', detail: `not a list of updates: ${firstLine(text)}` })
  }
  const at = table.heading.includes('Name') ? table.heading.indexOf('Name') : 2
  const isWhole =
    table.heading.length >= 6 &&
    table.rows.length > 0 &&
    table.rows.every((row) => row.length >= table.heading.length && row[at] !== '')
  if (!isWhole) return err({ code: 'parse', detail: 'the list of updates is cut short' })
  return ok([...new Set(table.rows.map((row) => row[at] ?? ''))])
}

/** Errors as `parseZypperUpdates`. */
export const zypperUpdatesSource: Source<'patch'> = {
  id: ID,
  check: 'patch',
  parse: (input) => {
    const names = parseZypperUpdates(input)
    if (!names.ok) return names
    const updates = updatesOf({ security: names.value.length === 0 ? [] : null, other: names.value.length })
    return ok({ parts: { manager: read(ID, { name: 'zypper' }), updates: read(ID, updates) }, samples: {} })
  },
}
