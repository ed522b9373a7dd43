/** Bearer tokens: they only read, only their client, until they are revoked or expire. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { ADMINISTRATOR } from '../../../server/auth/access.ts'
import { makeToken } from '../../../server/auth/tokens.ts'
import { newToken, revokeToken } from '../../../server/control/operations/tokens.ts'
import { HOUR_MS } from '../../../shared/units.ts'
import { type HandClock, handClock } from '../../support/e2e-clock.ts'
import { type House, openHouse } from './house.ts'

let clock: HandClock
let house: House
beforeAll(async () => {
  clock = handClock(1_790_000_000_000)
  house = await openHouse({ clock })
})
afterAll(() => house.close())

const read = (authorization: string, url = '/api/v1/today', method: 'GET' | 'POST' | 'PATCH' | 'DELETE' = 'GET') =>
  house.ask('nobody', { method, url, headers: { authorization }, ...(method === 'GET' ? {} : { payload: {} }) })

async function aToken(client: string | null, role: 'owner' | 'viewer' = 'viewer') {
  const made = await newToken(house.server.services, { role, client, label: 'test' })
  if (!made.ok) throw new Error(made.error.message)
  return { id: made.value.token.id, bearer: `Bearer ${made.value.text}` }
}

describe('a token', () => {
  it('reads, and changes nothing whatever its role', async () => {
    const { bearer } = await aToken(null, 'owner')
    expect((await read(bearer)).statusCode).toBe(200)
    expect((await read(bearer, '/metrics')).statusCode).toBe(200)
    for (const [method, url] of [
      ['PATCH', '/api/v1/clients/alpha'],
      ['PATCH', '/api/v1/clients/alpha/machines/srv'],
      ['POST', '/api/v1/clients/alpha/codes'],
      ['DELETE', '/api/v1/session'],
      ['GET', '/api/v1/session'],
    ] as const) {
      expect((await read(bearer, url, method)).statusCode, `${method} ${url}`).toBe(401)
    }
  })

  it('of one client sees that client; another one is as if it did not exist, to the byte', async () => {
    const { bearer } = await aToken('alpha')
    expect((await read(bearer, '/api/v1/clients/alpha/machines/srv')).statusCode).toBe(200)
    const answers = await Promise.all(
      [
        '/api/v1/clients/beta/machines/srv',
        '/api/v1/clients/no-such/machines/srv',
        '/api/v1/clients/alpha/machines/no-such',
        '/api/v1/clients/alpha/machines/machine-beta',
        '/api/v1/clients/beta/machines/srv/checks/disk',
        '/api/v1/clients/beta/machines/srv/history?nonsense=1',
        '/api/v1/no-such',
      ].map((url) => read(bearer, url)),
    )
    const [first] = answers
    expect(first?.statusCode).toBe(404)
    for (const answer of answers) {
      expect(answer.rawPayload.equals(first?.rawPayload ?? Buffer.of())).toBe(true)
      expect(withoutDate(answer.headers)).toEqual(withoutDate(first?.headers ?? {}))
    }
  })

  it('of one client gets no series of the server itself', async () => {
    const [one, all] = [await aToken('alpha'), await aToken(null)]
    expect((await read(one.bearer, '/metrics')).body).not.toMatch(/rounds_server_|process_|nodejs_/)
    expect((await read(all.bearer, '/metrics')).body).toMatch(/^rounds_server_info/m)
  })

  it('is worth nothing once revoked, from the next request on', async () => {
    const { id, bearer } = await aToken('alpha')
    expect((await read(bearer)).statusCode).toBe(200)
    expect((await revokeToken(house.server.services, id)).ok).toBe(true)
    expect((await read(bearer)).statusCode).toBe(401)
    expect(await revokeToken(house.server.services, id)).toMatchObject({ ok: false, error: { code: 'absent' } })
  })

  it('expires at its moment', async () => {
    const order = { role: 'viewer', clientId: null, label: 'short', expiresAt: clock.now() + HOUR_MS } as const
    const made = await makeToken(house.server.services.store.hub, ADMINISTRATOR.grant, order, clock.now())
    const bearer = `Bearer ${made.ok ? made.value.text : ''}`
    await clock.advance(HOUR_MS - 1, async () => {})
    expect((await read(bearer)).statusCode).toBe(200)
    await clock.advance(1, async () => {})
    expect((await read(bearer)).statusCode).toBe(401)
  })

  it('does nothing in the query, in a cookie, or beside a wrong one', async () => {
    const { bearer } = await aToken(null)
    const text = bearer.slice('Bearer '.length)
    expect((await house.ask('nobody', { url: `/api/v1/today?token=${text}` })).statusCode).toBe(401)
    expect((await house.ask('nobody', { url: `/api/v1/today?access_token=${text}` })).statusCode).toBe(401)
    expect(
      (await house.ask('nobody', { url: '/api/v1/today', headers: { cookie: `rounds=${text}` } })).statusCode,
    ).toBe(401)
    expect((await read(`${bearer}x`)).statusCode).toBe(401)
    expect((await read(`Basic ${Buffer.from(`x:${text}`).toString('base64')}`)).statusCode).toBe(401)
    expect((await read(bearer.replace('Bearer', 'bearer'))).statusCode).toBe(200)
  })

  it('that is wrong is not made good by a cookie beside it', async () => {
    const headers = { authorization: `Bearer rounds_token_${'A'.repeat(43)}` }
    expect((await house.ask('owner', { url: '/api/v1/today', headers })).statusCode).toBe(401)
  })
})

function withoutDate({ date: _, ...rest }: { readonly [name: string]: unknown }): object {
  return rest
}
