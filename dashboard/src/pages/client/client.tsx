/** One client: the sentence, five dials, what cannot wait, what changed, backup truth, machines, and everything else. */
import type { Card } from '../../../../shared/api/card.ts'
import type { ClientView } from '../../../../shared/api/client.ts'
import { Given } from '../../components/given.tsx'
import { NewPill } from '../../components/new-pill.tsx'
import { Section, useTitle, Waiting } from '../../components/page-frame.tsx'
import { Said } from '../../components/said.tsx'
import { CLIENT_TABS, type ClientTab, clientPath, visitPath } from '../../router.ts'
import { clientTexts } from '../../state/client-texts.ts'
import { t } from '../../state/session.ts'
import { useHeld } from '../../state/use-held.ts'
import { useView } from '../../state/use-view.ts'
import { formatIn } from '../../state/visit-texts.ts'
import { cardText } from '../../text/card-text.ts'
import { inSection } from '../../text/held-cards.ts'
import { BackupTable } from './backup-table.tsx'
import { Changes } from './changes.tsx'
import { ClientFindings } from './client-findings.tsx'
import { Dials } from './dials.tsx'
import { Groups } from './groups.tsx'
import { MachineTable } from './machine-table.tsx'
import { clientSentence, clientUnder } from './sentence.ts'
import { UrgentCard } from './urgent-card.tsx'

type Props = { client: string; tab: ClientTab }

const BACKUP_SHOWN = 6
const MACHINES_SHOWN = 7

export function ClientPage({ client, tab }: Props) {
  if (tab === 'findings') return <ClientFindings client={client} />
  return <ClientViewPage client={client} tab={tab} />
}

function ClientViewPage({ client, tab }: Props) {
  const { view, failure, slow } = useView<ClientView>(`/api/v1/clients/${encodeURIComponent(client)}`)
  if (!view) return <Waiting failure={failure} slow={slow} />
  if (tab === 'backup') return <BackupPage view={view} />
  if (tab === 'machines') return <MachinesPage view={view} />
  return <Overview view={view} />
}

/** Where the reader is, and the other pages of this client. */
export function ClientTabs({ client, tab }: { client: ClientView['client']; tab: ClientTab }) {
  const texts = clientTexts.value
  return (
    <nav class="tabs" aria-label={client.name}>
      {CLIENT_TABS.map((one) => (
        <a key={one} href={clientPath(client.slug, one)} {...(one === tab ? { 'aria-current': 'page' as const } : {})}>
          {texts[`tab_${one}`]}
        </a>
      ))}
      <a href={`${clientPath(client.slug)}/visits`}>{texts.tab_visits}</a>
    </nav>
  )
}

/** Clients / this one. */
export function ClientCrumbs({ client, more }: { client: ClientView['client']; more?: string }) {
  return (
    <nav aria-label={t.value.crumbs}>
      <ol class="crumbs">
        <li>
          <a href="/clients">{t.value.navClients}</a>
        </li>
        {more === undefined ? (
          <li aria-current="page">
            <Given text={client.name} />
          </li>
        ) : (
          <>
            <li>
              <a href={clientPath(client.slug)}>
                <Given text={client.name} />
              </a>
            </li>
            <li aria-current="page">{more}</li>
          </>
        )}
      </ol>
    </nav>
  )
}

/** The one primary action of the page. */
function NextStep({ view }: { view: ClientView }) {
  const texts = clientTexts.value
  if (!view.isKeeper) return null
  const { client, nextVisit, machines } = view
  if (machines === 0) {
    return (
      <a class="btn first" href={`/settings/agents?client=${encodeURIComponent(client.slug)}`}>
        {texts.makeCode}
      </a>
    )
  }
  if (nextVisit === null) {
    return (
      <a class="btn first" href={`${clientPath(client.slug)}/visits`}>
        {texts.planVisit}
      </a>
    )
  }
  const date = formatIn(view.timeZone).date(nextVisit.plannedAt)
  const isUnderWay = nextVisit.openedAt !== null
  return (
    <a class="btn first" href={visitPath(client.slug, nextVisit.date)}>
      {isUnderWay ? texts.goOn(date) : texts.prepare(date)}
    </a>
  )
}

