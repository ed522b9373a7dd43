/** 4: what was promised at earlier visits, and whether the evidence shows it done. */
import type { ActionView } from '../../../../shared/api/visits.ts'
import type { Standing } from '../../../../shared/severity.ts'
import { Nothing } from '../../components/fields.tsx'
import { Given, makeVisible } from '../../components/given.tsx'
import { Badge } from '../../components/mark.tsx'
import { Section } from '../../components/page-frame.tsx'
import { visitTexts } from '../../state/visit-texts.ts'
import type { OpenVisit } from './open-visit.ts'
import { isWritable } from './open-visit.ts'
import { readingMeta } from './reading-meta.ts'

const STANDINGS: { readonly [E in ActionView['evidence']]: Standing } = {
  proven: 'good',
  word: 'not-proven',
  refuted: 'urgent',
  open: 'attention',
}

function Tick({ action, open }: { action: ActionView; open: OpenVisit }) {
  const { work } = visitTexts.value
  const isDone = action.state === 'done'
  const tick = (): void =>
    open.act({
      ...{ kind: 'tick', action: action.id, said: action.text },
      body: { state: isDone ? 'open' : 'done', minutes: null, note: null },
    })
  return (
    <label class="tick">
      <input
        class="check"
        type="checkbox"
        checked={isDone}
        aria-label={work.tickDone(makeVisible(action.text))}
        onChange={tick}
      />
    </label>
  )
}

function Row({ action, open }: { action: ActionView; open: OpenVisit }) {
  const { visits } = visitTexts.value
  const { f } = open
  const due = visits.dueBy(action.who, action.dueAt === null ? null : f.date(action.dueAt))
  const seen =
    action.state === 'dropped'
      ? visits.seen_dropped
      : action.evidence === 'proven' && action.provenAt !== null
        ? visits.seen_proven(f.date(action.provenAt))
        : action.evidence === 'proven'
          ? visits.evidence_proven
          : visits[`seen_${action.evidence}`]
  return (
    <tr>
      <th scope="row">
        {isWritable(open.view) && <Tick action={action} open={open} />}
        <span class="ticked" lang={open.view.language}>
          <Given text={action.text} whole />
          {due !== '' && <span class="meta">{makeVisible(due)}</span>}
        </span>
      </th>
      <td>
        <Badge standing={STANDINGS[action.evidence]} pill word={visits[`evidence_${action.evidence}`]} />
      </td>
      <td class="wide soft">
        {seen}
        {action.note !== '' && (
          <span class="meta">
            <Given text={action.note} whole />
          </span>
        )}
      </td>
    </tr>
  )
}

export function PromisedPart({ open }: { open: OpenVisit }) {
  const { visits } = visitTexts.value
  const { view, f } = open
  return (
    <Section
      id="promised"
      title={visits.promised}
      meta={readingMeta(view.reading.promised, visits.promisedMeta, visits, f)}
    >
      {view.promised.length === 0 ? (
        <Nothing>{visits.promisedNone}</Nothing>
      ) : (
        <div class="panel scroll" tabIndex={0} role="group" aria-labelledby="promised">
          <table class="stack">
            <caption class="vh">{visits.promised}</caption>
            <thead>
              <tr>
                <th scope="col">{visits.colAction}</th>
                <th scope="col">{visits.colEvidence}</th>
                <th scope="col">{visits.colSeen}</th>
              </tr>
            </thead>
            <tbody>
              {view.promised.map((action) => (
                <Row key={action.id} action={action} open={open} />
              ))}
            </tbody>
          </table>
        </div>
      )}
    </Section>
  )
}
