/** Secrets of channels, sealed by the master key: the mail server's password, a webhook's address and signing secret. */
import type { ServerKeys } from '../keys/server-keys.ts'

/** What a webhook keeps secret: its whole address, which may hold a token, and what signs its messages. */
export type WebhookSecret = { readonly url: string; readonly secret: string }

const PASSWORD = 'mail-server'
const purposeOf = (channelId: string) => `channel:${channelId}`

/** @returns the password, sealed. */
export function sealPassword(keys: Pick<ServerKeys, 'wrap'>, password: string): Uint8Array {
  return keys.wrap(Buffer.from(password, 'utf8'), PASSWORD)
}

/** @returns the password; null: sealed by another installation. */
export function unsealPassword(keys: Pick<ServerKeys, 'unwrap'>, wrapped: Uint8Array): string | null {
  const plain = keys.unwrap(wrapped, PASSWORD)
  return plain.ok ? Buffer.from(plain.value).toString('utf8') : null
}

/** @returns a webhook's secrets, sealed for this channel only. */
export function sealWebhook(keys: Pick<ServerKeys, 'wrap'>, channelId: string, secret: WebhookSecret): Uint8Array {
  return keys.wrap(Buffer.from(JSON.stringify(secret), 'utf8'), purposeOf(channelId))
}

/** @returns a webhook's secrets; null: sealed by another installation or for another channel. */
export function unsealWebhook(
  keys: Pick<ServerKeys, 'unwrap'>,
  channelId: string,
  wrapped: Uint8Array,
): WebhookSecret | null {
  const plain = keys.unwrap(wrapped, purposeOf(channelId))
  if (!plain.ok) return null
  // The seal proves that sealWebhook wrote it.
  return JSON.parse(Buffer.from(plain.value).toString('utf8')) as WebhookSecret
}
