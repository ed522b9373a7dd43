/** What a new installation starts with: one client with one site, and its owner. Done once, by `npm start` on the server's own host. */
import os from 'node:os'
import { ok } from '../../../shared/result.ts'
import { ADMINISTRATOR } from '../../auth/access.ts'
import type { Person } from '../../store/store.ts'
import type { ClientEntry } from '../../views/machine-entry.ts'
import type { Services } from '../services.ts'
import { addClient } from './clients.ts'
import { type Operation, refuse } from './operation.ts'
import { addPerson } from './people.ts'

/** Who signs in, and where this very machine belongs. `client` null: clients exist and none of them was made here. */
export type FirstRun = { readonly owner: Person; readonly client: ClientEntry | null }

const NAMES = {
  en: { client: 'My first client', site: 'Main site' },
  fr: { client: 'Mon premier client', site: 'Site principal' },
} as const

/** @param language of the person at this terminal. Makes what is missing; later calls find it. */
export async function furnishFirstRun(services: Services, language: 'en' | 'fr'): Operation<FirstRun> {
  const { store, directory } = services
  if (directory.clients().length === 0) {
    const made = await addClient(services, ADMINISTRATOR, {
      name: NAMES[language].client,
      slug: null,
      language,
      timeZone: Intl.DateTimeFormat().resolvedOptions().timeZone,
      site: NAMES[language].site,
    })
    if (!made.ok) return made
    await store.hub.saveSetting('firstClient', made.value.id)
  }
  const client = directory.client((await store.hub.setting('firstClient')) ?? '')
  const known = (await store.hub.people()).find(({ role }) => role === 'owner')
  if (known !== undefined) return ok({ owner: known, client })
  const name = ownName()
  const email = `${name.toLowerCase().replace(/[^a-z0-9._-]/g, '') || 'owner'}@localhost`
  const added = await addPerson(services, { email, name, role: 'owner', language, clients: [] })
  return added.ok ? ok({ owner: added.value, client }) : refuse('conflict', added.error.message)
}

function ownName(): string {
  try {
    return os.userInfo().username
  } catch {
    // A user id without a name, as in some containers.
    return 'owner'
  }
}
