/** Adds or changes a person. An owner's role is not for a page to give or to take. */
import { useEffect, useState } from 'preact/hooks'
import type { GIVEN_ROLES } from '../../../../shared/api/settings.ts'
import type { ClientsView } from '../../../../shared/api/views.ts'
import { get, post, put } from '../../api/client.ts'
import { DialogForm } from '../../components/dialog-form.tsx'
import { Field } from '../../components/fields.tsx'
import { makeVisible } from '../../components/given.tsx'
import { Pick, PickSome } from '../../components/pick.tsx'
import { clientTexts } from '../../state/client-texts.ts'
import { language } from '../../state/session.ts'
import { settingsTexts } from '../../state/settings-texts.ts'
import type { PersonRow } from './people.tsx'

type GivenRole = (typeof GIVEN_ROLES)[number]
const ROLES: readonly GivenRole[] = ['operator', 'client-admin', 'viewer']

/** The clients that the reader may give. */
export function useClients(): ClientsView['clients'] {
  const [clients, setClients] = useState<ClientsView['clients']>([])
  useEffect(() => {
    get<ClientsView>('/api/v1/clients').then(
      (view) => setClients(view.clients),
      () => setClients([]),
    )
  }, [])
  return clients
}

export function PersonForm({
  person,
  onDone,
  close,
}: {
  person: PersonRow | null
  onDone: () => void
  close: () => void
}) {
  const texts = settingsTexts.value
  const clients = useClients()
  const [email, setEmail] = useState('')
  const [name, setName] = useState(person?.name ?? '')
  const [role, setRole] = useState<GivenRole>(person === null || person.role === 'owner' ? 'viewer' : person.role)
  const [tongue, setTongue] = useState<string>(person?.language ?? language.value)
  const [clientIds, setClientIds] = useState<readonly string[]>(person?.clients.map(({ id }) => id) ?? [])
  const isOwner = person?.role === 'owner'
  const save = (): Promise<unknown> => {
    const known = { name, language: tongue, clientIds: isOwner ? [] : clientIds }
    return person === null
      ? post('/api/v1/people', { ...known, email, role })
      : put(`/api/v1/people/${person.id}`, { ...known, role: isOwner ? null : role })
  }
  const title = person === null ? texts.addPerson : texts.changeOf(makeVisible(person.name))
  const doIt = person === null ? texts.addPerson : texts.saveIt
  return (
    <DialogForm {...{ title, doIt, onDone, close }} onDo={save}>
      {person === null && <Field label={texts.mail} value={email} onInput={setEmail} required maxLength={254} />}
      <Field label={texts.name} value={name} onInput={setName} required maxLength={128} />
      {!isOwner && (
        <>
          <Pick
            label={texts.colRole}
            value={role}
            options={ROLES.map((value) => ({ value, label: texts[`role_${value}`] }))}
            onPick={(value) => setRole(ROLES.find((one) => one === value) ?? 'viewer')}
          />
          <p class="meta">{texts[`roleText_${role}`]}</p>
        </>
      )}
      <Pick
        label={texts.colLanguage}
        value={tongue}
        options={(['en', 'fr'] as const).map((value) => ({ value, label: clientTexts.value[`language_${value}`] }))}
        onPick={setTongue}
      />
      {!isOwner && (
        <PickSome
          label={texts.whichClients}
          values={clientIds}
          options={clients.map(({ id, name: label }) => ({ value: id, label: makeVisible(label) }))}
          onPick={setClientIds}
        />
      )}
    </DialogForm>
  )
}
