/** One finding: the card with its two texts, why it says so, who was told, and how it came to be. */
import type { FindingView } from '../../../../shared/api/client.ts'
import type { Formatter } from '../../../../shared/text/format.ts'
import { Given } from '../../components/given.tsx'
import { Mark } from '../../components/mark.tsx'
import { Section, useTitle, Waiting } from '../../components/page-frame.tsx'
import { Said } from '../../components/said.tsx'
import { clientPath, machinePath } from '../../router.ts'
import { clientTexts } from '../../state/client-texts.ts'
import { isKeeper } from '../../state/rights.ts'
import { clock, t } from '../../state/session.ts'
import { useView } from '../../state/use-view.ts'
import { formatIn } from '../../state/visit-texts.ts'
import { cardText } from '../../text/card-text.ts'
import { AcceptRisk } from './accept-risk.tsx'
import { Explain } from './explain.tsx'
import { History } from './history.tsx'

export function FindingPage({ client, number }: { client: string; number: string }) {
  const { view, failure, slow } = useView<FindingView>(
    `/api/v1/clients/${encodeURIComponent(client)}/findings/${encodeURIComponent(number)}`,
  )
  if (!view) return <Waiting failure={failure} slow={slow} />
  return <Finding view={view} />
}

function Crumbs({ view, f }: { view: FindingView; f: Formatter }) {
  const { client } = view.card.machine
  return (
    <nav aria-label={t.value.crumbs}>
      <ol class="crumbs">
        <li>
          <a href="/clients">{t.value.navClients}</a>
        </li>
        <li>
          <a href={clientPath(client.slug)}>
            <Given text={client.name} />
          </a>
        </li>
        <li>
          <a href={clientPath(client.slug, 'findings')}>{clientTexts.value.tab_findings}</a>
        </li>
        <li aria-current="page">{clientTexts.value.findingNumber(view.card.number ?? 0, f)}</li>
      </ol>
    </nav>
  )
}

/** State, where, since when, and what a person said about it. */
function State({ view, f }: { view: FindingView; f: Formatter }) {
  const texts = clientTexts.value
  const { card, resolvedAt } = view
  const { machine, acceptance } = card
  return (
    <p class="under where">
      <Mark standing={card.standing} />{' '}
      {resolvedAt === null ? t.value[`standing_${card.standing}`] : texts.solvedOn(f.date(resolvedAt))}
      {' · '}
      {machine.slug === '' ? (
        texts.noRead
      ) : (
        <a href={machinePath(machine.client.slug, machine.slug)}>
          <Given text={machine.name} />
        </a>
      )}
      {' · '}
      {t.value[`subject_${card.subject}`]}
      {card.item !== '' && (
        <>
          {' · '}
          <Given text={card.item} />
        </>
      )}
      {card.openedAt !== null && resolvedAt === null && ` · ${t.value.openedAgo(f.age(clock.value - card.openedAt))}`}
      {acceptance !== null && ` · ${texts.acceptedBy(acceptance.by, f.date(acceptance.until))}`}
    </p>
  )
}

function Texts({ view, f }: { view: FindingView; f: Formatter }) {
  const texts = clientTexts.value
  const { card } = view
  const said = cardText(card)
  return (
    <div class="panel words facing">
      <div class="two">
        <div>
          <h2>{texts.technician}</h2>
          <p>
            <Said text={said.todo} />
          </p>
        </div>
        <div>
          <h2>{texts.manager}</h2>
          <p>
            <Said text={said.manager} />
          </p>
        </div>
      </div>
      <dl class="say">
        <div>
          <dt>{t.value.looked}</dt>
          <dd>
            <Said text={said.looked} />
            {card.source !== null && card.collectedAt !== null && (
              <> {t.value.readAgo(card.source, f.age(clock.value - card.collectedAt))}.</>
            )}
          </dd>
        </div>
        {card.acceptance !== null && (
          <div>
            <dt>{texts.acceptWhy}</dt>
            <dd>
              <Given text={card.acceptance.reason} whole />
            </dd>
          </div>
        )}
      </dl>
      {isKeeper() && view.resolvedAt === null && card.acceptance === null && <AcceptRisk view={view} f={f} />}
    </div>
  )
}

function Finding({ view }: { view: FindingView }) {
  const f = formatIn(view.timeZone)
  const texts = clientTexts.value
  const { card } = view
  const said = cardText(card)
  useTitle(`${t.value[`standing_${card.standing}`]} · ${card.machine.name}`)
  return (
    <>
      <header class="head">
        <Crumbs view={view} f={f} />
        <h1>
          <Said text={said.title} />
        </h1>
        <State view={view} f={f} />
      </header>
      <Texts view={view} f={f} />
      <div class="cols">
        <Section id="why" title={texts.why} meta={texts.whyMeta}>
          {view.explanation === null ? (
            <p class="soft">{texts.whySolved}</p>
          ) : (
            <Explain view={view} explanation={view.explanation} f={f} />
          )}
        </Section>
        <History view={view} f={f} />
      </div>
    </>
  )
}
