/** 5: the walk list. On site each line is ticked with one thumb; note and minutes stand behind it. */
import { useId, useState } from 'preact/hooks'
import type { WalkItem } from '../../../../shared/api/visits.ts'
import { createFormatter } from '../../../../shared/text/create-formatter.ts'
import { Area, Field, Nothing } from '../../components/fields.tsx'
import { Given } from '../../components/given.tsx'
import { Section } from '../../components/page-frame.tsx'
import { Said } from '../../components/said.tsx'
import { visitTexts } from '../../state/visit-texts.ts'
import { walkText } from '../../text/visit-text.ts'
import type { Deed } from './deed.ts'
import { isWritable, type OpenVisit } from './open-visit.ts'
import { readingMeta } from './reading-meta.ts'

type Props = { item: WalkItem; open: OpenVisit }
type Told = { readonly minutes: number | null; readonly note: string | null }

/** What ticking a line means: the action behind it, or a new one that says so in the client's language. */
export function tickOf(item: WalkItem, { view, f }: OpenVisit, done: boolean, told: Told): Deed {
  const said = walkText(item, f).task
  if (item.actionId !== null) {
    const state = done === item.done ? null : done ? 'done' : 'open'
    return { kind: 'tick', said, action: item.actionId, body: { state, ...told } }
  }
  const { language, timeZone, now, visit } = view
  const text = walkText(item, createFormatter({ language, timeZone, now })).task
  const mends = item.rule === null ? null : { rule: item.rule, item: item.item }
  const body = {
    ...{ text: text.slice(0, 2_000), who: visit.author, dueAt: null, machineId: item.machine?.id ?? null, mends },
    ...{ needsHands: true, done, minutes: told.minutes ?? item.minutes, note: told.note ?? '' },
  }
  return { kind: 'action', said, line: item.key, body }
}

/** A deed of this line that waits: unticking takes it back instead of sending two. */
function waitingKey({ item, open }: Props): number | null {
  const waiting = open.queue.entries.value.find(
    ({ deed, sending }) => deed.kind === 'action' && deed.line === item.key && sending.state === 'waiting',
  )
  return waiting?.key ?? null
}

function Told({ item, open }: Props) {
  const { work } = visitTexts.value
  const action = [...open.view.actions, ...open.view.promised].find(({ id }) => id === item.actionId)
  const [note, setNote] = useState(action?.note ?? '')
  const [minutes, setMinutes] = useState(String(action?.minutes ?? item.minutes))
  const save = (event: Event): void => {
    event.preventDefault()
    const given = minutes.trim() === '' ? null : Math.max(0, Math.round(Number(minutes)))
    open.act(tickOf(item, open, item.done, { minutes: Number.isFinite(given) ? given : null, note }))
  }
  return (
    <details class="told">
      <summary>{work.note}</summary>
      <form class="askform" onSubmit={save}>
        <Area label={work.noteText} value={note} onInput={setNote} lang={open.view.language} />
        <Field label={work.noteMinutes} type="number" value={minutes} onInput={setMinutes} />
        <button class="btn" type="submit">
          {work.noteSave}
        </button>
      </form>
    </details>
  )
}

/** Room, user and what was found: what is read in front of the machine. */
export function WalkWhere({ item, why }: { item: WalkItem; why: string }) {
  const { visits } = visitTexts.value
  return (
    <>
      <div class="room">
        {item.machine !== null && (
          <span>
            <Given text={item.machine.name} />
          </span>
        )}
        <span>
          {item.place === '' ? (
            item.site === '' ? (
              visits.placeUnknown
            ) : (
              <Given text={item.site} />
            )
          ) : (
            <Given text={item.place} />
          )}
        </span>
        {item.person !== '' && (
          <span>
            <Given text={item.person} />
          </span>
        )}
        {item.bring !== null && <span>{visits[`bring_${item.bring}`]}</span>}
      </div>
      {why !== '' && (
        <span class="meta">
          <Said text={why} isTyped={item.kind === 'action'} />
        </span>
      )}
    </>
  )
}

function Line({ item, open }: Props) {
  const { visits } = visitTexts.value
  const id = useId()
  const { task, why } = walkText(item, open.f)
  const may = isWritable(open.view)
  const tick = (): void => {
    const waiting = waitingKey({ item, open })
    if (waiting !== null) open.queue.drop(waiting)
    else open.act(tickOf(item, open, !item.done, { minutes: null, note: null }))
  }
  return (
    <li class={item.done ? 'done' : ''}>
      <label class="tick">
        <input
          class="check"
          type="checkbox"
          id={id}
          checked={item.done}
          disabled={!may}
          onChange={tick}
          aria-labelledby={`${id}-task`}
        />
      </label>
      <div>
        <label for={id} id={`${id}-task`}>
          <Said text={task} isTyped={item.kind === 'action'} />
        </label>
        <span class="spent n">{visits.minutes(item.minutes, open.f)}</span>
        <WalkWhere item={item} why={why} />
        {may && (item.actionId !== null || !item.done) && <Told item={item} open={open} />}
      </div>
    </li>
  )
}

/** `isWork`: on site, where the list is what is being done. */
export function WalkPart({ open, isWork = false }: { open: OpenVisit; isWork?: boolean }) {
  const { visits, work } = visitTexts.value
  const { walk, reading } = open.view
  const done = walk.filter((item) => item.done).length
  const meta = isWork
    ? work.todoMeta(done, walk.length, open.f)
    : readingMeta(reading.walk, visits.walkMeta, visits, open.f)
  return (
    <Section id="walk" title={isWork ? work.todo : visits.walk} meta={meta}>
      {walk.length === 0 ? (
        <Nothing>{visits.walkNone}</Nothing>
      ) : (
        <ol class="panel walk">
          {walk.map((item) => (
            <Line key={item.key} item={item} open={open} />
          ))}
        </ol>
      )}
    </Section>
  )
}
