/** Recommendations: proposed from what was found, every word editable until the report is sent. */
import { useState } from 'preact/hooks'
import type { RecommendationView } from '../../../../shared/api/visits.ts'
import { Nothing } from '../../components/fields.tsx'
import { makeVisible } from '../../components/given.tsx'
import { Section } from '../../components/page-frame.tsx'
import { visitTexts } from '../../state/visit-texts.ts'
import { PriceLine } from './decisions-part.tsx'
import { isWritable, type OpenVisit } from './open-visit.ts'
import { RecommendationForm } from './recommendation-form.tsx'

function Line({ one, open }: { one: RecommendationView; open: OpenVisit }) {
  const { work } = visitTexts.value
  const [isEdited, setEdited] = useState(false)
  const may = isWritable(open.view)
  if (isEdited) return <RecommendationForm one={one} open={open} onEnd={() => setEdited(false)} />
  return (
    <div class="decide">
      <div class="headrow">
        <div lang={open.view.language}>
          <h3>{makeVisible(one.what)}</h3>
        </div>
        {may && (
          <div class="acts">
            <button
              class="btn bare"
              type="button"
              onClick={() => setEdited(true)}
              aria-label={`${work.recommendEdit}: ${one.what}`}
            >
              {work.recommendEdit}
            </button>
            {one.decision === null && (
              <button
                class="btn bare"
                type="button"
                aria-label={`${work.recommendRemove}: ${one.what}`}
                onClick={() => open.act({ kind: 'withdraw', said: one.what, id: one.id })}
              >
                {work.recommendRemove}
              </button>
            )}
          </div>
        )}
      </div>
      <p>
        <PriceLine one={one} open={open} />
        {one.owner !== '' && ` · ${makeVisible(one.owner)}`}
      </p>
    </div>
  )
}

export function RecommendationsPart({ open }: { open: OpenVisit }) {
  const { work } = visitTexts.value
  const [isAdding, setAdding] = useState(false)
  const { recommendations } = open.view
  return (
    <Section id="recommend" title={work.recommend} meta={work.recommendMeta}>
      {recommendations.length === 0 && !isAdding && <Nothing>{work.recommendNone}</Nothing>}
      {(recommendations.length > 0 || isAdding) && (
        <div class="panel">
          {recommendations.map((one) => (
            <Line key={one.id} one={one} open={open} />
          ))}
          {isAdding && <RecommendationForm one={null} open={open} onEnd={() => setAdding(false)} />}
        </div>
      )}
      {isWritable(open.view) && !isAdding && (
        <div class="acts after">
          <button class="btn" type="button" onClick={() => setAdding(true)}>
            {work.recommendAdd}
          </button>
          <button class="btn" type="button" onClick={() => open.act({ kind: 'propose', said: work.propose })}>
            {work.propose}
          </button>
        </div>
      )}
    </Section>
  )
}
