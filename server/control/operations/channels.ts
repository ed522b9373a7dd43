/** Channels: made, changed, removed, tested; each with a line of audit that holds no secret. */
import type {
  ChannelBody,
  ChannelMadeView,
  ChannelsView,
  ChannelTestView,
  ChannelView,
} from '../../../shared/api/channels.ts'
import { ok, type Result } from '../../../shared/result.ts'
import { type Caller, canSeeClient, grantOfPerson } from '../../auth/access.ts'
import type { Channel, ChannelRow } from '../../channels/channel.ts'
import { channelView } from '../../channels/channel-view.ts'
import { judgeChannel, mayKeep } from '../../channels/check-channel.ts'
import type { Message } from '../../channels/message.ts'
import { sealWebhook, unsealWebhook } from '../../channels/seal.ts'
import { newWebhookSecret } from '../../channels/webhook/sign.ts'
import { everyEndOf } from '../../outbox/end.ts'
import { sendKey } from '../../outbox/send-key.ts'
import type { Person } from '../../store/store.ts'
import type { Services } from '../services.ts'
import { audit, cleanName, newId, type Operation, type OperationError, refuse } from './operation.ts'

/** @returns the channels that the caller may keep. */
export async function listChannels(services: Services, caller: Caller): Operation<ChannelsView> {
  const now = services.clock.now()
  const rows = (await services.store.hub.channels()).filter(({ channel }) => mayKeep(caller.grant, channel))
  return ok({ channels: rows.map((row) => channelView(row, now)), isSending: services.isSending })
}

/** @param name id, or name where it is the only one. A channel of somebody else is as if there were none. */
export async function findChannel(services: Services, caller: Caller, name: string): Operation<ChannelRow> {
  const rows = (await services.store.hub.channels()).filter(({ channel }) => mayKeep(caller.grant, channel))
  const found = rows.filter(({ channel }) => channel.id === name || channel.name === name)
  const [only, other] = found
  if (only === undefined) return refuse('absent', `There is no channel "${name.slice(0, 64)}". See: channel list`)
  return other === undefined
    ? ok(only)
    : refuse('conflict', 'Several channels have this name. Give the id. See: channel list')
}

/** Makes a channel. A webhook's signing secret is in the answer, once. */
export async function addChannel(services: Services, caller: Caller, body: ChannelBody): Operation<ChannelMadeView> {
  if (body.kind === 'webhook' && body.url === null) return refuse('invalid', 'A webhook needs an address.')
  const checked = await checkBody(services, caller, newId(), body)
  if (!checked.ok) return checked
  const secret = body.kind === 'webhook' ? newWebhookSecret() : null
  const url = body.kind === 'webhook' ? body.url : null
  const sealed = url === null || secret === null ? null : sealWebhook(services.keys, checked.value.id, { url, secret })
  await services.store.hub.saveChannel(checked.value, sealed, services.clock.now())
  await auditChannel(services, caller, 'channel added', checked.value)
  const view = await viewOf(services, checked.value.id)
  return view.ok ? ok({ channel: view.value, secret }) : view
}

/** Changes a channel; its kind stays, and a webhook's signing secret. */
export async function changeChannel(
  services: Services,
  caller: Caller,
  { channel: known, wrappedSecret }: ChannelRow,
  body: ChannelBody,
): Operation<ChannelView> {
  if (known.kind !== body.kind) return refuse('invalid', 'The kind of a channel stays. Add another channel.')
  const checked = await checkBody(services, caller, known.id, body)
  if (!checked.ok) return checked
  let channel = checked.value
  let sealed: Uint8Array | null = null
  if (body.kind === 'webhook' && known.kind === 'webhook' && channel.kind === 'webhook') {
    const secret = wrappedSecret === null ? null : unsealWebhook(services.keys, known.id, wrappedSecret)
    const url = body.url ?? secret?.url ?? null
    if (url === null) return refuse('invalid', 'The address of this webhook cannot be read any more. Give it again.')
    const wrong = judgeChannel({ ...body, url })
    if (wrong !== null) return refuse('invalid', wrong)
    sealed = sealWebhook(services.keys, known.id, { url, secret: secret?.secret ?? newWebhookSecret() })
    channel = { ...channel, settings: { ...channel.settings, origin: new URL(url).origin } }
  }
  await services.store.hub.saveChannel(channel, sealed, services.clock.now())
  await auditChannel(services, caller, 'channel changed', channel)
  return viewOf(services, channel.id)
}

