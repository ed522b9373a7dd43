/** A dialog that asks for something and does it: the title is a question, the button repeats it, a refusal is a sentence in place. */
import type { ComponentChildren } from 'preact'
import { useState } from 'preact/hooks'
import { ApiError } from '../api/client.ts'
import { t } from '../state/session.ts'
import { Dialog } from './dialog.tsx'

type Props = {
  title: string
  lead?: string
  /** What the button says. */
  doIt: string
  onDo: () => Promise<unknown>
  /** Called when it is done; the dialog closes by itself. */
  onDone: () => void
  close: () => void
  /** False: what is done stands in its place. */
  closes?: boolean
  children?: ComponentChildren
}

export function DialogForm({ title, lead, doIt, onDo, onDone, close, closes = true, children }: Props) {
  const [refused, setRefused] = useState<string | null>(null)
  const [busy, setBusy] = useState(false)
  const submit = (event: Event): void => {
    event.preventDefault()
    setBusy(true)
    onDo().then(
      () => {
        if (closes) close()
        onDone()
      },
      (error: unknown) => {
        setBusy(false)
        setRefused(error instanceof ApiError ? error.message : String(error))
      },
    )
  }
  return (
    <Dialog label={title} onClose={close} className="box roomy-box">
      <h2>{title}</h2>
      {lead !== undefined && <p class="soft">{lead}</p>}
      <form class="ask" onSubmit={submit}>
        {children}
        {refused !== null && <p role="alert">{refused}</p>}
        <div class="acts">
          <button class="btn first" type="submit" disabled={busy}>
            {doIt}
          </button>
          <button class="btn bare" type="button" onClick={close}>
            {t.value.close}
          </button>
        </div>
      </form>
    </Dialog>
  )
}
