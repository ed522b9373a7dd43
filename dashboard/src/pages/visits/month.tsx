/** The month that comes. */
import type { VisitsView } from '../../../../shared/api/visits.ts'
import { makeVisible } from '../../components/given.tsx'
import { formatIn, visitTexts } from '../../state/visit-texts.ts'
import { dayText } from '../../text/zoned-day.ts'
import { visitPath } from '../../visit-addresses.ts'
import { monthLines } from './month-lines.ts'

export function Month({ view }: { view: VisitsView }) {
  const { visits } = visitTexts.value
  const lines = monthLines(view.visits, view.now)
  return (
    <aside class="rail" aria-label={visits.month}>
      <section class="sec">
        <h2>{visits.month}</h2>
        <ul>
          {lines.length === 0 && <li>{visits.monthNone}</li>}
          {lines.map(({ day, kind, visit }) => (
            <li key={`${visit.id} ${kind}`}>
              <a href={visitPath(visit.client.slug, visit.date)}>{visits[kind](makeVisible(visit.client.name))}</a>{' '}
              <span class="meta">{dayText(day, formatIn(visit.timeZone))}</span>
            </li>
          ))}
        </ul>
      </section>
    </aside>
  )
}
