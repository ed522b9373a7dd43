/** The data of one visit: what the server says, with what was done here and is on its way. */
import { useEffect } from 'preact/hooks'
import type { VisitView } from '../../../../shared/api/visits.ts'
import type { ApiFailure } from '../../api/client.ts'
import { useView } from '../../state/use-view.ts'
import { formatIn } from '../../state/visit-texts.ts'
import { type VisitPlace, visitApi } from './deed.ts'
import { queueOf } from './deed-queue.ts'
import type { OpenVisit } from './open-visit.ts'
import { showDeeds } from './show-deeds.ts'

/** `open` null: not read yet, `failure` says why. */
export function useVisit(place: VisitPlace): {
  readonly open: OpenVisit | null
  readonly failure: ApiFailure | null
  readonly slow: boolean
} {
  const { view, failure, slow } = useView<VisitView>(visitApi(place))
  const queue = queueOf(place)
  useEffect(() => {
    if (view) queue.hear(view)
  }, [view, queue])
  const fresh = queue.fresh.value
  const newest = view !== null && fresh !== null && fresh.now >= view.now ? fresh : view
  if (newest === null) return { open: null, failure, slow }
  const deeds = queue.entries.value.filter(({ sending }) => sending.state !== 'stopped').map(({ deed }) => deed)
  const shown = showDeeds(newest, deeds)
  return { open: { view: shown, queue, f: formatIn(shown.timeZone), act: (deed) => queue.add(deed) }, failure, slow }
}
