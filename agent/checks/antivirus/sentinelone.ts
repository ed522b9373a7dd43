/** `sentinelctl` on Linux (version, engines, control and management status) or macOS (`status`) → state. Pure. Ids and keys in it are never kept. */
import { type Failure, read } from '../../../shared/reading.ts'
import { err, ok, type Result } from '../../../shared/result.ts'
import type { Source } from '../collector.ts'
import { decode } from '../decode.ts'
import { firstLine } from '../parts.ts'
import { type ProductStatus, productOf } from './product-status.ts'

const MAX_LINES = 5_000

/**
 * Protection is proven by `Agent state Enabled` (Linux) or `Protection: enabled` with `Agent Operational State: enabled`
 * (macOS); any of them that says otherwise withdraws it.
 * Errors: `access-denied`, `exit`, `empty`, `parse`.
 */
export function parseSentinelctl(
  text: string,
  stderr: string,
  exitCode: number | null,
): Result<ProductStatus, Failure> {
  if (/root privileges|permission denied|must be run as root/i.test(`${text}\n${stderr}`)) {
    return err({ code: 'access-denied', detail: 'sentinelctl answers root only' })
  }
  if (exitCode !== 0)
    return err({
      code: 'exit',
      detail: `sentinelctl ended with ${exitCode ?? 'a signal'}: ${firstLine(stderr || text)}`,
    })
  if (text.trim() === '') return err({ code: 'empty', detail: 'sentinelctl printed nothing' })
  const states = words(text, /^(?:Agent state|Agent Operational State|Protection)(?::| {2,}) *(\S+)/)
  const version = /^ *(?:Agent version|Version): +(\d[\d.]{0,63})/m.exec(text)?.[1] ?? null
  if (states.length === 0 && version === null) return err({ code: 'parse', detail: `sentinelctl: ${firstLine(text)}` })
  const isEnabled = states.every((state) => state.toLowerCase() === 'enabled')
  const lacks = /^ *Missing Authorizations:[ \t]{0,80}\S/m.test(text)
  // The form of macOS always tells all three: without one of them it was cut.
  const told = ['Agent Operational State', 'Protection', 'Missing Authorizations'].filter((name) =>
    new RegExp(`^ *${name}:`, 'm').test(text),
  )
  const isCut = told.length > 0 && told.length < 3
  const mode = states.length === 0 ? null : !isEnabled ? 'off' : lacks ? 'reduced' : isCut ? null : 'active'
  return ok({
    running: runningProcesses(text),
    realTime: mode === null ? null : mode === 'active',
    engineVersion: version,
    mode,
  })
}

/** `Infected: yes` of macOS; null: not told. */
export function parseInfected(text: string): boolean | null {
  const word = /^ *Infected: +(\S{1,10})/m.exec(text)?.[1]?.toLowerCase()
  return word === 'yes' ? true : word === 'no' ? false : null
}

function words(text: string, pattern: RegExp): readonly string[] {
  return text.split('\n', MAX_LINES).flatMap((line) => pattern.exec(line.trim())?.[1] ?? [])
}

/** Linux lists its processes with their ids; true when `agent` has one. macOS tells of its daemon. null: neither. */
function runningProcesses(text: string): boolean | null {
  const daemon = /^ *sentineld: +(ok|not running)\b/m.exec(text)?.[1]
  if (daemon !== undefined) return daemon === 'ok'
  const lines = text.split('\n', MAX_LINES).map((line) => line.trimEnd())
  const start = lines.findIndex((line) => /^Process Name +PID$/.test(line))
  if (start === -1) return null
  const agent = lines.slice(start + 1).find((line) => /^agent\b/.test(line))
  return agent !== undefined && /^agent +[1-9]\d*$/.test(agent)
}

/** Errors as `parseSentinelctl`. */
export const sentineloneSource: Source<'antivirus'> = {
  id: 'antivirus/sentinelone',
  check: 'antivirus',
  parse: ({ stdout, stderr, exitCode }) => {
    const text = decode(stdout)
    const status = parseSentinelctl(text, stderr, exitCode)
    if (!status.ok) return status
    const products = read('antivirus/sentinelone', [productOf('sentinelone', status.value)])
    const infected = parseInfected(text)
    if (infected === null) return ok({ parts: { products }, samples: {} })
    const threats = { active: infected ? 1 : 0, handled: null, failed: null, withinDays: 30 }
    return ok({ parts: { products, threats: read('antivirus/sentinelone', threats) }, samples: {} })
  },
}