function Overview({ view }: { view: ClientView }) {
  const f = formatIn(view.timeZone)
  const texts = clientTexts.value
  const held = useHeld<Card>(view.client.id, inSection('urgent', view.urgent))
  const sentence = clientSentence(view, texts, f, (card) => cardText(card).title)
  const state = worstOf(view)
  useTitle(`${t.value[`standing_${state}`]} · ${view.client.name}`)
  return (
    <>
      <header class="head">
        <ClientCrumbs client={view.client} />
        <div class="headrow">
          <div>
            <h1>
              <Said text={sentence} />
            </h1>
            <p class="under">{clientUnder(view, texts, f)}</p>
          </div>
          <div class="acts">
            <NextStep view={view} />
          </div>
        </div>
      </header>
      <ClientTabs client={view.client} tab="overview" />
      <NewPill waiting={held.waiting} reveal={held.reveal} />
      {view.machines === 0 ? (
        <div class="empty">
          <strong>{texts.saysEmpty(view.client.name)}</strong>
          {texts.emptyText}
        </div>
      ) : (
        <>
          <Dials view={view} f={f} />
          {held.rows.length > 0 && (
            <Section id="now" title={texts.cannotWait}>
              <div class="panel">
                {held.rows.map(({ key, row, gone }) => (
                  <UrgentCard key={key} card={row} gone={gone} f={f} />
                ))}
              </div>
              {view.urgentMore > 0 && (
                <a class="more" href={clientPath(view.client.slug, 'findings')}>
                  {texts.moreUrgent(view.urgentMore, f)}
                </a>
              )}
            </Section>
          )}
          <Changes view={view} f={f} />
          <BackupTable view={view} f={f} most={BACKUP_SHOWN} />
          <MachineTable view={view} f={f} most={MACHINES_SHOWN} />
          <Groups view={view} f={f} />
        </>
      )}
    </>
  )
}

function worstOf({ standings, dials, machines }: ClientView) {
  if (machines === 0) return 'not-proven'
  const order = ['urgent', 'attention', 'not-proven', 'accepted'] as const
  const found = order.find((one) => standings[one] > 0)
  if (found !== undefined) return found
  return dials.every(({ standing }) => standing === 'good') ? 'good' : 'not-proven'
}

function BackupPage({ view }: { view: ClientView }) {
  const f = formatIn(view.timeZone)
  const texts = clientTexts.value
  const tally = view.dials.find(({ dial }) => dial === 'backup')?.tally
  const bad = (tally?.bad ?? 0) + (tally?.accepted ?? 0)
  const title = texts.backupSays(bad, tally?.unknown ?? 0, view.machines, f)
  useTitle(`${title} · ${view.client.name}`)
  return (
    <>
      <header class="head">
        <ClientCrumbs client={view.client} more={texts.tab_backup} />
        <h1>{view.machines === 0 ? texts.saysEmpty(view.client.name) : title}</h1>
      </header>
      <ClientTabs client={view.client} tab="backup" />
      <BackupTable view={view} f={f} most={null} />
    </>
  )
}

function MachinesPage({ view }: { view: ClientView }) {
  const f = formatIn(view.timeZone)
  const texts = clientTexts.value
  const title = view.machines === 0 ? texts.saysEmpty(view.client.name) : texts.machinesSays(view.machines, f)
  useTitle(`${title} · ${view.client.name}`)
  return (
    <>
      <header class="head">
        <ClientCrumbs client={view.client} more={texts.tab_machines} />
        <h1>{title}</h1>
      </header>
      <ClientTabs client={view.client} tab="machines" />
      <MachineTable view={view} f={f} most={null} />
    </>
  )
}
