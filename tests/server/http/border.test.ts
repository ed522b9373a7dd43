/** The border: Origin on every unsafe method, JSON only, strict bodies, limits, headers on everything, health. */
import fs from 'node:fs'
import path from 'node:path'
import type { HTTPMethods, InjectOptions } from 'fastify'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { StoreError } from '../../../server/store/store.ts'
import { SECOND_MS } from '../../../shared/units.ts'
import { type HandClock, handClock } from '../../support/e2e-clock.ts'
import { tempFolder } from '../../support/tmp.ts'
import { HOST, type House, openHouse } from './house.ts'

let house: House
let clock: HandClock
beforeAll(async () => {
  clock = handClock(1_790_000_000_000)
  const dashboardFolder = tempFolder('pages')
  fs.mkdirSync(path.join(dashboardFolder, 'assets'))
  fs.writeFileSync(path.join(dashboardFolder, 'index.html'), '<!doctype html><title>Rounds</title>')
  fs.writeFileSync(path.join(dashboardFolder, 'assets', 'index-a1.js'), 'export {}')
  house = await openHouse({ clock, dashboardFolder })
})
afterAll(() => house.close())

const UNSAFE: readonly { readonly method: HTTPMethods & InjectOptions['method']; url: string; payload?: object }[] = [
  { method: 'POST', url: '/api/v1/session/link', payload: { token: 'x' } },
  { method: 'DELETE', url: '/api/v1/session' },
  { method: 'PATCH', url: '/api/v1/clients/alpha', payload: { name: 'Stolen' } },
  { method: 'PATCH', url: '/api/v1/clients/alpha/machines/srv', payload: { name: 'Stolen', role: null } },
  {
    method: 'POST',
    url: '/api/v1/clients/alpha/codes',
    payload: { siteId: null, role: null, machineName: null },
  },
]

describe('an unsafe request', () => {
  it('of any kind comes from a page of this server or not at all', async () => {
    const { paths } = house.server.app.swagger() as { paths: { [path: string]: { [method: string]: unknown } } }
    // A ping uses nothing that a browser adds by itself: pings.test.ts.
    const guarded = Object.entries(paths).filter(([pattern]) => !pattern.startsWith('/ping/'))
    const unsafe = guarded.flatMap(([pattern, methods]) =>
      Object.keys(methods)
        .filter((method) => !['get', 'head'].includes(method))
        .map((method) => ({ method: method.toUpperCase() as 'POST', url: pattern.replaceAll(/\{\w+\}/g, 'alpha') })),
    )
    expect(unsafe.length).toBeGreaterThan(UNSAFE.length)
    for (const request of unsafe) {
      for (const origin of ['http://evil.example', 'null', undefined]) {
        const headers = { ...house.credentials.owner, host: HOST, ...(origin === undefined ? {} : { origin }) }
        const answer = await house.server.app.inject({ ...request, headers })
        expect([answer.statusCode, answer.json().error.code], `${request.method} ${request.url} ${origin}`).toEqual([
          403,
          'foreign-origin',
        ])
      }
    }
  })

  it.each(UNSAFE)('$method $url comes from a page of this server or not at all', async (request) => {
    const ours = `http://${HOST}`
    for (const [host, origin] of [
      [HOST, 'http://evil.example'],
      [HOST, 'null'],
      [HOST, ''],
      [HOST, undefined],
      [HOST, 'http://localhost:9999'],
      [HOST, 'https://localhost:8420'],
      [HOST, `${ours}.evil.example`],
      [HOST, `${ours}/`],
      ['evil.example', 'http://evil.example'],
      ['evil.example:8420', ours],
    ]) {
      const headers = { ...house.credentials.owner, host, ...(origin === undefined ? {} : { origin }) }
      const answer = await house.server.app.inject({ ...request, headers })
      expect(answer.statusCode, `${host} ${origin}`).toBe(403)
      expect(answer.json().error.code).toBe('foreign-origin')
      expect(answer.headers['access-control-allow-origin']).toBe(undefined)
    }
    const { hub } = house.server.services.store
    expect((await hub.clients()).map(({ name }) => name)).not.toContain('Stolen')
  })

  it('is refused before its body is read', async () => {
    const payload = 'x'.repeat(10_000_000)
    const headers = { host: HOST, 'content-type': 'application/json' }
    const answer = await house.server.app.inject({ method: 'POST', url: '/api/v1/session/link', payload, headers })
    expect(answer.statusCode).toBe(403)
  })

  it('never has its method changed by a header or a parameter', async () => {
    const headers = { 'x-http-method-override': 'DELETE', 'x-method-override': 'DELETE' }
    expect((await house.ask('owner', { url: '/api/v1/session?_method=DELETE', headers })).statusCode).toBe(200)
    expect((await house.ask('owner', { url: '/api/v1/session' })).statusCode).toBe(200)
  })
})

