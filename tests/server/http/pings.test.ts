/** The address of a ping: what it takes, that it tells nobody anything, and that its secret reaches no log. */
import { Writable } from 'node:stream'
import { pino } from 'pino'
import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest'
import { newSecret } from '../../../server/auth/secrets.ts'
import { findMachine } from '../../../server/control/operations/find.ts'
import { newPing, removePing, renewPing } from '../../../server/control/operations/pings.ts'
import type { Ping } from '../../../server/facts/ping.ts'
import { maskAddress } from '../../../server/http/mask-address.ts'
import { StoreError } from '../../../server/store/store.ts'
import { DAY_MS, HOUR_MS } from '../../../shared/units.ts'
import { HOSTILE_TEXTS } from '../../support/hostile-texts.ts'
import { type House, openHouse } from './house.ts'

let house: House
let logged = ''
const sink = new Writable({
  write(chunk, _, done) {
    logged += String(chunk)
    done()
  },
})
let calls = 0
/** Each test calls from an address of its own, so that the limit of one is not that of the next. */
let from = '10.0.0.1'

beforeAll(async () => {
  house = await openHouse({ log: pino({ level: 'trace' }, sink) })
})
afterAll(() => house.close())
beforeEach(() => {
  calls += 1
  from = `10.0.1.${calls}`
})

const entry = () => {
  const found = findMachine(house.server.services, 'alpha/srv')
  if (!found.ok) throw new Error(found.error.message)
  return found.value
}
let names = 0
async function made(): Promise<{ readonly secret: string; readonly name: string }> {
  names += 1
  const name = `job ${names}`
  const ping = await newPing(house.server.services, entry(), { name, everyMs: DAY_MS, graceMs: HOUR_MS })
  if (!ping.ok) throw new Error(ping.error.message)
  return { secret: ping.value.address.split('/ping/')[1] ?? '', name }
}
type Body = { readonly payload?: string | Buffer; readonly headers?: { readonly [name: string]: string } }
/** As a NAS calls: no origin, no cookie, whatever host name. */
const call = (path: string, method: 'GET' | 'HEAD' | 'POST' | 'PUT' = 'GET', { payload, headers = {} }: Body = {}) =>
  house.server.app.inject({
    ...{ method, url: `/ping/${path}`, remoteAddress: from },
    headers: { host: 'rounds.example.org', ...headers },
    ...(payload === undefined ? {} : { payload }),
  })
async function stored(name: string): Promise<Ping> {
  const all = await house.server.services.store.client(house.clients.a).pings()
  const found = all.find(({ ping }) => ping.name === name)
  if (found === undefined) throw new Error(`no ping ${name}`)
  return found.ping
}

describe('a call', () => {
  it.each([
    ['', 'GET', { failedInRow: 0, exitStatus: null }],
    ['', 'HEAD', { failedInRow: 0, exitStatus: null }],
    ['', 'POST', { failedInRow: 0, exitStatus: null }],
    ['/0', 'GET', { failedInRow: 0, exitStatus: 0 }],
    ['/fail', 'POST', { succeededAt: null, failedInRow: 1, exitStatus: null }],
    ['/255', 'GET', { succeededAt: null, failedInRow: 1, exitStatus: 255 }],
    ['/start', 'GET', { succeededAt: null, failedAt: null, startedAt: expect.any(Number) }],
  ] as const)('%s by %s', async (signal, method, want) => {
    const { secret, name } = await made()
    const answer = await call(secret + signal, method)
    expect([answer.statusCode, answer.body]).toEqual([200, method === 'HEAD' ? '' : 'ok\n'])
    expect(answer.headers).toMatchObject({ 'cache-control': 'no-store', 'content-type': 'text/plain; charset=utf-8' })
    expect(answer.headers['set-cookie']).toBeUndefined()
    // Durable before the answer, and in the fleet with it.
    const ping = await stored(name)
    expect(ping).toMatchObject(want)
    expect(house.server.services.fleet.state('machine-alpha')?.pings).toContainEqual(ping)
  })

  it('with a signal that there is none is refused, for an address of nobody too', async () => {
    const { secret, name } = await made()
    for (const signal of ['256', '-1', 'stop', '007']) {
      const [mine, other] = [await call(`${secret}/${signal}`), await call(`${newSecret()}/${signal}`)]
      expect([mine.statusCode, mine.body]).toEqual([400, other.body])
    }
    expect((await call(secret, 'PUT')).statusCode).not.toBe(200)
    expect(await stored(name)).toMatchObject({ succeededAt: null, failedAt: null, startedAt: null })
  })

  it('needs no credentials and minds none that are wrong or of others', async () => {
    const { secret } = await made()
    for (const headers of [{ origin: 'https://evil.example' }, { cookie: 'rounds=x' }, { authorization: 'Bearer x' }]) {
      expect((await call(secret, 'POST', { headers })).statusCode).toBe(200)
    }
  })
})

describe('an address of nobody', () => {
  it('answers like one of somebody, byte for byte', async () => {
    const { secret } = await made()
    for (const method of ['GET', 'HEAD', 'POST'] as const) {
      for (const signal of ['', '/start', '/fail', '/7']) {
        const mine = await call(secret + signal, method)
        for (const other of [newSecret(), 'short', secret.toLowerCase(), secret.slice(1)]) {
          const answer = await call(other + signal, method)
          const { date: _, ...headers } = answer.headers
          const { date: __, ...wanted } = mine.headers
          expect([answer.statusCode, headers, answer.body]).toEqual([mine.statusCode, wanted, mine.body])
        }
      }
    }
  })

  it('is what a renewed and a removed one become', async () => {
    const { secret, name } = await made()
    const renewed = await renewPing(house.server.services, entry(), name)
    const next = renewed.ok ? (renewed.value.address.split('/ping/')[1] ?? '') : ''
    await call(secret)
    expect((await stored(name)).succeededAt).toBeNull()
    await call(next)
    expect((await stored(name)).succeededAt).not.toBeNull()
    await removePing(house.server.services, entry(), name)
    expect((await call(next)).body).toBe('ok\n')
    await expect(stored(name)).rejects.toThrow()
  })
})

