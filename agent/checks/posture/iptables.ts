/** `iptables-save` → state of inbound filtering for IPv4. Pure. Recorded with 1.8.9; only INPUT of the table `filter` counts. */
import type { Failure } from '../../../shared/reading.ts'
import { err, ok, type Result } from '../../../shared/result.ts'
import type { Source } from '../collector.ts'
import { decode } from '../decode.ts'
import { firstLine } from '../parts.ts'
import { type FirewallState, firewallAnswer, isForeignChain } from './firewall-state.ts'

/** Errors: `access-denied`, `exit`, `parse` (a table that does not end in COMMIT: cut short). No table at all: nothing is filtered. */
export function parseIptables(text: string, stderr: string, exitCode: number | null): Result<FirewallState, Failure> {
  if (/permission denied|must be root|operation not permitted/i.test(stderr)) {
    return err({ code: 'access-denied', detail: 'iptables-save answers root only' })
  }
  if (exitCode !== 0)
    return err({ code: 'exit', detail: `iptables-save ended with ${exitCode ?? 'a signal'}: ${firstLine(stderr)}` })
  const lines = text.split('\n').map((line) => line.trimEnd())
  const tables = lines.filter((line) => /^\*\w+$/.test(line))
  const ends = lines.filter((line) => line === 'COMMIT')
  const foreign = lines.find((line) => line !== '' && !/^(?:#|\*|:|-[AI] |COMMIT$|\[)/.test(line))
  if (tables.length !== ends.length || foreign !== undefined) {
    return err({ code: 'parse', detail: `iptables-save: ${foreign?.slice(0, 120) ?? 'a table is cut short'}` })
  }
  const filter = tableLines(lines, '*filter')
  const policy = filter.map((line) => /^:INPUT (\S+)/.exec(line)?.[1]).find((one) => one !== undefined)
  const rules = filter.filter((line) => line.startsWith('-A INPUT ') && !isForeignChain(targetOf(line)))
  const verdict = verdictForAll(rules) ?? policy
  const inbound = verdict === 'DROP' || verdict === 'REJECT' ? 'drop' : 'accept'
  return ok({ enabled: inbound === 'drop' || rules.length > 0, startsAtBoot: null, inbound })
}

/** Verdict of the first rule without a condition: it decides before later rules and the policy. null: none; a comment is no condition. */
function verdictForAll(rules: readonly string[]): string | null {
  const all = /^-A INPUT (?:-m comment --comment (?:"[^"]*"|\S+) )?-j (ACCEPT|DROP|REJECT)\b/
  return rules.map((line) => all.exec(line)?.[1]).find((verdict) => verdict !== undefined) ?? null
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
