/** Channels over HTTP: who may keep which, what is refused, and that secrets go in and never come out. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { ChannelMadeView, ChannelsView, DeliveriesView } from '../../../shared/api/channels.ts'
import { type MailReceiver, startMailReceiver } from '../../support/mail-receiver.ts'
import { startWebhookReceiver, type WebhookReceiver } from '../../support/webhook-receiver.ts'
import { CALLERS, type CallerName, type House, openHouse } from '../http/house.ts'

let house: House
let smtp: MailReceiver
let hook: WebhookReceiver
beforeAll(async () => {
  ;[smtp, hook, house] = await Promise.all([startMailReceiver(), startWebhookReceiver(), openHouse()])
})
afterAll(async () => {
  await house.close()
  await Promise.all([smtp.close(), hook.close()])
})

const base = { language: 'en', minSeverity: 'warning', isEnabled: true }
const email = (change: object = {}) => ({
  ...{ ...base, kind: 'email', name: 'on call', clientIds: [house.clients.a] },
  ...{ personIds: [], addresses: ['anna@example.org'], audience: 'technician' },
  ...change,
})
const webhook = (change: object = {}) => ({
  ...{ ...base, kind: 'webhook', name: 'hook', clientIds: [house.clients.a] },
  ...{ url: 'https://hooks.example.org/T0KEN-IN-PATH', allowedNetworks: [] },
  ...change,
})
const send = async (caller: CallerName, method: 'GET' | 'POST' | 'PUT' | 'DELETE', url: string, payload?: object) =>
  house.ask(caller, payload === undefined ? { method, url } : { method, url, payload })
const add = async (caller: CallerName, body: object) => send(caller, 'POST', '/api/v1/channels', body)
const list = async (caller: CallerName) => (await send(caller, 'GET', '/api/v1/channels')).json<ChannelsView>().channels

describe('who may', () => {
  const LETTERS: { readonly [status: number]: string } = { 200: '+', 204: '+', 401: '4', 403: '3', 404: '0', 400: '+' }
  it.each<[method: 'GET' | 'POST' | 'PUT' | 'DELETE', url: string, expected: string]>([
    ['GET', '/api/v1/channels', '4333++44'],
    ['POST', '/api/v1/channels', '4333++44'],
    ['PUT', '/api/v1/channels/nobody', '4333++44'],
    ['DELETE', '/api/v1/channels/nobody', '43330044'],
    ['POST', '/api/v1/channels/nobody/test', '43330044'],
    ['GET', '/api/v1/mail-server', '43333+44'],
    ['PUT', '/api/v1/mail-server', '43333+44'],
    ['GET', '/api/v1/clients/alpha/notifications', '4333++44'],
    ['GET', '/api/v1/clients/beta/notifications', '43330+44'],
  ])('%s %s %s', async (method, url, expected) => {
    const got: string[] = []
    const isBodied = method === 'PUT' || (method === 'POST' && !url.endsWith('/test'))
    for (const caller of CALLERS) {
      // A body that is refused shows that the guard let it in.
      const { statusCode } = await send(caller, method, url, isBodied ? { wrong: true } : undefined)
      got.push(LETTERS[statusCode] ?? `[${statusCode}]`)
    }
    expect(got.join('')).toBe(expected)
  })

  it('keep a channel: an operator those about clients of theirs, an owner all', async () => {
    const mine = (await add('operator', email({ name: 'mine' }))).json<ChannelMadeView>().channel
    const all = (await add('owner', email({ name: 'all', clientIds: null }))).json<ChannelMadeView>().channel
    const beta = (await add('owner', email({ name: 'beta', clientIds: [house.clients.b] }))).json<ChannelMadeView>()
      .channel
    expect((await list('operator')).map(({ name }) => name)).toEqual(['mine'])
    expect((await list('owner')).map(({ name }) => name)).toEqual(['mine', 'all', 'beta'])
    for (const { id } of [all, beta]) {
      expect((await send('operator', 'DELETE', `/api/v1/channels/${id}`)).statusCode).toBe(404)
      expect((await send('operator', 'PUT', `/api/v1/channels/${id}`, email())).statusCode).toBe(404)
      expect((await send('operator', 'POST', `/api/v1/channels/${id}/test`)).statusCode).toBe(404)
    }
    expect((await add('operator', email({ clientIds: null }))).statusCode).toBe(403)
    expect((await add('operator', email({ clientIds: [house.clients.b] }))).statusCode).toBe(403)
    expect((await add('operator', webhook({ allowedNetworks: ['10.0.0.0/8'] }))).statusCode).toBe(403)
    const widened = await send('operator', 'PUT', `/api/v1/channels/${mine.id}`, email({ clientIds: null }))
    expect(widened.statusCode).toBe(403)
    for (const { id } of [mine, all, beta]) await send('owner', 'DELETE', `/api/v1/channels/${id}`)
    expect(await list('owner')).toEqual([])
  })
})

describe('the delivery log', () => {
  it('holds as many lines of the own channels, whatever went over those of others', async () => {
    const made = async (change: object) => (await add('owner', email(change))).json<ChannelMadeView>().channel
    const [mine, all] = [await made({ name: 'mine' }), await made({ name: 'all', clientIds: null })]
    const file = house.server.services.store.client(house.clients.a)
    const [site] = await file.sites()
    const line = (channelId: string, sendKey: string) => ({
      ...{ sendKey, rootKey: sendKey, channelId, recipient: 'address:anna@example.org', kind: 'alert' as const },
      ...{ siteId: site?.id ?? '', state: 'withheld' as const, items: [] },
    })
    const others = Array.from({ length: 300 }, (_, n) => line(all.id, `all ${n}`))
    await file.saveRouting({ fates: [], notifications: [line(mine.id, 'first'), ...others] }, 1)
    const log = async (caller: CallerName, query = '') =>
      (await send(caller, 'GET', `/api/v1/clients/alpha/notifications${query}`)).json<DeliveriesView>().deliveries
    expect((await log('operator')).map(({ key }) => key)).toEqual(['first'])
    expect((await log('operator', `?channel=${mine.id}`)).map(({ key }) => key)).toEqual(['first'])
    expect(await log('operator', `?channel=${all.id}`)).toEqual([])
    expect((await log('owner')).some(({ key }) => key === 'first')).toBe(false)
    for (const { id } of [mine, all]) await send('owner', 'DELETE', `/api/v1/channels/${id}`)
    expect(await log('operator')).toEqual([])
  })
})

describe('what is refused', () => {
  it.each<[string, () => object]>([
    ['no recipient', () => email({ addresses: [] })],
    ['two addresses in one', () => email({ addresses: ['a@example.org, b@example.org'] })],
    ['a line end in an address', () => email({ addresses: ['a@example.org\r\nBcc: b@example.org'] })],
    ['no client', () => email({ clientIds: [] })],
    ['plain http', () => webhook({ url: 'http://hooks.example.org/' })],
    ['loopback', () => webhook({ url: 'https://127.0.0.1/' })],
    ['cloud metadata', () => webhook({ url: 'https://169.254.169.254/latest' })],
    ['a user in the address', () => webhook({ url: 'https://u:p@hooks.invalid/' })],
    ['a network without bits', () => webhook({ allowedNetworks: ['10.0.0.0'] })],
    ['a name of nothing', () => email({ name: '\u0000\u200b' })],
    ['a key of its own', () => ({ ...email(), more: 1 })],
  ])('%s', async (_, body) => {
    expect((await add('owner', body())).statusCode).toBe(400)
  })

  it('a person or a client that is not there', async () => {
    expect((await add('owner', email({ personIds: ['nobody'] }))).statusCode).toBe(404)
    expect((await add('owner', email({ clientIds: ['none'] }))).statusCode).toBe(404)
  })

  it('a person who can see none of its clients, and so would never be told', async () => {
    const people = await house.server.services.store.hub.people()
    const idOf = (role: string, clientId: string) =>
      people.find((one) => one.role === role && one.clientIds.includes(clientId))?.id ?? ''
    const { a, b } = house.clients
    const to = (personIds: readonly string[], clientIds: readonly string[] | null) =>
      email({ personIds, addresses: [], clientIds })
    expect((await add('owner', to([idOf('viewer', b)], [a]))).statusCode).toBe(400)
    expect((await add('operator', to([idOf('viewer', b)], [a]))).statusCode).toBe(400)
    for (const body of [to([idOf('viewer', b)], [a, b]), to([idOf('viewer', a)], [a]), to([idOf('viewer', a)], null)]) {
      const made = await add('owner', body)
      expect(made.statusCode).toBe(200)
      const { id } = made.json<ChannelMadeView>().channel
      const narrowed = await send('owner', 'PUT', `/api/v1/channels/${id}`, { ...body, clientIds: [b] })
      expect(narrowed.statusCode).toBe(JSON.stringify(body).includes(idOf('viewer', a)) ? 400 : 200)
      await send('owner', 'DELETE', `/api/v1/channels/${id}`)
    }
  })

  it('a mail server without TLS that is not this machine, and a user without a password', async () => {
    const server = {
      host: 'mail.example.org',
      port: 25,
      tls: 'none',
      user: null,
      from: 'a@example.org',
      password: null,
    }
    expect((await send('owner', 'PUT', '/api/v1/mail-server', server)).statusCode).toBe(400)
    const unlocked = { ...server, tls: 'tls', user: 'rounds' }
    expect((await send('owner', 'PUT', '/api/v1/mail-server', unlocked)).statusCode).toBe(400)
  })
})

describe('secrets', () => {
  const PASSWORD = 'correct-horse-canary'

  it('go in and never come out', async () => {
    const server = { host: '127.0.0.1', port: smtp.port, tls: 'none', user: 'rounds', from: 'rounds@example.org' }
    const set = await send('owner', 'PUT', '/api/v1/mail-server', { ...server, password: PASSWORD })
    expect(set.json()).toEqual({ mailServer: { ...server, hasPassword: true } })
    const made = (await add('owner', webhook())).json<ChannelMadeView>()
    expect(made.secret).toMatch(/^whsec_[A-Za-z0-9+/]{43}=$/)
    expect(made.channel).toMatchObject({ origin: 'https://hooks.example.org', health: 'unproven' })
    const answers = [
      await send('owner', 'GET', '/api/v1/mail-server'),
      await send('owner', 'GET', '/api/v1/channels'),
      await send('owner', 'PUT', `/api/v1/channels/${made.channel.id}`, webhook({ url: null, name: 'renamed' })),
    ].map(({ body }) => body)
    const audits = JSON.stringify(await house.server.services.store.hub.audits(100))
    for (const text of [...answers, audits]) {
      for (const canary of [PASSWORD, made.secret ?? '', 'T0KEN-IN-PATH']) expect(text).not.toContain(canary)
    }
    expect(audits).toMatch(/channel added.*channel changed|channel changed.*channel added/s)
    await send('owner', 'DELETE', `/api/v1/channels/${made.channel.id}`)
  })

  it('of a mail server stay for the same host and user only', async () => {
    const server = { host: '127.0.0.1', port: smtp.port, tls: 'none', from: 'rounds@example.org', password: null }
    const same = await send('owner', 'PUT', '/api/v1/mail-server', { ...server, user: 'rounds' })
    expect(same.json().mailServer.hasPassword).toBe(true)
    expect((await send('owner', 'PUT', '/api/v1/mail-server', { ...server, user: 'other' })).statusCode).toBe(400)
  })
})

describe('the test button', () => {
  it('proves mail and webhook, and says what a failure was', async () => {
    const mail = (await add('owner', email())).json<ChannelMadeView>().channel
    const tested = await send('owner', 'POST', `/api/v1/channels/${mail.id}/test`)
    expect(tested.json()).toEqual({ ends: [{ recipient: 'anna@example.org', failure: null }] })
    expect(smtp.mails.at(-1)?.subject).toBe('Test: channel on call')
    expect(smtp.logins.at(-1)).toEqual({ user: 'rounds', password: 'correct-horse-canary' })
    const near = webhook({ url: hook.url, allowedNetworks: ['127.0.0.0/8'] })
    const { channel } = (await add('owner', near)).json<ChannelMadeView>()
    hook.answer(500)
    const failed = await send('owner', 'POST', `/api/v1/channels/${channel.id}/test`)
    expect(failed.json()).toEqual({ ends: [{ recipient: 'hook', failure: 'status' }] })
    const health = Object.fromEntries((await list('owner')).map((one) => [one.name, [one.health, one.failure]]))
    expect(health).toEqual({ 'on call': ['proven', null], hook: ['failing', 'status'] })
    hook.answer(204)
    await send('owner', 'POST', `/api/v1/channels/${channel.id}/test`)
    expect((await list('owner')).find(({ name }) => name === 'hook')?.health).toBe('proven')
  })
})
