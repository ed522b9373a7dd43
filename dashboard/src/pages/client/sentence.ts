/** The sentence of a client's page and what stands under it, computed from the same counts as its dials and tables. Pure. */
import type { Card } from '../../../../shared/api/card.ts'
import type { ClientView } from '../../../../shared/api/client.ts'
import type { ClientPagesText } from '../../../../shared/text/client-pages-text.ts'
import type { Formatter } from '../../../../shared/text/format.ts'

/** Never says that all is well while one machine is bad, accepted or not proven. @param title says a card in the reader's language. */
export function clientSentence(
  view: ClientView,
  texts: ClientPagesText,
  f: Formatter,
  title: (card: Card) => string,
): string {
  const { client, standings, urgent, urgentMore } = view
  if (view.machines === 0) return texts.saysEmpty(client.name)
  const [only, other] = urgent
  if (only !== undefined && other === undefined) return texts.saysOne(client.name, only.machine.name, title(only))
  if (only !== undefined) return texts.saysUrgent(client.name, urgent.length + urgentMore, standings.urgent, f)
  if (standings.attention > 0) return texts.saysAttention(client.name, standings.attention, f)
  if (standings['not-proven'] > 0) return texts.saysUntold(client.name, standings['not-proven'], f)
  if (standings.accepted > 0) return texts.saysAccepted(client.name, standings.accepted, f)
  const isProven = view.dials.every(({ standing }) => standing === 'good')
  return isProven ? texts.saysGood(client.name) : texts.saysDialUntold(client.name)
}

/** @param ageOf how long ago, in words. */
export function clientUnder(view: ClientView, texts: ClientPagesText, f: Formatter): string {
  const { machines, sites, reporting, away, standings, lastVisit } = view
  const lines = machines === 0 ? [] : [texts.under(machines, sites, reporting, f)]
  if (away > 0) lines.push(texts.underAway(away, f))
  if (standings['not-proven'] > 0) lines.push(texts.underUntold(standings['not-proven'], f))
  const at = lastVisit?.openedAt ?? lastVisit?.plannedAt
  lines.push(at === undefined ? texts.underNoVisit : texts.underVisit(f.date(at), f.span(view.now - at)))
  return lines.join(' ')
}
