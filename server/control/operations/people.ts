/**
 * People: added by a command on the server's own host, or by an owner who is signed in. An owner is made by a command only: no route can
 * make one (security R5, D10).
 */
import { ok } from '../../../shared/result.ts'
import { type AccessRole, ADMINISTRATOR, type Caller } from '../../auth/access.ts'
import { makeSigninLink, type SigninLink } from '../../auth/signin-links.ts'
import type { Person } from '../../store/store.ts'
import type { Services } from '../services.ts'
import { audit, cleanName, newId, type Operation, refuse } from './operation.ts'

/** Somebody to be made. `clients`: short names or ids. */
export type PersonOrder = {
  readonly email: string
  readonly name: string | null
  readonly role: AccessRole
  readonly language: 'en' | 'fr'
  readonly clients: readonly string[]
}

/** Good enough to catch a slip: the link is handed over by hand, nothing is sent to it. */
const EMAIL = /^[^\s@<>"]{1,64}@[^\s@<>"]{1,190}$/

/** Adds a person. Roles inside one client need that client; an operator needs at least one. */
export async function addPerson(
  services: Services,
  order: PersonOrder,
  caller: Caller = ADMINISTRATOR,
): Operation<Person> {
  const email = order.email.trim().toLowerCase()
  if (!EMAIL.test(email)) return refuse('invalid', `"${order.email.slice(0, 64)}" is not a mail address.`)
  const clientIds: string[] = []
  for (const name of order.clients) {
    const entry = services.directory.client(name)
    if (entry === null) return refuse('absent', `There is no client "${name.slice(0, 64)}".`)
    clientIds.push(entry.client.id)
  }
  if (order.role !== 'owner' && clientIds.length === 0) {
    return refuse('invalid', `A person with the role ${order.role} needs at least one client.`)
  }
  const name = cleanName(order.name ?? email.slice(0, email.indexOf('@')))
  if (name === null) return refuse('invalid', 'A person needs a name of at most 128 characters.')
  const person = { id: newId(), email, name, role: order.role, language: order.language, clientIds }
  const added = await services.store.hub.addPerson(person, services.clock.now())
  if (added === 'exists') return refuse('conflict', `${email} is known already.`)
  await audit(services, caller, 'person added', null, `${email} ${order.role}`)
  return ok(person)
}

/** Makes a one-time sign-in link for a person. */
export async function linkPerson(
  services: Services,
  email: string,
  caller: Caller = ADMINISTRATOR,
): Operation<SigninLink> {
  const wanted = email.trim().toLowerCase()
  const person = (await services.store.hub.people()).find((one) => one.email === wanted)
  if (person === undefined) return refuse('absent', `Nobody has the address ${wanted.slice(0, 64)}. See: user list`)
  const link = await makeSigninLink(services.store.hub, person.id, services.origin(), services.clock.now())
  await audit(services, caller, 'sign-in link made', null, person.email)
  return ok(link)
}
