/** Signing in by a link, sessions and their ends, signing out; that no secret stands in an address or a log. */
import { Writable } from 'node:stream'
import { pino } from 'pino'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { SESSION_IDLE_MS, SESSION_LIFE_MS } from '../../../server/auth/sessions.ts'
import { LINK_LIFE_MS } from '../../../server/auth/signin-links.ts'
import { addPerson, linkPerson } from '../../../server/control/operations/people.ts'
import { DAY_MS, HOUR_MS } from '../../../shared/units.ts'
import { type HandClock, handClock } from '../../support/e2e-clock.ts'
import { HOST, type House, openHouse } from './house.ts'

const LINK = '/api/v1/session/link'
const SESSION = '/api/v1/session'
const EMAIL = 'anna@example.org'

let log = ''
const logTo = new Writable({
  write(chunk, _, done) {
    log += String(chunk)
    done()
  },
})
let clock: HandClock
let house: House
beforeAll(async () => {
  clock = handClock(1_790_000_000_000)
  house = await openHouse({ clock, log: pino({ level: 'trace' }, logTo) })
  const order = { email: EMAIL, name: 'Anna', role: 'viewer', language: 'en', clients: ['alpha'] } as const
  expect((await addPerson(house.server.services, order)).ok).toBe(true)
})
afterAll(() => house.close())

const pass = (ms: number) => clock.advance(ms, async () => {})

/** The token of a fresh link, as the page reads it out of its address. */
async function aLink(): Promise<string> {
  const link = await linkPerson(house.server.services, EMAIL)
  if (!link.ok) throw new Error(link.error.message)
  const url = new URL(link.value.url)
  expect([url.pathname, url.search]).toEqual(['/', ''])
  return new URLSearchParams(url.hash.slice(1)).get('in') ?? ''
}

const spend = (token: unknown, headers: { [name: string]: string } = {}) =>
  house.ask('nobody', { method: 'POST', url: LINK, payload: { token }, headers })

/** Signs in. @returns the cookie as a browser sends it back. */
async function aCookie(): Promise<string> {
  const answer = await spend(await aLink())
  expect(answer.statusCode).toBe(200)
  const [cookie] = answer.cookies
  return `${cookie?.name}=${cookie?.value}`
}

const who = (cookie: string) => house.ask('nobody', { url: SESSION, headers: { cookie } })

describe('a sign-in link', () => {
  it('works once, and answers the second time as if it had never been', async () => {
    const token = await aLink()
    const first = await spend(token)
    expect(first.statusCode).toBe(200)
    expect(first.json().person).toMatchObject({ email: EMAIL, role: 'viewer' })
    expect(first.headers['cache-control']).toBe('no-store')
    const [second, wrong] = [await spend(token), await spend('A'.repeat(43))]
    expect(second.statusCode).toBe(401)
    expect(second.cookies).toEqual([])
    expect(second.body).toBe(wrong.body)
    expect(second.json().error.code).toBe('link-spent')
  })

  it('lives 15 minutes and not a moment longer', async () => {
    const [inTime, late] = [await aLink(), await aLink()]
    await pass(LINK_LIFE_MS - 1)
    expect((await spend(inTime)).statusCode).toBe(200)
    await pass(1)
    expect((await spend(late)).statusCode).toBe(401)
    expect(LINK_LIFE_MS).toBe(15 * 60_000)
  })

  it('opens one session for two who come at once', async () => {
    const token = await aLink()
    const answers = await Promise.all(Array.from({ length: 8 }, () => spend(token)))
    expect(answers.filter(({ statusCode }) => statusCode === 200)).toHaveLength(1)
  })

  it.each([
    ['empty', '', 401],
    ['short', 'abc', 401],
    ['not ours', '%00%0d%0a', 401],
    ['too long', 'A'.repeat(129), 400],
    ['a number', 7, 400],
    ['null', null, 400],
  ])('that is %s opens nothing', async (_, token, status) => {
    const answer = await spend(token)
    expect(answer.statusCode).toBe(status)
    expect(answer.cookies).toEqual([])
  })

  it('does nothing in the path or the query', async () => {
    const token = await aLink()
    for (const url of [`${LINK}?token=${token}`, `${LINK}/${token}`, `/?in=${token}`]) {
      const got = await house.ask('nobody', { url })
      expect(got.cookies, url).toEqual([])
      const posted = await house.ask('nobody', { method: 'POST', url, payload: {} })
      expect(posted.statusCode, url).toBeGreaterThanOrEqual(400)
    }
    expect((await spend(token)).statusCode).toBe(200)
  })
})

