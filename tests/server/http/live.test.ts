/** The live socket and every other upgrade, over real sockets: who gets in, what they hear, and when it ends. */
import { EventEmitter } from 'node:events'
import http from 'node:http'
import type { Duplex } from 'node:stream'
import { pino } from 'pino'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import WebSocket from 'ws'
import { SESSION_IDLE_MS, SESSION_LIFE_MS } from '../../../server/auth/sessions.ts'
import { addPerson } from '../../../server/control/operations/people.ts'
import { routeUpgrades } from '../../../server/http/upgrades.ts'
import { HOUR_MS, SECOND_MS } from '../../../shared/units.ts'
import { type HandClock, handClock } from '../../support/e2e-clock.ts'
import { aSession, type CallerName, type House, openHouse } from './house.ts'

const LIVE = '/api/v1/live'
let house: House
let clock: HandClock
let port: number
beforeAll(async () => {
  clock = handClock(1_790_000_000_000)
  house = await openHouse({ clock })
  const listening = await house.server.listen()
  if (!listening.ok) throw new Error(listening.error)
  port = listening.value
})
const open = new Set<WebSocket>()
afterEach(() => {
  for (const socket of open) socket.terminate()
  open.clear()
})
afterAll(() => house.close())

const turn = () => new Promise<void>((resolve) => setImmediate(resolve))
const own = () => ({ origin: `http://localhost:${port}` })

/** A page's socket: what it heard, and how it ended. */
type Page = { readonly heard: { t: string; machines?: readonly string[] }[]; readonly ended: Promise<number> }

function dial(headers: { readonly [name: string]: string }, path = LIVE): Promise<Page | number> {
  const socket = new WebSocket(`ws://localhost:${port}${path}`, { headers: { ...headers } })
  open.add(socket)
  const heard: Page['heard'] = []
  socket.on('message', (data) => heard.push(JSON.parse(String(data))))
  const ended = new Promise<number>((resolve) => socket.on('close', resolve))
  return new Promise((resolve, reject) => {
    socket.on('open', () => resolve({ heard, ended }))
    socket.on('error', reject)
    socket.on('unexpected-response', (request, response) => {
      resolve(response.statusCode ?? 0)
      request.destroy()
    })
  })
}

async function aPage(caller: CallerName, more: { readonly [name: string]: string } = {}): Promise<Page> {
  const page = await dial({ ...own(), ...house.credentials[caller], ...more })
  if (typeof page === 'number') throw new Error(`refused with ${page}`)
  await expect.poll(() => page.heard[0]?.t).toBe('hello')
  return page
}

/** A session of its own, so that ending it ends nobody else. */
async function freshCookie(): Promise<string> {
  const [person] = await house.server.services.store.hub.people()
  if (person === undefined) throw new Error('nobody is there')
  return aSession(house.server.services, person)
}

async function livePages(): Promise<number> {
  const { body } = await house.ask('owner', { url: '/metrics' })
  return Number(/^rounds_server_live_pages (\d+)$/m.exec(body)?.[1])
}

