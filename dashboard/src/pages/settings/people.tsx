/** People: who can sign in, with which role, for which clients; a sign-in link is shown once. */
import { useState } from 'preact/hooks'
import type { PeopleView, PersonLinkView } from '../../../../shared/api/settings.ts'
import { ApiError, post, remove } from '../../api/client.ts'
import { Command } from '../../components/copy-button.tsx'
import { Dialog } from '../../components/dialog.tsx'
import { DialogForm } from '../../components/dialog-form.tsx'
import { Given, makeVisible } from '../../components/given.tsx'
import { Waiting } from '../../components/page-frame.tsx'
import { clientTexts } from '../../state/client-texts.ts'
import { format, t } from '../../state/session.ts'
import { settingsTexts } from '../../state/settings-texts.ts'
import { PersonForm } from './person-form.tsx'
import { SettingsHead } from './settings.tsx'
import { useSettings } from './use-settings.ts'

export type PersonRow = PeopleView['people'][number]
type Asking = { kind: 'add' } | { kind: 'edit' | 'remove'; person: PersonRow } | null

export function PeoplePage() {
  const { view, failure, slow, again } = useSettings<PeopleView & { now?: number }>('/api/v1/people')
  const [asking, setAsking] = useState<Asking>(null)
  const [link, setLink] = useState<{ person: PersonRow; link: PersonLinkView } | null>(null)
  const [refused, setRefused] = useState<string | null>(null)
  if (!view) return <Waiting failure={failure} slow={slow} />
  const texts = settingsTexts.value
  const close = (): void => setAsking(null)
  const makeLink = (person: PersonRow): void => {
    post<PersonLinkView>(`/api/v1/people/${person.id}/link`, {}).then(
      (made) => setLink({ person, link: made }),
      (error: unknown) => setRefused(error instanceof ApiError ? error.message : String(error)),
    )
  }
  return (
    <>
      <SettingsHead
        subject="people"
        title={texts.peopleSays(view.people.length, format.value)}
        under={texts.peopleUnder}
        action={
          <button class="btn first" type="button" onClick={() => setAsking({ kind: 'add' })}>
            {texts.addPerson}
          </button>
        }
      />
      {refused !== null && <p role="alert">{refused}</p>}
      <Table people={view.people} ask={setAsking} makeLink={makeLink} />
      {asking?.kind === 'add' && <PersonForm person={null} onDone={again} close={close} />}
      {asking?.kind === 'edit' && <PersonForm person={asking.person} onDone={again} close={close} />}
      {asking?.kind === 'remove' && (
        <DialogForm
          title={texts.removeAsk(makeVisible(asking.person.name))}
          lead={texts.removeText}
          doIt={texts.removeDo(makeVisible(asking.person.name))}
          onDo={() => remove(`/api/v1/people/${asking.person.id}`)}
          onDone={again}
          close={close}
        />
      )}
      {link !== null && <LinkBox person={link.person} link={link.link} close={() => setLink(null)} />}
    </>
  )
}

function LinkBox({ person, link, close }: { person: PersonRow; link: PersonLinkView; close: () => void }) {
  const texts = settingsTexts.value
  const title = texts.linkTitle(makeVisible(person.name))
  return (
    <Dialog label={title} onClose={close} className="box roomy-box">
      <h2>{title}</h2>
      <p class="soft">{texts.linkText(format.value.moment(link.expiresAt))}</p>
      <Command text={link.url} label={texts.linkLabel} />
      <div class="acts">
        <button class="btn" type="button" onClick={close}>
          {t.value.close}
        </button>
      </div>
    </Dialog>
  )
}

type TableProps = { people: readonly PersonRow[]; ask: (asking: Asking) => void; makeLink: (person: PersonRow) => void }

function Table({ people, ask, makeLink }: TableProps) {
  const texts = settingsTexts.value
  return (
    <div class="panel scroll" tabIndex={0} role="group" aria-label={texts.tab_people}>
      <table class="stack">
        <caption class="vh">{texts.tab_people}</caption>
        <thead>
          <tr>
            <th scope="col">{texts.colPerson}</th>
            <th scope="col">{texts.colRole}</th>
            <th scope="col">{texts.colClients}</th>
            <th scope="col">{texts.colLanguage}</th>
            <th scope="col">
              <span class="vh">{texts.change}</span>
            </th>
          </tr>
        </thead>
        <tbody>
          {people.map((person) => (
            <Row key={person.id} person={person} ask={ask} makeLink={makeLink} />
          ))}
        </tbody>
      </table>
    </div>
  )
}

function Row({ person, ask, makeLink }: Omit<TableProps, 'people'> & { person: PersonRow }) {
  const texts = settingsTexts.value
  const name = makeVisible(person.name)
  const clients = format.value.list(person.clients.map((client) => makeVisible(client.name)))
  return (
    <tr>
      <th scope="row">
        <Given text={person.name} />
        {person.isSelf && <span class="soft"> ({texts.itIsYou})</span>}
        <span class="meta">
          <Given text={person.email} />
        </span>
      </th>
      <td data-l={texts.colRole}>{texts[`role_${person.role}`]}</td>
      <td class="wide" data-l={texts.colClients}>
        {person.role === 'owner' ? texts.allClients : <bdi dir="auto">{clients}</bdi>}
      </td>
      <td data-l={texts.colLanguage}>{clientTexts.value[`language_${person.language}`]}</td>
      <td class="wide">
        <div class="acts tail">
          <button class="btn" type="button" aria-label={texts.linkFor(name)} onClick={() => makeLink(person)}>
            {texts.makeLink}
          </button>
          <button
            class="btn"
            type="button"
            aria-label={texts.changeOf(name)}
            onClick={() => ask({ kind: 'edit', person })}
          >
            {texts.change}
          </button>
          {!person.isSelf && (
            <button
              class="btn bare"
              type="button"
              aria-label={texts.removeOf(name)}
              onClick={() => ask({ kind: 'remove', person })}
            >
              {texts.removePerson}
            </button>
          )}
        </div>
      </td>
    </tr>
  )
}
