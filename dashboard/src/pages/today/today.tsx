/** Today: one sentence, what cannot wait, what will not wait for the visit, and all clients last. */
import { useEffect } from 'preact/hooks'
import type { Card } from '../../../../shared/api/card.ts'
import type { TodayView } from '../../../../shared/api/views.ts'
import { Brief, FindingCard } from '../../components/finding-card.tsx'
import { NewPill } from '../../components/new-pill.tsx'
import { Section, useTitle, Waiting } from '../../components/page-frame.tsx'
import { clientTexts } from '../../state/client-texts.ts'
import { format, t } from '../../state/session.ts'
import { summarize } from '../../state/summary.ts'
import { type Held, useHeld } from '../../state/use-held.ts'
import { useView } from '../../state/use-view.ts'
import { inSection } from '../../text/held-cards.ts'
import { useAround } from '../clients/use-around.ts'
import { ClientTable } from './client-table.tsx'
import { FirstRun } from './first-run.tsx'
import { Rail } from './rail.tsx'
import { todaySentence, todayTab } from './sentence.ts'

export function TodayPage() {
  const { view, failure, slow } = useView<TodayView>('/api/v1/today')
  useEffect(() => {
    if (view) summarize(view)
  }, [view])
  if (!view) return <Waiting failure={failure} slow={slow} />
  return <TodayBody view={view} />
}

type Row = TodayView['rows'][number]

function TodayBody({ view }: { view: TodayView }) {
  const held = useHeld<Card>('today', [
    ...inSection('now', view.urgent),
    ...inSection('week', view.week),
    ...(view.mode === 'first-run' ? inSection('notes', view.notes) : []),
  ])
  const clients = useHeld<Row>(
    'clients',
    view.rows.map((row) => ({ key: row.id, section: 'clients', row })),
  )
  const around = useAround()
  const reveal = (): void => {
    held.reveal()
    clients.reveal()
  }
  useTitle(todayTab(view, t.value, format.value))
  const pill = <NewPill waiting={held.waiting + clients.waiting} reveal={reveal} />
  if (view.mode === 'first-run') return <FirstRun view={view} rows={held.rows} pill={pill} />
  const sentence = todaySentence(view, t.value, format.value)
  return (
    <>
      <header class="head">
        <p class="meta">
          {format.value.exact(view.now).replace(/:\d\d [^ ]+$/, '')} ·{' '}
          {t.value.scope(view.clients, view.machines, format.value)}
        </p>
        <h1>{sentence.title}</h1>
        <p class="under">{sentence.under}</p>
      </header>
      {pill}
      <div class="cols">
        <div>
          <Cards rows={held.rows} view={view} />
        </div>
        <Rail around={around} />
      </div>
      <ClientTable rows={clients.rows} view={view} around={around} />
    </>
  )
}

const of = (rows: readonly Held<Card>[], section: string): readonly Held<Card>[] =>
  rows.filter((held) => held.section === section)

/** The two lists; a list with nothing in it is absent, not empty. */
export function Cards({ rows, view, heading }: { rows: readonly Held<Card>[]; view: TodayView; heading?: string }) {
  const texts = t.value
  const now = of(rows, 'now')
  const week = of(rows, 'week')
  // One rule over many machines would fill the page: notes are counted here and read on their own page.
  const notes = view.notes.length + view.notesMore
  return (
    <>
      {now.length > 0 && (
        <Section id="now" title={heading ?? texts.now} meta={texts.nowSorted}>
          <div class="panel">
            {now.map(({ key, row, gone }) => (
              <FindingCard key={key} card={row} gone={gone} />
            ))}
          </div>
          {view.urgentMore > 0 && <p class="more">{texts.moreCards(view.urgentMore, format.value)}</p>}
        </Section>
      )}
      {week.length > 0 && (
        <Section id="week" title={texts.thisWeek} meta={texts.thisWeekMeta}>
          <ul>
            {week.map(({ key, row, gone }) => (
              <Brief key={key} card={row} gone={gone} />
            ))}
          </ul>
        </Section>
      )}
      {view.weekMore + notes > 0 && (
        <a class="more" href="/findings">
          {clientTexts.value.moreWait(view.weekMore, notes, format.value)}
        </a>
      )}
    </>
  )
}
