/** One visit, with the parts that its state needs, in the order in which they are read or worked through. */
import type { ComponentChildren } from 'preact'
import { useTitle, Waiting } from '../../components/page-frame.tsx'
import { visitTexts } from '../../state/visit-texts.ts'
import { ActionsPart } from './actions-part.tsx'
import { DecisionsPart } from './decisions-part.tsx'
import { MinutesPart } from './minutes-part.tsx'
import type { OpenVisit } from './open-visit.ts'
import { PromisedPart } from './promised-part.tsx'
import { RecommendationsPart } from './recommendations-part.tsx'
import { AcceptedPart, ReportsPart } from './reports-part.tsx'
import { RestorePart } from './restore-part.tsx'
import { SincePart } from './since-part.tsx'
import { UnsentBar } from './unsent-bar.tsx'
import { UrgentPart } from './urgent-part.tsx'
import { useVisit } from './use-visit.ts'
import { VisitHead } from './visit-head.tsx'
import { VisitRail } from './visit-rail.tsx'
import { WalkPart } from './walk-part.tsx'

type Props = { open: OpenVisit }

/** Read at the desk: six steps. */
function Reading({ open }: Props) {
  return (
    <div class="read">
      <UrgentPart open={open} />
      <SincePart open={open} />
      <DecisionsPart open={open} />
      <PromisedPart open={open} />
      <WalkPart open={open} />
      {open.view.visit.state === 'preparing' && <ActionsPart open={open} />}
    </div>
  )
}

/** Worked through in front of the machines, then with the manager. */
function OnSite({ open }: Props) {
  return (
    <div>
      <WalkPart open={open} isWork />
      <PromisedPart open={open} />
      <RestorePart open={open} />
      <ActionsPart open={open} />
      <DecisionsPart open={open} isWork />
      <MinutesPart open={open} />
      <UrgentPart open={open} />
      <SincePart open={open} />
    </div>
  )
}

function Closing({ open }: Props) {
  return (
    <div>
      <RecommendationsPart open={open} />
      <DecisionsPart open={open} isWork />
      <MinutesPart open={open} />
      <ReportsPart open={open} />
      <WalkPart open={open} isWork />
      <PromisedPart open={open} />
      <RestorePart open={open} />
      <ActionsPart open={open} />
    </div>
  )
}

function Sent({ open }: Props) {
  return (
    <div>
      <ReportsPart open={open} />
      <DecisionsPart open={open} isWork />
      <ActionsPart open={open} />
      <RestorePart open={open} />
      <AcceptedPart open={open} />
      <SincePart open={open} />
    </div>
  )
}

const BODIES: { readonly [S in OpenVisit['view']['visit']['state']]: (props: Props) => ComponentChildren } = {
  planned: Reading,
  preparing: Reading,
  'on-site': OnSite,
  closing: Closing,
  sent: Sent,
}

function VisitBody({ open }: Props) {
  const { visits } = visitTexts.value
  const { visit, client } = open.view
  useTitle(visits.tab(visits[`state_${visit.state}`], client.name))
  const Body = BODIES[visit.state]
  return (
    <>
      <VisitHead open={open} />
      <div class="cols">
        <Body open={open} />
        <VisitRail open={open} />
      </div>
      <UnsentBar open={open} />
    </>
  )
}

export function VisitPage({ client, date }: { client: string; date: string }) {
  const { open, failure, slow } = useVisit({ client, date })
  return open === null ? <Waiting failure={failure} slow={slow} /> : <VisitBody open={open} />
}
