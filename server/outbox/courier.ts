/** Carries one claimed notification to its end and writes down how that went. */
import { err } from '../../shared/result.ts'
import { DAY_MS, MINUTE_MS, SECOND_MS } from '../../shared/units.ts'
import type { ChannelKind, ChannelRow } from '../channels/channel.ts'
import type { Delivery, DeliveryFailure, Message } from '../channels/message.ts'
import type { ClaimedNotification, Settlement } from '../store/store.ts'
import type { ClientEntry } from '../views/machine-entry.ts'
import type { Visit } from '../visits/visit.ts'
import type { End } from './end.ts'
import { messageOf, visitMessageOf } from './message-of.ts'
import type { OutboxOptions } from './outbox.ts'

/** A claimed notification. `end` null: its channel or recipient may no longer hear of this client. */
export type Load = {
  readonly clientId: string
  readonly claimed: ClaimedNotification
  readonly end: End | null
  /** The visit of a notification about one. */
  readonly visit: Visit | null
  readonly rows: ReadonlyMap<string, ChannelRow>
}

/** Failed messages are tried again for this long. */
const GIVE_UP_MS = DAY_MS
const FIRST_RETRY_MS = 2 * SECOND_MS
const LONGEST_RETRY_MS = 15 * MINUTE_MS
const LEAST_RETRY_MS = SECOND_MS
const SETTLE_ATTEMPTS = 5

type Counts = { [K in ChannelKind]: number }

/** One per outbox; counts what it carried. */
export class Courier {
  readonly #options: OutboxOptions
  readonly #sent: Counts = { email: 0, webhook: 0 }
  readonly #failed: Counts = { email: 0, webhook: 0 }

  constructor(options: OutboxOptions) {
    this.#options = options
  }

  get counts(): { readonly sent: Counts; readonly failed: Counts } {
    return { sent: { ...this.#sent }, failed: { ...this.#failed } }
  }

  /** Never throws: what cannot be written down is in the log, and its lease ends by itself. */
  async carry(load: Load): Promise<void> {
    const { clientId, claimed } = load
    try {
      await this.#settle(load, await this.#deliver(load))
      this.#options.onStep?.('settled')
    } catch (error) {
      this.#options.log.error(
        { clientId, channelId: claimed.channelId, err: error },
        'a notification could not be carried; it is tried again when its lease ends',
      )
    }
  }

  async #deliver(load: Load): Promise<Settlement> {
    const { clientId, claimed, end, rows } = load
    const { isSending, directory, onStep } = this.#options
    if (!isSending) return { state: 'withheld' }
    const entry = directory.client(clientId)
    const row = rows.get(claimed.channelId)
    if (end === null || entry === null || row === undefined) return { state: 'superseded' }
    const delivery = await this.#attempt(load, end, row, entry)
    if (delivery === null) return { state: 'superseded' }
    if (delivery.ok) onStep?.('sent')
    this.#count(clientId, claimed, row, delivery.ok ? null : delivery.error)
    return delivery.ok ? { state: 'sent' } : this.#afterFailure(claimed, delivery.error)
  }

  /**
   * @returns null: there is nothing left to say. What throws is a failure too: as a lease that ends it would be tried for ever, and what
   * is on its way holds back every reminder of its site.
   */
  async #attempt(load: Load, end: End, row: ChannelRow, entry: ClientEntry): Promise<Delivery | null> {
    const { send, log } = this.#options
    try {
      const message = this.#messageOf(load, end, entry)
      return message === null ? null : await send(end, row, message)
    } catch (error) {
      const { clientId, claimed } = load
      log.error({ clientId, channelId: claimed.channelId, err: error }, 'a notification could not be made or sent')
      return err({ code: 'broken', isUncertain: true })
    }
  }

  /** @returns null: there is nothing left to say. */
  #messageOf({ claimed, visit }: Load, end: End, entry: ClientEntry): Message | null {
    const { fleet, publicUrl } = this.#options
    const machineName = (id: string) => fleet.state(id)?.name ?? ''
    const context = { entry, machineName, publicUrl }
    if (claimed.kind === 'visit') return visit === null ? null : visitMessageOf(claimed, visit, end, context)
    const message = messageOf(claimed, end, context)
    return message.problems.length === 0 ? null : message
  }

  /** Full jitter: all that failed together come back one by one. */
  #afterFailure({ attempts, createdAt }: ClaimedNotification, { code, isUncertain }: DeliveryFailure): Settlement {
    const { clock, random } = this.#options
    const now = clock.now()
    if (now - createdAt >= GIVE_UP_MS) return { state: 'dead', failure: code, isUncertain }
    const most = Math.min(LONGEST_RETRY_MS, FIRST_RETRY_MS * 2 ** Math.min(attempts, 16))
    return { state: 'again', nextAt: now + LEAST_RETRY_MS + Math.round(random() * most), failure: code, isUncertain }
  }

  #count(
    clientId: string,
    { channelId, kind, attempts }: ClaimedNotification,
    { channel }: ChannelRow,
    failure: DeliveryFailure | null,
  ): void {
    const { log } = this.#options
    if (failure === null) this.#sent[channel.kind] += 1
    else this.#failed[channel.kind] += 1
    const fields = { clientId, channelId, kind, attempts }
    if (failure === null) log.info(fields, 'notification sent')
    else log.warn({ ...fields, code: failure.code }, 'notification was not taken')
  }

  /** A message that was taken and not written down is sent twice: the store gets several chances. */
  async #settle({ clientId, claimed }: Load, settlement: Settlement): Promise<void> {
    const { store, clock } = this.#options
    for (let attempt = 1; ; attempt += 1) {
      try {
        await store.client(clientId).settleNotification(claimed.id, settlement, clock.now())
        break
      } catch (error) {
        if (attempt >= SETTLE_ATTEMPTS) throw error
        await new Promise<void>((resolve) => void clock.setTimer(resolve, SECOND_MS))
      }
    }
    if (settlement.state === 'sent') await store.hub.noteDelivery(claimed.channelId, clock.now(), null)
    if (settlement.state === 'again' || settlement.state === 'dead') {
      await store.hub.noteDelivery(claimed.channelId, clock.now(), settlement.failure)
    }
  }
}
