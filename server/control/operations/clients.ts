/** Making and naming clients and sites. */
import { randomBytes } from 'node:crypto'
import { ok } from '../../../shared/result.ts'
import type { Caller } from '../../auth/access.ts'
import { slugOf } from '../../ingest/machine-name.ts'
import type { Client, Site } from '../../store/store.ts'
import type { ClientEntry } from '../../views/machine-entry.ts'
import type { Services } from '../services.ts'
import { audit, cleanName, newId, type Operation, refuse } from './operation.ts'

/** A client to be made. `slug` null: from the name. */
export type ClientOrder = {
  readonly name: string
  readonly slug: string | null
  readonly language: 'en' | 'fr'
  /** IANA name. */
  readonly timeZone: string
  readonly site: string
}

const KEY_BYTES = 32
const ATTEMPTS = 50

/** Purpose under which a client's own key is wrapped. */
export function clientPurpose(clientId: string): string {
  return `client:${clientId}`
}

/** Makes a client with one site and its own key. */
export async function addClient(services: Services, caller: Caller, order: ClientOrder): Operation<Client> {
  const name = cleanName(order.name)
  if (name === null) return refuse('invalid', 'A client needs a name of at most 128 characters.')
  const siteName = cleanName(order.site)
  if (siteName === null) return refuse('invalid', 'A site needs a name of at most 128 characters.')
  if (!isTimeZone(order.timeZone)) {
    return refuse('invalid', `"${order.timeZone.slice(0, 64)}" is not a time zone. Use a name such as Europe/Paris.`)
  }
  const id = newId()
  const { store, keys, clock, directory, after } = services
  const slug = freeSlug(slugOf(order.slug ?? name), (one) => directory.client(one) !== null)
  const client = { id, slug, name, timeZone: order.timeZone, language: order.language, createdAt: clock.now() }
  const added = await store.hub.addClient(client, keys.wrap(randomBytes(KEY_BYTES), clientPurpose(id)))
  if (added === 'exists') return refuse('conflict', `There is a client with the short name "${slug}" already.`)
  await store.client(id).addSite({ id: newId(), name: siteName, slug: slugOf(siteName) })
  await audit(services, caller, 'client made', id, name)
  await directory.refresh()
  await after.client(id)
  return ok(client)
}

/** Names a client anew. Its short name stays, so that every link to it stays. */
export async function renameClient(
  services: Services,
  caller: Caller,
  { client }: ClientEntry,
  newName: string,
): Operation<Client> {
  const name = cleanName(newName)
  if (name === null) return refuse('invalid', 'A client needs a name of at most 128 characters.')
  const renamed = await services.store.hub.renameClient(client.id, name, client.slug)
  if (renamed !== 'renamed') return refuse('absent', 'There is no such client.')
  await audit(services, caller, 'client renamed', client.id, `${client.name} -> ${name}`)
  await services.directory.refresh()
  return ok({ ...client, name })
}

/** Adds a site to a client. */
export async function addSite(
  services: Services,
  caller: Caller,
  entry: ClientEntry,
  newName: string,
): Operation<Site> {
  const name = cleanName(newName)
  if (name === null) return refuse('invalid', 'A site needs a name of at most 128 characters.')
  if (entry.sites.some((site) => site.name === name)) {
    return refuse('conflict', `${entry.client.name} has a site of that name already.`)
  }
  const slug = freeSlug(slugOf(name), (one) => entry.sites.some((site) => site.slug === one))
  const site = { id: newId(), name, slug }
  const added = await services.store.client(entry.client.id).addSite(site)
  if (added === 'exists') return refuse('conflict', `${entry.client.name} has a site of that name already.`)
  await audit(services, caller, 'site added', entry.client.id, name)
  await services.directory.refresh()
  return ok(site)
}

function freeSlug(wanted: string, isTaken: (slug: string) => boolean): string {
  for (let n = 1; n <= ATTEMPTS; n += 1) {
    const slug = n === 1 ? wanted : `${wanted}-${n}`
    if (!isTaken(slug)) return slug
  }
  return `${wanted}-${newId()}`
}

function isTimeZone(name: string): boolean {
  try {
    return new Intl.DateTimeFormat('en', { timeZone: name }).resolvedOptions().timeZone !== ''
  } catch {
    return false
  }
}
