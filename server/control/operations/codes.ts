/** Making enrollment codes: single use, 72 hours, shown once. */
import type { Role } from '../../../shared/checks/names.ts'
import { ok } from '../../../shared/result.ts'
import { HOUR_MS } from '../../../shared/units.ts'
import type { Caller } from '../../auth/access.ts'
import { makeCode } from '../../keys/enrollment.ts'
import type { Code } from '../../store/store.ts'
import type { ClientEntry } from '../../views/machine-entry.ts'
import type { Services } from '../services.ts'
import { audit, cleanName, nameOf, type Operation, refuse } from './operation.ts'

/** What a code is for. null: the first site; the machine's own chassis or hostname decides. */
export type CodeOrder = {
  readonly site: string | null
  readonly role: Role | null
  readonly machineName: string | null
  /** Address that the agent dials; null: the public one. */
  readonly url: string | null
}

const CODE_LIFE_MS = 72 * HOUR_MS

/** Makes a code for one machine of a client. `text` is stored nowhere. */
export async function newCode(
  services: Services,
  caller: Caller,
  entry: ClientEntry,
  order: CodeOrder,
): Operation<{ readonly text: string; readonly code: Code }> {
  const site = order.site === null ? (entry.sites[0] ?? null) : services.directory.site(entry, order.site)
  if (site === null) return refuse('absent', `${entry.client.name} has no such site. Add one first.`)
  const machineName = order.machineName === null ? null : cleanName(order.machineName, 64)
  if (order.machineName !== null && machineName === null) {
    return refuse('invalid', 'A machine needs a name of at most 64 characters.')
  }
  const now = services.clock.now()
  const made = makeCode(services.keys, {
    url: order.url ?? services.origin(),
    clientId: entry.client.id,
    siteId: site.id,
    role: order.role,
    machineName,
    usesLeft: 1,
    expiresAt: now + CODE_LIFE_MS,
    createdBy: nameOf(caller),
    createdAt: now,
  })
  await services.store.hub.addCode(made.code)
  await audit(services, caller, 'enrollment code made', entry.client.id, site.name)
  return ok(made)
}
