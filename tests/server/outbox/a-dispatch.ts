/** An outbox over a real store, with a clock and senders that a test holds. */
import type { Channel } from '../../../server/channels/channel.ts'
import type { Delivery, Message } from '../../../server/channels/message.ts'
import { Directory } from '../../../server/control/directory.ts'
import { Fleet } from '../../../server/fleet/fleet.ts'
import { SILENT_LOG } from '../../../server/log.ts'
import type { End } from '../../../server/outbox/end.ts'
import { Outbox, type OutboxStep } from '../../../server/outbox/outbox.ts'
import { Ballast } from '../../../server/store/sqlite/ballast.ts'
import { SqliteStore } from '../../../server/store/sqlite/sqlite-store.ts'
import type { ClientStore, Store } from '../../../server/store/store.ts'
import { ok } from '../../../shared/result.ts'
import { type HandClock, handClock } from '../../support/e2e-clock.ts'
import { tempFolder } from '../../support/tmp.ts'
import { furnishTold, TOLD } from '../../support/told-world.ts'

export const START = Date.UTC(2026, 10, 22, 9)

/** A message as it was handed to a sender. */
export type Sent = { readonly end: End; readonly message: Message; readonly at: number }

export type Dispatch = {
  readonly clock: HandClock
  readonly store: Store
  readonly file: ClientStore
  readonly outbox: Outbox
  readonly sent: Sent[]
  /** How the next attempts end, an error is thrown; taken, when it is empty. */
  readonly answers: (Delivery | Error)[]
  /** Moves the clock; what falls due is done. */
  advance(ms: number): Promise<void>
  /** A second dispatcher on the same store, as after a restart. */
  restart(): Promise<void>
  close(): Promise<void>
}

export const MAIL: Channel = {
  ...{ id: 'mail', kind: 'email', name: 'on call', language: 'en', clientIds: null },
  ...{ minSeverity: 'warning', isEnabled: true },
  settings: { personIds: [], addresses: ['anna@example.org'], audience: 'technician' },
}
export const HOOK: Channel = {
  ...{ id: 'hook', kind: 'webhook', name: 'hook', language: 'en', clientIds: null },
  ...{ minSeverity: 'critical', isEnabled: true },
  settings: { origin: 'https://hooks.example.org', allowedNetworks: [] },
}

export type DispatchOptions = {
  readonly channels?: readonly Channel[]
  readonly isSending?: boolean
  readonly onStep?: (step: OutboxStep) => void
}

async function furnishedStore(clock: HandClock, channels: readonly Channel[]): Promise<Store> {
  const folder = tempFolder('outbox')
  const store = new SqliteStore({ folder, ballast: new Ballast(folder), mono: clock.mono, idleMs: 600_000 })
  await furnishTold(store, START)
  for (const channel of channels) await store.hub.saveChannel(channel, null, START)
  return store
}

/** @returns how to make an outbox on the store, again and again, whose messages end in `sent`. */
async function outboxMaker(
  store: Store,
  clock: HandClock,
  { isSending = true, onStep = () => {} }: DispatchOptions,
  { sent, answers }: Pick<Dispatch, 'sent' | 'answers'>,
): Promise<() => Outbox> {
  const fleet = new Fleet({ clock, currentBuild: null })
  const directory = new Directory(store)
  await directory.refresh()
  await fleet.fill(store)
  const send = async (end: End, _: unknown, message: Message): Promise<Delivery> => {
    sent.push({ end, message, at: clock.now() })
    const answer = answers.shift() ?? ok(null)
    if (answer instanceof Error) throw answer
    return answer
  }
  const publicUrl = 'https://rounds.example.org'
  const parts = { clock, log: SILENT_LOG, store, fleet, directory, send, random: () => 0.5, publicUrl }
  return () => new Outbox({ ...parts, isSending, onStep })
}

export async function startDispatch(options: DispatchOptions = {}): Promise<Dispatch> {
  const clock = handClock(START)
  const store = await furnishedStore(clock, options.channels ?? [MAIL])
  const sent: Sent[] = []
  const answers: Dispatch['answers'] = []
  const make = await outboxMaker(store, clock, options, { sent, answers })
  let current = make()
  const settle = async () => {
    // A turn for what a timer has just started.
    await new Promise<void>((resolve) => setImmediate(resolve))
    await current.settled()
  }
  await current.start()
  await settle()
  return {
    ...{ clock, store, sent, answers, file: store.client(TOLD.clientId) },
    get outbox() {
      return current
    },
    advance: (ms) => clock.advance(ms, settle),
    async restart() {
      await current.stop()
      current = make()
      await current.start()
      await settle()
    },
    async close() {
      await current.stop()
      await store.close()
    },
  }
}
