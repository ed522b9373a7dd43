/**
 * Who may see which client, and what a token may be. One place; every route, metric and live message asks here. An owner runs the
 * installation and sees every client; everybody else sees the clients on their list. Pure.
 */
import { err, ok, type Result } from '../../shared/result.ts'

/** Roles of people and tokens, widest first. */
export const ACCESS_ROLES = ['owner', 'operator', 'client-admin', 'viewer'] as const
export type AccessRole = (typeof ACCESS_ROLES)[number]

/** What somebody may reach. `clientIds` null: every client. */
export type Grant = { readonly role: AccessRole; readonly clientIds: readonly string[] | null }

/** Who is asking. `administrator`: a command on the server's own host, which reads the files anyway. */
export type Caller =
  | { readonly kind: 'session'; readonly personId: string; readonly grant: Grant }
  | { readonly kind: 'token'; readonly tokenId: string; readonly grant: Grant }
  | { readonly kind: 'administrator'; readonly grant: Grant }

/** The grant of a command on the server's host. */
export const ADMINISTRATOR: Caller = { kind: 'administrator', grant: { role: 'owner', clientIds: null } }

/** @returns what a person may reach: an owner every client, others their list. */
export function grantOfPerson(person: { readonly role: AccessRole; readonly clientIds: readonly string[] }): Grant {
  return { role: person.role, clientIds: person.role === 'owner' ? null : person.clientIds }
}

/** @returns what a token may reach. A token without a client reaches all of them. */
export function grantOfToken(token: { readonly role: AccessRole; readonly clientId: string | null }): Grant {
  return { role: token.role, clientIds: token.clientId === null ? null : [token.clientId] }
}

/** @returns true when the grant covers the client. */
export function canSeeClient({ clientIds }: Grant, clientId: string): boolean {
  return clientIds === null || clientIds.includes(clientId)
}

/** @returns true when `inner` reaches nothing that `outer` does not. */
export function isWithin(inner: Grant, outer: Grant): boolean {
  if (ACCESS_ROLES.indexOf(inner.role) < ACCESS_ROLES.indexOf(outer.role)) return false
  if (outer.clientIds === null) return true
  const { clientIds } = outer
  return inner.clientIds?.every((id) => clientIds.includes(id)) ?? false
}

/** What a token is asked to be. */
export type TokenRequest = { readonly role: AccessRole; readonly clientId: string | null }

/** @returns the request, or why not: a token never holds a right that its maker lacks. */
export function judgeToken(maker: Grant, request: TokenRequest): Result<TokenRequest, string> {
  if (isWithin(grantOfToken(request), maker)) return ok(request)
  return err(
    'A token cannot have more rights than the person who makes it. Choose a lower role or one of your clients.',
  )
}
