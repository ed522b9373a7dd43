/** Asks before a step that cannot be taken back: freezing, finishing, correcting. The button repeats what it does. */
import { useState } from 'preact/hooks'
import type { StepRequest } from '../../../../shared/api/visit-changes.ts'
import { Dialog } from '../../components/dialog.tsx'
import { Area } from '../../components/fields.tsx'
import { makeVisible } from '../../components/given.tsx'
import { visitTexts } from '../../state/visit-texts.ts'
import type { OpenVisit } from './open-visit.ts'
import { countVisit } from './visit-sentence.ts'

/** A step of the life of a visit. */
export type StepName = StepRequest['step']

/** @returns what the dialog of a step says: question, consequence, button. */
function wordsOf(name: StepName, { view, f }: OpenVisit): readonly [title: string, text: string, button: string] {
  const { visits } = visitTexts.value
  if (name === 'open') return [visits.openTitle, visits.openText, visits.openDo]
  if (name === 'correct') return [visits.correctTitle, visits.correctText, visits.correctDo]
  const { open, decisions } = countVisit(view)
  const waiting = open + decisions === 0 ? '' : ` ${visits.sendOpen(open + decisions, f)}`
  return [visits.sendTitle(makeVisible(view.visit.recipient)), `${visits.sendText}${waiting}`, visits.sendDo]
}

export function StepDialog({ name, open, onClose }: { name: StepName; open: OpenVisit; onClose: () => void }) {
  const { visits } = visitTexts.value
  const [reason, setReason] = useState('')
  const [title, text, button] = wordsOf(name, open)
  const isReady = name !== 'correct' || reason.trim() !== ''
  const say = (event: Event): void => {
    event.preventDefault()
    if (!isReady) return
    open.act({ kind: 'step', said: visits[name], body: { step: name, reason } })
    onClose()
  }
  return (
    <Dialog label={title} onClose={onClose}>
      <h2>{title}</h2>
      <p class="soft">{text}</p>
      <form class="askform" onSubmit={say}>
        {name === 'correct' && (
          <Area label={visits.correctReason} value={reason} onInput={setReason} lang={open.view.language} />
        )}
        <div class="acts">
          <button class="btn first" type="submit" disabled={!isReady}>
            {button}
          </button>
          <button class="btn bare" type="button" onClick={onClose}>
            {visits.cancel}
          </button>
        </div>
      </form>
    </Dialog>
  )
}