describe('the live socket', () => {
  it.each([
    ['a foreign origin', () => ({ origin: 'http://evil.example' }), 403],
    ['the origin null', () => ({ origin: 'null' }), 403],
    ['no origin', () => ({}), 403],
    ['another port of this machine', () => ({ origin: 'http://localhost:1' }), 403],
    ['another host than it came to', () => ({ ...own(), host: 'evil.example' }), 403],
  ])('is shut to %s, whoever comes', async (_, headers, status) => {
    for (const caller of ['owner', 'nobody'] as const) {
      expect(await dial({ ...house.credentials[caller], ...headers() }), caller).toBe(status)
    }
  })

  it('is shut to who is not signed in, tokens among them', async () => {
    expect(await dial(own())).toBe(401)
    expect(await dial({ ...own(), ...house.credentials['token-all'] })).toBe(401)
    expect(await dial({ ...own(), cookie: `rounds=${'A'.repeat(43)}` })).toBe(401)
  })

  it('tells each person of their own machines only', async () => {
    const [a, b, all] = await Promise.all([aPage('viewer-a'), aPage('viewer-b'), aPage('owner')])
    const { services } = house.server
    for (const id of [house.clients.a, house.clients.b]) await services.fleet.fillClient(services.store, id)
    await services.after.machine(house.clients.a, 'machine-alpha')
    await services.after.machine(house.clients.b, 'machine-beta')
    await clock.advance(SECOND_MS, turn)
    const changed = ({ heard }: Page) => heard.flatMap(({ t, machines }) => (t === 'changed' ? [machines] : []))
    await expect.poll(() => changed(all).flat()).toEqual(expect.arrayContaining(['machine-alpha', 'machine-beta']))
    await expect.poll(() => changed(a).flat()).toContain('machine-alpha')
    await expect.poll(() => changed(b).flat()).toContain('machine-beta')
    expect(JSON.stringify(a.heard)).not.toContain('beta')
    expect(JSON.stringify(b.heard)).not.toContain('alpha')
  })

  it('ends within a second when its session is ended; other sessions stay', async () => {
    const cookie = `rounds=${await freshCookie()}`
    const [mine, other] = [await aPage('nobody', { cookie }), await aPage('owner')]
    const before = performance.now()
    const out = await house.ask('nobody', { method: 'DELETE', url: '/api/v1/session', headers: { cookie } })
    expect(out.statusCode).toBe(204)
    expect(await mine.ended).toBe(1008)
    expect(performance.now() - before).toBeLessThan(1_000)
    expect(await dial({ ...own(), cookie })).toBe(401)
    expect(await Promise.race([other.ended, turn()])).toBe(undefined)
  })

  it.each([
    ['whose clients are changed', 'PUT'],
    ['who is removed', 'DELETE'],
  ] as const)('ends within a second for a person %s, and what they no longer see is not said', async (_, method) => {
    const { services } = house.server
    const order = { email: `${method}@example.org`, name: null, role: 'viewer', language: 'en' } as const
    const person = await addPerson(services, { ...order, clients: ['alpha'] })
    if (!person.ok) throw new Error(person.error.message)
    const cookie = `rounds=${await aSession(services, person.value)}`
    const [mine, other] = [await aPage('nobody', { cookie }), await aPage('owner')]
    const edit = { name: 'P', role: null, language: 'en', clientIds: [house.clients.b] }
    const before = performance.now()
    const url = `/api/v1/people/${person.value.id}`
    const { statusCode } = await house.ask('owner', { method, url, ...(method === 'PUT' ? { payload: edit } : {}) })
    expect(statusCode).toBe(method === 'PUT' ? 200 : 204)
    expect(await mine.ended).toBe(1008)
    expect(performance.now() - before).toBeLessThan(1_000)
    await services.after.machine(house.clients.a, 'machine-alpha')
    await clock.advance(SECOND_MS, turn)
    await expect.poll(() => JSON.stringify(other.heard)).toContain('machine-alpha')
    expect(JSON.stringify(mine.heard)).not.toContain('machine-alpha')
    // Signed in with other rights, or not signed in any more.
    if (method === 'PUT') await aPage('nobody', { cookie })
    else expect(await dial({ ...own(), cookie })).toBe(401)
  })

  it('is cut where the page does not answer the end of its session', async () => {
    const cookie = `rounds=${await freshCookie()}`
    await expect.poll(livePages).toBe(0)
    const deaf = await aPage('nobody', { cookie })
    const [socket] = [...open].slice(-1)
    socket?.pause()
    await house.ask('nobody', { method: 'DELETE', url: '/api/v1/session', headers: { cookie } })
    expect(await livePages()).toBe(1)
    await clock.advance(SECOND_MS / 2, turn)
    await expect.poll(livePages).toBe(0)
    socket?.resume()
    await deaf.ended
  })

  it('expects nothing: a page that speaks is cut, an oversized message too', async () => {
    for (const [text, code] of [
      ['{"t":"hello"}', 1008],
      ['x'.repeat(2_000), 1009],
    ] as const) {
      const page = await aPage('owner')
      const [socket] = [...open].slice(-1)
      socket?.send(text)
      expect(await page.ended).toBe(code)
    }
  })

  it('opens 20 pages of one session and refuses the next', async () => {
    const cookie = `rounds=${await freshCookie()}`
    for (let n = 0; n < 20; n += 1) await aPage('nobody', { cookie })
    expect(await dial({ ...own(), cookie })).toBe(429)
    await aPage('owner')
  })
})

