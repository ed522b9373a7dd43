/** `iptables-save` → state of inbound filtering for IPv4. Pure. Recorded with 1.8.9; only INPUT of the table `filter` counts. */
import type { Failure } from '../../../shared/reading.ts'
import { err, ok, type Result } from '../../../shared/result.ts'
import type { Source } from '../collector.ts'
import { decode } from '../decode.ts'
import { firstLine } from '../parts.ts'
import { type ChainRule, chainVerdicts } from './chain-verdicts.ts'
import { type FirewallState, firewallAnswer, isForeignChain } from './firewall-state.ts'

/** Packets and bytes before a rule: `iptables-save -c`. */
const COUNTERS = /^\[\d{1,20}:\d{1,20}\] (?=-A )/

const MAX_LINES = 100_000

/** Errors: `access-denied`, `exit`, `parse` (a table that does not end in COMMIT: cut short). No table at all: nothing is filtered. */
export function parseIptables(text: string, stderr: string, exitCode: number | null): Result<FirewallState, Failure> {
  if (/permission denied|must be root|operation not permitted/i.test(stderr)) {
    return err({ code: 'access-denied', detail: 'iptables-save answers root only' })
  }
  if (exitCode !== 0)
    return err({ code: 'exit', detail: `iptables-save ended with ${exitCode ?? 'a signal'}: ${firstLine(stderr)}` })
  const all = text.split('\n', MAX_LINES + 1)
  if (all.length > MAX_LINES) return err({ code: 'parse', detail: `iptables-save: more than ${MAX_LINES} lines` })
  const lines = all.map((line) => line.trimEnd().replace(COUNTERS, ''))
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
  const inbound = chainVerdicts(rulesByChain(filter))('INPUT') ?? (policy === 'DROP' ? 'drop' : 'accept')
  return ok({ enabled: inbound === 'drop' || rules.length > 0, startsAtBoot: null, inbound })
}

/** What everything meets in a chain: the target of a rule without a condition; a comment is no condition. */
const FOR_ALL = /^-A (\S{1,64}) (?:-m comment --comment (?:"[^"]{0,300}"|\S{1,300}) )?-([jg]) (\S{1,64})/

function rulesByChain(filter: readonly string[]): ReadonlyMap<string, readonly ChainRule[]> {
  const rules = filter.flatMap((line) => {
    const [, chain, letter, target = ''] = FOR_ALL.exec(line) ?? []
    return chain === undefined ? [] : [{ chain, ...ruleOf(target, letter === 'g') }]
  })
  return Map.groupBy(rules, ({ chain }) => chain)
}

function ruleOf(target: string, isGoto: boolean): ChainRule {
  const rule = { foreign: isForeignChain(target), isGoto }
  if (target === 'ACCEPT') return { ...rule, forAll: 'accept', to: null }
  if (target === 'DROP' || target === 'REJECT') return { ...rule, forAll: 'drop', to: null }
  return target === 'RETURN' ? { ...rule, forAll: 'return', to: null } : { ...rule, forAll: null, to: target }
}

function tableLines(lines: readonly string[], table: string): readonly string[] {
  const start = lines.indexOf(table)
  return start === -1 ? [] : lines.slice(start + 1, lines.indexOf('COMMIT', start))
}

function targetOf(rule: string): string {
  return / -[jg] (\S{1,64})/.exec(rule)?.[1] ?? ''
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
