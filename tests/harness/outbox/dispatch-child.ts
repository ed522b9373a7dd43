/** The process that the outbox harness kills: opens the folder, writes one judgement, and dies at the step it was told. */
import { setTimeout as sleep } from 'node:timers/promises'
import type { ChannelKind } from '../../../server/channels/channel.ts'
import type { Send } from '../../../server/channels/sender.ts'
import { parseConfig } from '../../../server/config.ts'
import { openServices } from '../../../server/open-services.ts'
import { Outbox, type OutboxStep } from '../../../server/outbox/outbox.ts'
import type { Store } from '../../../server/store/store.ts'
import { aFired, judgeSo, over, TOLD } from '../../support/told-world.ts'

/** `ends` and `begins`: volumes whose findings end and begin now; null: none. `dieAt` null: everything is sent, then exit 0. */
export type Order = {
  readonly folder: string
  readonly ends: string | null
  readonly begins: string | null
  readonly dieAt: OutboxStep | null
  /** Kind of channel whose messages leave late, so that the kill meets the other one. */
  readonly slow: ChannelKind | null
}

const SLOW_MS = 300

/** Runs one order to its death or its end. */
export async function runDispatch({ folder, ends, begins, dieAt, slow }: Order): Promise<void> {
  const config = parseConfig({ ROUNDS_DATA: folder, ROUNDS_PORT: '0' }, null, folder)
  if (!config.ok) throw new Error(config.error.message)
  const house = await openServices(config.value)
  if (!house.ok) throw new Error(house.error)
  const { services, clock } = house.value
  const { store, fleet, directory, isSending, log } = services
  const send: Send = async (end, row, message) => {
    if (row.channel.kind === slow) await sleep(SLOW_MS)
    return services.send(end, row, message)
  }
  let isArmed = false
  const onStep = (step: OutboxStep) => {
    if (isArmed && step === dieAt) process.kill(process.pid, 'SIGKILL')
  }
  const random = () => 0.1
  const outbox = new Outbox({ clock, log, store, fleet, directory, send, isSending, random, publicUrl: null, onStep })
  // Within the harness's patience; the timer keeps the process alive, which the outbox's own do not.
  const alive = setInterval(() => {}, 1_000)
  await outbox.start()
  // What the one before left behind first: an alert that ends before it is sent is rightly never told.
  await drained(store, outbox)
  const now = Date.now()
  isArmed = dieAt !== null
  if (ends !== null) {
    const open = await store.client(TOLD.clientId).findings({ open: true, limit: 100 })
    const known = open.find(({ item }) => item === ends)
    if (known === undefined) throw new Error(`${ends} is not open`)
    await judgeSo(store, 'resolved', [over(known, now)], now)
  }
  if (begins !== null) await judgeSo(store, 'fired', [aFired(begins, now)], now)
  outbox.note(TOLD.clientId)
  await drained(store, outbox)
  clearInterval(alive)
  await outbox.stop()
  await house.value.close()
}

async function drained(store: Store, outbox: Outbox): Promise<void> {
  for (;;) {
    await outbox.settled()
    const { notices, unsent } = await store.client(TOLD.clientId).outbox()
    if (notices.length === 0 && unsent === 0) return
    await sleep(20)
  }
}
