/** What was done and promised at this visit, and noting something that no list had. */
import { useState } from 'preact/hooks'
import type { ActionView } from '../../../../shared/api/visits.ts'
import { Field, Nothing } from '../../components/fields.tsx'
import { makeVisible } from '../../components/given.tsx'
import { Mark } from '../../components/mark.tsx'
import { Section } from '../../components/page-frame.tsx'
import { visitTexts } from '../../state/visit-texts.ts'
import { isWritable, type OpenVisit } from './open-visit.ts'

function ActionLine({ action, open }: { action: ActionView; open: OpenVisit }) {
  const { work, visits } = visitTexts.value
  const { view, f, act } = open
  const isGone = action.state === 'dropped'
  const more = [
    work[`state_${action.state}`],
    visits.dueBy(makeVisible(action.who), action.dueAt === null ? null : f.date(action.dueAt)),
    action.minutes === null ? '' : visits.minutes(action.minutes, f),
    makeVisible(action.note),
  ].filter((part) => part !== '')
  const turn = (): void =>
    act({
      ...{ kind: 'tick', action: action.id, said: action.text },
      body: { state: isGone ? 'open' : 'dropped', minutes: null, note: null },
    })
  return (
    <li class="brief">
      <Mark standing={action.state === 'done' ? 'good' : isGone ? 'accepted' : 'attention'} />
      <span>
        <span lang={view.language}>{makeVisible(action.text)}</span> <span class="at">{more.join(' · ')}</span>
      </span>
      <span class="age">
        {isWritable(view) && action.state !== 'done' && (
          <button class="btn bare" type="button" onClick={turn}>
            {isGone ? work.actionReopen : work.actionDrop}
          </button>
        )}
      </span>
    </li>
  )
}

function AddAction({ open }: { open: OpenVisit }) {
  const { work } = visitTexts.value
  const [text, setText] = useState('')
  const [who, setWho] = useState(open.view.visit.author)
  const [minutes, setMinutes] = useState('')
  const isAhead = open.view.visit.state === 'preparing'
  const add = (done: boolean): void => {
    if (text.trim() === '') return
    const spent = minutes.trim() === '' ? null : Math.max(0, Math.round(Number(minutes)))
    open.act({
      ...{ kind: 'action', said: text, line: null },
      body: {
        ...{ text, who, dueAt: null, machineId: null, mends: null, needsHands: isAhead, done, note: '' },
        minutes: Number.isFinite(spent) ? spent : null,
      },
    })
    setText('')
    setMinutes('')
  }
  return (
    <details class="told add">
      <summary>{work.actionAdd}</summary>
      <form
        class="askform two"
        onSubmit={(event) => {
          event.preventDefault()
          add(!isAhead)
        }}
      >
        <Field
          label={work.actionWhat}
          value={text}
          onInput={setText}
          maxLength={2_000}
          lang={open.view.language}
          required
        />
        <Field label={work.actionWho} value={who} onInput={setWho} maxLength={128} />
        <Field label={work.noteMinutes} type="number" value={minutes} onInput={setMinutes} />
        <div class="acts">
          <button class="btn" type="submit">
            {isAhead ? work.actionWalk : work.actionDone}
          </button>
          {!isAhead && (
            <button class="btn" type="button" onClick={() => add(false)}>
              {work.actionPromise}
            </button>
          )}
        </div>
      </form>
    </details>
  )
}

export function ActionsPart({ open }: { open: OpenVisit }) {
  const { work } = visitTexts.value
  const { actions } = open.view
  return (
    <Section id="actions" title={open.view.visit.state === 'preparing' ? work.actionsAhead : work.actions}>
      {actions.length === 0 ? (
        <Nothing>{work.actionsNone}</Nothing>
      ) : (
        <ul>
          {actions.map((action) => (
            <ActionLine key={action.id} action={action} open={open} />
          ))}
        </ul>
      )}
      {isWritable(open.view) && <AddAction open={open} />}
    </Section>
  )
}
