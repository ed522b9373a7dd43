/** Adds or changes a channel. A webhook's address goes in and never comes out: empty keeps the known one. */
import { useEffect, useState } from 'preact/hooks'
import type { ChannelMadeView, ChannelView } from '../../../../shared/api/channels.ts'
import type { PeopleView } from '../../../../shared/api/settings.ts'
import type { ClientsView } from '../../../../shared/api/views.ts'
import { get, post, put } from '../../api/client.ts'
import { DialogForm } from '../../components/dialog-form.tsx'
import { Area, Field } from '../../components/fields.tsx'
import { makeVisible } from '../../components/given.tsx'
import { Pick, PickSome, Yes } from '../../components/pick.tsx'
import { clientTexts } from '../../state/client-texts.ts'
import { isOwner } from '../../state/rights.ts'
import { language } from '../../state/session.ts'
import { settingsTexts } from '../../state/settings-texts.ts'

type Props = {
  of: ChannelView['kind']
  known: ChannelView | null
  clients: ClientsView['clients']
  made: (answer: ChannelMadeView) => void
  onDone: () => void
  close: () => void
}

/** Everything that a form of either kind can hold. */
type Draft = {
  name: string
  language: string
  minSeverity: string
  clientIds: readonly string[]
  isEveryClient: boolean
  isEnabled: boolean
  personIds: readonly string[]
  addresses: string
  audience: string
  url: string
  networks: string
}

function draftOf(known: ChannelView | null): Draft {
  const mail = known?.kind === 'email' ? known : null
  return {
    name: known?.name ?? '',
    language: known?.language ?? language.value,
    minSeverity: known?.minSeverity ?? 'critical',
    clientIds: known?.clientIds ?? [],
    isEveryClient: known === null ? isOwner() : known.clientIds === null,
    isEnabled: known?.isEnabled ?? true,
    personIds: mail?.personIds ?? [],
    addresses: mail?.addresses.join('\n') ?? '',
    audience: mail?.audience ?? 'technician',
    url: '',
    networks: known?.kind === 'webhook' ? known.allowedNetworks.join('\n') : '',
  }
}

const linesOf = (text: string): readonly string[] => text.split(/\s+/).filter((line) => line !== '')

function bodyOf(kind: ChannelView['kind'], draft: Draft): object {
  const { name, minSeverity, isEnabled, clientIds, isEveryClient } = draft
  const common = { name, language: draft.language, minSeverity, isEnabled, clientIds: isEveryClient ? null : clientIds }
  if (kind === 'webhook')
    return {
      ...{ ...common, kind, url: draft.url === '' ? null : draft.url },
      allowedNetworks: linesOf(draft.networks),
    }
  const { personIds, addresses, audience } = draft
  return { ...common, kind, personIds, addresses: linesOf(addresses), audience }
}

export function ChannelForm({ of, known, clients, made, onDone, close }: Props) {
  const texts = settingsTexts.value
  const [draft, setDraft] = useState(() => draftOf(known))
  const change = (part: Partial<Draft>): void => setDraft((old) => ({ ...old, ...part }))
  const save = async (): Promise<void> => {
    if (known !== null) await put(`/api/v1/channels/${known.id}`, bodyOf(of, draft))
    else made(await post<ChannelMadeView>('/api/v1/channels', bodyOf(of, draft)))
  }
  const title = known === null ? `${texts.addChannel}: ${texts[`kind_${of}`]}` : texts.changeOf(makeVisible(known.name))
  return (
    <DialogForm {...{ title, onDone, close }} doIt={known === null ? texts.addChannel : texts.saveIt} onDo={save}>
      <Field
        label={texts.channelName}
        value={draft.name}
        onInput={(name) => change({ name })}
        required
        maxLength={128}
      />
      {of === 'email' ? (
        <MailFields draft={draft} change={change} />
      ) : (
        <WebhookFields draft={draft} change={change} isKnown={known !== null} />
      )}
      <Pick
        label={texts.channelFrom}
        value={draft.minSeverity}
        options={(['critical', 'warning', 'info'] as const).map((value) => ({ value, label: texts[`from_${value}`] }))}
        onPick={(minSeverity) => change({ minSeverity })}
      />
      <Pick
        label={texts.channelLanguage}
        value={draft.language}
        options={(['en', 'fr'] as const).map((value) => ({ value, label: clientTexts.value[`language_${value}`] }))}
        onPick={(tongue) => change({ language: tongue })}
      />
      {isOwner() && (
        <Yes
          label={texts.allClients}
          value={draft.isEveryClient}
          onChange={(isEveryClient) => change({ isEveryClient })}
        />
      )}
      {!draft.isEveryClient && (
        <PickSome
          label={texts.colClients}
          values={draft.clientIds}
          options={clients.map(({ id, name }) => ({ value: id, label: makeVisible(name) }))}
          onPick={(clientIds) => change({ clientIds })}
        />
      )}
      <Yes label={texts.channelOn} value={draft.isEnabled} onChange={(isEnabled) => change({ isEnabled })} />
    </DialogForm>
  )
}

type FieldsProps = { draft: Draft; change: (part: Partial<Draft>) => void }

function MailFields({ draft, change }: FieldsProps) {
  const texts = settingsTexts.value
  const [people, setPeople] = useState<PeopleView['people']>([])
  useEffect(() => {
    // Only an owner may read who can sign in; an operator types addresses.
    if (isOwner())
      get<PeopleView>('/api/v1/people').then(
        (view) => setPeople(view.people),
        () => setPeople([]),
      )
  }, [])
  return (
    <>
      {people.length > 0 && (
        <PickSome
          label={texts.channelPeople}
          values={draft.personIds}
          options={people.map(({ id, name }) => ({ value: id, label: makeVisible(name) }))}
          onPick={(personIds) => change({ personIds })}
        />
      )}
      <Area label={texts.channelAddresses} value={draft.addresses} onInput={(addresses) => change({ addresses })} />
      <Pick
        label={texts.channelAudience}
        value={draft.audience}
        options={(['technician', 'manager'] as const).map((value) => ({ value, label: texts[`audience_${value}`] }))}
        onPick={(audience) => change({ audience })}
      />
    </>
  )
}

function WebhookFields({ draft, change, isKnown }: FieldsProps & { isKnown: boolean }) {
  const texts = settingsTexts.value
  return (
    <>
      <Field
        label={texts.channelUrl}
        value={draft.url}
        onInput={(url) => change({ url })}
        required={!isKnown}
        maxLength={2048}
        {...(isKnown ? { help: texts.channelUrlKeep } : { placeholder: 'https://' })}
      />
      {isOwner() && (
        <Area label={texts.channelNetworks} value={draft.networks} onInput={(networks) => change({ networks })} />
      )}
    </>
  )
}
