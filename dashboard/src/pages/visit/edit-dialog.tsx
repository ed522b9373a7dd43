/** Changes the plan of a visit that is not opened yet. Another date is another address: the page follows. */
import { useState } from 'preact/hooks'
import { ApiError, change } from '../../api/client.ts'
import { Dialog } from '../../components/dialog.tsx'
import { Field } from '../../components/fields.tsx'
import { navigate } from '../../router.ts'
import { visitTexts } from '../../state/visit-texts.ts'
import { timeOf } from '../../text/zoned-day.ts'
import { visitPath } from '../../visit-addresses.ts'
import { callOf } from './deed.ts'
import type { OpenVisit } from './open-visit.ts'

function EditForm({ open: { view }, onClose }: { open: OpenVisit; onClose: () => void }) {
  const { visits } = visitTexts.value
  const { visit, client, timeZone, version } = view
  const [date, setDate] = useState<string>(visit.date)
  const [time, setTime] = useState(timeOf(visit.plannedAt, timeZone))
  const [recipient, setRecipient] = useState(visit.recipient)
  const [refused, setRefused] = useState('')
  const save = async (event: Event): Promise<void> => {
    event.preventDefault()
    const body = { date, time, kind: null, author: null, recipient }
    const call = callOf({ kind: 'edit', said: '', body }, { client: client.slug, date: visit.date }, version)
    try {
      await change(call.method, call.path, call.body)
      onClose()
      navigate(visitPath(client.slug, date))
    } catch (error) {
      if (!(error instanceof ApiError)) throw error
      setRefused(error.message)
    }
  }
  return (
    <form class="askform two" onSubmit={save}>
      <Field label={visits.planDate} type="date" value={date} onInput={setDate} required />
      <Field label={visits.planTime} type="time" value={time} onInput={setTime} required />
      <Field
        label={visits.planFor}
        value={recipient}
        onInput={setRecipient}
        maxLength={256}
        help={visits.planForHelp}
      />
      {refused !== '' && (
        <p class="wide" role="alert">
          {refused}
        </p>
      )}
      <div class="acts wide">
        <button class="btn first" type="submit">
          {visits.save}
        </button>
        <button class="btn bare" type="button" onClick={onClose}>
          {visits.cancel}
        </button>
      </div>
    </form>
  )
}

export function EditDialog({ open }: { open: OpenVisit }) {
  const { visits } = visitTexts.value
  const [isOpen, setOpen] = useState(false)
  return (
    <>
      <button class="btn" type="button" onClick={() => setOpen(true)}>
        {visits.edit}
      </button>
      {isOpen && (
        <Dialog label={visits.editTitle} onClose={() => setOpen(false)}>
          <h2>{visits.editTitle}</h2>
          <p class="soft">{visits.editText}</p>
          <EditForm open={open} onClose={() => setOpen(false)} />
        </Dialog>
      )}
    </>
  )
}
