/** Channels, the mail server and the delivery log in the API. Secrets go in and never come out. Schemas. Pure. */
import { type Static, type TSchema, Type } from 'typebox'
import { oneOf, orNull, strict, text } from '../reading.ts'
import { At, SeveritySchema } from './card.ts'

/** Why a delivery failed; `shared/text` says each in words. */
export const FAILURE_CODES = [
  'no-mail-server',
  'sealed',
  'unreachable',
  'timeout',
  'tls',
  'auth',
  'refused',
  'broken',
  'address-not-allowed',
  'redirected',
  'status',
] as const
export type FailureCode = (typeof FAILURE_CODES)[number]

const Language = oneOf(['en', 'fr'] as const)
const Ids = Type.Array(text(64), { maxItems: 256, uniqueItems: true })
const Address = Type.String({ minLength: 3, maxLength: 254 })

/** Recipients of a mail channel. */
const Recipients = {
  personIds: Ids,
  addresses: Type.Array(Address, { maxItems: 64, uniqueItems: true }),
  audience: oneOf(['technician', 'manager'] as const),
}
const Networks = Type.Array(text(64), { maxItems: 32, uniqueItems: true })

const channelOf = <S extends Record<string, TSchema>>(settings: S) => ({
  name: Type.String({ minLength: 1, maxLength: 128 }),
  language: Language,
  /** null: every client, also later ones. */
  clientIds: orNull(Ids),
  minSeverity: SeveritySchema,
  isEnabled: Type.Boolean(),
  ...settings,
})

/** A channel to be made or changed. `url` null, when changing: the known one stays. */
export const ChannelBody = Type.Union([
  strict(channelOf({ kind: Type.Literal('email'), ...Recipients })),
  strict(channelOf({ kind: Type.Literal('webhook'), url: orNull(text(2048)), allowedNetworks: Networks })),
])
export type ChannelBody = Static<typeof ChannelBody>

const health = {
  id: text(64),
  createdAt: At(),
  /** Newest delivery that the other side took; null: none yet. */
  provenAt: orNull(At()),
  failedAt: orNull(At()),
  failure: orNull(oneOf(FAILURE_CODES)),
  /** `failing`: the newest thing that is known is a failure; `unproven`: nothing was ever delivered, or not for 8 days. */
  health: oneOf(['proven', 'unproven', 'failing', 'off'] as const),
}

/** A channel as people may see it: of a webhook's address its origin. */
export const ChannelView = Type.Union([
  strict(channelOf({ kind: Type.Literal('email'), ...Recipients, ...health })),
  strict(channelOf({ kind: Type.Literal('webhook'), origin: text(512), allowedNetworks: Networks, ...health })),
])
export type ChannelView = Static<typeof ChannelView>

/** `GET /api/v1/channels`. */
export const ChannelsView = strict({ channels: Type.Array(ChannelView), isSending: Type.Boolean() })
export type ChannelsView = Static<typeof ChannelsView>

/** `POST /api/v1/channels`. `secret`: what signs a webhook's messages; shown once. */
export const ChannelMadeView = strict({ channel: ChannelView, secret: orNull(text(128)) })
export type ChannelMadeView = Static<typeof ChannelMadeView>

/** `POST /api/v1/channels/:channel/test`: one line for each end. */
export const ChannelTestView = strict({
  ends: Type.Array(strict({ recipient: text(256), failure: orNull(oneOf(FAILURE_CODES)) })),
})
export type ChannelTestView = Static<typeof ChannelTestView>

const mailServer = {
  host: Type.String({ minLength: 1, maxLength: 253 }),
  port: Type.Integer({ minimum: 1, maximum: 65_535 }),
  tls: oneOf(['tls', 'starttls', 'none'] as const),
  user: orNull(text(256)),
  from: Address,
}

/** `PUT /api/v1/mail-server`. `password` null: the known one stays, as long as host and user do. */
export const MailServerBody = strict({ ...mailServer, password: orNull(text(512)) })
export type MailServerBody = Static<typeof MailServerBody>

/** `GET /api/v1/mail-server`. */
export const MailServerView = strict({ mailServer: orNull(strict({ ...mailServer, hasPassword: Type.Boolean() })) })
export type MailServerView = Static<typeof MailServerView>

/** `GET /api/v1/clients/:client/notifications`: newest first. */
export const DeliveriesView = strict({
  deliveries: Type.Array(
    strict({
      key: text(64),
      channel: orNull(strict({ id: text(64), name: text(128) })),
      /** Name or address; empty: the channel has one end. */
      recipient: text(256),
      kind: oneOf(['alert', 'reminder', 'recovery', 'visit'] as const),
      state: oneOf(['waiting', 'leased', 'sent', 'dead', 'superseded', 'withheld'] as const),
      site: text(256),
      createdAt: At(),
      /** Next attempt of what waits. */
      nextAt: At(),
      attempts: Type.Integer(),
      endedAt: orNull(At()),
      failure: orNull(text(64)),
      findings: Type.Array(strict({ id: text(256), number: Type.Integer() })),
    }),
  ),
})
export type DeliveriesView = Static<typeof DeliveriesView>
