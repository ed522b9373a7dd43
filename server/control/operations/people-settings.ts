/** People as an owner keeps them on the settings page: listed, added, changed, removed. */
import type { PeopleView, PersonBody, PersonEdit } from '../../../shared/api/settings.ts'
import { ok } from '../../../shared/result.ts'
import type { Caller } from '../../auth/access.ts'
import type { SigninLink } from '../../auth/signin-links.ts'
import { everyEndOf, silencedClient } from '../../outbox/end.ts'
import type { Person } from '../../store/store.ts'
import type { Services } from '../services.ts'
import { audit, cleanName, type Operation, type OperationError, refuse } from './operation.ts'
import { addPerson, linkPerson } from './people.ts'

/** @returns everybody who can sign in, in the order in which they were added. */
export async function listPeople({ store, directory }: Services, caller: Caller): Operation<PeopleView> {
  const people = await store.hub.people()
  return ok({
    people: people.map(({ id, name, email, role, language, clientIds }) => ({
      ...{ id, name, email, role, language },
      clients: clientIds.flatMap((clientId) => {
        const client = directory.client(clientId)?.client
        return client === undefined ? [] : [{ id: client.id, slug: client.slug, name: client.name }]
      }),
      isSelf: caller.kind === 'session' && caller.personId === id,
    })),
  })
}

/** Adds a person with one of the roles that a page can give. */
export function invitePerson(services: Services, caller: Caller, body: PersonBody): Operation<Person> {
  const { email, name, role, language, clientIds: clients } = body
  return addPerson(services, { email, name, role, language, clients }, caller)
}

/**
 * Changes name, role, language and clients. An owner stays one, and nobody takes their own role away. Refused where a channel would be
 * left without anybody to tell of a client.
 */
export async function changePerson(
  services: Services,
  caller: Caller,
  id: string,
  edit: PersonEdit,
): Operation<{ readonly id: string }> {
  const people = await services.store.hub.people()
  const known = people.find((person) => person.id === id)
  if (known === undefined) return refuse('absent', 'There is no such person.')
  const role = edit.role ?? known.role
  if (known.role === 'owner' && role !== 'owner')
    return refuse('refused', 'An owner stays one. Remove the person instead.')
  const name = cleanName(edit.name)
  if (name === null) return refuse('invalid', 'A person needs a name of at most 128 characters.')
  if (edit.clientIds.some((clientId) => services.directory.client(clientId)?.client.id !== clientId)) {
    return refuse('absent', 'One of these clients is not there any more.')
  }
  if (role !== 'owner' && edit.clientIds.length === 0) {
    return refuse('invalid', `A person with the role ${role} needs at least one client.`)
  }
  const changed = { ...known, name, role, language: edit.language, clientIds: edit.clientIds }
  const after = people.map((person) => (person.id === id ? changed : person))
  const silenced = await faultOfSilence(services, known, after)
  if (silenced !== null) return { ok: false, error: silenced }
  await services.store.hub.savePerson(changed)
  services.sessions.changeRights(id)
  await audit(services, caller, 'person changed', null, `${known.email} ${role}`)
  return ok({ id })
}

/** Removes a person with all sessions. Refused where a channel would be left without anybody to tell. */
export async function removePerson(services: Services, caller: Caller, id: string): Operation<{ readonly id: string }> {
  const { hub } = services.store
  const people = await hub.people()
  const known = people.find((person) => person.id === id)
  if (known === undefined) return refuse('absent', 'There is no such person.')
  if (caller.kind === 'session' && caller.personId === id) return refuse('refused', 'Nobody can remove themselves.')
  const others = people.filter((person) => person.id !== id)
  const silenced = await faultOfSilence(services, known, others)
  if (silenced !== null) return { ok: false, error: silenced }
  await hub.removePerson(id)
  services.sessions.changeRights(id)
  await audit(services, caller, 'person removed', null, known.email)
  return ok({ id })
}

/** @returns why a person may not be taken from a channel as if `after` were the people; null: everybody of a channel stays told. */
async function faultOfSilence(
  { store, directory }: Services,
  { name }: Person,
  after: readonly Person[],
): Promise<OperationError | null> {
  const people = await store.hub.people()
  const allIds = directory.clients().map(({ client }) => client.id)
  for (const { channel } of await store.hub.channels()) {
    const isEmpty = everyEndOf(channel, people).length > 0 && everyEndOf(channel, after).length === 0
    const silenced = silencedClient(channel, people, after, allIds)
    if (!isEmpty && silenced === null) continue
    const of = silenced === null ? '' : ` of ${directory.client(silenced)?.client.name ?? silenced}`
    const message = `${name} is the only one whom the channel "${channel.name}" tells${of}. Change the channel first.`
    return { code: 'conflict', message }
  }
  return null
}

/** Makes a one-time sign-in link, to be handed over by hand. */
export async function linkPersonById(services: Services, caller: Caller, id: string): Operation<SigninLink> {
  const known = await findPerson(services, id)
  return known === null ? refuse('absent', 'There is no such person.') : linkPerson(services, known.email, caller)
}

async function findPerson({ store }: Services, id: string): Promise<Person | null> {
  return (await store.hub.people()).find((person) => person.id === id) ?? null
}
