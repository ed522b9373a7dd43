/** Accepting a risk: who, why, until when. The record needs words, so it is a dialog. */
import { useState } from 'preact/hooks'
import type { FindingView } from '../../../../shared/api/client.ts'
import type { Formatter } from '../../../../shared/text/format.ts'
import { DAY_MS } from '../../../../shared/units.ts'
import { ApiError, post } from '../../api/client.ts'
import { changed } from '../../api/live.ts'
import { Dialog } from '../../components/dialog.tsx'
import { Area, Field } from '../../components/fields.tsx'
import { clientTexts } from '../../state/client-texts.ts'
import { clock } from '../../state/session.ts'

/** As long as a quarter: the visit after next looks at it again. */
const USUAL_MS = 120 * DAY_MS
const dayOf = (at: number): string => new Date(at).toISOString().slice(0, 10)

export function AcceptRisk({ view, f }: { view: FindingView; f: Formatter }) {
  const [open, setOpen] = useState(false)
  return (
    <div class="acts">
      <button class="btn" type="button" onClick={() => setOpen(true)}>
        {clientTexts.value.acceptRisk}
      </button>
      {open && <Ask view={view} f={f} close={() => setOpen(false)} />}
    </div>
  )
}

function Ask({ view, f, close }: { view: FindingView; f: Formatter; close: () => void }) {
  const texts = clientTexts.value
  const [by, setBy] = useState('')
  const [reason, setReason] = useState('')
  const [until, setUntil] = useState(dayOf(clock.value + USUAL_MS))
  const [refused, setRefused] = useState<string | null>(null)
  // The whole last day counts.
  const untilAt = Date.parse(`${until}T00:00:00Z`) + DAY_MS - 1
  const { machine, rule, item } = view.card
  const accept = (event: Event): void => {
    event.preventDefault()
    const body = { about: [{ machineId: machine.id, rule, item }], by, reason, until: untilAt }
    post(`/api/v1/clients/${encodeURIComponent(machine.client.slug)}/acceptances`, body).then(
      () => {
        changed.value = { seq: changed.value.seq + 1, machines: [machine.id] }
        close()
      },
      (error: unknown) => setRefused(error instanceof ApiError ? error.message : String(error)),
    )
  }
  return (
    <Dialog label={texts.acceptAsk} onClose={close}>
      <h2>{texts.acceptAsk}</h2>
      <p class="soft">{texts.acceptText}</p>
      <form class="ask" onSubmit={accept}>
        <Field label={texts.acceptBy} value={by} onInput={setBy} required maxLength={128} />
        <Area label={texts.acceptWhy} value={reason} onInput={setReason} />
        <Field label={texts.acceptUntil} type="date" value={until} onInput={setUntil} required />
        {refused !== null && <p role="alert">{refused}</p>}
        <div class="acts">
          <button class="btn first" type="submit" disabled={Number.isNaN(untilAt)}>
            {texts.acceptDo(Number.isNaN(untilAt) ? '…' : f.date(untilAt))}
          </button>
          <button class="btn bare" type="button" onClick={close}>
            {texts.cancel}
          </button>
        </div>
      </form>
    </Dialog>
  )
}
