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

type Blind = {
  readonly rule: Parameters<typeof ruleName>[0]
  readonly why: string
  readonly names: Set<string>
}

/** One line per rule and reason over all machines, the most machines first. */
function itemsOf(scene: Scene): readonly ReportItem[] {
  const { input, f, texts } = scene
  const lines = new Map<string, Blind>()
  for (const state of input.machines) {
    for (const problem of problemsAt(state, input.frozenAt)) {
      const reason = reasonOf(problem)
      if (reason === null) continue
      const rule = ruleOf(problem)
      const { why } = reasonText(reason, f)
      const line = lines.get(`${rule}\n${why}`) ?? { rule, why, names: new Set<string>() }
      line.names.add(state.name)
      lines.set(`${rule}\n${why}`, line)
    }
  }
  const sorted = [...lines.values()].sort((a, b) => b.names.size - a.names.size)
  return sorted.map(({ rule, why, names }) => ({
    state: 'not-proven',
    text: texts.end.unseenItem(ruleName(rule, scene), names.size, f),
    detail: texts.end.unseenDetail(firstNames(scene, [...names]), why),
  }))
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
