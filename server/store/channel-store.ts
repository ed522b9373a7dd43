/** The hub's methods about channels. Types only; `store.ts` says what every method promises. */
import type { EpochMs } from '../../shared/units.ts'
import type { Channel, ChannelRow, MailServerRow } from '../channels/channel.ts'

/** Channels and the mail server. Secrets come and go wrapped by the master key. */
export interface ChannelStore {
  channels(): Promise<readonly ChannelRow[]>
  /** Adds a channel or replaces it. `wrappedSecret` null: the known one stays. */
  saveChannel(channel: Channel, wrappedSecret: Uint8Array | null, now: EpochMs): Promise<void>
  removeChannel(id: string): Promise<'removed' | 'absent'>
  /** Remembers how the newest delivery ended. `failure` null: the other side took it. */
  noteDelivery(channelId: string, at: EpochMs, failure: string | null): Promise<void>
  mailServer(): Promise<MailServerRow | null>
  saveMailServer(row: MailServerRow, now: EpochMs): Promise<void>
}
