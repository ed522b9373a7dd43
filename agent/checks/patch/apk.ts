/** `apk version -l '<' -v` and `apk list -u` (apk-tools 2 and 3) → what waits. Alpine tells no security updates here. Pure. */
import { type Failure, read } from '../../../shared/reading.ts'
import { err, ok, type Result } from '../../../shared/result.ts'
import type { Source, SourceInput } from '../collector.ts'
import { decode } from '../decode.ts'
import { firstLine } from '../parts.ts'
import { linesOf } from './lines.ts'
import { updatesOf } from './waiting.ts'

const ID = 'patch/apk'
const NAME = /^([a-z0-9][\w.+:-]{0,200}?)-(\d[\w.]{0,80}-r\d{1,6})$/i
const HEADING = /^Installed:\s{1,200}Available:/m
const INDEX_MISSING =
  /^(?:ERROR|WARNING): .*(?:No such file|opening from cache|unable to open|temporary error|Permission denied|lock)/im

/** Names for which something newer is offered. "None" needs the heading: `apk list -u` prints nothing then, as a broken one does. Errors: `exit`, `empty`, `parse`, `locked`. */
export function parseApk({
  stdout,
  stderr,
  exitCode,
}: Pick<SourceInput, 'stdout' | 'stderr' | 'exitCode'>): Result<readonly string[], Failure> {
  const text = decode(stdout)
  const complaint = INDEX_MISSING.exec(`${text}\n${stderr}`)?.[0] ?? null
  if (exitCode !== 0) {
    const said = complaint ?? firstLine(stderr || text)
    return err({
      code: /lock/i.test(said) ? 'locked' : 'exit',
      detail: `apk ended with ${exitCode ?? 'a signal'}: ${said.slice(0, 200)}`,
    })
  }
  const lines = linesOf(text)
  if (!lines.ok) return lines
  const names = new Set<string>()
  for (const line of lines.value) {
    if (line.trim() === '' || HEADING.test(line) || /^(?:WARNING|fetch) ?/.test(line)) continue
    const name = nameOf(line)
    if (name === null) return err({ code: 'parse', detail: `not a package: ${line.trim().slice(0, 120)}` })
    names.add(name)
  }
  if (names.size > 0) return ok([...names])
  if (complaint !== null) return err({ code: 'empty', detail: complaint.slice(0, 200) })
  return HEADING.test(text) ? ok([]) : err({ code: 'empty', detail: 'apk printed nothing' })
}

function nameOf(line: string): string | null {
  if (line.length > 1_000) return null
  const [first = '', relation = ''] = line.trim().split(/\s+/, 2)
  const isRow = relation.startsWith('<') || line.includes('[upgradable from: ')
  return isRow ? (NAME.exec(first)?.[1] ?? null) : null
}

/** Errors as `parseApk`. */
export const apkSource: Source<'patch'> = {
  id: ID,
  check: 'patch',
  parse: (input) => {
    const names = parseApk(input)
    if (!names.ok) return names
    const updates = updatesOf({ security: names.value.length === 0 ? [] : null, other: names.value.length })
    return ok({ parts: { manager: read(ID, { name: 'apk' }), updates: read(ID, updates) }, samples: {} })
  },
}
