/** `apt list --upgradable` → updates. A further source: apt calls this output unstable, and it counts phased and held packages too. Pure. */
import { type Failure, read } from '../../../shared/reading.ts'
import { err, ok, type Result } from '../../../shared/result.ts'
import type { Source } from '../collector.ts'
import { decode } from '../decode.ts'
import { firstLine } from '../parts.ts'
import { type AptInstall, isSecurityOrigin } from './apt-simulation.ts'
import { listSecurity } from './apt-updates.ts'
import { linesOf } from './lines.ts'

/** The heading and the words before the old version are translated; the order of the columns is not (apt 2.6). */
const ROW = /^([^\s/]+)\/(\S+) (\S+) (\S+) \[[^\]:]{1,60}: [^\]]+\]$/
const HEADING = /^\p{Lu}[\p{L} ]{2,40}(?:\.\.\.|…)(?: \p{L}{2,20})?\s*$/u

/**
 * Errors: `empty`, `parse` (no "Listing" line, a row of another form, a package twice), `exit`.
 * Adverts before the list ("Get more security updates through Ubuntu Pro") are skipped.
 */
export const aptListSource: Source<'patch'> = {
  id: 'patch/apt-list',
  check: 'patch',
  parse: ({ stdout, stderr, exitCode }) => {
    if (exitCode !== 0) return err({ code: 'exit', detail: `apt list ended with ${exitCode}: ${firstLine(stderr)}` })
    const rows = parseRows(decode(stdout))
    if (!rows.ok) return rows
    const security = rows.value.filter((row) => row.security)
    const updates = {
      security: security.length,
      other: rows.value.length - security.length,
      phased: 0,
      held: 0,
      heldSecurity: 0,
      keptBack: 0,
      securityUpdates: listSecurity(security),
    }
    const id = 'patch/apt-list'
    return ok({ parts: { manager: read(id, { name: 'apt' }), updates: read(id, updates) }, samples: {} })
  },
}

function parseRows(text: string): Result<readonly AptInstall[], Failure> {
  if (text.trim() === '') return err({ code: 'empty', detail: 'apt list printed nothing' })
  const split = linesOf(text)
  if (!split.ok) return split
  const lines = split.value
  const start = lines.findIndex((line) => line.startsWith('Listing...') || HEADING.test(line))
  if (start === -1) return err({ code: 'parse', detail: `not apt list --upgradable: ${firstLine(text)}` })
  const rows = new Map<string, AptInstall>()
  for (const line of lines.slice(start + 1)) {
    if (line.trim() === '' || /^[NW]: /.test(line)) continue
    const [, name, suites, version, architecture] = ROW.exec(line.trimEnd()) ?? []
    if (name === undefined || suites === undefined || version === undefined) return badRow(line)
    const key = `${name}:${architecture}`
    if (rows.has(key)) return badRow(line)
    rows.set(key, { name: name.slice(0, 128), version: version.slice(0, 128), security: isSecurityOrigin(suites) })
  }
  return ok([...rows.values()])
}

function badRow(line: string): Result<never, Failure> {
  return err({ code: 'parse', detail: `apt list --upgradable: unexpected line: ${line.slice(0, 120)}` })
}
