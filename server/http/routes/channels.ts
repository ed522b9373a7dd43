/** Channels, the mail server and the delivery log of a client. Who keeps clients keeps their channels; the mail server is the owner's. */
import { Type } from 'typebox'
import {
  ChannelBody,
  ChannelMadeView,
  ChannelsView,
  ChannelTestView,
  ChannelView,
  DeliveriesView,
  MailServerBody,
  MailServerView,
} from '../../../shared/api/channels.ts'
import { text } from '../../../shared/reading.ts'
import {
  addChannel,
  changeChannel,
  findChannel,
  listChannels,
  removeChannel,
  testChannel,
} from '../../control/operations/channels.ts'
import { listDeliveries, readMailServer, setMailServer } from '../../control/operations/mail-server.ts'
import type { Services } from '../../control/services.ts'
import { callerOf, clientOf } from '../guard.ts'
import { CHANGES_CLIENT, KEEPS, OWNS } from '../route-policy.ts'
import { sendRefusal } from './clients.ts'
import type { RegisterRoutes } from './routes.ts'

const MOST_DELIVERIES = 200
/** Each test is a message to somebody. */
const TESTS = { max: 20, timeWindow: 10 * 60_000 }
const ONE = '/api/v1/channels/:channel'

type OfChannel = { Params: { channel: string } }

/** Routes of channels. */
export const channelRoutes: RegisterRoutes = (app, services) => {
  app.get(
    '/api/v1/channels',
    { config: { policy: KEEPS }, schema: { summary: 'Channels', response: { 200: ChannelsView } } },
    async (request, reply) => {
      const listed = await listChannels(services, callerOf(request))
      return listed.ok ? reply.send(listed.value) : sendRefusal(reply, listed.error)
    },
  )
  app.post<{ Body: ChannelBody }>(
    '/api/v1/channels',
    {
      config: { policy: KEEPS },
      schema: { summary: 'Add a channel', body: ChannelBody, response: { 200: ChannelMadeView } },
    },
    async (request, reply) => {
      const made = await addChannel(services, callerOf(request), request.body)
      return made.ok ? reply.send(made.value) : sendRefusal(reply, made.error)
    },
  )
  app.put<OfChannel & { Body: ChannelBody }>(
    ONE,
    {
      config: { policy: KEEPS },
      schema: { summary: 'Change a channel', body: ChannelBody, response: { 200: ChannelView } },
    },
    async (request, reply) => {
      const row = await findChannel(services, callerOf(request), request.params.channel)
      if (!row.ok) return sendRefusal(reply, row.error)
      const changed = await changeChannel(services, callerOf(request), row.value, request.body)
      return changed.ok ? reply.send(changed.value) : sendRefusal(reply, changed.error)
    },
  )
  registerRemoveAndTest(app, services)
  registerMailServer(app, services)
  registerLog(app, services)
}

type App = Parameters<RegisterRoutes>[0]

function registerRemoveAndTest(app: App, services: Services): void {
  app.delete<OfChannel>(
    ONE,
    { config: { policy: KEEPS }, schema: { summary: 'Remove a channel', response: { 204: Type.Null() } } },
    async (request, reply) => {
      const row = await findChannel(services, callerOf(request), request.params.channel)
      const removed = row.ok ? await removeChannel(services, callerOf(request), row.value) : row
      return removed.ok ? reply.code(204).send() : sendRefusal(reply, removed.error)
    },
  )
  app.post<OfChannel>(
    `${ONE}/test`,
    {
      config: { policy: KEEPS, rateLimit: TESTS },
      schema: { summary: 'Send a test message', response: { 200: ChannelTestView } },
    },
    async (request, reply) => {
      const row = await findChannel(services, callerOf(request), request.params.channel)
      const tested = row.ok ? await testChannel(services, callerOf(request), row.value) : row
      return tested.ok ? reply.send(tested.value) : sendRefusal(reply, tested.error)
    },
  )
}

function registerMailServer(app: App, services: Services): void {
  const url = '/api/v1/mail-server'
  app.get(
    url,
    { config: { policy: OWNS }, schema: { summary: 'How mail leaves', response: { 200: MailServerView } } },
    async (_, reply) => {
      const read = await readMailServer(services)
      return read.ok ? reply.send(read.value) : sendRefusal(reply, read.error)
    },
  )
  app.put<{ Body: MailServerBody }>(
    url,
    {
      config: { policy: OWNS },
      schema: { summary: 'Set how mail leaves', body: MailServerBody, response: { 200: MailServerView } },
    },
    async (request, reply) => {
      const set = await setMailServer(services, callerOf(request), request.body)
      return set.ok ? reply.send(set.value) : sendRefusal(reply, set.error)
    },
  )
}

const LogQuery = Type.Object({ channel: Type.Optional(text(64)) }, { additionalProperties: false })

function registerLog(app: App, services: Services): void {
  app.get<{ Querystring: { channel?: string } }>(
    '/api/v1/clients/:client/notifications',
    {
      config: { policy: CHANGES_CLIENT },
      schema: { summary: 'What was sent about a client', querystring: LogQuery, response: { 200: DeliveriesView } },
    },
    async (request, reply) => {
      const { channel } = request.query
      const filter = channel === undefined ? { limit: MOST_DELIVERIES } : { limit: MOST_DELIVERIES, channelId: channel }
      const listed = await listDeliveries(services, callerOf(request), clientOf(request), filter)
      return listed.ok ? reply.send(listed.value) : sendRefusal(reply, listed.error)
    },
  )
}
