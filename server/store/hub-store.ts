/** The hub's side of the storage port: people, sessions, clients, codes and keys. Types only; `store.ts` says what every method promises. */
import type { Role } from '../../shared/checks/names.ts'
import type { EpochMs } from '../../shared/units.ts'
import type { ChannelStore } from './channel-store.ts'

/** What a person may do. Viewer and client-admin exist only inside one client. */
export type PersonRole = 'owner' | 'operator' | 'client-admin' | 'viewer'
/** Somebody who signs in. `clientIds`: clients that an operator, client-admin or viewer may see; an owner is listed too or sees none. */
export type Person = {
  readonly id: string
  readonly email: string
  readonly name: string
  readonly role: PersonRole
  readonly language: 'en' | 'fr'
  readonly clientIds: readonly string[]
}
/** One company. `timeZone` is an IANA name. */
export type Client = {
  readonly id: string
  readonly slug: string
  readonly name: string
  readonly timeZone: string
  readonly language: 'en' | 'fr'
  readonly createdAt: EpochMs
}
/** A signed-in person; the session's id itself is never stored. */
export type Session = {
  readonly person: Person
  readonly createdAt: EpochMs
  readonly seenAt: EpochMs
  readonly expiresAt: EpochMs
}
/** A bearer token without its secret. `clientId` null: all clients that its role may see. */
export type ApiToken = {
  readonly id: string
  readonly label: string
  readonly role: PersonRole
  readonly clientId: string | null
  readonly createdAt: EpochMs
  readonly expiresAt: EpochMs | null
}
/** An enrollment code without its secret: `wrappedKey` is K of wire.md, wrapped by the master key. */
export type Code = {
  readonly codeId: Uint8Array
  readonly clientId: string
  readonly siteId: string
  readonly role: Role | null
  readonly machineName: string | null
  readonly wrappedKey: Uint8Array
  readonly usesLeft: number
  readonly expiresAt: EpochMs
  readonly createdBy: string
  readonly createdAt: EpochMs
}
/** A key that may report as one machine of one client. */
export type AgentKey = {
  readonly publicKey: Uint8Array
  readonly agentId: Uint8Array
  readonly clientId: string
  readonly machineId: string
  readonly state: 'active' | 'quarantined' | 'revoked'
  readonly lease: Uint8Array
  readonly leaseN: number
}
/** Who did what, when; append-only. */
export type AuditEntry = {
  readonly at: EpochMs
  readonly who: string
  readonly what: string
  readonly clientId: string | null
  readonly detail: string
}

/** What spans clients: people, sessions, clients, codes, keys, tokens, audit. */
export interface HubStore extends ChannelStore {
  addPerson(person: Person, at: EpochMs): Promise<'added' | 'exists'>
  people(): Promise<readonly Person[]>
  /** Name, role, language and clients; the address stays. Holds for sessions that are open, at once. */
  savePerson(person: Person): Promise<'saved' | 'absent'>
  /** Ends the person's sessions and links too. */
  removePerson(id: string): Promise<'removed' | 'absent'>
  /** Single use; the token itself is never stored. */
  saveSigninLink(tokenHash: Uint8Array, personId: string, expiresAt: EpochMs): Promise<void>
  /** Spends the link. null: unknown, used or expired. */
  takeSigninLink(tokenHash: Uint8Array, now: EpochMs): Promise<Person | null>
  saveSession(idHash: Uint8Array, personId: string, createdAt: EpochMs, expiresAt: EpochMs): Promise<void>
  /** null: unknown, ended, idle for longer than `idleMs` or past its end. Marks it as seen at most once a minute. */
  session(idHash: Uint8Array, now: EpochMs, idleMs: number): Promise<Session | null>
  endSession(idHash: Uint8Array): Promise<void>
  addToken(token: ApiToken, secretHash: Uint8Array): Promise<void>
  token(secretHash: Uint8Array, now: EpochMs): Promise<ApiToken | null>
  tokens(): Promise<readonly ApiToken[]>
  revokeToken(id: string): Promise<'revoked' | 'absent'>
  /** `wrappedKey`: the client's own key, wrapped by the master key. */
  addClient(client: Client, wrappedKey: Uint8Array): Promise<'added' | 'exists'>
  renameClient(id: string, name: string, slug: string): Promise<'renamed' | 'absent' | 'slug-taken'>
  clients(): Promise<readonly Client[]>
  /** The client's own key, wrapped by the master key. null: no such client. */
  clientKey(id: string): Promise<Uint8Array | null>
  addCode(code: Code): Promise<void>
  code(codeId: Uint8Array): Promise<Code | null>
  codes(clientId: string): Promise<readonly Code[]>
  /**
   * Enrolls a key with a code: spends one use and registers the key, once. Idempotent: the same key with the same code within its
   * life answers as the first time and spends nothing.
   */
  enroll(
    codeId: Uint8Array,
    key: AgentKey,
    now: EpochMs,
  ): Promise<
    { readonly state: 'enrolled' | 'again'; readonly key: AgentKey } | { readonly state: 'used' | 'expired' | 'absent' }
  >
  agentByKey(publicKey: Uint8Array): Promise<AgentKey | null>
  /** Every key of a client's machines, oldest first. */
  agents(clientId: string): Promise<readonly AgentKey[]>
  saveLease(publicKey: Uint8Array, lease: Uint8Array, leaseN: number): Promise<void>
  audit(entry: AuditEntry): Promise<void>
  audits(limit: number): Promise<readonly AuditEntry[]>
  /** Small values of the installation itself (`installation`, `schema`). null: absent. */
  setting(key: string): Promise<string | null>
  saveSetting(key: string, value: string): Promise<void>
}
