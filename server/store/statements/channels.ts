/** Channels and the mail server, in the hub. Statement bodies; the engine runs each in one transaction. */
import { SEVERITIES } from '../../../shared/severity.ts'
import type { EpochMs } from '../../../shared/units.ts'
import {
  CHANNEL_KINDS,
  type Channel,
  type ChannelRow,
  type EmailSettings,
  type MailServerRow,
  type MailServerSettings,
  type WebhookSettings,
} from '../../channels/channel.ts'
import { bytesOrNull, json, num, numOrNull, str, strOrNull, word } from '../row.ts'
import { all, many, one, reading, run, type SqlRow, type Steps, writing } from '../statement.ts'
import { LANGUAGES } from './people.ts'

function* readChannel(row: SqlRow): Steps<ChannelRow> {
  const id = str(row, 'id')
  const clients = yield* all('SELECT client_id FROM channel_client WHERE channel_id = ? ORDER BY client_id', id)
  const base = {
    id,
    name: str(row, 'name'),
    language: word(row, 'language', LANGUAGES),
    clientIds: num(row, 'all_clients') === 1 ? null : clients.map((client) => str(client, 'client_id')),
    minSeverity: word(row, 'min_severity', SEVERITIES),
    isEnabled: num(row, 'enabled') === 1,
  }
  const kind = word(row, 'kind', CHANNEL_KINDS)
  const channel: Channel =
    kind === 'email'
      ? { ...base, kind, settings: json<EmailSettings>(row, 'settings') }
      : { ...base, kind, settings: json<WebhookSettings>(row, 'settings') }
  return {
    channel,
    wrappedSecret: bytesOrNull(row, 'wrapped_secret'),
    createdAt: num(row, 'created_at'),
    provenAt: numOrNull(row, 'proven_at'),
    failedAt: numOrNull(row, 'failed_at'),
    failure: strOrNull(row, 'failure'),
  }
}

function* channels(): Steps<readonly ChannelRow[]> {
  const found: ChannelRow[] = []
  for (const row of yield* all('SELECT * FROM channel ORDER BY created_at, id')) found.push(yield* readChannel(row))
  return found
}

function* saveChannel(channel: Channel, wrappedSecret: Uint8Array | null, now: EpochMs): Steps<void> {
  const { id, kind, name, language, minSeverity, isEnabled, clientIds, settings } = channel
  yield* run(
    `INSERT INTO channel (id, kind, name, language, min_severity, enabled, all_clients, settings, wrapped_secret, created_at)
     VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
     ON CONFLICT (id) DO UPDATE SET name = excluded.name, language = excluded.language,
       min_severity = excluded.min_severity, enabled = excluded.enabled, all_clients = excluded.all_clients,
       settings = excluded.settings, wrapped_secret = COALESCE(excluded.wrapped_secret, channel.wrapped_secret)`,
    id,
    kind,
    name,
    language,
    minSeverity,
    isEnabled ? 1 : 0,
    clientIds === null ? 1 : 0,
    JSON.stringify(settings),
    wrappedSecret,
    now,
  )
  yield* run('DELETE FROM channel_client WHERE channel_id = ?', id)
  yield* many(
    'INSERT INTO channel_client (channel_id, client_id) VALUES (?, ?)',
    (clientIds ?? []).map((clientId) => [id, clientId]),
  )
}

function* removeChannel(id: string): Steps<'removed' | 'absent'> {
  return (yield* run('DELETE FROM channel WHERE id = ?', id)) > 0 ? 'removed' : 'absent'
}

function* noteDelivery(channelId: string, at: EpochMs, failure: string | null): Steps<void> {
  if (failure === null) yield* run('UPDATE channel SET proven_at = ? WHERE id = ?', at, channelId)
  else yield* run('UPDATE channel SET failed_at = ?, failure = ? WHERE id = ?', at, failure, channelId)
}

function* mailServer(): Steps<MailServerRow | null> {
  const row = yield* one('SELECT settings, wrapped_password FROM mail_server WHERE id = 1')
  if (row === null) return null
  return { settings: json<MailServerSettings>(row, 'settings'), wrappedPassword: bytesOrNull(row, 'wrapped_password') }
}

function* saveMailServer({ settings, wrappedPassword }: MailServerRow, now: EpochMs): Steps<void> {
  yield* run(
    `INSERT INTO mail_server (id, settings, wrapped_password, changed_at) VALUES (1, ?, ?, ?)
     ON CONFLICT (id) DO UPDATE SET settings = excluded.settings, wrapped_password = excluded.wrapped_password,
       changed_at = excluded.changed_at`,
    JSON.stringify(settings),
    wrappedPassword,
    now,
  )
}

/** Bodies of the hub's methods about channels. */
export const channelMethods = {
  channels: reading(channels),
  saveChannel: writing(saveChannel),
  removeChannel: writing(removeChannel),
  noteDelivery: writing(noteDelivery),
  mailServer: reading(mailServer),
  saveMailServer: writing(saveMailServer),
}
