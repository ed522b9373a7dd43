/** The requests of the control socket about channels, by name. The caller is the administrator of this server's host. */
import { Type } from 'typebox'
import { ChannelBody, MailServerBody } from '../../shared/api/channels.ts'
import { orNull, strict, text } from '../../shared/reading.ts'
import { ok, type Result } from '../../shared/result.ts'
import { ADMINISTRATOR } from '../auth/access.ts'
import { addChannel, findChannel, listChannels, removeChannel, testChannel } from './operations/channels.ts'
import { findClient } from './operations/find.ts'
import { listDeliveries, readMailServer, setMailServer } from './operations/mail-server.ts'
import { type OperationError, refuse } from './operations/operation.ts'
import { request } from './request.ts'
import type { Services } from './services.ts'

const Channel = strict({ channel: text(128) })

/** Clients by short name, people by mail address, as people write them on a command line. */
async function namedBody(services: Services, body: ChannelBody): Promise<Result<ChannelBody, OperationError>> {
  const clientIds: string[] = []
  for (const name of body.clientIds ?? []) {
    const entry = findClient(services, name)
    if (!entry.ok) return entry
    clientIds.push(entry.value.client.id)
  }
  const named = { ...body, clientIds: body.clientIds === null ? null : clientIds }
  if (named.kind !== 'email') return ok(named)
  const people = await services.store.hub.people()
  const personIds: string[] = []
  for (const name of named.personIds) {
    const person = people.find(({ id, email }) => id === name || email === name.toLowerCase())
    if (person === undefined) return refuse('absent', `Nobody has the address ${name.slice(0, 64)}. See: user list`)
    personIds.push(person.id)
  }
  return ok({ ...named, personIds })
}

/** Name of a request → what it takes and does. */
export const CHANNEL_REQUESTS = {
  'channel.add': request(ChannelBody, async (services, body) => {
    const named = await namedBody(services, body)
    return named.ok ? addChannel(services, ADMINISTRATOR, named.value) : named
  }),
  'channel.list': request(strict({}), (services) => listChannels(services, ADMINISTRATOR)),
  'channel.test': request(Channel, async (services, { channel }) => {
    const row = await findChannel(services, ADMINISTRATOR, channel)
    return row.ok ? testChannel(services, ADMINISTRATOR, row.value) : row
  }),
  'channel.remove': request(Channel, async (services, { channel }) => {
    const row = await findChannel(services, ADMINISTRATOR, channel)
    return row.ok ? removeChannel(services, ADMINISTRATOR, row.value) : row
  }),
  'channel.log': request(
    strict({ client: text(128), channel: orNull(text(128)), limit: Type.Integer({ minimum: 1, maximum: 1_000 }) }),
    async (services, { client, channel, limit }) => {
      const entry = findClient(services, client)
      if (!entry.ok) return entry
      const row = channel === null ? null : await findChannel(services, ADMINISTRATOR, channel)
      if (row !== null && !row.ok) return row
      const filter = row === null ? { limit } : { limit, channelId: row.value.channel.id }
      return listDeliveries(services, ADMINISTRATOR, entry.value, filter)
    },
  ),
  'channel.mail': request(orNull(MailServerBody), (services, body) =>
    body === null ? readMailServer(services) : setMailServer(services, ADMINISTRATOR, body),
  ),
} as const
