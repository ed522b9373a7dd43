/** The mail server of the installation, and the delivery log of a client. */
import type { DeliveriesView, MailServerBody, MailServerView } from '../../../shared/api/channels.ts'
import { ok } from '../../../shared/result.ts'
import type { Caller } from '../../auth/access.ts'
import { isMailAddress, mayKeep } from '../../channels/check-channel.ts'
import { sealPassword } from '../../channels/seal.ts'
import { isLoopback } from '../../config.ts'
import type { ClientEntry } from '../../views/machine-entry.ts'
import type { Services } from '../services.ts'
import { audit, type Operation, refuse } from './operation.ts'

/** @returns how mail leaves, without the password. */
export async function readMailServer({ store }: Services): Operation<MailServerView> {
  const row = await store.hub.mailServer()
  return ok({ mailServer: row === null ? null : { ...row.settings, hasPassword: row.wrappedPassword !== null } })
}

/** Sets how mail leaves. A known password stays only for the host and user that it was given for. */
export async function setMailServer(
  services: Services,
  caller: Caller,
  body: MailServerBody,
): Operation<MailServerView> {
  const { password, ...settings } = body
  if (!/^[A-Za-z0-9.:_-]+$/.test(settings.host))
    return refuse('invalid', 'The host is a name or an address, without a port.')
  if (!isMailAddress(settings.from)) return refuse('invalid', `"${settings.from.slice(0, 64)}" is not a mail address.`)
  if (settings.tls === 'none' && !isLoopback(settings.host)) {
    return refuse('invalid', 'Mail without TLS is for a mail server on this very machine. Choose tls or starttls.')
  }
  const { hub } = services.store
  const known = await hub.mailServer()
  const isSame = known?.settings.host === settings.host && known.settings.user === settings.user
  const kept = isSame ? known.wrappedPassword : null
  const wrappedPassword =
    settings.user === null ? null : password === null ? kept : sealPassword(services.keys, password)
  if (settings.user !== null && wrappedPassword === null)
    return refuse('invalid', 'A user of the mail server needs a password.')
  await hub.saveMailServer({ settings, wrappedPassword }, services.clock.now())
  await audit(
    services,
    caller,
    'mail server set',
    null,
    `${settings.host}:${settings.port} ${settings.tls} ${settings.from}`,
  )
  return readMailServer(services)
}

/** @returns what was sent about a client, newest first, over the channels that the caller may keep; an owner sees all. */
export async function listDeliveries(
  { store }: Services,
  caller: Caller,
  entry: ClientEntry,
  filter: { readonly channelId?: string; readonly findingId?: string; readonly limit: number },
): Operation<DeliveriesView> {
  const channels = new Map((await store.hub.channels()).map(({ channel }) => [channel.id, channel]))
  const people = new Map((await store.hub.people()).map(({ id, name }) => [id, name]))
  const sites = new Map(entry.sites.map(({ id, name }) => [id, name]))
  // Asked of the store, or the newest of other people's channels would fill the list.
  const kept = [...channels.values()].filter((channel) => mayKeep(caller.grant, channel)).map(({ id }) => id)
  const within = caller.grant.role === 'owner' ? {} : { channelIds: kept }
  const rows = await store.client(entry.client.id).deliveries({ ...filter, ...within })
  const deliveries = rows.map((row) => {
    const channel = channels.get(row.channelId)
    const { sendKey: key, kind, state, createdAt, nextAt, attempts, endedAt, failure, findings } = row
    return {
      ...{ key, kind, state, createdAt, nextAt, attempts, endedAt, failure },
      channel: channel === undefined ? null : { id: channel.id, name: channel.name },
      recipient: recipientOf(row.recipient, people),
      site: sites.get(row.siteId) ?? '',
      findings: findings.map(({ id, number }) => ({ id, number })),
    }
  })
  return ok({ deliveries })
}

function recipientOf(recipient: string, people: ReadonlyMap<string, string>): string {
  const at = recipient.indexOf(':')
  const name = recipient.slice(at + 1)
  return recipient.startsWith('person:') ? (people.get(name) ?? '') : name
}
