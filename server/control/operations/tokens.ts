/** Tokens for scripts and Prometheus, made by commands on the server's own host. */
import { ok } from '../../../shared/result.ts'
import { type AccessRole, ADMINISTRATOR } from '../../auth/access.ts'
import { makeToken } from '../../auth/tokens.ts'
import type { ApiToken } from '../../store/store.ts'
import type { Services } from '../services.ts'
import { audit, cleanName, type Operation, refuse } from './operation.ts'

/** A token to be made. `client` null: all of them. */
export type TokenAsk = { readonly role: AccessRole; readonly client: string | null; readonly label: string }

/** Makes a token. @returns its text, shown once. */
export async function newToken(
  services: Services,
  ask: TokenAsk,
): Operation<{ readonly text: string; readonly token: ApiToken }> {
  const entry = ask.client === null ? null : services.directory.client(ask.client)
  if (ask.client !== null && entry === null) return refuse('absent', `There is no client "${ask.client.slice(0, 64)}".`)
  const label = cleanName(ask.label)
  if (label === null) return refuse('invalid', 'A token needs a label of at most 128 characters.')
  const order = { role: ask.role, clientId: entry?.client.id ?? null, label, expiresAt: null }
  const made = await makeToken(services.store.hub, ADMINISTRATOR.grant, order, services.clock.now())
  if (!made.ok) return refuse('refused', made.error)
  await audit(services, ADMINISTRATOR, 'token made', order.clientId, `${label} ${ask.role}`)
  return ok(made.value)
}

/** Ends a token at once. */
export async function revokeToken(services: Services, id: string): Operation<{ readonly id: string }> {
  const revoked = await services.store.hub.revokeToken(id)
  if (revoked === 'absent') return refuse('absent', `There is no token "${id.slice(0, 64)}". See: token list`)
  await audit(services, ADMINISTRATOR, 'token revoked', null, id)
  return ok({ id })
}
