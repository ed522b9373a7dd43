/** Bearer tokens for scripts and Prometheus: read only, scoped, shown once, kept as hashes. */
import { randomUUID } from 'node:crypto'
import { err, ok, type Result } from '../../shared/result.ts'
import type { EpochMs } from '../../shared/units.ts'
import type { ApiToken, HubStore } from '../store/store.ts'
import { type Grant, judgeToken, type TokenRequest } from './access.ts'
import { hashSecret, isToken, newToken } from './secrets.ts'

/** What its maker decides. `expiresAt` null: until revoked. */
export type TokenOrder = TokenRequest & { readonly label: string; readonly expiresAt: EpochMs | null }

/** Makes a token within the rights of its maker. Error: a sentence. @returns the token's text, which is stored nowhere. */
export async function makeToken(
  hub: HubStore,
  maker: Grant,
  order: TokenOrder,
  now: EpochMs,
): Promise<Result<{ readonly text: string; readonly token: ApiToken }, string>> {
  const judged = judgeToken(maker, order)
  if (!judged.ok) return err(judged.error)
  const text = newToken()
  const token: ApiToken = { ...order, id: randomUUID(), createdAt: now }
  await hub.addToken(token, hashSecret(text))
  return ok({ text, token })
}

/** @returns the token behind an `Authorization: Bearer …` header; null: no such token, revoked or expired. */
export async function findToken(hub: HubStore, header: string, now: EpochMs): Promise<ApiToken | null> {
  const text = /^Bearer ([\x21-\x7e]{1,128})$/i.exec(header)?.[1] ?? ''
  return isToken(text) ? hub.token(hashSecret(text), now) : null
}
