/** The sentence of a visit, from what stands in it. Pure. */
import type { VisitView } from '../../../../shared/api/visits.ts'
import type { Formatter } from '../../../../shared/text/format.ts'
import type { VisitsText } from '../../../../shared/text/visits-text.ts'
import { dayOf, daysBetween, dayText } from '../../text/zoned-day.ts'

/** @returns the counts that the sentence is made of. `hands`: lines of the walk list; `open`: recommendations without an answer. */
export function countVisit({ walk, decisions, recommendations }: VisitView) {
  const isOpen = ({ decision }: VisitView['decisions'][number]): boolean => decision === null
  const open = recommendations.filter(isOpen).length
  return {
    hands: walk.length,
    done: walk.filter(({ done }) => done).length,
    decisions: decisions.filter(isOpen).length,
    open,
  }
}

/** @returns the `h1` of the page. */
export function visitSentence(view: VisitView, texts: VisitsText, f: Formatter): string {
  const { visit, client, now, timeZone } = view
  const counts = countVisit(view)
  const all = { ...counts, decisions: counts.decisions + counts.open }
  if (visit.state === 'sent') return texts.sent(client.name, f.date(visit.sentAt ?? now))
  if (visit.state === 'closing') return texts.closing(client.name, view.recommendations.length, counts, f)
  if (visit.state === 'on-site') return texts.onSite(client.name, all, f)
  const days = daysBetween(dayOf(now, timeZone), visit.date)
  return texts.ahead(whenText(days, view, texts, f), counts, f)
}

function whenText(days: number, { visit, client }: VisitView, texts: VisitsText, f: Formatter): string {
  if (days < 0) return texts.when_late(dayText(visit.date, f), client.name)
  if (days === 0) return texts.when_today(client.name)
  return days === 1 ? texts.when_tomorrow(client.name) : texts.when_ahead(days, client.name, f)
}
