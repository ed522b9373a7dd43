/** Beside a visit: what to bring, who is who, the last visit, the frozen state. */
import type { VisitView } from '../../../../shared/api/visits.ts'
import { Given, makeVisible } from '../../components/given.tsx'
import { visitTexts } from '../../state/visit-texts.ts'
import { dayText } from '../../text/zoned-day.ts'
import { visitPath } from '../../visit-addresses.ts'
import type { OpenVisit } from './open-visit.ts'

/** @returns what has to be brought, each thing once, with the machines it is for. */
export function thingsOf({ walk }: Pick<VisitView, 'walk'>) {
  const things = new Map<NonNullable<VisitView['walk'][number]['bring']>, string[]>()
  for (const { bring, done, machine } of walk) {
    if (bring === null || done) continue
    things.set(bring, [...(things.get(bring) ?? []), ...(machine === null ? [] : [machine.name])])
  }
  return [...things]
}

/** What to bring, in words. Printed with the walk list. */
export function ToBring({ open: { view, f } }: { open: OpenVisit }) {
  const { visits } = visitTexts.value
  const things = thingsOf(view)
  return (
    <section class="sec printed">
      <h2>{visits.toBring}</h2>
      <ul>
        {things.length === 0 && <li>{visits.toBringNone}</li>}
        {things.map(([thing, names]) => (
          <li key={thing}>
            {visits[`bring_${thing}`]}{' '}
            {names.length > 0 && <span class="meta">{visits.bringFor(f.list(names.map(makeVisible)))}</span>}
          </li>
        ))}
      </ul>
    </section>
  )
}

export function VisitRail({ open }: { open: OpenVisit }) {
  const { visits, work } = visitTexts.value
  const { view, f } = open
  const { visit, previous, snapshot, client } = view
  return (
    <aside class="rail" aria-label={visits.nav}>
      {visit.state !== 'sent' && <ToBring open={open} />}
      <section class="sec">
        <h2>{visits.people}</h2>
        <ul>
          {visit.recipient !== '' && (
            <li>
              <Given text={visit.recipient} /> <span class="meta">{visits.personFor}</span>
            </li>
          )}
          <li>
            <Given text={visit.author} /> <span class="meta">{visits.personBy}</span>
          </li>
        </ul>
      </section>
      <section class="sec">
        <h2>{visits.lastVisit}</h2>
        <ul>
          <li>
            {previous === null ? (
              visits.lastVisitNone
            ) : (
              <a href={visitPath(client.slug, previous.date)}>{dayText(previous.date, f)}</a>
            )}
          </li>
        </ul>
      </section>
      {snapshot !== null && (
        <section class="sec">
          <h2>{work.snapshot}</h2>
          <ul>
            <li>
              {f.exact(snapshot.at)} <span class="meta mono hash">{work.snapshotHash(snapshot.hash)}</span>
            </li>
          </ul>
        </section>
      )}
    </aside>
  )
}
