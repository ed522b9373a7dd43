/** Policies: every limit in force at one place, where it was set and why; set or taken back with a reason. The place is in the address. */
import { useState } from 'preact/hooks'
import type { PoliciesView } from '../../../../shared/api/settings.ts'
import type { ClientsView } from '../../../../shared/api/views.ts'
import { put } from '../../api/client.ts'
import { DialogForm } from '../../components/dialog-form.tsx'
import { makeVisible } from '../../components/given.tsx'
import { Waiting } from '../../components/page-frame.tsx'
import { Pick, Yes } from '../../components/pick.tsx'
import { ask, asked } from '../../router.ts'
import { format } from '../../state/session.ts'
import { settingsTexts } from '../../state/settings-texts.ts'
import { useView } from '../../state/use-view.ts'
import { LimitForm } from './limit-form.tsx'
import { type LimitRow, LimitTable } from './limit-table.tsx'
import { SettingsHead } from './settings.tsx'
import { useSettings } from './use-settings.ts'

type Clients = ClientsView & { readonly now?: number }

export function PoliciesPage() {
  const { view, failure, slow } = useView<Clients>('/api/v1/clients', () => false)
  if (!view) return <Waiting failure={failure} slow={slow} />
  const slug = asked('client') || (view.clients[0]?.slug ?? '')
  return <OfClient clients={view.clients} slug={slug} />
}

function OfClient({ clients, slug }: { clients: ClientsView['clients']; slug: string }) {
  const [site, machine] = [asked('site'), asked('machine')]
  const params = new URLSearchParams({ ...(machine !== '' ? { machine } : site !== '' ? { site } : {}) }).toString()
  const path = `/api/v1/clients/${encodeURIComponent(slug)}/policies${params === '' ? '' : `?${params}`}`
  const { view, failure, slow, again } = useSettings<PoliciesView>(path)
  if (!view) return <Waiting failure={failure} slow={slow} />
  return <Policies clients={clients} view={view} again={again} />
}

/** Which place: the client, one of its sites, one of its machines. */
function Place({ clients, view }: { clients: ClientsView['clients']; view: PoliciesView }) {
  const texts = settingsTexts.value
  const places = [
    { value: '', label: texts.wholeClient },
    ...view.sites.flatMap((site) => [
      { value: `site:${site.id}`, label: makeVisible(site.name) },
      ...site.machines.map((machine) => ({
        value: `machine:${machine.id}`,
        label: `${makeVisible(site.name)} · ${makeVisible(machine.name)}`,
      })),
    ]),
  ]
  const { site, machine } = view.place
  const now = machine !== null ? `machine:${machine}` : site !== null ? `site:${site}` : ''
  return (
    <>
      <Pick
        label={texts.placeClient}
        value={view.client.slug}
        options={clients.map((one) => ({ value: one.slug, label: makeVisible(one.name) }))}
        onPick={(client) => ask({ client, site: '', machine: '' })}
      />
      <Pick
        label={texts.placeWhere}
        value={now}
        options={places}
        onPick={(place) => {
          const [kind = '', id = ''] = place.split(':')
          ask({ site: kind === 'site' ? id : '', machine: kind === 'machine' ? id : '' })
        }}
      />
    </>
  )
}

function Filters({ clients, view }: { clients: ClientsView['clients']; view: PoliciesView }) {
  const texts = settingsTexts.value
  const words = asked('limit')
  const onlySet = asked('set') === 'yes'
  return (
    <div class="filters across">
      <Place clients={clients} view={view} />
      <div class="askfield">
        <label for="limit-words">{texts.limitFilter}</label>
        <input
          id="limit-words"
          class="field"
          type="search"
          value={words}
          onInput={(event) => ask({ limit: event.currentTarget.value })}
        />
      </div>
      <Yes label={texts.limitOnlySet} value={onlySet} onChange={(isOn) => ask({ set: isOn ? 'yes' : '' })} />
    </div>
  )
}

type Asking = { kind: 'set' | 'take-back'; limit: LimitRow } | null

function Policies({
  clients,
  view,
  again,
}: {
  clients: ClientsView['clients']
  view: PoliciesView
  again: () => void
}) {
  const texts = settingsTexts.value
  const [asking, setAsking] = useState<Asking>(null)
  const words = asked('limit')
  const onlySet = asked('set') === 'yes'
  const set = view.limits.filter((limit) => limit.set !== null || limit.elsewhere.length > 0)
  const shown = (onlySet ? set : view.limits).filter(({ key, why }) =>
    `${key} ${why}`.toLowerCase().includes(words.toLowerCase()),
  )
  const place = makeVisible(view.place.name)
  const close = (): void => setAsking(null)
  return (
    <>
      <SettingsHead
        subject="policies"
        title={texts.policiesSays(set.length, place, format.value)}
        under={texts.policiesUnder}
      />
      <Filters clients={clients} view={view} />
      {shown.length === 0 ? (
        <div class="empty">
          <strong>{texts.limitNone}</strong>
          {texts.limitNoneText(words)}
        </div>
      ) : (
        <LimitTable
          limits={shown}
          view={view}
          onSet={(limit) => setAsking({ kind: 'set', limit })}
          onTakeBack={(limit) => setAsking({ kind: 'take-back', limit })}
        />
      )}
      {asking?.kind === 'set' && <LimitForm view={view} limit={asking.limit} onDone={again} close={close} />}
      {asking?.kind === 'take-back' && (
        <DialogForm
          title={texts.takeBackOf(asking.limit.key)}
          lead={texts.policiesUnder}
          doIt={texts.takeBack}
          onDo={() => savePolicy(view, asking.limit.key, null, '')}
          onDone={again}
          close={close}
        />
      )}
    </>
  )
}

/** Sets a limit at the place that is shown; null takes it back. */
export function savePolicy(
  { client, place }: PoliciesView,
  key: string,
  value: number | boolean | null,
  reason: string,
): Promise<unknown> {
  const body = { key, value, reason, siteId: place.site, machineId: place.machine }
  return put(`/api/v1/clients/${encodeURIComponent(client.slug)}/policies`, body)
}
