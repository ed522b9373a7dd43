/** Plans a visit: client, date, time, kind and for whom; what was so last time is proposed. */
import { useId, useState } from 'preact/hooks'
import type { ClientsView } from '../../../../shared/api/views.ts'
import type { PlanRequest } from '../../../../shared/api/visit-changes.ts'
import type { VisitsView } from '../../../../shared/api/visits.ts'
import { VISIT_KINDS, type VisitKind } from '../../../../shared/visits.ts'
import { ApiError, post } from '../../api/client.ts'
import { Dialog } from '../../components/dialog.tsx'
import { Choose, Field } from '../../components/fields.tsx'
import { makeVisible } from '../../components/given.tsx'
import { navigate } from '../../router.ts'
import { useView } from '../../state/use-view.ts'
import { formatIn, visitTexts } from '../../state/visit-texts.ts'
import { addDays, dayOf, daysBetween, dayText } from '../../text/zoned-day.ts'
import { visitPath } from '../../visit-addresses.ts'

type Client = ClientsView['clients'][number]
/** A quarter after the last visit, where there was one. */
const CADENCE_DAYS = 91

/** What is proposed for a client: as last time, a quarter later; without a last time, tomorrow. */
export function proposePlan(visits: VisitsView['visits'], client: Pick<Client, 'id' | 'timeZone'>, now: number) {
  const own = visits.filter((visit) => visit.client.id === client.id)
  const [last] = own
  const tomorrow = addDays(dayOf(now, client.timeZone), 1)
  const due = last === undefined ? tomorrow : addDays(last.date, CADENCE_DAYS)
  const taken = new Set<string>(own.map(({ date }) => date))
  let date = daysBetween(due, tomorrow) > 0 ? tomorrow : due
  while (taken.has(date)) date = addDays(date, 1)
  const kind: VisitKind = last === undefined ? 'mini-audit' : 'periodic'
  return { date, kind, recipient: last?.recipient ?? '' }
}

function ClientField({
  clients,
  value,
  onChoose,
}: {
  clients: readonly Client[]
  value: string
  onChoose: (id: string) => void
}) {
  const id = useId()
  return (
    <div class="askfield wide">
      <label for={id}>{visitTexts.value.visits.planClient}</label>
      <select id={id} class="field" value={value} onChange={(event) => onChoose(event.currentTarget.value)}>
        {clients.map((client) => (
          <option key={client.id} value={client.id}>
            {makeVisible(client.name)}
          </option>
        ))}
      </select>
    </div>
  )
}

type Draft = { readonly date: string; readonly time: string; readonly kind: VisitKind; readonly recipient: string }

function PlanFields({ draft, set }: { draft: Draft; set: (part: Partial<Draft>) => void }) {
  const { visits } = visitTexts.value
  return (
    <>
      <Field label={visits.planDate} type="date" value={draft.date} onInput={(date) => set({ date })} required />
      <Field label={visits.planTime} type="time" value={draft.time} onInput={(time) => set({ time })} required />
      <Choose
        label={visits.planKind}
        value={draft.kind}
        choices={VISIT_KINDS.map((value) => ({ value, label: visits[`kind_${value}`] }))}
        onChoose={(kind) => set({ kind })}
      />
      <Field
        label={visits.planFor}
        value={draft.recipient}
        onInput={(recipient) => set({ recipient })}
        maxLength={256}
        help={visits.planForHelp}
      />
    </>
  )
}

type FormProps = { view: VisitsView; clients: readonly Client[]; first: Client; onClose: () => void }

function PlanForm({ view, clients, first, onClose }: FormProps) {
  const { visits } = visitTexts.value
  const [client, setClient] = useState(first)
  const [draft, setDraft] = useState<Draft>({ time: '09:00', ...proposePlan(view.visits, first, view.now) })
  const [refused, setRefused] = useState('')
  const choose = (id: string): void => {
    const chosen = clients.find((one) => one.id === id) ?? first
    setClient(chosen)
    setDraft((old) => ({ ...old, ...proposePlan(view.visits, chosen, view.now) }))
  }
  const plan = async (event: Event): Promise<void> => {
    event.preventDefault()
    const order: PlanRequest = { ...draft, author: null }
    try {
      await post(`/api/v1/clients/${encodeURIComponent(client.slug)}/visits`, order)
      onClose()
      navigate(visitPath(client.slug, draft.date))
    } catch (error) {
      if (!(error instanceof ApiError)) throw error
      setRefused(error.message)
    }
  }
  return (
    <form class="askform two" onSubmit={plan}>
      <ClientField clients={clients} value={client.id} onChoose={choose} />
      <PlanFields draft={draft} set={(part) => setDraft((old) => ({ ...old, ...part }))} />
      {refused !== '' && (
        <p class="wide" role="alert">
          {refused}
        </p>
      )}
      <div class="acts wide">
        <button class="btn first" type="submit" disabled={draft.date === '' || draft.time === ''}>
          {visits.planDo(draft.date === '' ? '' : dayText(draft.date, formatIn(client.timeZone)))}
        </button>
        <button class="btn bare" type="button" onClick={onClose}>
          {visits.cancel}
        </button>
      </div>
    </form>
  )
}

export function PlanDialog({ view, onClose }: { view: VisitsView; onClose: () => void }) {
  const { visits } = visitTexts.value
  const { view: all } = useView<ClientsView & { readonly now?: number }>('/api/v1/clients', () => false)
  const [first] = all?.clients ?? []
  return (
    <Dialog label={visits.planTitle} onClose={onClose}>
      <h2>{visits.planTitle}</h2>
      <p class="soft">{visits.planText}</p>
      {all !== null && first !== undefined && (
        <PlanForm view={view} clients={all.clients} first={first} onClose={onClose} />
      )}
    </Dialog>
  )
}
