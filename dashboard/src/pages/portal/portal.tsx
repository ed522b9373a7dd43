/** What the manager of a client sees: dials, decisions, what is being handled, reports, what is collected. No rule, no severity. */
import type { PortalView } from '../../../../shared/api/visits.ts'
import { makeVisible } from '../../components/given.tsx'
import { useTitle, Waiting } from '../../components/page-frame.tsx'
import { Said } from '../../components/said.tsx'
import { session } from '../../state/session.ts'
import { useView } from '../../state/use-view.ts'
import { formatIn, visitTexts } from '../../state/visit-texts.ts'
import { PortalDecisions } from './portal-decisions.tsx'
import { PortalDials } from './portal-dials.tsx'
import { Handled, PortalMachines } from './portal-lists.tsx'
import { PortalRail } from './portal-rail.tsx'
import { portalSentence } from './portal-sentence.ts'

function Under({ view }: { view: PortalView }) {
  const { portal } = visitTexts.value
  const f = formatIn(view.timeZone)
  const { nextVisit, handled } = view
  const next =
    nextVisit === null ? portal.nextNone : portal.next(makeVisible(nextVisit.author), f.moment(nextVisit.plannedAt))
  const accepted = handled.filter(({ standing }) => standing === 'accepted').length
  return (
    <p class="under">
      {next} {accepted > 0 && portal.acceptedCount(accepted, f)}
    </p>
  )
}

function PortalBody({ view }: { view: PortalView }) {
  const { portal } = visitTexts.value
  const f = formatIn(view.timeZone)
  const who = session.value === null || session.value === 'asking' ? '' : session.value.person.name
  const sentence = portalSentence(view, portal, f)
  useTitle(makeVisible(view.client.name))
  return (
    <>
      <header class="head" id="overview">
        <p class="meta">
          <time dateTime={new Date(view.now).toISOString()} title={f.exact(view.now)}>
            {portal.asOf(makeVisible(view.client.name), makeVisible(who), f.moment(view.now))}
          </time>
        </p>
        <h1>
          <Said text={sentence} />
        </h1>
        <Under view={view} />
      </header>
      <PortalDials view={view} f={f} />
      <div class="cols">
        <div>
          <PortalDecisions view={view} f={f} />
          <Handled view={view} f={f} />
          <PortalMachines view={view} f={f} />
        </div>
        <PortalRail view={view} f={f} />
      </div>
    </>
  )
}

export function PortalPage({ client }: { client: string }) {
  const { view, failure, slow } = useView<PortalView>(`/api/v1/clients/${encodeURIComponent(client)}/portal`)
  return view === null ? <Waiting failure={failure} slow={slow} /> : <PortalBody view={view} />
}

/** The page of the only client that a person belongs to. */
export function OwnPortal() {
  const { view, failure, slow } = useView<{
    readonly clients: readonly { readonly slug: string }[]
    readonly now?: number
  }>('/api/v1/clients', () => false)
  const [own] = view?.clients ?? []
  if (own === undefined)
    return <Waiting failure={view === null ? failure : { kind: 'absent', message: '' }} slow={slow} />
  return <PortalPage client={own.slug} />
}
