/** Every registered route × every caller: as declared, and nothing else. The table below is what a reviewer sees change. */

import type { InjectOptions } from 'fastify'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { ANYONE, admit, BY_ADDRESS, judgeRoute, READS_CLIENT, SELF } from '../../../server/http/route-policy.ts'
import { CALLERS, type House, openHouse } from './house.ts'

let house: House
beforeAll(async () => {
  house = await openHouse()
})
afterAll(() => house.close())

/** One letter per caller, in the order of CALLERS: `+` enters, `4` 401, `3` 403, `0` as if it did not exist. */
const MATRIX: readonly [method: 'GET' | 'POST' | 'PATCH' | 'DELETE', url: string, expected: string, body?: object][] = [
  ['GET', '/healthz', '++++++++'],
  ['GET', '/api/v1/session', '4+++++44'],
  ['GET', '/api/v1/today', '4+++++++'],
  ['GET', '/api/v1/clients', '4+++++++'],
  ['GET', '/api/v1/machines', '4+++++++'],
  ['GET', '/api/v1/findings', '4+++++++'],
  ['GET', '/api/v1/openapi.json', '4+++++++'],
  ['GET', '/metrics', '4+++++++'],
  ['GET', '/api/v1/clients/alpha/machines/srv', '4+0+++++'],
  ['GET', '/api/v1/clients/alpha/machines/srv/history?check=disk&key=volume:/:usedBytes', '4+0+++++'],
  ['GET', '/api/v1/clients/alpha/machines/srv/checks/disk', '4+0+++++'],
  ['PATCH', '/api/v1/clients/alpha', '4333++44', { name: 'Alpha' }],
  ['PATCH', '/api/v1/clients/alpha/machines/srv', '4333++44', { name: 'SRV-A', role: 'server' }],
  ['POST', '/api/v1/clients/alpha/codes', '4333++44', { siteId: null, role: null, machineName: null }],
  ['PATCH', '/api/v1/clients/beta', '43330+44', { name: 'Beta' }],
  ['POST', '/api/v1/clients/beta/codes', '43330+44', { siteId: null, role: null, machineName: null }],
  ['GET', '/api/v1/clients/alpha', '4+0+++++'],
  ['GET', '/api/v1/clients/alpha/findings', '4+0+++++'],
  // There is no such finding: what a caller may not see looks the same.
  ['GET', '/api/v1/clients/alpha/findings/7', '40000000'],
  ['GET', '/api/v1/clients/alpha/policies', '4333++44'],
  ['GET', '/api/v1/clients/beta/policies', '43330+44'],
  ['GET', '/api/v1/around', '4+++++++'],
  ['GET', '/api/v1/people', '43333+44'],
  ['GET', '/api/v1/agents', '4333++44'],
  ['GET', '/api/v1/server', '43333+44'],
  ['GET', '/', '++++++++'],
  ['GET', '/c/alpha', '++++++++'],
  ['GET', '/machines', '++++++++'],
]

const LETTERS: { readonly [status: number]: string } = { 200: '+', 204: '+', 503: '+', 401: '4', 403: '3', 404: '0' }

describe('what a caller gets', () => {
  it.each(MATRIX)('%s %s %s', async (method, url, expected, body) => {
    const got: string[] = []
    for (const caller of CALLERS) {
      const { statusCode } = await house.ask(caller, request(method, url, body))
      got.push(LETTERS[statusCode] ?? `[${statusCode}]`)
    }
    expect(got.join('')).toBe(expected)
  })

  it('covers every route of the API', () => {
    const tested = new Set(MATRIX.map(([method, url]) => `${method} ${patternOf(url)}`))
    const left = routesOf(house).filter((route) => !tested.has(route) && !ELSEWHERE.has(route) && !VISITS.test(route))
    expect(left).toEqual([])
  })
})

const request = (method: InjectOptions['method'] & string, url: string, body: object | undefined): InjectOptions =>
  body === undefined ? { method, url } : { method, url, payload: body }

/** Tested in other files, or pages that only differ in their address. */
const ELSEWHERE = new Set([
  'POST /api/v1/session/link',
  'DELETE /api/v1/session',
  // tests/server/channels/routes.test.ts
  'GET /api/v1/channels',
  'POST /api/v1/channels',
  'PUT /api/v1/channels/:channel',
  'DELETE /api/v1/channels/:channel',
  'POST /api/v1/channels/:channel/test',
  'GET /api/v1/mail-server',
  'PUT /api/v1/mail-server',
  'GET /api/v1/clients/:client/notifications',
  // pings.test.ts: open to whoever knows the address
  'GET /ping/:secret',
  'POST /ping/:secret',
  'GET /ping/:secret/:signal',
  'POST /ping/:secret/:signal',
  // settings.test.ts
  'POST /api/v1/clients',
  'POST /api/v1/people',
  'PUT /api/v1/people/:person',
  'DELETE /api/v1/people/:person',
  'POST /api/v1/people/:person/link',
  'PUT /api/v1/clients/:client/policies',
])
/** Visits: visits.test.ts. */
const VISITS = /\/visits(?:\/|$)|:client\/(?:portal|acceptances|recommendations)|:machine\/place$/

