/** `server findings`: what is wrong or not proven, worst first. */
import type { Card } from '../../shared/api/card.ts'
import { createFormatter } from '../../shared/text/create-formatter.ts'
import type { Formatter } from '../../shared/text/format.ts'
import { reasonText } from '../../shared/text/reason-catalogue.ts'
import { sayFinding, sayRule } from '../../shared/text/rule-catalogue.ts'
import { type Command, columns, misused, readWords } from './command.ts'
import { reply } from './reply.ts'
import { isRuleId } from './rule-id.ts'

/** What is wrong, with one sentence each. Exit 1 when something is open: usable in a script. */
export const findings: Command = {
  name: 'findings',
  summary: 'what is wrong or not proven, worst first; exit 1 when there is anything',
  usage: ['findings [--client CLIENT]'],
  example: 'findings --client bakery',
  async run(args, io) {
    const parsed = readWords(args, { client: { type: 'string' } })
    if (!parsed.ok) return misused(io, findings, parsed.error)
    const answer = await io.ask('findings', { client: parsed.value.text('client') })
    const code = reply(io, parsed.value, answer, ({ cards, now, total }) => {
      const f = createFormatter({ language: 'en', timeZone: 'UTC', now })
      if (total === 0) return ['Nothing is open.']
      return columns(
        cards.map((card) => [
          card.standing,
          `${card.machine.client.slug}/${card.machine.slug}`,
          card.rule,
          sentenceOf(card, f),
        ]),
      )
    })
    return code === 0 && answer.ok && answer.value.total > 0 ? 1 : code
  },
}

function sentenceOf({ rule, values, blind, subject }: Card, f: Formatter): string {
  if (!isRuleId(rule)) return ''
  // The values were written by this very rule.
  if (values !== null) return sayFinding(rule, values as never, f).title
  if (blind === null) return sayRule(rule, 'en').blind
  const { sentence } = reasonText({ subject, part: null, ...blind }, f)
  return `${sayRule(rule, 'en').blind} ${sentence}`
}
