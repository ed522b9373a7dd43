/** Settings over the HTTP API: people, agents, policies, this server. Schemas; the dashboard imports their types only. Pure. */
import { type Static, Type } from 'typebox'
import { oneOf, orNull, strict, text } from '../reading.ts'
import { At, MachineRef, RoleSchema } from './card.ts'

const ClientRef = strict({ id: text(64), slug: text(64), name: text(128) })
const Language = oneOf(['en', 'fr'] as const)
const Ids = Type.Array(text(64), { maxItems: 256, uniqueItems: true })

/** Roles that a page can give. An owner is made by a command on the server's own host only. */
export const GIVEN_ROLES = ['operator', 'client-admin', 'viewer'] as const

/** `GET /api/v1/people`. */
export const PeopleView = strict({
  people: Type.Array(
    strict({
      id: text(64),
      name: text(128),
      email: text(256),
      role: oneOf(['owner', ...GIVEN_ROLES] as const),
      language: Language,
      clients: Type.Array(ClientRef),
      isSelf: Type.Boolean(),
    }),
  ),
})
export type PeopleView = Static<typeof PeopleView>

/** `POST /api/v1/people`. */
export const PersonBody = strict({
  email: text(254),
  name: text(128),
  role: oneOf(GIVEN_ROLES),
  language: Language,
  clientIds: Ids,
})
export type PersonBody = Static<typeof PersonBody>

/** `PUT /api/v1/people/:person`. `role` null: as it is. */
export const PersonEdit = strict({
  name: text(128),
  role: orNull(oneOf(GIVEN_ROLES)),
  language: Language,
  clientIds: Ids,
})
export type PersonEdit = Static<typeof PersonEdit>

/** A one-time sign-in link; never readable again. */
export const PersonLinkView = strict({ url: text(1024), expiresAt: At() })
export type PersonLinkView = Static<typeof PersonLinkView>

/** `GET /api/v1/agents`: keys that may report, and enrollment codes without their secrets. */
export const AgentsView = strict({
  now: At(),
  /** Version of the agents that come with this server. */
  current: text(64),
  clients: Type.Array(
    strict({ ...ClientRef.properties, sites: Type.Array(strict({ id: text(64), name: text(128) })) }),
  ),
  agents: Type.Array(
    strict({
      /** null: the machine is no longer there. */
      machine: orNull(MachineRef),
      client: ClientRef,
      fingerprint: text(64),
      state: oneOf(['active', 'quarantined', 'revoked'] as const),
      build: orNull(text(64)),
      connected: Type.Boolean(),
      lastReportAt: orNull(At()),
    }),
  ),
  /** Newest first. */
  codes: Type.Array(
    strict({
      id: text(64),
      client: ClientRef,
      site: text(128),
      role: orNull(RoleSchema),
      machineName: orNull(text(128)),
      state: oneOf(['open', 'used', 'expired'] as const),
      createdBy: text(128),
      createdAt: At(),
      expiresAt: At(),
    }),
  ),
})
export type AgentsView = Static<typeof AgentsView>

const LimitValue = Type.Union([Type.Number(), Type.Boolean()])

/** `GET /api/v1/clients/:client/policies?site=&machine=`: the limits in force at one place, and where each was set. */
export const PoliciesView = strict({
  now: At(),
  client: ClientRef,
  sites: Type.Array(
    strict({ id: text(64), name: text(128), machines: Type.Array(strict({ id: text(64), name: text(128) })) }),
  ),
  place: strict({ site: orNull(text(64)), machine: orNull(text(64)), name: text(128) }),
  limits: Type.Array(
    strict({
      key: text(64),
      unit: oneOf(['percent', 'ms', 'bytes', 'celsius', 'count', 'flag'] as const),
      least: Type.Number(),
      most: Type.Number(),
      /** Why the default is what it is. */
      why: text(500),
      /** By role: one entry when it is the same for all, or the place is one machine. null: each rule has its own. */
      defaults: Type.Array(strict({ role: orNull(RoleSchema), value: orNull(LimitValue) })),
      /** What is set at this place or a wider one; null: the default holds. */
      set: orNull(
        strict({
          value: LimitValue,
          from: oneOf(['client', 'site', 'machine'] as const),
          by: text(128),
          at: At(),
          reason: text(500),
        }),
      ),
      /** Narrower places that set it differently. */
      elsewhere: Type.Array(strict({ place: text(128), value: LimitValue })),
    }),
  ),
})
export type PoliciesView = Static<typeof PoliciesView>

/** `PUT /api/v1/clients/:client/policies`. `value` null: takes it back, and the wider one holds again. */
export const PolicyBody = strict({
  key: text(64),
  value: orNull(LimitValue),
  reason: text(500),
  siteId: orNull(text(64)),
  machineId: orNull(text(64)),
})
export type PolicyBody = Static<typeof PolicyBody>

/** `GET /api/v1/server`. */
export const ServerView = strict({
  now: At(),
  version: text(64),
  node: text(32),
  startedAt: At(),
  address: text(512),
  publicUrl: orNull(text(512)),
  listen: text(256),
  hasOwnTls: Type.Boolean(),
  proxies: Type.Array(text(128)),
  dataFolder: text(1024),
  isWritable: Type.Boolean(),
  isSending: Type.Boolean(),
  /** Of the disk that holds the data; null: the system does not say. */
  disk: orNull(strict({ totalBytes: Type.Number(), freeBytes: Type.Number() })),
  /** What lies in the data folder: people and keys, then each client. `client` null: the hub. */
  files: Type.Array(strict({ client: orNull(ClientRef), bytes: Type.Number() })),
  machines: Type.Integer(),
  connected: Type.Integer(),
  /** How long each kind of record is kept, ms; null: until the client is erased. */
  kept: Type.Array(
    strict({
      what: oneOf(['samples', 'days', 'sections', 'findings', 'messages', 'visits', 'audit'] as const),
      ms: orNull(Type.Number()),
    }),
  ),
})
export type ServerView = Static<typeof ServerView>
