/** 1: what cannot wait. */

import { Nothing } from '../../components/fields.tsx'
import { Brief } from '../../components/finding-card.tsx'
import { Section } from '../../components/page-frame.tsx'
import { useHeld } from '../../state/use-held.ts'
import { visitTexts } from '../../state/visit-texts.ts'
import { inSection } from '../../text/held-cards.ts'
import type { OpenVisit } from './open-visit.ts'
import { readingMeta } from './reading-meta.ts'

export function UrgentPart({ open: { view, f } }: { open: OpenVisit }) {
  const { visits } = visitTexts.value
  const held = useHeld(`urgent ${view.visit.id}`, inSection('urgent', view.urgent))
  return (
    <Section id="urgent" title={visits.urgent} meta={readingMeta(view.reading.urgent, '', visits, f)}>
      {held.rows.length === 0 ? (
        <Nothing>{visits.urgentNone}</Nothing>
      ) : (
        <ul>
          {held.rows.map(({ key, row, gone }) => (
            <Brief key={key} card={row} gone={gone} />
          ))}
        </ul>
      )}
    </Section>
  )
}
