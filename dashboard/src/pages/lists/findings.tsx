/** Everything open, over all clients: urgent first. */
import type { Card } from '../../../../shared/api/card.ts'
import type { FindingsView } from '../../../../shared/api/views.ts'
import { Brief, FindingCard } from '../../components/finding-card.tsx'
import { NewPill } from '../../components/new-pill.tsx'
import { useTitle, Waiting } from '../../components/page-frame.tsx'
import { format, t } from '../../state/session.ts'
import { useHeld } from '../../state/use-held.ts'
import { useView } from '../../state/use-view.ts'
import { inSection } from '../../text/held-cards.ts'

export function FindingsPage() {
  const { view, failure, slow } = useView<FindingsView>('/api/v1/findings')
  if (!view) return <Waiting failure={failure} slow={slow} />
  return <FindingsBody view={view} />
}

function FindingsBody({ view }: { view: FindingsView }) {
  const held = useHeld<Card>('findings', inSection('all', view.cards))
  const title = t.value.findingsTitle(view.total, format.value)
  useTitle(title)
  const cards = held.rows.filter(({ row }) => row.standing === 'urgent' || row.standing === 'attention')
  const briefs = held.rows.filter(({ row }) => row.standing !== 'urgent' && row.standing !== 'attention')
  return (
    <>
      <header class="head">
        <h1>{title}</h1>
        <p class="under">{t.value.findingsUnder}</p>
      </header>
      <NewPill waiting={held.waiting} reveal={held.reveal} />
      <h2 class="vh">{t.value.navFindings}</h2>
      {cards.length > 0 && (
        <div class="panel sec">
          {cards.map(({ key, row, gone }) => (
            <FindingCard key={key} card={row} gone={gone} />
          ))}
        </div>
      )}
      <ul>
        {briefs.map(({ key, row, gone }) => (
          <Brief key={key} card={row} gone={gone} />
        ))}
      </ul>
    </>
  )
}
