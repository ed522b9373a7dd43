/** A person who opens an address that no page has gets the application, which says so; programs get the error of the API. */
import fs from 'node:fs'
import path from 'node:path'
import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { isNavigation } from '../../../server/http/is-navigation.ts'
import { tempFolder } from '../../support/tmp.ts'
import { type CallerName, type House, openHouse } from './house.ts'

const SHELL = '<!doctype html><title>Rounds</title>'
/** What Chromium 153 sends when somebody types an address. */
const BROWSER = { accept: 'text/html,application/xhtml+xml,application/xml;q=0.9,image/avif,image/webp,*/*;q=0.8' }

let house: House
let unbuilt: House
beforeAll(async () => {
  const dashboardFolder = tempFolder('pages')
  fs.mkdirSync(path.join(dashboardFolder, 'assets'))
  fs.writeFileSync(path.join(dashboardFolder, 'index.html'), SHELL)
  fs.writeFileSync(path.join(dashboardFolder, 'icon.svg'), '<svg/>')
  house = await openHouse({ dashboardFolder })
  unbuilt = await openHouse({ dashboardFolder: tempFolder('nothing') })
})
afterAll(async () => {
  await house.close()
  await unbuilt.close()
})

const open = (url: string, caller: CallerName = 'nobody', headers: object = BROWSER) =>
  house.ask(caller, { url, headers: { ...headers } })

describe('a browser that opens', () => {
  it.each([
    '/nothing',
    '/nothing/at/all',
    '/settings/nothing',
    '/visit',
    '/c',
    '/machines/',
    '/a//b',
    '/Machines',
    '/c//x',
    '/%6Dachines',
    '/caf%C3%A9',
  ])('%s gets the application, as not found', async (url) => {
    for (const caller of ['nobody', 'viewer-a', 'owner', 'token-a'] as const) {
      const { statusCode, headers, body } = await open(url, caller)
      expect([statusCode, body], caller).toEqual([404, SHELL])
      expect(headers).toMatchObject({
        'content-type': 'text/html; charset=utf-8',
        'cache-control': 'no-store',
        'x-content-type-options': 'nosniff',
        vary: 'accept',
      })
      expect(headers['content-security-policy']).toContain("default-src 'none'")
    }
  })

  it.each(['/', '/machines', '/findings', '/clients', '/visits', '/c/alpha/m/srv'])(
    '%s gets it as found',
    async (url) => {
      const { statusCode, body } = await open(url)
      expect([statusCode, body]).toEqual([200, SHELL])
    },
  )

  it.each([
    ['/api', 401],
    ['/api/', 404],
    ['/api/v1/nothing', 401],
    ['/api/v1/clients/alpha', 401],
    ['/api//v1/today', 404],
    ['/API/v1/today', 404],
    ['/agent', 404],
    ['/agent/v1', 404],
    ['/agent/v2', 404],
    ['/metrics', 401],
    ['/metrics/x', 401],
    ['/healthz/x', 404],
    ['/assets/gone-a1.js', 404],
    ['/assets/folder', 404],
    ['/favicon.ico', 404],
    ['/robots.txt', 404],
    ['/.git/config', 404],
    ['/.env', 404],
    ['/%61pi/v1/today', 404],
  ])('%s gets the error of the API: %i', async (url, status) => {
    const { statusCode, headers } = await open(url)
    expect([statusCode, headers['content-type']]).toEqual([status, 'application/json; charset=utf-8'])
  })
})

describe('anything else', () => {
  it.each([
    ['without a wish', {}],
    ['that takes anything', { accept: '*/*' }],
    ['that wants JSON', { accept: 'application/json' }],
    ['that refuses pages', { accept: 'text/html;q=0, application/json' }],
    ['that wants something like it', { accept: 'text/htmlx' }],
  ])('%s gets the error of the API', async (_name, headers) => {
    const answer = await open('/nothing', 'owner', headers)
    expect([answer.statusCode, answer.json().error.code]).toEqual([404, 'absent'])
  })

  it.each(['POST', 'PUT', 'DELETE', 'PATCH', 'HEAD', 'OPTIONS'] as const)('with %s does too', async (method) => {
    const answer = await house.ask('owner', { method, url: '/nothing', headers: BROWSER })
    expect(answer.statusCode).toBe(404)
    expect(answer.headers['content-type']).toBe('application/json; charset=utf-8')
  })

  it('gets the error where no application is built, a browser included', async () => {
    const answer = await unbuilt.ask('nobody', { url: '/nothing', headers: BROWSER })
    expect([answer.statusCode, answer.json().error.code]).toEqual([404, 'absent'])
  })
})

it('never takes an address of a machine for one of a person', () => {
  const root = fc.constantFrom('/api', '/agent', '/metrics', '/healthz', '/assets')
  const rest = fc.constantFrom('', '/', '/x', '/v1/today', '?x=1', '/x?y=/z', '//x')
  fc.assert(
    fc.property(root, rest, (start, end) => {
      expect(isNavigation('GET', `${start}${end}`, BROWSER.accept)).toBe(false)
    }),
  )
})
