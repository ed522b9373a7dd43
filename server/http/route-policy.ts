/**
 * Who may call a route. Default deny: a route without a policy stops the server at its start, and the guard asks the policy of every
 * request, those without a route included. Pure but for the declaration that fastify's routes carry it.
 */
import type { AccessRole, Caller } from '../auth/access.ts'

/**
 * `anyone`: public, nothing of a client in it. `address`: whoever knows the secret part of the address (`:secret`); cookies, tokens and
 * origins are not looked at. `caller`: one of these kinds of credentials, with one of these roles; `ofClient`: the
 * address names a client (`:client`), which the caller must be allowed to see, else it is as if there were none.
 */
export type RoutePolicy =
  | { readonly who: 'anyone' }
  | { readonly who: 'address' }
  | {
      readonly who: 'caller'
      readonly by: readonly ('session' | 'token')[]
      readonly roles: readonly AccessRole[]
      readonly ofClient: boolean
    }

declare module 'fastify' {
  interface FastifyContextConfig {
    policy?: RoutePolicy
  }
}

const READERS: readonly AccessRole[] = ['owner', 'operator', 'client-admin', 'viewer']
const KEEPERS: readonly AccessRole[] = ['owner', 'operator']

/** Public: the application shell, sign-in, health. */
export const ANYONE: RoutePolicy = { who: 'anyone' }
/** Reports to one address and learns nothing: the secret in it is the credential (pings). */
export const BY_ADDRESS: RoutePolicy = { who: 'address' }
/** Reads what spans clients; the answer holds only those that the caller may see. */
export const READS: RoutePolicy = { who: 'caller', by: ['session', 'token'], roles: READERS, ofClient: false }
/** Reads something of one client. */
export const READS_CLIENT: RoutePolicy = { ...READS, ofClient: true }
/** Reads what only those see who look after clients: visits in the making. */
export const KEEPER_READS: RoutePolicy = { who: 'caller', by: ['session', 'token'], roles: KEEPERS, ofClient: false }
/** The same, of one client. */
export const KEEPER_READS_CLIENT: RoutePolicy = { ...KEEPER_READS, ofClient: true }
/** Answers what a manager decides. */
export const DECIDES_CLIENT: RoutePolicy = {
  ...{ who: 'caller', by: ['session'], ofClient: true },
  roles: ['owner', 'operator', 'client-admin'],
}
/** The person who is signed in, about themselves. */
export const SELF: RoutePolicy = { who: 'caller', by: ['session'], roles: READERS, ofClient: false }
/** Changes something of one client. */
export const CHANGES_CLIENT: RoutePolicy = { who: 'caller', by: ['session'], roles: KEEPERS, ofClient: true }

/** Keeps what spans clients, within the own ones. */
export const KEEPS: RoutePolicy = { who: 'caller', by: ['session'], roles: KEEPERS, ofClient: false }
/** Keeps the installation itself. */
export const OWNS: RoutePolicy = { who: 'caller', by: ['session'], roles: ['owner'], ofClient: false }

const SAFE = new Set(['GET', 'HEAD'])

/** @returns what is wrong with a route's declaration; null: nothing. */
export function judgeRoute(method: string, url: string, policy: RoutePolicy | undefined): string | null {
  const route = `${method} ${url}`
  if (policy === undefined) return `${route} declares no policy: say in its config who may call it`
  if (policy.who === 'anyone') return url.includes(':client') ? `${route} names a client but lets anyone in` : null
  if (policy.who === 'address') return url.includes('/:secret') ? null : `${route} has no secret in its address`
  if (policy.roles.length === 0 || policy.by.length === 0) return `${route} lets nobody in`
  if (!SAFE.has(method) && policy.by.includes('token')) return `${route} changes something: tokens only read`
  if (policy.ofClient !== url.includes('/:client')) return `${route}: ofClient does not agree with the address`
  return null
}

/** `enter`, or the answer: 401 who are you, 403 not with your role. */
export type Admission = 'enter' | 'sign-in' | 'forbidden'

/** @param caller null: no valid credentials. */
export function admit(policy: RoutePolicy, caller: Caller | null): Admission {
  if (policy.who !== 'caller') return 'enter'
  if (caller === null || caller.kind === 'administrator') return 'sign-in'
  if (!policy.by.includes(caller.kind)) return 'sign-in'
  return policy.roles.includes(caller.grant.role) ? 'enter' : 'forbidden'
}
