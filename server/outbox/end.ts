/** Who is told of a client: every end of every channel, people with their own language. Pure. */
import { canSeeClient, grantOfPerson } from '../auth/access.ts'
import type { Audience, Channel } from '../channels/channel.ts'
import type { Person } from '../store/store.ts'

/** One end of a channel, about one client. `recipient` as in a notification; `address` null: not mail. */
export type End = {
  readonly channel: Channel
  readonly recipient: string
  readonly address: string | null
  readonly language: 'en' | 'fr'
  readonly audience: Audience
}

/** People inside one client are managers; who looks after several is a technician. */
export function audienceOf(role: Person['role']): Audience {
  return role === 'owner' || role === 'operator' ? 'technician' : 'manager'
}

/** @returns the ends of one channel that may hear of a client; none when it is switched off or is not about that client. */
export function endsOf(channel: Channel, people: readonly Person[], clientId: string): readonly End[] {
  const { clientIds, isEnabled } = channel
  if (!isEnabled || (clientIds !== null && !clientIds.includes(clientId))) return []
  return everyEndOf(channel, people).filter(({ recipient }) => {
    const person = people.find(({ id }) => recipient === `person:${id}`)
    return person === undefined || canSeeClient(grantOfPerson(person), clientId)
  })
}

/**
 * @returns the first client of whom a channel told somebody while `before` were the people and tells nobody with `after`. Every client of
 * `allIds` counts for a channel about all of them. Null: there is none.
 */
export function silencedClient(
  channel: Channel,
  before: readonly Person[],
  after: readonly Person[],
  allIds: readonly string[],
): string | null {
  const hears = (people: readonly Person[], id: string) => endsOf(channel, people, id).length > 0
  return (channel.clientIds ?? allIds).find((id) => hears(before, id) && !hears(after, id)) ?? null
}

/** @returns the ends of one channel, whichever clients it is about. People who are gone are passed over. */
export function everyEndOf(channel: Channel, people: readonly Person[]): readonly End[] {
  const { language } = channel
  if (channel.kind === 'webhook') return [{ channel, recipient: '', address: null, language, audience: 'technician' }]
  const { personIds, addresses, audience } = channel.settings
  const persons = people
    .filter(({ id }) => personIds.includes(id))
    .map((person) => ({
      channel,
      recipient: `person:${person.id}`,
      address: person.email,
      language: person.language,
      audience: audienceOf(person.role),
    }))
  const known = new Set(persons.map(({ address }) => address.toLowerCase()))
  const bare = addresses
    .filter((address) => isNew(address.toLowerCase(), known))
    .map((address) => ({ channel, recipient: `address:${address}`, address, language, audience }))
  return [...persons, ...bare]
}

/** No mail server in use tells two mailboxes apart by capitals alone. Adds what is new. */
function isNew(address: string, known: Set<string>): boolean {
  if (known.has(address)) return false
  known.add(address)
  return true
}
