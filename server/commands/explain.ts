/** `server explain`: facts, limits, outcome, alert: why somebody was or was not told. */
import { subjectOf } from '../../shared/rules.ts'
import { createFormatter } from '../../shared/text/create-formatter.ts'
import type { Formatter } from '../../shared/text/format.ts'
import { reasonText } from '../../shared/text/reason-catalogue.ts'
import { sayFinding, sayRule } from '../../shared/text/rule-catalogue.ts'
import type { AlertReason, Explanation } from '../explain.ts'
import { type Command, misused, printable, readWords } from './command.ts'
import { reply } from './reply.ts'

/** Explains one rule of a machine, or all of them. */
export const explain: Command = {
  name: 'explain',
  summary: 'why a rule says what it says of a machine, and why somebody was or was not told',
  usage: ['explain MACHINE [RULE]'],
  example: 'explain bakery/till-1 disk/space-low',
  async run(args, io) {
    const parsed = readWords(args, {})
    if (!parsed.ok) return misused(io, explain, parsed.error)
    const [machine, rule = null] = parsed.value.words
    if (machine === undefined) return misused(io, explain, 'Give a machine. See: machine list')
    const answer = await io.ask('explain', { machine, rule })
    return reply(io, parsed.value, answer, ({ explanations, now, timeZone }) => {
      const f = createFormatter({ language: 'en', timeZone, now })
      return explanations.flatMap((one) => [...linesOf(one, f), ''])
    })
  },
}

function linesOf(one: Explanation, f: Formatter): readonly string[] {
  const lines = [`${one.rule}${one.item === '' ? '' : ` ${one.item}`}`]
  for (const { part, state, source, code, detail, collectedAt } of one.facts) {
    const when = collectedAt === null ? 'never' : f.exact(collectedAt)
    const why = code === null ? '' : ` (${code}${detail === '' ? '' : `: ${detail}`})`
    lines.push(`  fact     ${part}: ${state}${why}, ${source ?? 'no source'}, ${when}`)
  }
  for (const { key, value, unit, from, reason } of one.limits) {
    lines.push(`  limit    ${key} = ${value === null ? 'not set' : String(value)} ${unit} (${from}: ${reason})`)
  }
  lines.push(`  outcome  ${outcomeOf(one, f)}`)
  if (one.holdMs !== null) lines.push(`  hold     ${f.span(one.holdMs)} before anybody is told`)
  lines.push(`  alert    ${alertOf(one.alert, f)}`)
  return lines.map(printable)
}

function outcomeOf({ rule, outcome }: Explanation, f: Formatter): string {
  if (outcome.state === 'fail')
    return `fail, ${outcome.severity}: ${sayFinding(rule, outcome.values as never, f).title}`
  if (outcome.state !== 'unknown') return outcome.state
  const { code, detail, source } = outcome
  const { sentence } = reasonText({ subject: subjectOf(rule), part: null, source, code, detail }, f)
  return `unknown, ${code}: ${sayRule(rule, 'en').blind} ${sentence}`
}

function alertOf(alert: AlertReason, f: Formatter): string {
  switch (alert.why) {
    case 'passes':
      return 'nothing to tell: the rule passes'
    case 'not-applicable':
      return 'nothing to tell: the rule does not concern this machine'
    case 'could-not-tell':
      return 'nobody was told: the rule could not tell, and nothing was wrong before'
    case 'holding':
      return `nobody was told yet: it must hold until ${f.exact(alert.at)}`
    case 'blind':
      return `frozen since ${f.exact(alert.at)}: the rule cannot tell whether it still holds`
    case 'clearing':
      return `passes again since ${f.exact(alert.at)}; counts as over after its clear time`
    case 'accepted':
      return `nobody is told: the risk is accepted until ${f.exact(alert.at)}`
    case 'told':
      return `firing since ${f.exact(alert.at)}`
    case 'held-back':
      return `nobody was told: ${alert.by} explains it`
  }
}
