/** Restore tests of this visit, and recording one: what came back, from which copy, and how long until it was usable. */
import { useId, useState } from 'preact/hooks'
import type { MachinesView } from '../../../../shared/api/views.ts'
import type { RestoreTestView } from '../../../../shared/api/visits.ts'
import { Area, Choose, Field, Nothing } from '../../components/fields.tsx'
import { Given, makeVisible } from '../../components/given.tsx'
import { Mark } from '../../components/mark.tsx'
import { Section } from '../../components/page-frame.tsx'
import { useView } from '../../state/use-view.ts'
import { visitTexts } from '../../state/visit-texts.ts'
import type { OpenVisit } from './open-visit.ts'

type Machine = MachinesView['machines'][number]['machine']
const MINUTE_MS = 60_000
const EMPTY = {
  machine: '',
  what: '',
  fromCopy: '',
  job: '',
  minutes: '',
  isUsable: 'yes',
  watchedBy: '',
  note: '',
} as const
type Draft = { readonly [K in Exclude<keyof typeof EMPTY, 'isUsable'>]: string } & { readonly isUsable: 'yes' | 'no' }

function TestLine({ test, open: { f } }: { test: RestoreTestView; open: OpenVisit }) {
  const { work } = visitTexts.value
  const what = makeVisible(test.what)
  return (
    <li class="brief">
      <Mark standing={test.isUsable ? 'good' : 'urgent'} named />
      <span>
        {test.isUsable ? work.restoreLine(what, f.span(test.durationMs)) : work.restoreFailed(what)}{' '}
        <span class="at">
          <Given text={test.machine.name} /> ·{' '}
          {work.restoreMore(makeVisible(test.fromCopy), makeVisible(test.watchedBy), f.moment(test.at))}
        </span>
      </span>
      <span class="age" />
    </li>
  )
}

function MachineField({
  machines,
  value,
  onChoose,
}: {
  machines: readonly Machine[]
  value: string
  onChoose: (id: string) => void
}) {
  const id = useId()
  return (
    <div class="askfield">
      <label for={id}>{visitTexts.value.work.restoreMachine}</label>
      <select id={id} class="field" value={value} onChange={(event) => onChoose(event.currentTarget.value)}>
        {machines.map((machine) => (
          <option key={machine.id} value={machine.id}>
            {makeVisible(machine.name)}
          </option>
        ))}
      </select>
    </div>
  )
}

function Fields({ draft, set }: { draft: Draft; set: (part: Partial<Draft>) => void }) {
  const { work } = visitTexts.value
  return (
    <>
      <Field
        label={work.restoreWhat}
        value={draft.what}
        placeholder={work.restoreWhatExample}
        maxLength={500}
        required
        onInput={(what) => set({ what })}
      />
      <Field
        label={work.restoreFrom}
        value={draft.fromCopy}
        maxLength={500}
        onInput={(fromCopy) => set({ fromCopy })}
      />
      <Field
        label={work.restoreMinutes}
        type="number"
        value={draft.minutes}
        required
        onInput={(minutes) => set({ minutes })}
      />
      <Field label={work.restoreJob} value={draft.job} maxLength={128} onInput={(job) => set({ job })} />
      <Field
        label={work.restoreWatched}
        value={draft.watchedBy}
        maxLength={128}
        onInput={(watchedBy) => set({ watchedBy })}
      />
      <Choose
        label={work.restoreUsable}
        value={draft.isUsable}
        choices={[
          { value: 'yes', label: work.restoreYes },
          { value: 'no', label: work.restoreNo },
        ]}
        onChoose={(isUsable) => set({ isUsable })}
      />
      <Area label={work.restoreNote} value={draft.note} onInput={(note) => set({ note })} />
    </>
  )
}

/** Backups of servers are tried first. */
const serversFirst = (machines: readonly Machine[]): readonly Machine[] =>
  machines.toSorted((a, b) => Number(b.role === 'server') - Number(a.role === 'server'))

function TestForm({ open, machines }: { open: OpenVisit; machines: readonly Machine[] }) {
  const { work } = visitTexts.value
  const fresh: Draft = { ...EMPTY, watchedBy: open.view.visit.recipient }
  const [draft, setDraft] = useState(fresh)
  const set = (part: Partial<Draft>): void => setDraft((old) => ({ ...old, ...part }))
  const machine = machines.find(({ id }) => id === draft.machine) ?? machines[0]
  const minutes = Number(draft.minutes)
  const isReady = machine !== undefined && draft.what.trim() !== '' && draft.minutes.trim() !== '' && minutes >= 0
  const save = (event: Event): void => {
    event.preventDefault()
    if (!isReady) return
    const { what, fromCopy, job, watchedBy, note } = draft
    open.act({
      ...{ kind: 'restore', said: what, machine },
      body: {
        ...{ machineId: machine.id, job, at: null, what, fromCopy, watchedBy, note },
        ...{ durationMs: Math.round(minutes * MINUTE_MS), isUsable: draft.isUsable === 'yes' },
      },
    })
    setDraft(fresh)
  }
  return (
    <details class="told add">
      <summary>{work.restoreAdd}</summary>
      <form class="askform two" onSubmit={save}>
        <MachineField machines={machines} value={machine?.id ?? ''} onChoose={(id) => set({ machine: id })} />
        <Fields draft={draft} set={set} />
        <button class="btn" type="submit" disabled={!isReady}>
          {work.restoreSave}
        </button>
      </form>
    </details>
  )
}

function AddTest({ open }: { open: OpenVisit }) {
  // Asked when the page opens: the form must work when the connection has gone since.
  const { view } = useView<MachinesView>('/api/v1/machines', () => false)
  const own = (view?.machines ?? [])
    .map(({ machine }) => machine)
    .filter(({ client }) => client.id === open.view.client.id)
  return own.length === 0 ? null : <TestForm open={open} machines={serversFirst(own)} />
}

export function RestorePart({ open }: { open: OpenVisit }) {
  const { work } = visitTexts.value
  const { view } = open
  const may = view.visit.state === 'on-site' || view.visit.state === 'closing'
  return (
    <Section id="restore" title={work.restore} meta={work.restoreMeta}>
      {view.restoreTests.length === 0 ? (
        <Nothing>{work.restoreNone}</Nothing>
      ) : (
        <ul>
          {view.restoreTests.map((test) => (
            <TestLine key={test.id} test={test} open={open} />
          ))}
        </ul>
      )}
      {may && <AddTest open={open} />}
    </Section>
  )
}
