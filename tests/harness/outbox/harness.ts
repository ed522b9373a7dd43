/**
 * `kill -9` of a dispatching process at each marked point of the outbox, over and over, against a real SMTP server and a real webhook
 * receiver. At the end every alert and every recovery has arrived on both channels, at most one kill made one duplicate of it on each,
 * and duplicates carry the key of the first.
 */
import { ok, strictEqual } from 'node:assert/strict'
import { spawn } from 'node:child_process'
import path from 'node:path'
import { ADMINISTRATOR } from '../../../server/auth/access.ts'
import { parseConfig } from '../../../server/config.ts'
import { addChannel } from '../../../server/control/operations/channels.ts'
import { setMailServer } from '../../../server/control/operations/mail-server.ts'
import { openServices } from '../../../server/open-services.ts'
import type { OutboxStep } from '../../../server/outbox/outbox.ts'
import { type MailReceiver, startMailReceiver } from '../../support/mail-receiver.ts'
import { randomFrom } from '../../support/random.ts'
import { furnishTold, TOLD } from '../../support/told-world.ts'
import { startWebhookReceiver, type WebhookReceiver } from '../../support/webhook-receiver.ts'
import type { Harness } from '../harness.ts'
import { type Order, runDispatch } from './dispatch-child.ts'

const STEPS: readonly OutboxStep[] = ['read', 'routed', 'claimed', 'sent', 'settled']
const CHILD_MS = 60_000

/** The harness. */
export const harness: Harness = {
  name: 'outbox',
  nCi: 3,
  nDefault: 20,
  nFull: 50,
  onceMs: 60_000,
  async run({ n, seed, folder, log }) {
    const [smtp, hook] = await Promise.all([startMailReceiver(), startWebhookReceiver()])
    try {
      const data = path.join(folder, 'data')
      await furnish(data, smtp.port, hook.url)
      const random = randomFrom(seed)
      const volumes: string[] = []
      let kills = 0
      for (let round = 0; round < n; round += 1) {
        // In another order each time: what one leaves behind is what the next one finds.
        for (const dieAt of STEPS.toSorted(() => random() - 0.5)) {
          const slow = random() < 0.5 ? 'email' : 'webhook'
          const begins = `/v${volumes.length}`
          const ending = await runChild({ folder: data, ends: volumes.at(-1) ?? null, begins, dieAt, slow })
          log(`kill ${kills + 1} at ${dieAt}: ${ending}`)
          strictEqual(ending, 'SIGKILL', `the process was to die at ${dieAt}`)
          volumes.push(begins)
          kills += 1
        }
      }
      const last = { folder: data, ends: volumes.at(-1) ?? null, begins: null, dieAt: null, slow: null }
      strictEqual(await runChild(last), 0, 'the last process sends what is left')
      return { kills, ...count(volumes, smtp, hook, kills) }
    } finally {
      await Promise.all([smtp.close(), hook.close()])
    }
  },
}

async function furnish(folder: string, smtpPort: number, url: string): Promise<void> {
  const config = parseConfig({ ROUNDS_DATA: folder, ROUNDS_PORT: '0' }, null, folder)
  if (!config.ok) throw new Error(config.error.message)
  const house = await openServices(config.value)
  if (!house.ok) throw new Error(house.error)
  const { services } = house.value
  const now = Date.now()
  await furnishTold(services.store, now)
  const wait = { key: 'alert.groupWaitMs', value: 0, reason: 'test', setBy: 'test', setAt: now }
  await services.store.client(TOLD.clientId).savePolicy('client', wait.key, wait)
  const server = { host: '127.0.0.1', port: smtpPort, tls: 'none', user: null, from: 'rounds@example.org' } as const
  const everything = { language: 'en', clientIds: null, minSeverity: 'info', isEnabled: true } as const
  const recipients = { addresses: ['anna@example.org'], personIds: [], audience: 'technician' } as const
  const made = [
    await setMailServer(services, ADMINISTRATOR, { ...server, password: null }),
    await addChannel(services, ADMINISTRATOR, {
      ...{ ...everything, ...recipients, kind: 'email', name: 'mail' },
      ...{ addresses: [...recipients.addresses], personIds: [] },
    }),
    await addChannel(services, ADMINISTRATOR, {
      ...{ ...everything, kind: 'webhook', name: 'hook', url, allowedNetworks: ['127.0.0.0/8'] },
    }),
  ]
  for (const one of made) ok(one.ok, JSON.stringify(one))
  await house.value.close()
}

/** @returns the signal that ended the process, or its exit code. */
async function runChild(order: Order): Promise<string | number | null> {
  const child = spawn(process.execPath, [import.meta.filename, JSON.stringify(order)], { stdio: 'inherit' })
  const late = setTimeout(() => child.kill('SIGTERM'), CHILD_MS)
  const ending = await new Promise<string | number | null>((resolve) =>
    child.once('exit', (code, signal) => resolve(signal ?? code)),
  )
  clearTimeout(late)
  return ending
}

type Counted = { readonly messages: number; readonly duplicates: number }

/** Each volume began and ended: what says so on each channel, by the key that a receiver would drop duplicates by. */
function count(volumes: readonly string[], smtp: MailReceiver, hook: WebhookReceiver, kills: number) {
  const mails = smtp.mails.map(({ headers, text }) => ({ key: headers.get('message-id') ?? '', text }))
  const hooks = hook.hooks.map(({ headers, body }) => ({ key: String(headers['idempotency-key']), text: body }))
  const counted = {
    mail: countChannel(mails, volumes, (text, volume) => text.includes(`${volume} has`)),
    webhook: countChannel(hooks, volumes, (text, volume) => text.includes(`"item":"${volume}"`)),
  }
  for (const { duplicates } of Object.values(counted))
    ok(duplicates <= kills, `${duplicates} duplicates of ${kills} kills`)
  return counted
}

function countChannel(
  all: readonly { readonly key: string; readonly text: string }[],
  volumes: readonly string[],
  isAbout: (text: string, volume: string) => boolean,
): Counted {
  const byKey = Map.groupBy(all, ({ key }) => key)
  for (const [key, copies] of byKey) ok(copies.length <= 2, `${key} arrived ${copies.length} times`)
  const once = [...byKey.values()].flatMap(([first]) => first ?? [])
  for (const volume of volumes) {
    const about = once.filter(({ text }) => isAbout(text, volume))
    ok(about.length >= 2, `${volume}: ${about.length} of an alert and a recovery arrived`)
  }
  return { messages: once.length, duplicates: all.length - once.length }
}

if (process.argv[1] === import.meta.filename) await runDispatch(JSON.parse(process.argv[2] ?? ''))
