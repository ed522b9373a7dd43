/** `softwareupdate --list`, in the form of macOS 10.15 and later and in that of earlier ones → what waits. Pure. */
import { type Failure, read } from '../../../shared/reading.ts'
import { err, ok, type Result } from '../../../shared/result.ts'
import type { Source, SourceInput } from '../collector.ts'
import { decode } from '../decode.ts'
import { firstLine } from '../parts.ts'
import { linesOf } from './lines.ts'
import { type AppleUpdate, splitApple } from './macos-kinds.ts'
import { updatesOf } from './waiting.ts'

const ID = 'patch/softwareupdate-list'
/** On stderr in some releases. */
const NONE = /^\s{0,8}No (?:new software|updates) (?:is )?available\.?\s{0,8}$/im
const FOUND = /found the following new or updated software/i
const ERROR =
  /can[’']?t connect|couldn[’']?t|cannot connect|failed|\berror\b|timed out|not connected|must be run as root|unable to/i

/** Errors: `exit` (an error in words or in the code), `empty`, `parse`. An empty list: Apple says that nothing is new. */
export function parseSoftwareUpdateList({
  stdout,
  stderr,
  exitCode,
}: Pick<SourceInput, 'stdout' | 'stderr' | 'exitCode'>): Result<readonly AppleUpdate[], Failure> {
  const text = decode(stdout)
  if (exitCode !== 0)
    return err({
      code: 'exit',
      detail: `softwareupdate ended with ${exitCode ?? 'a signal'}: ${firstLine(stderr || text)}`,
    })
  const split = linesOf(text)
  const complaints = linesOf(stderr)
  if (!split.ok) return split
  if (!complaints.ok) return complaints
  const lines = split.value
  const updates = updatesIn(lines)
  const isCut = updates.length > 0 && (!FOUND.test(text) || hasOrphan(lines))
  if (isCut) return err({ code: 'parse', detail: 'the list of updates is cut short' })
  if (updates.length > 0) return ok(updates)
  const all = `${text}\n${stderr}`
  if (all.trim() === '') return err({ code: 'empty', detail: 'softwareupdate printed nothing' })
  const complaint = [...lines, ...complaints.value].find((line) => line.length < 2_000 && ERROR.test(line))
  if (complaint !== undefined) return err({ code: 'exit', detail: `softwareupdate: ${complaint.trim().slice(0, 200)}` })
  if (NONE.test(all) && !FOUND.test(all)) return ok([])
  return err({ code: 'parse', detail: `neither updates nor "No new software available": ${firstLine(all)}` })
}

/** A description without the label before it. */
function hasOrphan(lines: readonly string[]): boolean {
  const isLabel = (line: string) => /^ {0,8}[*-] /.test(line)
  return lines.some((line, at) => /^\t\S/.test(line) && !isLabel(lines[at - 1] ?? ''))
}

function updatesIn(lines: readonly string[]): readonly AppleUpdate[] {
  const updates = new Map<string, AppleUpdate>()
  for (const [at, line] of lines.entries()) {
    const label = /^ {0,8}[*-] (?:Label: )?(\S.{0,200})$/.exec(line)?.[1]?.trim()
    if (label === undefined) continue
    updates.set(label, { label, ...describedBy(lines[at + 1] ?? '', label) })
  }
  return [...updates.values()]
}

/** `Title: macOS Sonoma 14.6.1, Version: 14.6.1, Size: …`, or `Safari (12.0), 66560K [recommended] [restart]`. */
function describedBy(line: string, label: string): { readonly name: string; readonly version: string | null } {
  if (line.length > 1_000 || !/^\s/.test(line) || /^ {0,8}[*-] /.test(line))
    return { name: label, version: versionOf(label) }
  const titled = /Title: (.{1,200}?), Version: ([^,]{0,60}),/.exec(line)
  if (titled !== null) return { name: titled[1]?.trim() ?? label, version: titled[2]?.trim() || versionOf(label) }
  const older = /^\s{1,16}(.{1,200}?),? \(([\w.]{1,40})\),/.exec(line)
  return older === null
    ? { name: label, version: versionOf(label) }
    : { name: older[1]?.trim() ?? label, version: older[2] ?? null }
}

function versionOf(label: string): string | null {
  return /[- ](\d[\d.]{0,20})(?:-|$)/.exec(label)?.[1] ?? null
}

/** Errors as `parseSoftwareUpdateList`. */
export const softwareUpdateListSource: Source<'patch'> = {
  id: ID,
  check: 'patch',
  parse: (input) => {
    const updates = parseSoftwareUpdateList(input)
    if (!updates.ok) return updates
    const { security, other } = splitApple(updates.value, null)
    return ok({
      parts: { manager: read(ID, { name: 'softwareupdate' }), updates: read(ID, updatesOf({ security, other })) },
      samples: {},
    })
  },
}