const rename = (payload: string, type: string | null) =>
  house.ask('owner', {
    method: 'PATCH',
    url: '/api/v1/clients/alpha',
    payload,
    ...(type === null ? {} : { headers: { 'content-type': type } }),
  })

describe('a body', () => {
  const GOOD = '{"name":"Alpha"}'

  it.each([
    ['application/json', 200],
    ['application/json; charset=utf-8', 200],
    ['text/plain', 415],
    ['application/x-www-form-urlencoded', 415],
    ['multipart/form-data; boundary=x', 415],
    ['text/plain; application/json', 415],
    ['application/json-patch+json', 415],
    ['application/jsonx', 415],
    [' ', 415],
    [null, 415],
  ])('of type %s: %i', async (type, status) => {
    expect((await rename(GOOD, type)).statusCode).toBe(status)
  })

  it.each([
    ['nothing', ''],
    ['broken JSON', '{"name":'],
    ['a list', '[]'],
    ['null', 'null'],
    ['a text', '"name"'],
    ['an unknown property', '{"name":"Alpha","role":"owner"}'],
    ['a missing property', '{}'],
    ['another type, without any conversion', '{"name":7}'],
    ['a name that is too long', JSON.stringify({ name: 'n'.repeat(129) })],
    ['a name of nothing', '{"name":" \\u0000\\u200b "}'],
    ['a prototype', '{"name":"Alpha","__proto__":{"x":1}}'],
    ['a constructor', '{"name":"Alpha","constructor":{"prototype":{"x":1}}}'],
    ['depth', `${'['.repeat(20_000)}${']'.repeat(20_000)}`],
  ])('with %s is a 400 with a sentence', async (_, payload) => {
    const answer = await rename(payload, 'application/json')
    expect(answer.statusCode).toBe(400)
    expect(answer.json().error).toMatchObject({ code: 'invalid', message: expect.stringMatching(/\w.*\.?$/) })
    expect(Object.hasOwn(Object.prototype, 'x')).toBe(false)
  })

  it('of more than 64 KiB is refused', async () => {
    const answer = await rename(JSON.stringify({ name: 'n'.repeat(65_536) }), 'application/json')
    expect(answer.statusCode).toBe(413)
    expect(answer.json().error.code).toBe('too-large')
  })

  it('never makes an owner, whatever it says', async () => {
    const { hub } = house.server.services.store
    const before = await hub.people()
    const owner = { email: 'eve@example.org', name: 'Eve', role: 'owner', language: 'en', clients: [] }
    for (const caller of ['nobody', 'viewer-a', 'operator', 'owner'] as const) {
      for (const url of ['/api/v1/people', '/api/v1/users', '/api/v1/session', '/setup', '/api/v1/setup', '/init']) {
        const answer = await house.ask(caller, { method: 'POST', url, payload: owner })
        expect([400, 401, 403, 404], `${caller} ${url}`).toContain(answer.statusCode)
      }
      for (const { url, method, payload } of UNSAFE.filter((one) => one.payload !== undefined)) {
        const answer = await house.ask(caller, { method, url, payload: { ...payload, ...owner } })
        expect([400, 401, 403, 404], `${caller} ${method} ${url}`).toContain(answer.statusCode)
      }
    }
    expect(await hub.people()).toEqual(before)
  })
})

describe('a query', () => {
  it.each([
    '/api/v1/machines?x=1',
    '/api/v1/machines?client=alpha&client=beta',
    '/api/v1/findings?severity=loud',
    '/api/v1/findings?check=__proto__',
    '/api/v1/clients/alpha/machines/srv/history?check=disk',
    '/api/v1/clients/alpha/machines/srv/history?check=disk&key=x&from=-1',
    '/api/v1/clients/alpha/machines/srv/history?check=disk&key=x&from=1e99',
  ])('%s is a 400', async (url) => {
    const answer = await house.ask('owner', { url })
    expect(answer.statusCode).toBe(400)
    expect(answer.json().error.code).toBe('invalid')
  })
})

