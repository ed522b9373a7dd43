/** 3: decisions. Before the visit those that earlier ones left open; at the visit also what it recommends itself. */
import type { RecommendationView } from '../../../../shared/api/visits.ts'
import { Decide } from '../../components/decide.tsx'
import { Nothing } from '../../components/fields.tsx'
import { makeVisible } from '../../components/given.tsx'
import { Section } from '../../components/page-frame.tsx'
import { visitTexts } from '../../state/visit-texts.ts'
import { costText } from '../../text/visit-text.ts'
import { isWritable, type OpenVisit } from './open-visit.ts'
import { readingMeta } from './reading-meta.ts'

type Props = { one: RecommendationView; open: OpenVisit }

/** What it costs, how much work it is, by when. */
export function PriceLine({ one, open: { f } }: Props) {
  const { work } = visitTexts.value
  const effort = one.effortMinutes === null ? '' : work.effort(f.span(one.effortMinutes * 60_000))
  const due = one.dueAt === null ? work[`urgency_${one.urgency}`] : work.due(f.date(one.dueAt))
  const parts = [effort, due].filter((part) => part !== '')
  return (
    <>
      <strong>{costText(one, work, f)}</strong>
      {parts.map((part) => ` · ${part}`).join('')}
    </>
  )
}

function DecideBlock({ one, open }: Props) {
  const { work } = visitTexts.value
  const { view, f, act } = open
  return (
    <div class="decide">
      <div lang={view.language}>
        <h3>{makeVisible(one.what)}</h3>
        {one.why !== '' && <p>{makeVisible(one.why)}</p>}
      </div>
      {one.otherwise !== '' && <p lang={view.language}>{work.otherwise(makeVisible(one.otherwise))}</p>}
      <p>
        <PriceLine one={one} open={open} />
      </p>
      <Decide
        id={one.id}
        what={one.what}
        decision={one.decision}
        words={work}
        timeZone={view.timeZone}
        f={f}
        by={view.visit.recipient}
        lang={view.language}
        mayAnswer={isWritable(view)}
        onAnswer={(body) => act({ kind: 'decide', said: one.what, recommendation: one.id, body })}
      />
    </div>
  )
}

/** `isWork`: at the visit, where the manager answers. */
export function DecisionsPart({ open, isWork = false }: { open: OpenVisit; isWork?: boolean }) {
  const { visits, work } = visitTexts.value
  const { view, f } = open
  const all = isWork ? [...view.decisions, ...view.recommendations] : view.decisions
  const { reading } = view
  return (
    <Section
      id="decisions"
      title={isWork ? work.decide : visits.decisions}
      meta={isWork ? work.decideMeta : readingMeta(reading.decisions, visits.decisionsMeta, visits, f)}
    >
      {all.length === 0 ? (
        <Nothing>{isWork ? work.decideNone : visits.decisionsNone}</Nothing>
      ) : (
        <div class="panel">
          {all.map((one) => (
            <DecideBlock key={one.id} one={one} open={open} />
          ))}
        </div>
      )}
    </Section>
  )
}
