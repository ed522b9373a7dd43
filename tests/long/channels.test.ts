/**
 * Told in time: the real server and agent of `npm start`, a real SMTP server and a webhook receiver on loopback. A volume fills, mail
 * and webhook arrive within hold + 10 s; it is freed, the recovery arrives in the same thread.
 */
import fs from 'node:fs'
import path from 'node:path'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { askOf } from '../../server/commands/ask.ts'
import type { RequestArgs, RequestName, RequestValue } from '../../server/control/requests.ts'
import { npmStart, type Started } from '../support/e2e-processes.ts'
import { describeUnless } from '../support/loud-skip.ts'
import { type MailReceiver, type ReceivedMail, startMailReceiver } from '../support/mail-receiver.ts'
import { runProgram } from '../support/run-program.ts'
import { tempFolder } from '../support/tmp.ts'
import { isSigned, startWebhookReceiver, type WebhookReceiver } from '../support/webhook-receiver.ts'

const HOLD_MS = 1_000
/** After the hold (issue "It must show"). */
const TOLD_MS = 10_000
const CADENCE_MS = 1_000
const PATIENCE_MS = 30_000
const VOLUME_BYTES = 32 * 1_048_576

const root = process.platform === 'linux' && process.getuid?.() === 0

describeUnless(root ? null : 'a volume is mounted, which needs Linux and root', 'channels', () => {
  const volume = path.join(tempFolder('channels'), 'volume')
  let started: Started
  let smtp: MailReceiver
  let hook: WebhookReceiver
  let secret: string
  let client: string

  /** Over the server's control socket, in this process: a command takes a second of a test that has few. */
  const ask = async <N extends RequestName>(name: N, args: RequestArgs<N>): Promise<RequestValue<N>> => {
    const answer = await askOf({ ROUNDS_DATA: started.dataFolder }, '/')(name, args)
    if (!answer.ok) throw new Error(`${name}: ${answer.error.message}`)
    return answer.value
  }
  const everything = { language: 'en', clientIds: null, minSeverity: 'info', isEnabled: true } as const

  beforeAll(async () => {
    fs.mkdirSync(volume)
    const mounted = await runProgram('mount', ['-t', 'tmpfs', '-o', `size=${VOLUME_BYTES}`, 'tmpfs', volume])
    if (mounted.code !== 0) throw new Error(`mount: ${mounted.stderr}`)
    ;[smtp, hook, started] = await Promise.all([startMailReceiver(), startWebhookReceiver(), npmStart()])
    client = (await ask('client.list', {}))[0]?.slug ?? ''
    const policies = Object.entries({ 'cadence.capacityMs': CADENCE_MS, 'alert.holdMs': HOLD_MS, 'alert.clearMs': 0 })
    for (const [key, value] of policies) {
      await ask('policy.set', { client, site: null, machine: null, key, value, reason: 'test' })
    }
  }, 120_000)

  afterAll(async () => {
    await started?.stop()
    await Promise.all([smtp?.close(), hook?.close()])
    await runProgram('umount', ['-l', volume])
  })

  it('sets up mail and a webhook, and the test button proves them', async () => {
    const server = { host: '127.0.0.1', port: smtp.port, tls: 'none', user: null, from: 'rounds@example.org' } as const
    await ask('channel.mail', { ...server, password: null })
    const email = { addresses: ['anna@example.org'], personIds: [], audience: 'technician' as const }
    await ask('channel.add', { ...everything, ...email, kind: 'email', name: 'on call' })
    const webhook = { url: hook.url, allowedNetworks: ['127.0.0.0/8'], clientIds: [client] }
    secret = (await ask('channel.add', { ...everything, ...webhook, kind: 'webhook', name: 'hook' })).secret ?? ''
    const tested = await started.command('channel', 'test', 'on call')
    expect(tested).toMatchObject({ code: 0, stderr: '' })
    await ask('channel.test', { channel: 'hook' })
    expect(smtp.mails.map(({ subject }) => subject)).toContain('Test: channel on call')
    const test = hook.hooks.find(({ body }) => body.includes('"kind":"test"'))
    expect(test !== undefined && isSigned(test, secret)).toBe(true)
    expect(test !== undefined && isSigned(test, `whsec_${'A'.repeat(43)}=`)).toBe(false)
  }, 60_000)

  const mailAbout = (state: string): ReceivedMail | undefined =>
    smtp.mails.find(({ subject, text }) => subject.startsWith(`${state}: `) && text.includes(volume))
  const hookAbout = (kind: string) =>
    hook.hooks.find(({ body }) => body.includes(`"kind":"${kind}"`) && body.includes(volume))

  it('tells of a fault within hold + 10 s, by mail and by signed webhook', async () => {
    fs.writeFileSync(path.join(volume, 'filler'), Buffer.alloc(Math.floor(VOLUME_BYTES * 0.97)))
    const filledAt = Date.now()
    await expect.poll(() => mailAbout('Urgent'), { timeout: PATIENCE_MS, interval: 50 }).toBeDefined()
    await expect.poll(() => hookAbout('alert'), { timeout: PATIENCE_MS, interval: 50 }).toBeDefined()
    const mail = mailAbout('Urgent')
    expect(mail?.to).toEqual(['anna@example.org'])
    expect(mail?.html).toContain(volume)
    const told = hookAbout('alert')
    expect(told !== undefined && isSigned(told, secret)).toBe(true)
    expect(told?.headers['idempotency-key']).toBe(told?.headers['webhook-id'])
    const { findings } = JSON.parse(told?.body ?? '{}') as { findings: { item: string; openedAt: number }[] }
    const openedAt = findings.find(({ item }) => item === volume)?.openedAt ?? 0
    const receivedAt = mail?.receivedAt ?? Number.POSITIVE_INFINITY
    expect(receivedAt - openedAt, 'from the reading to the mail').toBeLessThan(HOLD_MS + TOLD_MS)
    process.stdout.write(
      `channels: ${JSON.stringify({ faultToMailMs: receivedAt - filledAt, readingToMailMs: receivedAt - openedAt })}\n`,
    )
  }, 60_000)

  it('tells of its end in the same thread', async () => {
    fs.rmSync(path.join(volume, 'filler'))
    await expect.poll(() => mailAbout('Solved'), { timeout: PATIENCE_MS, interval: 50 }).toBeDefined()
    await expect.poll(() => hookAbout('recovery'), { timeout: PATIENCE_MS, interval: 50 }).toBeDefined()
    const id = mailAbout('Urgent')?.headers.get('message-id')
    const { headers } = mailAbout('Solved') ?? { headers: new Map<string, string>() }
    expect(id).toMatch(/^<[0-9a-f]{32}@example\.org>$/)
    expect(headers.get('in-reply-to')).toBe(id)
    expect(headers.get('references')).toBe(id)
    const log = await ask('channel.log', { client, channel: null, limit: 50 })
    expect(log.deliveries.some(({ kind, state }) => kind === 'recovery' && state === 'sent')).toBe(true)
  }, 60_000)

  it('kept every secret to itself', async () => {
    expect(await started.stop()).toBe(0)
    const logs = fs.readFileSync(path.join(started.dataFolder, 'server.log'), 'utf8')
    for (const canary of [secret, secret.slice('whsec_'.length), hook.url, 'anna@example.org']) {
      expect(logs.includes(canary), canary).toBe(false)
    }
    const hub = fs.readFileSync(path.join(started.dataFolder, 'hub.db'), 'latin1')
    for (const canary of [secret, hook.url]) expect(hub.includes(canary), canary).toBe(false)
  }, 30_000)
})
