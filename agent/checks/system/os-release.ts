/** Parses os-release(5). Pure and total. */
import type { OsFacts } from '../../../shared/checks/system.ts'
import { type Failure, read } from '../../../shared/reading.ts'
import { err, ok, type Result } from '../../../shared/result.ts'
import type { Source } from '../collector.ts'
import { decode } from '../decode.ts'

/** Source id; also the `source` of the part. */
export const OS_RELEASE = 'system/os-release'

const MAX_LINE = 4_096
const LINE = /^([A-Z][A-Z0-9_]*)=(.*)$/

/**
 * What the distribution says of itself; derivatives (Mint, Pop) keep their own id. `version` is null for rolling releases.
 * @param kernel `uname -r`; null: not told.
 * Errors: `empty`; `parse` when neither ID nor a name is in it.
 */
export function parseOsRelease(text: string, kernel: string | null): Result<OsFacts, Failure> {
  if (text.trim() === '') return err({ code: 'empty', detail: 'os-release is empty' })
  const fields = new Map<string, string>()
  for (const line of text.split('\n', 1_000)) {
    // No field is this long, and an expression that backtracks must not meet a line of a megabyte.
    const found = line.length > MAX_LINE ? null : LINE.exec(line.trim())
    const [, key = '', value = ''] = found ?? []
    if (found !== null) fields.set(key, unquote(value))
  }
  const field = (key: string, max: number) => {
    const value = fields.get(key)?.slice(0, max).trim() ?? ''
    return value === '' ? null : value
  }
  const id = field('ID', 64)?.toLowerCase() ?? null
  const name = field('PRETTY_NAME', 128) ?? field('NAME', 128)
  if (id === null && name === null) return err({ code: 'parse', detail: 'neither ID nor NAME in os-release' })
  // os-release(5): without ID it is "linux".
  const known = { id: id ?? 'linux', name: name ?? id ?? 'linux', version: field('VERSION_ID', 64) }
  return ok({ family: 'linux', ...known, build: null, kernel, edition: null })
}

/** Shell quoting as os-release(5) allows it: single, double with backslash escapes, or none. */
function unquote(value: string): string {
  const single = /^'([^']*)'/.exec(value)
  if (single) return single[1] ?? ''
  const double = /^"((?:[^"\\]|\\.)*)"/.exec(value)
  return (double?.[1] ?? value).replace(/\\(.)/g, '$1')
}

/** `system/os-release`: the text of /etc/os-release. The kernel is not in it. */
export const osRelease: Source<'system'> = {
  id: OS_RELEASE,
  check: 'system',
  parse: (input) => {
    const os = parseOsRelease(decode(input.stdout), null)
    return os.ok ? ok({ parts: { os: read(OS_RELEASE, os.value) }, samples: {} }) : os
  },
}