function patternOf(url: string): string {
  return url
    .replace(/\?.*/, '')
    .replace(/^(\/api\/v1\/clients)\/(?:alpha|beta)/, '$1/:client')
    .replace(/(:client\/machines)\/srv/, '$1/:machine')
    .replace(/(\/checks)\/disk/, '$1/:check')
    .replace(/(:client\/findings)\/7/, '$1/:number')
}

function routesOf({ server }: House): readonly string[] {
  const openApi = server.app.swagger() as { paths: { [path: string]: { [method: string]: unknown } } }
  return Object.entries(openApi.paths).flatMap(([path, methods]) =>
    Object.keys(methods)
      .filter((method) => method !== 'head')
      .map((method) => `${method.toUpperCase()} ${path.replace(/\{(\w+)\}/g, ':$1')}`),
  )
}

describe('what belongs to another client is as if it did not exist', () => {
  const places = ['/machines/srv', '/machines/srv/checks/disk', '/machines/srv/history?check=disk&key=x']
  it.each(places)('%s', async (place) => {
    const other = await house.ask('viewer-a', { url: `/api/v1/clients/beta${place}` })
    const absent = await house.ask('viewer-a', { url: `/api/v1/clients/no-such${place}` })
    expect(other.statusCode).toBe(404)
    expect(other.rawPayload.equals(absent.rawPayload)).toBe(true)
    expect(headersOf(other)).toEqual(headersOf(absent))
  })

  it('is left out of every list', async () => {
    for (const url of ['/api/v1/today', '/api/v1/clients', '/api/v1/machines', '/api/v1/findings', '/metrics']) {
      for (const caller of ['viewer-a', 'operator', 'token-a'] as const) {
        const { body } = await house.ask(caller, { url })
        expect(body, `${caller} ${url}`).not.toMatch(/beta|SRV-B/i)
      }
      const { body } = await house.ask('viewer-b', { url })
      expect(body, url).not.toMatch(/alpha|SRV-A/i)
    }
  })

  it('is not told apart by a filter', async () => {
    const other = await house.ask('viewer-a', { url: '/api/v1/machines?client=beta' })
    const absent = await house.ask('viewer-a', { url: '/api/v1/machines?client=no-such' })
    expect(other.json().machines).toEqual([])
    expect(absent.json().machines).toEqual([])
  })

  it('is not reached through a machine id of another client', async () => {
    const url = '/api/v1/clients/alpha/machines/machine-beta'
    expect((await house.ask('owner', { url })).statusCode).toBe(404)
  })
})

function headersOf({ headers }: { headers: object }): object {
  const { date: _, ...rest } = headers as { date?: string }
  return rest
}

describe('default deny', () => {
  it('asks strangers for credentials at any address of the API, known or not', async () => {
    for (const url of ['/api/v1/no-such', '/api/v1', '/api', '/api/v1/clients/alpha/no-such', '/metrics/x']) {
      expect((await house.ask('nobody', { url })).statusCode, url).toBe(401)
      expect((await house.ask('owner', { url })).statusCode, url).toBe(404)
    }
  })

  it('answers 404 to methods that no route has', async () => {
    expect((await house.ask('owner', { method: 'DELETE', url: '/api/v1/today' })).statusCode).toBe(404)
    expect((await house.ask('owner', { method: 'PUT', url: '/api/v1/clients/alpha' })).statusCode).toBe(404)
    expect((await house.ask('nobody', { method: 'DELETE', url: '/api/v1/clients/alpha' })).statusCode).toBe(401)
  })

  it('throws for a route without a policy, at start', () => {
    const bare = judgeRoute('GET', '/api/v1/secret', undefined)
    expect(bare).toMatch(/declares no policy/)
    expect(() => house.server.app.route({ method: 'GET', url: '/late', handler: async () => '' })).toThrow()
  })

  it('refuses declarations that contradict themselves', () => {
    expect(judgeRoute('GET', '/x/:client', ANYONE)).toMatch(/lets anyone in/)
    expect(judgeRoute('POST', '/x/:client', READS_CLIENT)).toMatch(/tokens only read/)
    expect(judgeRoute('GET', '/x', READS_CLIENT)).toMatch(/does not agree/)
    expect(judgeRoute('GET', '/x', { who: 'caller', by: ['session'], roles: [], ofClient: false })).toMatch(/nobody/)
    expect(judgeRoute('POST', '/x', BY_ADDRESS)).toMatch(/no secret in its address/)
    expect(judgeRoute('POST', '/x/:secret', BY_ADDRESS)).toBe(null)
    expect(judgeRoute('GET', '/x', SELF)).toBe(null)
  })

  it('admits nobody without a caller, whatever the policy', () => {
    expect(admit(SELF, null)).toBe('sign-in')
    expect(admit(READS_CLIENT, null)).toBe('sign-in')
    expect(admit(ANYONE, null)).toBe('enter')
  })
})
