/** Signing in by a link, the reader's language, the server's clock, and the theme. */
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import type { SessionView } from '../../../shared/api/views.ts'
import { FakeSocket, installBrowser } from '../support/fake-browser.ts'

const START = 1_790_000_000_000
const VIEW: SessionView = {
  person: { id: 'p1', name: 'Owner', email: 'o@example.org', role: 'owner', language: 'fr' },
  server: { version: '1', startedAt: START, publicUrl: null, listen: '127.0.0.1:8420', dataFolder: '/var/lib/rounds' },
  now: START - 3_600_000,
}

let sent: { path: string; method: string; body: unknown; hash: string }[]
let answers: (() => Response)[]
let browser: ReturnType<typeof installBrowser>
const ok = () => Response.json(VIEW)
const refused = () => Response.json({ error: { code: 'link-spent', message: 'no' } }, { status: 401 })
const gone = (): Response => {
  throw new TypeError('fetch failed')
}

async function open(path: string, language = 'en-GB') {
  vi.resetModules()
  browser = installBrowser({ path, language })
  sent = []
  vi.stubGlobal('fetch', async (to: string, { method = '', body }: RequestInit) => {
    const { hash } = browser.location
    sent.push({ path: to, method, body: typeof body === 'string' ? JSON.parse(body) : null, hash })
    return (answers.shift() ?? gone)()
  })
  const state = await import('../../../dashboard/src/state/session.ts')
  const { signIn, linkRefused } = await import('../../../dashboard/src/state/sign-in.ts')
  return { ...state, signIn, linkRefused }
}
beforeEach(() => {
  vi.useFakeTimers({ now: START })
})
afterEach(() => vi.useRealTimers())

describe('signing in', () => {
  it('exchanges the link after it has left the address', async () => {
    answers = [() => new Response(null, { status: 204 }), ok]
    const page = await open('/machines?x=1#in=secret-token')
    await page.signIn()
    expect(sent).toEqual([
      { path: '/api/v1/session/link', method: 'POST', body: { token: 'secret-token' }, hash: '' },
      { path: '/api/v1/session', method: 'GET', body: null, hash: '' },
    ])
    expect(browser.visited).toEqual(['/machines?x=1'])
    expect([page.session.value, page.linkRefused.value]).toEqual([VIEW, false])
    expect(FakeSocket.all).toHaveLength(1)
  })

  it('says when the link is refused', async () => {
    answers = [refused, refused]
    const page = await open('/#in=old')
    await page.signIn()
    expect([page.session.value, page.linkRefused.value, FakeSocket.all.length]).toEqual([null, true, 0])
  })

  it('forgets a refused link where a session exists already', async () => {
    answers = [refused, ok]
    const page = await open('/#in=old')
    await page.signIn()
    expect([page.session.value, page.linkRefused.value]).toEqual([VIEW, false])
  })

  it('does not call a link refused that nobody answered, and asks until the server is back', async () => {
    answers = [gone, gone, gone, ok]
    const page = await open('/#in=good')
    await page.signIn()
    expect([page.session.value, page.linkRefused.value]).toEqual(['asking', false])
    await vi.advanceTimersByTimeAsync(4_000)
    expect(page.session.value).toEqual(VIEW)
  })

  it('without a link only asks who is signed in', async () => {
    answers = [refused]
    const page = await open('/#main')
    await page.signIn()
    expect(sent.map(({ path }) => path)).toEqual(['/api/v1/session'])
    expect([page.session.value, page.linkRefused.value, browser.visited]).toEqual([null, false, []])
  })
})

describe('the language', () => {
  it.each([
    ['fr-BE', 'fr'],
    ['en-US', 'en'],
    ['nl', 'en'],
  ])('of a browser in %s is %s until somebody is known', async (language, expected) => {
    const page = await open('/', language)
    expect([page.language.value, page.format.value.language]).toEqual([expected, expected])
  })

  it('is that of the person, in texts and numbers', async () => {
    const page = await open('/', 'en-US')
    page.session.value = VIEW
    expect([page.language.value, page.t.value.navToday]).toEqual(['fr', 'Aujourd’hui'])
    expect(page.format.value.bytes(1.8e9)).toBe('1,8\u00a0Go')
  })
})

describe('the clock', () => {
  it('is the server’s, and goes on between answers', async () => {
    const page = await open('/')
    page.hearClock(START - 3_600_000)
    expect(page.clock.value).toBe(START - 3_600_000)
    await vi.advanceTimersByTimeAsync(60_000)
    expect(page.serverNow()).toBe(START - 3_540_000)
    page.tickClock(true)
    expect(page.clock.value).toBe(START - 3_540_000)
  })

  it('stands still while the server is lost', async () => {
    const page = await open('/')
    page.hearClock(START)
    await vi.advanceTimersByTimeAsync(600_000)
    page.tickClock(false)
    expect(page.clock.value).toBe(START)
  })
})

describe('the theme', () => {
  it.each([
    [null, 'system', undefined],
    ['dark', 'dark', 'dark'],
    ['light', 'light', 'light'],
    ['<script>', 'system', undefined],
  ] as const)('kept as %s is %s', async (kept, chosen, applied) => {
    await open('/')
    if (kept !== null) browser.stored.set('rounds.theme', kept)
    const { applyTheme, theme } = await import('../../../dashboard/src/state/theme.ts')
    applyTheme()
    expect([theme.value, browser.document.documentElement.dataset['theme']]).toEqual([chosen, applied])
  })

  it('is applied and kept when chosen, and given back to the system', async () => {
    await open('/')
    const { setTheme } = await import('../../../dashboard/src/state/theme.ts')
    setTheme('dark')
    expect([browser.stored.get('rounds.theme'), browser.document.documentElement.dataset]).toEqual([
      'dark',
      { theme: 'dark' },
    ])
    setTheme('system')
    expect(browser.document.documentElement.dataset).toEqual({})
  })
})