describe('a session', () => {
  it('has a cookie that scripts and other sites never see', async () => {
    const answer = await spend(await aLink())
    const [cookie] = answer.cookies
    expect(cookie).toMatchObject({ name: 'rounds', path: '/', httpOnly: true, sameSite: 'Strict' })
    expect(cookie).not.toHaveProperty('secure')
    expect(cookie).not.toHaveProperty('domain')
    expect(cookie?.expires?.getTime()).toBe(Math.floor((clock.now() + SESSION_LIFE_MS) / 1_000) * 1_000)
    expect(answer.body).not.toContain(cookie?.value ?? '?')
  })

  it('ends after 12 idle hours, counted from the last request', async () => {
    const cookie = await aCookie()
    await pass(SESSION_IDLE_MS - 1)
    expect((await who(cookie)).statusCode).toBe(200)
    await pass(SESSION_IDLE_MS - 1)
    expect((await who(cookie)).statusCode).toBe(200)
    await pass(SESSION_IDLE_MS)
    expect((await who(cookie)).statusCode).toBe(401)
    expect(SESSION_IDLE_MS).toBe(12 * HOUR_MS)
  })

  it('ends after 7 days however busy it is', async () => {
    const cookie = await aCookie()
    for (let hours = 0; hours < 7 * 24 - 6; hours += 6) {
      await pass(6 * HOUR_MS)
      expect((await who(cookie)).statusCode, `${hours} h`).toBe(200)
    }
    await pass(6 * HOUR_MS)
    expect((await who(cookie)).statusCode).toBe(401)
    expect(SESSION_LIFE_MS).toBe(7 * DAY_MS)
  })

  it('is over at once when its person signs out, and that only', async () => {
    const [mine, other] = [await aCookie(), await aCookie()]
    const out = await house.ask('nobody', { method: 'DELETE', url: SESSION, headers: { cookie: mine } })
    expect(out.statusCode).toBe(204)
    expect(out.cookies[0]).toMatchObject({ name: 'rounds', value: '', path: '/' })
    expect(out.cookies[0]?.expires?.getTime()).toBe(0)
    expect((await who(mine)).statusCode).toBe(401)
    expect((await who(other)).statusCode).toBe(200)
  })

  it('is not chosen by who sends a cookie first', async () => {
    const planted = `rounds=${'B'.repeat(43)}`
    const answer = await spend(await aLink(), { cookie: planted })
    expect(answer.cookies[0]?.value).not.toBe('B'.repeat(43))
    expect((await who(planted)).statusCode).toBe(401)
  })

  it('is nobody with two cookies of the name, the other name, or one letter changed', async () => {
    const cookie = await aCookie()
    const last = cookie.at(-1) === 'A' ? 'E' : 'A'
    for (const sent of [
      `${cookie}; ${cookie}`,
      cookie.replace('rounds', '__Host-rounds'),
      cookie.slice(0, -1) + last,
      `${cookie}x`,
      'rounds=',
    ]) {
      expect((await who(sent)).statusCode, sent).toBe(401)
    }
    expect((await who(`other=1; ${cookie}; more=2`)).statusCode).toBe(200)
  })
})

