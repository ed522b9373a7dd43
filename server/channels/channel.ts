/** Channels as stored: where people are told, and of what. Types only; secrets are elsewhere, sealed. */
import type { Severity } from '../../shared/severity.ts'
import type { EpochMs } from '../../shared/units.ts'

/** Kinds of channels. */
export const CHANNEL_KINDS = ['email', 'webhook'] as const
/** How a channel tells. */
export type ChannelKind = (typeof CHANNEL_KINDS)[number]

/** Whose words a message uses. */
export type Audience = 'technician' | 'manager'

/** Recipients of mail. People get their own language and hear of clients that they may see; bare addresses get the channel's. */
export type EmailSettings = {
  readonly personIds: readonly string[]
  readonly addresses: readonly string[]
  /** Whose words bare addresses get; a person's role decides for people. */
  readonly audience: Audience
}

/** Where a webhook goes. The whole address may hold a secret and is sealed; `origin` is what may be shown. */
export type WebhookSettings = {
  readonly origin: string
  /** CIDRs beyond the public internet that this webhook may reach; inside them http is allowed too. */
  readonly allowedNetworks: readonly string[]
}

type ChannelBase = {
  readonly id: string
  readonly name: string
  readonly language: 'en' | 'fr'
  /** null: every client, also later ones. */
  readonly clientIds: readonly string[] | null
  /** Findings below it are not told here. */
  readonly minSeverity: Severity
  readonly isEnabled: boolean
}

/** A channel without its secret. */
export type Channel = ChannelBase &
  (
    | { readonly kind: 'email'; readonly settings: EmailSettings }
    | { readonly kind: 'webhook'; readonly settings: WebhookSettings }
  )

/** A channel with what became of it lately. `provenAt`: newest delivery that the other side took. */
export type ChannelRow = {
  readonly channel: Channel
  readonly wrappedSecret: Uint8Array | null
  readonly createdAt: EpochMs
  readonly provenAt: EpochMs | null
  readonly failedAt: EpochMs | null
  readonly failure: string | null
}

/** How mail leaves this installation. `tls`: from the start, `starttls`: demanded after the greeting, `none`: loopback only. */
export type MailServerSettings = {
  readonly host: string
  readonly port: number
  readonly tls: 'tls' | 'starttls' | 'none'
  readonly user: string | null
  /** Address that mail comes from. */
  readonly from: string
}

/** The mail server with its password, wrapped by the master key. */
export type MailServerRow = { readonly settings: MailServerSettings; readonly wrappedPassword: Uint8Array | null }
