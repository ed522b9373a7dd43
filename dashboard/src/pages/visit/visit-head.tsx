/** Head of a visit: where you are, the sentence, its life, and the one step that comes next. */
import { useState } from 'preact/hooks'
import type { VisitView } from '../../../../shared/api/visits.ts'
import { VISIT_STATES } from '../../../../shared/visits.ts'
import { Given, makeVisible } from '../../components/given.tsx'
import { Icon } from '../../components/icon.tsx'
import { Said } from '../../components/said.tsx'
import { t } from '../../state/session.ts'
import { visitTexts } from '../../state/visit-texts.ts'
import { dayText } from '../../text/zoned-day.ts'
import { walkPath } from '../../visit-addresses.ts'
import { EditDialog } from './edit-dialog.tsx'
import type { OpenVisit } from './open-visit.ts'
import { StepDialog, type StepName } from './step-dialog.tsx'
import { visitSentence } from './visit-sentence.ts'

type Props = { open: OpenVisit }

function Crumbs({ open: { view, f } }: Props) {
  return (
    <nav aria-label={t.value.crumbs}>
      <ol class="crumbs">
        <li>
          <a href="/visits">{visitTexts.value.visits.nav}</a>
        </li>
        <li>
          <Given text={view.client.name} />
        </li>
        <li aria-current="page">{dayText(view.visit.date, f)}</li>
      </ol>
    </nav>
  )
}

function Life({ view }: { view: VisitView }) {
  const { visits } = visitTexts.value
  const here = VISIT_STATES.indexOf(view.visit.state)
  return (
    <ol class="steps" aria-label={visits.life}>
      {VISIT_STATES.map((state, at) => (
        <li key={state} class={at < here ? 'done' : ''} {...(at === here ? { 'aria-current': 'step' as const } : {})}>
          <span>{visits[`state_${state}`]}</span>
        </li>
      ))}
    </ol>
  )
}

/** The step that comes next is the page's one primary button; preparing may be left out. */
const PRIMARY: { readonly [S in VisitView['visit']['state']]: StepName } = {
  planned: 'prepare',
  preparing: 'open',
  'on-site': 'close',
  closing: 'send',
  sent: 'correct',
}
/** Steps that ask first: they freeze, finish or reopen something. */
const ASKED: readonly StepName[] = ['open', 'send', 'correct']

function Steps({ open }: Props) {
  const { visits } = visitTexts.value
  const { view, queue, act } = open
  const [asked, setAsked] = useState<StepName | null>(null)
  const running = queue.entries.value.find(({ deed }) => deed.kind === 'step')
  const isBusy = running !== undefined && running.sending.state !== 'stopped'
  const step = (name: StepName): void => {
    if (ASKED.includes(name)) setAsked(name)
    else act({ kind: 'step', said: visits[name], body: { step: name, reason: '' } })
  }
  const { state } = view.visit
  return (
    <div class="acts">
      {view.steps.map((name) => (
        <button
          key={name}
          class={name === PRIMARY[state] && name !== 'correct' ? 'btn first' : 'btn'}
          type="button"
          disabled={isBusy}
          onClick={() => step(name)}
        >
          {visits[name]}
        </button>
      ))}
      {(state === 'planned' || state === 'preparing') && <EditDialog open={open} />}
      {state !== 'sent' && (
        <a class="btn" href={walkPath(view.client.slug, view.visit.date)}>
          <Icon name="print" />
          {visits.walkLink}
        </a>
      )}
      <span class="working" role="status">
        {isBusy && running.deed.kind === 'step' && workingText(running.deed.body.step)}
      </span>
      {asked !== null && <StepDialog name={asked} open={open} onClose={() => setAsked(null)} />}
    </div>
  )
}

function workingText(step: StepName): string {
  const { visits } = visitTexts.value
  if (step === 'open') return visits.openWorking
  return step === 'send' ? visits.sendWorking : ''
}

function Under({ open: { view, f } }: Props) {
  const { visits } = visitTexts.value
  const { visit, snapshot, reading } = view
  const exact = `${dayText(visit.date, f)}, ${f.exact(visit.plannedAt).replace(/^.*, (\d\d:\d\d).*$/, '$1')}`
  const what = visits.under(exact, visits[`kindIn_${visit.kind}`], makeVisible(visit.author))
  const minutes = reading.urgent + reading.since + reading.decisions + reading.promised + reading.walk
  const more =
    snapshot === null
      ? visits.underReading(Math.max(1, minutes), f.span(view.walkMinutes * 60_000), f)
      : visits.underFrozen(f.moment(snapshot.at), snapshot.attested, snapshot.machines, f)
  return (
    <p class="under">
      {what} {more}
    </p>
  )
}

const HELP: { readonly [S in VisitView['visit']['state']]: 'openHelp' | 'closeHelp' | null } = {
  planned: 'openHelp',
  preparing: 'openHelp',
  'on-site': 'closeHelp',
  closing: null,
  sent: null,
}

export function VisitHead({ open }: Props) {
  const { visits } = visitTexts.value
  const help = HELP[open.view.visit.state]
  return (
    <header class="head">
      <Crumbs open={open} />
      <div class="headrow">
        <div>
          <h1>
            <Said text={visitSentence(open.view, visits, open.f)} />
          </h1>
          <Under open={open} />
          <Life view={open.view} />
        </div>
        <Steps open={open} />
      </div>
      {help !== null && <p class="meta">{visits[help]}</p>}
    </header>
  )
}
