/** All clients the reader may see, worst first, with five marks; filters live in the address. A new client is made here. */
import type { TodayView } from '../../../../shared/api/views.ts'
import { useTitle, Waiting } from '../../components/page-frame.tsx'
import { ask, asked } from '../../router.ts'
import { clientTexts } from '../../state/client-texts.ts'
import { isKeeper } from '../../state/rights.ts'
import { format, t } from '../../state/session.ts'
import { useHeld } from '../../state/use-held.ts'
import { useView } from '../../state/use-view.ts'
import { ClientTable } from '../today/client-table.tsx'
import { NewClient } from './new-client.tsx'
import { useAround } from './use-around.ts'

type Row = TodayView['rows'][number]
const STATES = ['', 'needs', 'unproven'] as const
const LABELS = { '': 'filterAll', needs: 'filterNeeds', unproven: 'filterUnproven' } as const

export function ClientsPage() {
  const { view, failure, slow } = useView<TodayView>('/api/v1/today')
  if (!view) return <Waiting failure={failure} slow={slow} />
  return <Clients view={view} />
}

/** @returns whether a row stands as asked: something urgent or asking for attention, or something not proven. Pure. */
export function fitsState(row: Row, state: string): boolean {
  const standings = Object.values(row.dials)
  if (state === 'needs') return standings.includes('urgent') || standings.includes('attention')
  return state !== 'unproven' || standings.includes('not-proven')
}

function Filters() {
  const texts = clientTexts.value
  const state = asked('state')
  return (
    <div class="acts filters">
      <fieldset class="plain">
        <legend class="vh">{t.value.colStanding}</legend>
        <div class="seg">
          {STATES.map((one) => (
            <label key={one}>
              <input type="radio" name="state" checked={state === one} onChange={() => ask({ state: one })} />
              {texts[LABELS[one]]}
            </label>
          ))}
        </div>
      </fieldset>
      <input
        class="field short"
        type="search"
        aria-label={texts.filterName}
        placeholder={texts.filterName}
        value={asked('name')}
        onInput={(event) => ask({ name: event.currentTarget.value })}
      />
    </div>
  )
}

function Clients({ view }: { view: TodayView }) {
  const texts = clientTexts.value
  const title = t.value.clientsTitle(view.clients, format.value)
  useTitle(title)
  const around = useAround()
  const held = useHeld<Row>(
    'all clients',
    view.rows.map((row) => ({ key: row.id, section: 'clients', row })),
  )
  const [state, name] = [asked('state'), asked('name').toLowerCase()]
  const rows = held.rows.filter(({ row }) => fitsState(row, state) && row.name.toLowerCase().includes(name))
  return (
    <>
      <header class="head">
        <div class="headrow">
          <div>
            <h1>{title}</h1>
            <p class="under">{t.value.clientsUnder}</p>
          </div>
          {isKeeper() && <NewClient />}
        </div>
      </header>
      <Filters />
      {rows.length === 0 ? (
        <div class="empty">
          <strong>{texts.filterNone}</strong>
          {name === '' ? texts.filterNoneState : texts.filterNoneText(asked('name'))}
        </div>
      ) : (
        <ClientTable rows={rows} view={view} around={around} />
      )}
    </>
  )
}