describe('a body', () => {
  it.each([
    [undefined, 'plain line\nsecond', 'plain line'],
    ['text/plain', '\n\n  \u001b[2Jred\u202e  line \r\n', '[2Jred line'],
    ['application/json', '{"__proto__":1}', '{"__proto__":1}'],
    ['application/x-www-form-urlencoded', 'a=1', 'a=1'],
    ['image/png', Buffer.from([0xff, 0xfe, 0x41]), '\ufffd\ufffdA'],
    ['text/plain', 'x'.repeat(10_240), 'x'.repeat(120)],
    ['text/plain', '', ''],
  ])('of type %s: its first line is kept', async (type, payload, note) => {
    const { secret, name } = await made()
    const headers: { [name: string]: string } = type === undefined ? {} : { 'content-type': type }
    expect((await call(secret, 'POST', { payload, headers })).statusCode).toBe(200)
    expect((await stored(name)).note).toBe(note)
  })

  it('beyond 10 KiB is refused, for an address of nobody too', async () => {
    const { secret, name } = await made()
    const body = { payload: 'x'.repeat(10_241), headers: { 'content-type': 'text/plain' } }
    const [mine, other] = [await call(secret, 'POST', body), await call(newSecret(), 'POST', body)]
    expect([mine.statusCode, mine.body]).toEqual([413, other.body])
    expect((await stored(name)).succeededAt).toBeNull()
  })

  it('hostile in every way stays one short line', async () => {
    const { secret, name } = await made()
    for (const payload of HOSTILE_TEXTS.slice(0, 60)) {
      expect((await call(secret, 'POST', { payload, headers: { 'content-type': 'text/plain' } })).statusCode).toBe(200)
      const { note } = await stored(name)
      expect(note.length).toBeLessThanOrEqual(120)
      expect(note).not.toMatch(/[\p{Cc}\p{Cf}\u2028\u2029]/u)
    }
  })
})

it('from one network address is limited, and others are not hindered', async () => {
  const { secret } = await made()
  const statuses: number[] = []
  for (let n = 0; n < 125; n += 1) statuses.push((await call(n % 2 === 0 ? secret : newSecret())).statusCode)
  expect(statuses.filter((status) => status === 200)).toHaveLength(120)
  expect(statuses.slice(120)).toEqual([429, 429, 429, 429, 429])
  from = '10.9.9.9'
  expect((await call(secret)).statusCode).toBe(200)
})

describe('a store that cannot write', () => {
  it('is no success, and answers alike where it is known', async () => {
    const { secret } = await made()
    const { services } = house.server
    const client = services.store.client(house.clients.a)
    const full = vi.spyOn(client, 'savePingSignal').mockRejectedValue(new StoreError('full', 'disk is full'))
    expect((await call(secret)).statusCode).toBe(503)
    full.mockRestore()
    const watch = vi.spyOn(services, 'isWritable').mockReturnValue(false)
    const [mine, other] = [await call(secret), await call(newSecret())]
    watch.mockRestore()
    expect([mine.statusCode, mine.body]).toEqual([503, other.body])
  })
})

describe('logs', () => {
  it('never hold the secret, whatever goes wrong', async () => {
    const { secret } = await made()
    const client = house.server.services.store.client(house.clients.a)
    const broken = vi.spyOn(client, 'savePingSignal').mockRejectedValue(new Error('broken'))
    expect((await call(secret)).statusCode).toBe(500)
    broken.mockRestore()
    for (const path of [
      `${secret}/nonsense`,
      `${secret}/%zz`,
      `${secret}%00`,
      `${secret}/a/b`,
      `${secret}?x=1`,
      `/${secret}`,
    ])
      await call(path)
    for (let n = 0; n < 125; n += 1) await call(secret)
    await call(secret, 'PUT')
    expect(logged).toContain('request failed')
    expect(logged).not.toContain(secret)
  })

  it('that name a request show no address of a ping', () => {
    const before = logged.length
    const secret = newSecret()
    const raw = { method: 'GET', url: `/ping/${secret}/start?x=${secret}` }
    house.server.app.log.info({ req: raw }, 'a request')
    expect(logged.slice(before)).toContain('"path":"/ping/***"')
    expect(logged).not.toContain(secret)
  })

  it.each([
    ['/ping/abc', '/ping/***'],
    ['/ping/abc/start', '/ping/***'],
    ['//PING//abc', '//PING/***'],
    ['/ping%2Fabc', '/ping/***'],
    ['/api/v1/today?x=1', '/api/v1/today'],
  ])('%s -> %s', (url, want) => expect(maskAddress(url)).toBe(want))

  it('and the store hold no secret, nor does any answer of the API', async () => {
    const { secret, name } = await made()
    const { services } = house.server
    const kept = JSON.stringify([
      await services.store.client(house.clients.a).pings(),
      await services.store.hub.audits(50),
    ])
    expect(kept).toContain(name)
    expect(kept).not.toContain(secret)
    const view = await house.ask('owner', { url: '/api/v1/clients/alpha/machines/srv' })
    expect(view.body).toContain(name)
    expect(view.body).not.toContain(secret)
  })
})
