/** An operation: something that a route or a command asks for, done once for both. Types and small pieces. */
import { randomBytes } from 'node:crypto'
import { err, type Result } from '../../../shared/result.ts'
import type { Caller } from '../../auth/access.ts'
import type { Services } from '../services.ts'

/** `absent`: what it names is not there, or not the caller's; `conflict`: it is there already; `invalid`: it cannot be; `refused`: not with these rights. */
export type OperationError = {
  readonly code: 'absent' | 'conflict' | 'invalid' | 'refused'
  readonly message: string
}

/** Result of an operation. */
export type Operation<T> = Promise<Result<T, OperationError>>

/** A refusal with its sentence. */
export function refuse(code: OperationError['code'], message: string): Result<never, OperationError> {
  return err({ code, message })
}

/** @returns 64 random bits as hex: ids of people, clients and sites, which are also names of files. */
export function newId(): string {
  return randomBytes(8).toString('hex')
}

/** Who did something, as the audit log names them. */
export function nameOf(caller: Caller): string {
  if (caller.kind === 'session') return caller.personId
  return caller.kind === 'token' ? `token ${caller.tokenId}` : 'administrator of this server'
}

/** Writes one line of the audit log. */
export async function audit(
  { store, clock }: Services,
  caller: Caller,
  what: string,
  clientId: string | null,
  detail: string,
): Promise<void> {
  await store.hub.audit({ at: clock.now(), who: nameOf(caller), what, clientId, detail: detail.slice(0, 500) })
}

/** Text that a person typed as a name: no control characters, single spaces. @returns null: nothing is left, or too long. */
export function cleanName(text: string, most = 128): string | null {
  const name = text
    .replace(/[\p{C}\p{Z}]+/gu, ' ')
    .trim()
    .toWellFormed()
  return name === '' || name.length > most ? null : name
}