describe('an upgrade', () => {
  it.each([
    '/',
    '/api/v1/live/',
    '/api/v1/live?x=1',
    '/API/v1/live',
    '//api/v1/live',
    '/agent/v1/',
    '/agent/v2',
    '/api/v1/today',
  ])('to %s is 404 for everybody', async (path) => {
    expect(await dial({ ...own(), ...house.credentials.owner }, path)).toBe(404)
    expect(await dial({}, path)).toBe(404)
  })

  it('to the live path with another method, or without a key, opens nothing', async () => {
    const headers = { ...own(), ...house.credentials.owner, connection: 'Upgrade', upgrade: 'websocket' }
    const statusOf = (method: string) =>
      new Promise<number>((resolve, reject) => {
        const request = http.request({ port, path: LIVE, method, headers }, (response) => {
          resolve(response.statusCode ?? 0)
          response.resume()
        })
        request
          .on('error', reject)
          .on('upgrade', () => reject(new Error('it was upgraded')))
          .end()
      })
    expect(await statusOf('POST')).toBe(404)
    expect(await statusOf('GET')).toBe(400)
  })

  it('whose peer goes away while it is being looked at ends nothing else', async () => {
    const server = new EventEmitter()
    let take: () => void = () => {}
    const taken = new Promise<void>((resolve) => {
      take = resolve
    })
    const asking = new Promise<void>(() => {})
    routeUpgrades(
      server as unknown as http.Server,
      new Map([
        [
          '/x',
          () => {
            take()
            return asking
          },
        ],
      ]),
      pino({ level: 'silent' }),
    )
    const socket = Object.assign(new EventEmitter(), { destroyed: false, destroy: () => {} })
    server.emit('upgrade', { url: '/x', method: 'GET' }, socket as unknown as Duplex, Buffer.of())
    await taken
    expect(() => socket.emit('error', new Error('ECONNRESET'))).not.toThrow()
  })
})

/** Hours pass in steps. An answer over a new connection comes later than the answer to a ping that was sent before. */
const awake = (ms: number) => clock.advance(ms, async () => void (await fetch(`${own().origin}/healthz`)), HOUR_MS)
const isOpen = async ({ ended }: Page) => (await Promise.race([ended, turn()])) === undefined

// Last: the people of the other tests are signed out by then.
describe('the end of a session, with a page open', () => {
  it('comes after 12 idle hours: hearing is no activity', async () => {
    const page = await aPage('nobody', { cookie: `rounds=${await freshCookie()}` })
    await awake(SESSION_IDLE_MS - SECOND_MS)
    expect(await isOpen(page)).toBe(true)
    await clock.advance(2 * SECOND_MS, turn)
    expect(await page.ended).toBe(1008)
  })

  it('comes after 7 days however busy its person is, and not before', async () => {
    const cookie = `rounds=${await freshCookie()}`
    const end = clock.now() + SESSION_LIFE_MS
    const page = await aPage('nobody', { cookie })
    while (end - clock.now() > 6 * HOUR_MS) {
      await awake(6 * HOUR_MS)
      expect((await house.ask('nobody', { url: '/api/v1/session', headers: { cookie } })).statusCode).toBe(200)
    }
    await awake(end - clock.now() - SECOND_MS)
    expect(await isOpen(page)).toBe(true)
    await clock.advance(2 * SECOND_MS, turn)
    expect(await page.ended).toBe(1008)
  })
})