const POLICY =
  "default-src 'none';script-src 'self';style-src 'self';img-src 'self';font-src 'self';connect-src 'self';" +
  "manifest-src 'self';frame-ancestors 'none';base-uri 'none';form-action 'self';require-trusted-types-for 'script'"

describe('every answer', () => {
  it.each([
    ['a page', '/c/alpha', 200],
    ['an asset', '/assets/index-a1.js', 200],
    ['an asset that is not there', '/assets/no.js', 404],
    ['the API', '/api/v1/today', 200],
    ['a refusal of the API', '/api/v1/clients/x/machines/y', 404],
    ['a path that is not canonical', '/api//v1', 404],
    ['metrics', '/metrics', 200],
    ['health', '/healthz', 200],
  ])('of %s carries the policy and says nothing of the software', async (_, url, status) => {
    const { statusCode, headers } = await house.ask('owner', { url })
    expect(statusCode).toBe(status)
    expect(headers).toMatchObject({
      'content-security-policy': POLICY,
      'x-content-type-options': 'nosniff',
      'referrer-policy': 'no-referrer',
      'x-frame-options': 'DENY',
      'cross-origin-opener-policy': 'same-origin',
      'cross-origin-resource-policy': 'same-origin',
    })
    for (const name of ['x-powered-by', 'server', 'access-control-allow-origin', 'strict-transport-security']) {
      expect(headers, name).not.toHaveProperty(name)
    }
  })

  it('to a path that does not even decode allows nothing', async () => {
    const { statusCode, headers } = await house.ask('owner', { url: '/c/%zz' })
    expect(statusCode).toBe(404)
    expect(headers).toMatchObject({
      'content-security-policy': "default-src 'none'",
      'x-content-type-options': 'nosniff',
      'cache-control': 'no-store',
    })
  })

  it('that holds data is kept by no cache, and a hashed asset for ever', async () => {
    const kept: { [url: string]: unknown } = {}
    for (const url of [
      '/api/v1/session',
      '/api/v1/today',
      '/api/v1/machines',
      '/api/v1/clients/alpha/machines/srv',
      '/api/v1/no-such',
      '/metrics',
      '/healthz',
      '/c/alpha',
      '/assets/index-a1.js',
    ]) {
      kept[url] = (await house.ask('owner', { url })).headers['cache-control']
    }
    expect(kept).toEqual({
      '/api/v1/session': 'no-store',
      '/api/v1/today': 'no-store',
      '/api/v1/machines': 'no-store',
      '/api/v1/clients/alpha/machines/srv': 'no-store',
      '/api/v1/no-such': 'no-store',
      '/metrics': 'no-store',
      '/healthz': 'no-store',
      '/c/alpha': 'no-cache',
      '/assets/index-a1.js': 'public, max-age=31536000, immutable',
    })
  })

  it('to HEAD is that of GET without a body, for the same people', async () => {
    for (const url of ['/healthz', '/api/v1/today', '/metrics', '/c/alpha']) {
      const answer = await house.ask('owner', { method: 'HEAD', url })
      expect([answer.statusCode, answer.body], url).toEqual([200, ''])
    }
    expect((await house.ask('nobody', { method: 'HEAD', url: '/api/v1/today' })).statusCode).toBe(401)
  })
})

describe('/healthz', () => {
  const ask = () => house.ask('nobody', { url: '/healthz' })

  it('says ok, and not ok while the store does not accept writes', async () => {
    const listening = await house.server.listen()
    expect(listening.ok).toBe(true)
    expect([(await ask()).statusCode, (await ask()).body]).toEqual([200, 'ok\n'])
    const { hub } = house.server.services.store
    const save = hub.saveSetting
    hub.saveSetting = () => Promise.reject(new StoreError('full', 'database or disk is full'))
    const turn = () => new Promise<void>((resolve) => setImmediate(resolve))
    await clock.advance(30 * SECOND_MS, turn)
    const sick = await ask()
    expect([sick.statusCode, sick.body, sick.headers['content-type']]).toEqual([
      503,
      'not ok\n',
      'text/plain; charset=utf-8',
    ])
    hub.saveSetting = save
    await clock.advance(30 * SECOND_MS, turn)
    expect([(await ask()).statusCode, (await ask()).body]).toEqual([200, 'ok\n'])
  })
})