describe('behind an https address', () => {
  it('the cookie is Secure and carries the __Host- prefix; the browser is told to stay with https', async () => {
    const secured = await openHouse({ environment: { ROUNDS_PUBLIC_URL: 'https://m.example.org' } })
    try {
      const link = await linkPerson(secured.server.services, 'absent@example.org')
      expect(link).toMatchObject({ ok: false, error: { code: 'absent' } })
      const { email } = (await secured.server.services.store.hub.people())[0] ?? { email: '' }
      const made = await linkPerson(secured.server.services, email)
      const url = made.ok ? made.value.url : ''
      expect(url).toMatch(/^https:\/\/m\.example\.org\/#in=/)
      const headers = { host: 'm.example.org', origin: 'https://m.example.org' }
      const payload = { token: url.split('=')[1] }
      const answer = await secured.ask('nobody', { method: 'POST', url: LINK, payload, headers })
      expect(answer.cookies[0]).toMatchObject({
        name: '__Host-rounds',
        secure: true,
        httpOnly: true,
        sameSite: 'Strict',
        path: '/',
      })
      expect(answer.headers['strict-transport-security']).toMatch(/max-age=31536000/)
      const plain = { host: 'm.example.org', cookie: `rounds=${answer.cookies[0]?.value}` }
      expect((await secured.ask('nobody', { url: SESSION, headers: plain })).statusCode).toBe(401)
      const good = { host: 'm.example.org', cookie: `__Host-rounds=${answer.cookies[0]?.value}` }
      expect((await secured.ask('nobody', { url: SESSION, headers: good })).statusCode).toBe(200)
    } finally {
      await secured.close()
    }
  })
})

describe('secrets', () => {
  it('never stand in the log, whatever fails', async () => {
    const token = await aLink()
    const cookie = await aCookie()
    const { hub } = house.server.services.store
    const take = hub.takeSigninLink
    hub.takeSigninLink = () => Promise.reject(new Error('planted'))
    const failed = await spend(token, { cookie })
    hub.takeSigninLink = take
    expect(failed.statusCode).toBe(500)
    expect(failed.body).not.toContain('planted')
    await house.ask('nobody', { url: `/no-such?in=${token}`, headers: { cookie } })
    await house.ask('nobody', { url: '/api/v1/today', headers: { authorization: `Bearer ${token}` } })
    expect(log).toContain('planted')
    for (const secret of [token, cookie.split('=')[1] ?? '?']) expect(log).not.toContain(secret)
  })

  it('stay out of the audit log', async () => {
    const token = await aLink()
    await spend(token)
    const audits = await house.server.services.store.hub.audits(20)
    expect(audits.map(({ what }) => what)).toEqual(
      expect.arrayContaining(['sign-in link made', 'signed in', 'signed out']),
    )
    expect(JSON.stringify(audits)).not.toContain(token)
  })
})

describe('too many attempts', () => {
  it('are refused for a while, from that address only, and say so', async () => {
    const tired = '198.51.100.7'
    const from = (remoteAddress: string) =>
      house.ask('nobody', { method: 'POST', url: LINK, payload: { token: 'C'.repeat(43) }, remoteAddress })
    const statuses = new Set<number>()
    for (let n = 0; n < 60; n += 1) statuses.add((await from(tired)).statusCode)
    expect([...statuses]).toEqual([401])
    const refused = await from(tired)
    expect(refused.statusCode).toBe(429)
    expect(refused.json().error.code).toBe('too-many')
    expect(Number(refused.headers['retry-after'])).toBeGreaterThan(0)
    expect((await from('198.51.100.8')).statusCode).toBe(401)
    // A header that anybody may write does not make another address of it.
    const forged = await house.ask('nobody', {
      method: 'POST',
      url: LINK,
      payload: { token: 'C'.repeat(43) },
      remoteAddress: tired,
      headers: { 'x-forwarded-for': '203.0.113.9', host: HOST },
    })
    expect(forged.statusCode).toBe(429)
  })
})
