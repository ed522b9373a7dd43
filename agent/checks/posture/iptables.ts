/** `iptables-save` → state of inbound filtering for IPv4. Pure. Recorded with 1.8.9; only INPUT of the table `filter` counts. */
import type { Failure } from '../../../shared/reading.ts'
import { err, ok, type Result } from '../../../shared/result.ts'
import type { Source } from '../collector.ts'
import { decode } from '../decode.ts'
import { firstLine } from '../parts.ts'
import { type FirewallState, firewallAnswer, isForeignChain } from './firewall-state.ts'

/** Packets and bytes before a rule: `iptables-save -c`. */
const COUNTERS = /^\[\d+:\d+\] (?=-A )/

/** Errors: `access-denied`, `exit`, `parse` (a table that does not end in COMMIT: cut short). No table at all: nothing is filtered. */
export function parseIptables(text: string, stderr: string, exitCode: number | null): Result<FirewallState, Failure> {
  if (/permission denied|must be root|operation not permitted/i.test(stderr)) {
    return err({ code: 'access-denied', detail: 'iptables-save answers root only' })
  }
  if (exitCode !== 0)
    return err({ code: 'exit', detail: `iptables-save ended with ${exitCode ?? 'a signal'}: ${firstLine(stderr)}` })
  const lines = text.split('\n').map((line) => line.trimEnd().replace(COUNTERS, ''))
  const tables = lines.filter((line) => /^\*\w+$/.test(line))
  const ends = lines.filter((line) => line === 'COMMIT')
  const foreign = lines.find((line) => line !== '' && !/^(?:#|\*|:|-[AI] |COMMIT$)/.test(line))
  const isCut = tables.length !== ends.length || (tables.length === 0 && text.trim() !== '')
  if (isCut || foreign !== undefined) {
    return err({ code: 'parse', detail: `iptables-save: ${foreign?.slice(0, 120) ?? 'a table is cut short'}` })
  }
  const filter = tableLines(lines, '*filter')
  const policy = filter.map((line) => /^:INPUT (\S+)/.exec(line)?.[1]).find((one) => one !== undefined)
  const rules = filter.filter((line) => line.startsWith('-A INPUT ') && !isForeignChain(targetOf(line)))
  const verdict = verdictForAll(filter, 'INPUT', new Set()) ?? policy
  const inbound = verdict === 'DROP' || verdict === 'REJECT' ? 'drop' : 'accept'
  return ok({ enabled: inbound === 'drop' || rules.length > 0, startsAtBoot: null, inbound })
}

/** What everything meets in a chain: the target of a rule without a condition; a comment is no condition. */
const FOR_ALL = /^-A (\S+) (?:-m comment --comment (?:"[^"]*"|\S+) )?-[jg] (\S+)/

/**
 * Verdict of the first rule without a condition: it decides before later rules and the policy. Chains that it jumps to are followed.
 * null: none decides. @param seen chains on the way here.
 */
function verdictForAll(filter: readonly string[], chain: string, seen: ReadonlySet<string>): string | null {
  if (seen.has(chain)) return null
  const path = new Set([...seen, chain])
  for (const line of filter) {
    const [, of, target = ''] = FOR_ALL.exec(line) ?? []
    if (of !== chain || isForeignChain(target)) continue
    if (target === 'ACCEPT' || target === 'DROP' || target === 'REJECT') return target
    if (target === 'RETURN') return null
    const verdict = verdictForAll(filter, target, path)
    if (verdict !== null) return verdict
  }
  return null
}

function tableLines(lines: readonly string[], table: string): readonly string[] {
  const start = lines.indexOf(table)
  return start === -1 ? [] : lines.slice(start + 1, lines.indexOf('COMMIT', start))
}

function targetOf(rule: string): string {
  return / -[jg] (\S+)/.exec(rule)?.[1] ?? ''
}

/** Errors as `parseIptables`; an empty output alone is `empty`, because nft may hold the rules. */
export const iptablesSource: Source<'posture'> = {
  id: 'posture/iptables',
  check: 'posture',
  parse: ({ stdout, stderr, exitCode }) => {
    const text = decode(stdout)
    const state = parseIptables(text, stderr, exitCode)
    if (state.ok && text.trim() === '') return err({ code: 'empty', detail: 'iptables-save printed nothing' })
    return firewallAnswer('posture/iptables', 'iptables', state)
  },
}
