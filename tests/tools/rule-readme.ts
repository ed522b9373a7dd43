/** Makes server/rules/README.md from the rules, their texts and their limits, so that screen, document and code agree. Pure. */
import { LIMITS, type LimitKey } from '../../server/policy/defaults.ts'
import { RULES } from '../../server/rules/index.ts'
import type { Rule } from '../../server/rules/rule.ts'
import { createFormatter } from '../../shared/text/create-formatter.ts'
import { sayRule } from '../../shared/text/rule-catalogue.ts'
import { DAY_MS } from '../../shared/units.ts'

const f = createFormatter({ language: 'en', timeZone: 'UTC', now: 0 })

const HEAD = `# Rules

A rule judges facts and yields one outcome per item: \`pass\`, \`fail\` with a severity, \`unknown\` with a reason, or
\`not-applicable\`. Rules are pure: no clock, no store, no other rule. This page is generated (\`npm run golden\`); the limits of
each rule stand at the top of its file.

## How to write one

1. Name it in \`shared/rules.ts\` with the values that its failing outcome carries. From here on the compiler asks for the rest.
2. Write \`server/rules/<check>/<name>.ts\` with \`defineRule\`: the parts that it needs, its limits, and \`evaluate\`. A part that is
   missing, failed or stale never reaches the rule: \`evaluate.ts\` says \`unknown\` for it.
3. Ask every question about time through the context (\`aged\`, \`overdue\`, \`isPast\`): it remembers when the answer changes.
4. Put each number into \`server/policy/defaults.ts\` with the reason for it, and declare its key in \`limits\`.
5. Register it: one line in \`server/rules/index.ts\`.
6. Write its texts in every language (\`shared/text/*/rules/\`) and its table in \`tests/server/rules/\`: at the limit, past it, roles,
   what is missing.

What a source does not tell is \`unknown\` where it was told before or a finding is open (\`lacking\`), so that losing a number never
closes a finding.

## All rules
`

/** @returns the whole page. */
export function ruleReadme(): string {
  const subjects = [...new Set(RULES.map(({ subject }) => subject))]
  return `${HEAD}${subjects.map(sectionOf).join('')}`
}

function sectionOf(subject: Rule['subject']): string {
  const rows = RULES.filter((rule) => rule.subject === subject).map(rowOf)
  return `\n### ${subject}\n\n| rule | about | limits (server / desktop / laptop) | told after | over after | minutes |\n| --- | --- | --- | --- | --- | --- |\n${rows.join('\n')}\n`
}

function rowOf(rule: Rule): string {
  const { name, impact } = sayRule(rule.id, 'en')
  const limits = rule.limits.map((key) => `\`${key}\` ${valuesOf(key)}`).join('<br>')
  const hands = rule.needsHands ? ' (on site)' : ''
  const cells = [`\`${rule.id}\``, `**${name}**. ${impact}`, limits || '–', holdOf(rule.holdMs), holdOf(rule.clearMs)]
  return `| ${[...cells, `${rule.effortMinutes}${hands}`].join(' | ')} |`
}

function valuesOf(key: LimitKey): string {
  const { unit, server, desktop, laptop } = LIMITS[key]
  const said = [server, desktop, laptop].map((value) => {
    if (typeof value === 'boolean') return value ? 'yes' : 'no'
    if (value === null) return '–'
    return {
      percent: f.percent,
      ms: exactSpan,
      bytes: f.bytes,
      celsius: (n: number) => `${n} °C`,
      count: f.count,
      flag: String,
    }[unit](value)
  })
  return new Set(said).size === 1 ? (said[0] ?? '') : said.join(' / ')
}

/** Limits are exact here: 75 days, where a sentence says two months. */
const exactSpan = (ms: number) => (ms >= 3 * DAY_MS ? `${ms / DAY_MS} days` : f.span(ms))

function holdOf({ critical, warning, info }: Rule['holdMs']): string {
  const say = (ms: number) => (ms === 0 ? 'at once' : f.span(ms))
  if (critical === warning && warning === info) return say(critical)
  return `critical ${say(critical)}, else ${say(warning)}`
}
