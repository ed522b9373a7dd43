/** One machine: the sentence, the worst thing in words, facts by check, what this agent sent, transitions. */
import type { Card } from '../../../../shared/api/card.ts'
import type { MachineView } from '../../../../shared/api/views.ts'
import { FindingCard } from '../../components/finding-card.tsx'
import { Given } from '../../components/given.tsx'
import { NewPill } from '../../components/new-pill.tsx'
import { Section, useTitle, Waiting } from '../../components/page-frame.tsx'
import { Said } from '../../components/said.tsx'
import { clock, format, t } from '../../state/session.ts'
import { useHeld } from '../../state/use-held.ts'
import { useView } from '../../state/use-view.ts'
import { cardText } from '../../text/card-text.ts'
import { inSection } from '../../text/held-cards.ts'
import { CheckPanel } from './check-panel.tsx'
import { Sent } from './sent.tsx'
import { machineSentence } from './sentence.ts'
import { Transitions } from './transitions.tsx'

type Props = { client: string; machine: string }

export function MachinePage({ client, machine }: Props) {
  const { view, failure, slow } = useView<MachineView>(
    `/api/v1/clients/${encodeURIComponent(client)}/machines/${encodeURIComponent(machine)}`,
  )
  if (!view) return <Waiting failure={failure} slow={slow} />
  return <MachineBody view={view} />
}

function Crumbs({ view }: { view: MachineView }) {
  return (
    <nav aria-label={t.value.crumbs}>
      <ol class="crumbs">
        <li>
          <a href="/machines">{t.value.navMachines}</a>
        </li>
        <li>
          <Given text={view.machine.client.name} />
        </li>
        <li>
          <Given text={view.machine.site} />
        </li>
        <li aria-current="page">
          <Given text={view.machine.name} />
        </li>
      </ol>
    </nav>
  )
}

function Heard({ view }: { view: MachineView }) {
  const texts = t.value
  const f = format.value
  if (view.lastReportAt === null) return <dd>{texts.never}</dd>
  const ageMs = clock.value - view.lastReportAt
  const late = ageMs > 3 * view.reportEveryMs
  const every = f.age(view.reportEveryMs)
  return (
    <dd class={late ? 'is-warning' : ''}>
      <time dateTime={new Date(view.lastReportAt).toISOString()} title={f.exact(view.lastReportAt)}>
        {late ? texts.heardLate(f.age(ageMs), every) : texts.heardEvery(f.age(ageMs), every)}
      </time>
    </dd>
  )
}

function Facts({ view }: { view: MachineView }) {
  const texts = t.value
  const pairs: readonly (readonly [string, string | null])[] = [
    [texts.labelRole, texts[`role_${view.machine.role}`]],
    [texts.labelSystem, view.os],
    [texts.labelModel, view.model],
    [texts.labelPlace, view.machine.site],
  ]
  return (
    <dl class="kv">
      {pairs.map(
        ([label, value]) =>
          value !== null &&
          value !== '' && (
            <div key={label}>
              <dt>{label}</dt>{' '}
              <dd>
                <Given text={value} />
              </dd>
            </div>
          ),
      )}
      <div>
        <dt>{texts.labelHeard}</dt> <Heard view={view} />
      </div>
    </dl>
  )
}

/** Each check has its cards in order already; of all checks, what is urgent comes on top. */
function urgentFirst(cards: readonly Card[]): readonly Card[] {
  return cards.toSorted((a, b) => Number(b.standing === 'urgent') - Number(a.standing === 'urgent'))
}

function MachineBody({ view }: { view: MachineView }) {
  const texts = t.value
  const cards = urgentFirst(view.checks.flatMap((check) => check.cards))
  const held = useHeld<Card>(view.machine.id, inSection('cards', cards))
  useTitle(`${texts[`standing_${view.standing}`]} · ${view.machine.name}`)
  const first = held.rows.filter(({ row }) => row.standing === 'urgent' || row.standing === 'attention').slice(0, 3)
  return (
    <>
      <header class="head">
        <Crumbs view={view} />
        <h1>
          <Said text={machineSentence(view, texts, (card) => cardText(card).title)} />
        </h1>
        <Facts view={view} />
      </header>
      <NewPill waiting={held.waiting} reveal={held.reveal} />
      {first.length > 0 && (
        <Section id="worst" title={texts.worstHeading}>
          <div class="panel">
            {first.map(({ key, row, gone }) => (
              <FindingCard key={key} card={row} gone={gone} showMachine={false} />
            ))}
          </div>
        </Section>
      )}
      <div class="cols">
        <div>
          <Section id="facts" title={texts.factsByCheck} meta={texts.factsMeta}>
            {view.checks.map((check) => (
              <CheckPanel key={check.check} check={check} machine={view.machine} shown={held.rows} />
            ))}
          </Section>
          <Sent view={view} />
        </div>
        <Transitions view={view} />
      </div>
    </>
  )
}
