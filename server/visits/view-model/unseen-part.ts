/** Part 11: what could not be seen, why, and how much was. Pure. */
import { subjectOf } from '../../../shared/rules.ts'
import { reasonText } from '../../../shared/text/reason-catalogue.ts'
import type { ReasonContext } from '../../../shared/text/reason-text.ts'
import { isAway } from '../../views/dials.ts'
import { problemsAt, summaryOf } from '../../views/machine-summary.ts'
import { ruleOf } from '../../views/problems.ts'
import type { ReportItem, UnseenPart } from '../report/report-parts.ts'
import type { Scene } from './report-input.ts'
import { ruleName } from './said.ts'
import { firstNames } from './verdict.ts'

/** @returns the part. */
export function unseenPart(scene: Scene): UnseenPart {
  const { end } = scene.texts
  return {
    heading: end.unseen,
    items: itemsOf(scene),
    none: end.unseenNone,
    coverage: { columns: { measured: end.col_measured, amount: end.col_amount }, rows: coverageOf(scene) },
    glossary: end.glossary,
    verify: end.verify,
  }
}

type Blind = { readonly rule: string; readonly why: string; readonly machine: string }

/**
 * What one cause hides stands in one line: the machines with one reason, and under which names nothing is proven there. The most
 * machines first.
 */
function itemsOf(scene: Scene): readonly ReportItem[] {
  const { f, texts } = scene
  const blind = blindOf(scene)
  const machinesOf = Map.groupBy(blind, ({ rule, why }) => `${why}\n${rule}`)
  const lines = new Map<string, { why: string; names: readonly string[]; rules: string[] }>()
  for (const group of machinesOf.values()) {
    const [first] = group
    if (first === undefined) continue
    const names = [...new Set(group.map(({ machine }) => machine))]
    const key = `${first.why}\n${names.join('\n')}`
    const line = lines.get(key) ?? { why: first.why, names, rules: [] }
    line.rules.push(first.rule)
    lines.set(key, line)
  }
  const sorted = [...lines.values()].sort((a, b) => b.names.length - a.names.length)
  return sorted.map(({ why, names, rules }) => ({
    state: 'not-proven',
    text: texts.end.unseenItem(f.list(rules), names.length, f),
    detail: texts.end.unseenDetail(firstNames(scene, names), why),
  }))
}

function blindOf(scene: Scene): readonly Blind[] {
  const { input, f } = scene
  return input.machines.flatMap((state) =>
    problemsAt(state, input.frozenAt).flatMap((problem) => {
      const reason = reasonOf(problem)
      if (reason === null) return []
      return [{ rule: ruleName(ruleOf(problem), scene), why: reasonText(reason, f).why, machine: state.name }]
    }),
  )
}

/** A finding that cannot be looked at any more is not seen either. */
function reasonOf(problem: ReturnType<typeof problemsAt>[number]): ReasonContext | null {
  const about = { subject: subjectOf(ruleOf(problem)), part: null }
  if (problem.kind === 'unknown') {
    const { code, detail, source } = problem.outcome
    return { ...about, code, detail, source }
  }
  const { blind } = problem.finding
  return blind === null ? null : { ...about, code: blind.code, detail: '', source: null }
}

function coverageOf({ input, f, texts: { end } }: Scene): UnseenPart['coverage']['rows'] {
  const { machines, frozenAt, attestations } = input
  const total = machines.length
  const count = (predicate: (state: (typeof machines)[number]) => boolean) => machines.filter(predicate).length
  const never = count(({ agent }) => agent.lastReportAt === null)
  const away = count((state) => isAway(state, frozenAt))
  const silent = count(
    (state) => state.agent.lastReportAt !== null && !state.agent.connected && !isAway(state, frozenAt),
  )
  const signed = attestations.filter(({ attestation }) => attestation !== null).length
  const problems = machines.map((state) => problemsAt(state, frozenAt))
  const open = problems.flat().filter(({ kind }) => kind === 'finding').length
  const unknown = problems.flat().filter(({ kind }) => kind === 'unknown').length
  const good = machines.reduce((sum, state) => sum + summaryOf(state, frozenAt).good, 0)
  const of = (n: number) => end.ofAll(n, total, f)
  return [
    { measured: end.cover_machines, amount: f.count(total) },
    { measured: end.cover_heard, amount: of(total - never - away - silent) },
    ...(away > 0 ? [{ measured: end.cover_away, amount: of(away) }] : []),
    ...(silent > 0 ? [{ measured: end.cover_silent, amount: of(silent) }] : []),
    ...(never > 0 ? [{ measured: end.cover_never, amount: of(never) }] : []),
    { measured: end.cover_good, amount: f.count(good) },
    { measured: end.cover_bad, amount: f.count(open) },
    { measured: end.cover_unknown, amount: f.count(unknown) },
    { measured: end.cover_signed, amount: of(signed) },
  ]
}
