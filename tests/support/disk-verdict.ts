/** What the rules say of one tool's output at first sight, and that no damage to the output may improve it. Pure. */
import { expect } from 'vitest'
import type { Contribution, Source } from '../../agent/checks/collector.ts'
import { judgeSection } from '../../server/judge.ts'
import { RULE_PARTS } from '../../server/views/rule-parts.ts'
import { mutations, someLineCuts } from './mutations.ts'
import { sectionOf } from './sections.ts'

/** The moment of collection in these tests. */
export const COLLECTED_AT = Date.UTC(2026, 10, 25, 14)

export type Verdict = 'pass' | 'unknown' | 'info' | 'warning' | 'critical'
const RANK: readonly Verdict[] = ['pass', 'unknown', 'info', 'warning', 'critical']

/** What was judged before: most damage changes nothing that is read, and a judgement costs more than a parser. */
const judgedBefore = new Map<string, Verdict>()

/** The worst outcome of the rules about the parts that the output gives; a rule that only lacks history does not count. */
export function verdictOf(source: Source<'disk'>, output: Uint8Array | string, exitCode: number | null = 0): Verdict {
  const stdout = typeof output === 'string' ? Buffer.from(output) : output
  const parsed = source.parse({ stdout, stderr: '', exitCode, platform: 'linux', now: COLLECTED_AT })
  if (!parsed.ok) return 'unknown'
  const told = JSON.stringify(parsed.value)
  const verdict = judgedBefore.get(told) ?? judge(parsed.value)
  judgedBefore.set(told, verdict)
  return verdict
}

function judge(told: Contribution<'disk'>): Verdict {
  const input = { state: 'value', section: sectionOf('disk', told), samples: told.samples, collectedAt: COLLECTED_AT }
  const judged = judgeSection('disk', JSON.stringify(input), { now: COLLECTED_AT, role: 'server' })
  if (!judged.ok) throw new Error(judged.error.detail)
  const given = Object.keys(told.parts)
  const mine = judged.value.filter(
    ({ rule, code }) => given.includes(RULE_PARTS[rule] ?? '') && code !== 'needs-history',
  )
  const verdicts = mine.map(({ state, severity }): Verdict => {
    if (state === 'fail') return severity ?? 'warning'
    return state === 'unknown' ? 'unknown' : 'pass'
  })
  return verdicts.toSorted((a, b) => RANK.indexOf(b) - RANK.indexOf(a))[0] ?? 'pass'
}

/** Fails the test when any mutation, any missing line or any wrong exit code turns a bad or unproven output into a passing one. */
export function expectNoDamageImproves(source: Source<'disk'>, output: Uint8Array | string, allowed?: RegExp): void {
  const bytes = typeof output === 'string' ? Buffer.from(output) : output
  const before = verdictOf(source, bytes)
  for (const [what, damaged] of mutations(bytes)) {
    const after = verdictOf(source, damaged)
    if (after === 'pass' && !/^(?:empty|white space)$/.test(what)) expect(before, `${source.id} ${what}`).toBe('pass')
    if (/^(?:empty|white space|noise alone)$/.test(what)) expect(after, `${source.id} ${what}`).toBe('unknown')
  }
  if (before === 'pass') return
  for (const [line, damaged] of someLineCuts(bytes, 100)) {
    if (allowed?.test(line) === true) continue
    expect(verdictOf(source, damaged), `${source.id} without: ${line}`).not.toBe('pass')
  }
}

/** Fails the test when an output that was cut short anywhere before its last words is taken for a good one. */
export function expectNoneCutIsGood(source: Source<'disk'>, text: string): void {
  expect(verdictOf(source, text), 'whole').toBe('pass')
  const lines = text.split('\n')
  const last = lines.findLastIndex((line) => line.trim() !== '')
  for (let at = 0; at <= last; at += 1) {
    const before = lines.slice(0, at).map((line) => `${line}\n`)
    const middle = (lines[at] ?? '').slice(0, (lines[at]?.length ?? 0) >> 1)
    for (const cut of [before.join(''), before.join('') + middle])
      expect(verdictOf(source, cut), `${source.id} cut before: ${lines[at]}`).not.toBe('pass')
  }
}