/** Removes a channel; what waits for it is not sent. */
export async function removeChannel(
  services: Services,
  caller: Caller,
  { channel }: ChannelRow,
): Operation<{ readonly id: string }> {
  if ((await services.store.hub.removeChannel(channel.id)) === 'absent')
    return refuse('absent', 'There is no such channel.')
  await auditChannel(services, caller, 'channel removed', channel)
  return ok({ id: channel.id })
}

/** Sends a test message to every end of a channel and waits for the answers. */
export async function testChannel(services: Services, caller: Caller, row: ChannelRow): Operation<ChannelTestView> {
  if (!services.isSending) return refuse('refused', 'This is a demonstration: no message leaves it.')
  const { store, clock, send } = services
  const { channel } = row
  const people = await store.hub.people()
  const now = clock.now()
  const ends = await Promise.all(
    everyEndOf(channel, people).map(async (end) => {
      const key = sendKey([channel.id, end.recipient, 'test', String(now)])
      const delivery = await send(end, row, testMessage(channel, key, end, now))
      return { recipient: end.address ?? channel.name, failure: delivery.ok ? null : delivery.error.code }
    }),
  )
  const failure = ends.find((end) => end.failure !== null)?.failure ?? null
  if (ends.length > 0) await store.hub.noteDelivery(channel.id, clock.now(), failure)
  await auditChannel(services, caller, 'channel tested', channel)
  return ok({ ends })
}

function testMessage(
  channel: Channel,
  key: string,
  { language, audience }: Pick<Message, 'language' | 'audience'>,
  createdAt: number,
): Message {
  const nobody = { client: null, site: '', problems: [], visit: null, timeZone: 'UTC' }
  return { ...nobody, key, rootKey: key, kind: 'test', createdAt, channelName: channel.name, language, audience }
}

async function viewOf(services: Services, id: string): Operation<ChannelView> {
  const row = (await services.store.hub.channels()).find(({ channel }) => channel.id === id)
  return row === undefined ? refuse('absent', 'There is no such channel.') : ok(channelView(row, services.clock.now()))
}

function auditChannel(services: Services, caller: Caller, what: string, { id, kind, name, clientIds }: Channel) {
  const [only, other] = clientIds ?? []
  return audit(services, caller, what, other === undefined ? (only ?? null) : null, `${id} ${kind} ${name}`)
}

/** @returns the channel as it would be stored, or why it may not be. */
async function checkBody(
  { store, directory }: Services,
  { grant }: Caller,
  id: string,
  body: ChannelBody,
): Promise<Result<Channel, OperationError>> {
  const wrong = judgeChannel(body)
  if (wrong !== null) return refuse('invalid', wrong)
  const name = cleanName(body.name)
  if (name === null) return refuse('invalid', 'A channel needs a name of at most 128 characters.')
  const channel = channelOf(id, name, body)
  if (!mayKeep(grant, channel)) {
    return refuse(
      'refused',
      'A channel may only be about clients of yours; all clients and own networks are for an owner.',
    )
  }
  const stranger = channel.clientIds?.find((clientId) => directory.client(clientId)?.client.id !== clientId)
  if (stranger !== undefined) return refuse('absent', `There is no client "${stranger.slice(0, 64)}".`)
  if (channel.kind !== 'email') return ok(channel)
  const people = await store.hub.people()
  const wanted = channel.settings.personIds
  const nobody = wanted.find((personId) => !people.some(({ id: known }) => known === personId))
  if (nobody !== undefined) return refuse('absent', `Nobody has the id "${nobody.slice(0, 64)}".`)
  const isDeaf = people.some((person) => wanted.includes(person.id) && !mayHear(channel, person))
  return isDeaf
    ? refuse('invalid', 'One of these people may see no client of this channel and would never be told anything.')
    : ok(channel)
}

/** A person is told of their own clients only, whatever the channel is about (outbox/end.ts). */
function mayHear({ clientIds }: Channel, person: Person): boolean {
  const grant = grantOfPerson(person)
  return clientIds === null || clientIds.some((clientId) => canSeeClient(grant, clientId))
}

function channelOf(id: string, name: string, body: ChannelBody): Channel {
  const { language, clientIds, minSeverity, isEnabled } = body
  const base = { id, name, language, clientIds, minSeverity, isEnabled }
  if (body.kind === 'email') {
    const { personIds, addresses, audience } = body
    return { ...base, kind: 'email', settings: { personIds, addresses, audience } }
  }
  const origin = body.url === null ? '' : new URL(body.url).origin
  return { ...base, kind: 'webhook', settings: { origin, allowedNetworks: body.allowedNetworks } }
}
