/** The walk list on paper: one page, boxes to tick, what to bring. */
import { makeVisible } from '../../components/given.tsx'
import { Icon } from '../../components/icon.tsx'
import { useTitle, Waiting } from '../../components/page-frame.tsx'
import { Said } from '../../components/said.tsx'
import { visitTexts } from '../../state/visit-texts.ts'
import { walkText } from '../../text/visit-text.ts'
import { dayText } from '../../text/zoned-day.ts'
import { visitPath } from '../../visit-addresses.ts'
import type { OpenVisit } from './open-visit.ts'
import { useVisit } from './use-visit.ts'
import { ToBring } from './visit-rail.tsx'
import { WalkWhere } from './walk-part.tsx'

function Sheet({ open }: { open: OpenVisit }) {
  const { visits } = visitTexts.value
  const { view, f } = open
  const { visit, client, walk } = view
  const title = visits.walkOf(makeVisible(client.name))
  useTitle(title)
  return (
    <div class="walkpage">
      <header class="head">
        <h1>{title}</h1>
        <p class="under">
          {visits.walkUnder(dayText(visit.date, f), walk.length, f.span(view.walkMinutes * 60_000), f)}
        </p>
        <div class="acts">
          <button class="btn first" type="button" onClick={() => print()}>
            <Icon name="print" />
            {visits.print}
          </button>
          <a class="btn" href={visitPath(client.slug, visit.date)}>
            {visits.back}
          </a>
        </div>
      </header>
      {walk.length === 0 ? (
        <p class="soft">{visits.walkNone}</p>
      ) : (
        <ol class="panel walk">
          {walk.map((item) => {
            const { task, why } = walkText(item, f)
            return (
              <li key={item.key} class={item.done ? 'done' : ''}>
                <span class="tickbox" aria-hidden="true" />
                <div>
                  <strong>
                    <Said text={task} isTyped={item.kind === 'action'} />
                  </strong>
                  <span class="spent n">{visits.minutes(item.minutes, f)}</span>
                  <WalkWhere item={item} why={why} />
                </div>
              </li>
            )
          })}
        </ol>
      )}
      <div class="rail">
        <ToBring open={open} />
      </div>
    </div>
  )
}

export function WalkPage({ client, date }: { client: string; date: string }) {
  const { open, failure, slow } = useVisit({ client, date })
  return open === null ? <Waiting failure={failure} slow={slow} /> : <Sheet open={open} />
}
