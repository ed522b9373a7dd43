/** Sends a message through its channel. Secrets are unsealed here, for as long as one attempt lasts, and are in no log and no answer. */
import { err } from '../../shared/result.ts'
import type { ServerKeys } from '../keys/server-keys.ts'
import type { End } from '../outbox/end.ts'
import type { HubStore } from '../store/store.ts'
import type { ChannelRow } from './channel.ts'
import { composeMail } from './mail/compose-mail.ts'
import { sendMail } from './mail/send-mail.ts'
import type { Delivery, Message } from './message.ts'
import { sayMessage } from './say-message.ts'
import { unsealPassword, unsealWebhook } from './seal.ts'
import { composeWebhook } from './webhook/compose-webhook.ts'
import { postJson } from './webhook/post-json.ts'
import { signedHeaders } from './webhook/sign.ts'

/** What sending needs from outside. */
export type SenderOptions = {
  readonly hub: Pick<HubStore, 'mailServer'>
  readonly keys: Pick<ServerKeys, 'unwrap'>
  readonly clock: { now(): number }
  /** Stands in for the system's resolver in tests. */
  readonly resolve?: (host: string) => Promise<readonly string[]>
}

/** Sends to one end. Never throws but for a broken store. */
export type Send = (end: End, row: ChannelRow, message: Message) => Promise<Delivery>

/** @returns the sending half of every channel. */
export function createSender(options: SenderOptions): Send {
  return (end, row, message) =>
    end.address === null ? sendWebhook(row, message, options) : sendToAddress(end.address, message, options)
}

async function sendToAddress(to: string, message: Message, { hub, keys }: SenderOptions): Promise<Delivery> {
  const server = await hub.mailServer()
  if (server === null) return err({ code: 'no-mail-server', isUncertain: false })
  const password = server.wrappedPassword === null ? null : unsealPassword(keys, server.wrappedPassword)
  if (server.wrappedPassword !== null && password === null) return err({ code: 'sealed', isUncertain: false })
  const { key, rootKey, createdAt, language } = message
  const composed = composeMail(sayMessage(message), language)
  return sendMail(server.settings, password, { ...composed, to, key, rootKey, createdAt })
}

async function sendWebhook(
  { channel, wrappedSecret }: ChannelRow,
  message: Message,
  { keys, clock, resolve }: SenderOptions,
): Promise<Delivery> {
  const secret = wrappedSecret === null ? null : unsealWebhook(keys, channel.id, wrappedSecret)
  if (secret === null || channel.kind !== 'webhook') return err({ code: 'sealed', isUncertain: false })
  const body = composeWebhook(message)
  return postJson({
    url: secret.url,
    headers: signedHeaders(secret.secret, message.key, Math.floor(clock.now() / 1_000), body),
    body,
    allowedNetworks: channel.settings.allowedNetworks,
    ...(resolve === undefined ? {} : { resolve }),
  })
}
