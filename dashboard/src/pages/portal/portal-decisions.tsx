/** What the manager is asked: business words, the price, the date, four answers. Whoever only reads sees questions and answers. */
import { useState } from 'preact/hooks'
import type { DecisionRequest } from '../../../../shared/api/visit-changes.ts'
import type { PortalView } from '../../../../shared/api/visits.ts'
import type { Formatter } from '../../../../shared/text/format.ts'
import { ApiError, change } from '../../api/client.ts'
import { changed } from '../../api/live.ts'
import { Decide } from '../../components/decide.tsx'
import { Nothing } from '../../components/fields.tsx'
import { makeVisible } from '../../components/given.tsx'
import { Section } from '../../components/page-frame.tsx'
import { visitTexts } from '../../state/visit-texts.ts'
import { costText } from '../../text/visit-text.ts'

type One = PortalView['decisions'][number]
type Props = { one: One; view: PortalView; f: Formatter }

/** Answers at once; takes it back with a sentence when it is refused. */
function useAnswer(one: One, client: string) {
  const [said, setSaid] = useState<DecisionRequest | null>(null)
  const [refused, setRefused] = useState('')
  const answer = (request: DecisionRequest): void => {
    setSaid(request)
    setRefused('')
    const id = encodeURIComponent
    change('PUT', `/api/v1/clients/${id(client)}/recommendations/${id(one.id)}/decision`, request).then(
      () => {
        // The page asks for itself again; until then the answer stands as given.
        changed.value = { seq: changed.value.seq + 1, machines: [] }
      },
      (error: unknown) => {
        setSaid(null)
        setRefused(error instanceof ApiError ? error.message : String(error))
      },
    )
  }
  return { said, refused, answer }
}

/** @returns the answer just given until the server's own, which has the name, is there. */
function decisionShown({ decision }: One, said: DecisionRequest | null, now: number): One['decision'] {
  if (said === null) return decision
  const { answer, until, reason } = said
  if (answer === 'ask') return null
  if (decision?.answer === answer && decision.until === until) return decision
  return { answer, until, reason, by: '', at: now }
}

function Block({ one, view, f }: Props) {
  const { portal, work } = visitTexts.value
  const { said, refused, answer } = useAnswer(one, view.client.slug)
  const decision = decisionShown(one, said, f.now)
  const due = one.dueAt === null ? work[`urgency_${one.urgency}`] : work.due(f.date(one.dueAt))
  return (
    <div class="decide">
      <h3>{makeVisible(one.what)}</h3>
      <p>
        {makeVisible(one.why)} {one.otherwise !== '' && work.otherwise(makeVisible(one.otherwise))}{' '}
        <strong>{costText(one, work, f)}</strong>. {due}.
      </p>
      <Decide
        id={one.id}
        what={one.what}
        decision={decision}
        words={portal}
        timeZone={view.timeZone}
        f={f}
        by={null}
        lang={null}
        mayAnswer={view.mayDecide && one.isOpen}
        onAnswer={answer}
      />
      {refused !== '' && <p role="alert">{portal.notTaken(refused)}</p>}
    </div>
  )
}

export function PortalDecisions({ view, f }: { view: PortalView; f: Formatter }) {
  const { portal } = visitTexts.value
  const { decisions, mayDecide, client } = view
  const meta = mayDecide ? portal.decideMay(makeVisible(client.name)) : portal.decideReads
  return (
    <Section id="decisions" title={portal.decide} meta={meta}>
      {decisions.length === 0 ? (
        <Nothing>{portal.decideNone}</Nothing>
      ) : (
        <>
          <div class="panel">
            {decisions.map((one) => (
              <Block key={one.id} one={one} view={view} f={f} />
            ))}
          </div>
          <p class="meta after">{portal.decideFoot}</p>
        </>
      )}
    </Section>
  )
}
