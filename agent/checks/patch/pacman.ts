/** `checkupdates` (exit 2: none) and `pacman -Qu` (exit 1: none) → what waits. Arch tells no security updates. Pure. */
import { type Failure, read } from '../../../shared/reading.ts'
import { err, ok, type Result } from '../../../shared/result.ts'
import type { Source, SourceInput } from '../collector.ts'
import { decode } from '../decode.ts'
import { firstLine } from '../parts.ts'
import { linesOf } from './lines.ts'
import { updatesOf } from './waiting.ts'

const ID = 'patch/pacman'
/** The mark of an ignored package is translated (`[ignored]`, `[Ignoriert]`). */
const ROW = /^([\w@.+-]{1,200}) (\S{1,120}) -> (\S{1,120})( \[[^\]]{1,40}\])?$/

/** Names that wait, and those that an administrator holds (`IgnorePkg`). */
export type PacmanUpdates = { readonly names: readonly string[]; readonly ignored: readonly string[] }

/** pacman's own way of saying "none" is an exit code without a word. Errors: `exit`, `empty`, `parse`, `locked`. */
export function parsePacman({
  stdout,
  stderr,
  exitCode,
}: Pick<SourceInput, 'stdout' | 'stderr' | 'exitCode'>): Result<PacmanUpdates, Failure> {
  const printed = linesOf(decode(stdout))
  if (!printed.ok) return printed
  const lines = printed.value.filter((line) => line.trim() !== '' && !/^(?::: |warning: )/.test(line))
  const said = firstLine(stderr)
  if (lines.length === 0) {
    if ((exitCode === 1 || exitCode === 2) && said === '') return ok({ names: [], ignored: [] })
    const code = exitCode === 0 && said === '' ? 'empty' : /lock/i.test(said) ? 'locked' : 'exit'
    return err({ code, detail: `pacman ended with ${exitCode ?? 'a signal'}: ${said}` })
  }
  if (exitCode !== 0)
    return err({
      code: 'exit',
      detail: `pacman ended with ${exitCode ?? 'a signal'}: ${said || firstLine(lines.join('\n'))}`,
    })
  const rows = lines.map((line) => ROW.exec(line.trim()))
  const strange = lines.find((_, at) => rows[at] === null)
  if (strange !== undefined) return err({ code: 'parse', detail: `not an update: ${strange.slice(0, 120)}` })
  const named = (isIgnored: boolean) => [
    ...new Set(rows.flatMap((row) => (row !== null && (row[4] !== undefined) === isIgnored ? [row[1] ?? ''] : []))),
  ]
  return ok({ names: named(false), ignored: named(true) })
}

/** Errors as `parsePacman`. */
export const pacmanSource: Source<'patch'> = {
  id: ID,
  check: 'patch',
  parse: (input) => {
    const found = parsePacman(input)
    if (!found.ok) return found
    const { names, ignored } = found.value
    const isNone = names.length + ignored.length === 0
    const updates = updatesOf({ security: isNone ? [] : null, other: names.length, held: ignored.length })
    return ok({ parts: { manager: read(ID, { name: 'pacman' }), updates: read(ID, updates) }, samples: {} })
  },
}
