/** Ages that tick, fact rows that say what is not known, the bar of a lost server, counts beside the navigation, the palette's search. */
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { drawer, FakeSocket, installBrowser } from '../support/fake-browser.ts'
import { aCard, aFact, aRow, aToday, NOW } from '../support/some-views.ts'

let page: Awaited<ReturnType<typeof drawer>>
let state: typeof import('../../../dashboard/src/state/session.ts')
beforeEach(async () => {
  vi.useFakeTimers({ now: NOW })
  installBrowser()
  state = await import('../../../dashboard/src/state/session.ts')
  state.clock.value = NOW
  page = await drawer()
})
afterEach(() => vi.useRealTimers())
const wait = (ms: number) => page.act(async () => void (await vi.advanceTimersByTimeAsync(ms)))

describe('an age', () => {
  it('ticks in place with the page’s clock, and is exact for machines and in its title', async () => {
    const { Age } = await import('../../../dashboard/src/components/age.tsx')
    const at = NOW - 14_000
    await page.draw(<Age at={at} />)
    const time = page.root.one('time')
    expect(time.textContent).toBe('14 s ago')
    expect(Date.parse(String(time.getAttribute('dateTime') ?? time.getAttribute('datetime')))).toBe(at)
    expect(time.getAttribute('title')).toMatch(/Mon 23 Nov 2026, \d\d:11:49 /)
    await wait(60_000)
    expect(time.textContent, 'time alone moves nothing').toBe('14 s ago')
    await page.act(() => state.tickClock(true))
    expect([time.textContent, page.root.one('time') === time]).toEqual(['1 min ago', true])
  })

  it.each([
    [0, false, 'just now'],
    [-5_000, false, 'just now'],
    [3_600_000, true, '1 h'],
    [4 * 86_400_000, false, '4 days ago'],
  ])('of %i ms, plain %s: %s', async (ms, plain, text) => {
    const { Age } = await import('../../../dashboard/src/components/age.tsx')
    await page.draw(<Age at={NOW - ms} plain={plain} />)
    expect(page.root.textContent).toBe(text)
  })
})

describe('a fact row', () => {
  async function row(change: Parameters<typeof aFact>[0]) {
    const { FactLine } = await import('../../../dashboard/src/components/fact-line.tsx')
    await page.draw(<FactLine fact={aFact(change)} check="patch" />)
    return { text: page.root.textContent, style: page.root.one('div').getAttribute('class') }
  }

  it('that is known is plain', async () => {
    const { text, style } = await row({})
    expect(text).toMatch(/apt.*patch\/apt, 1 min ago$/)
    expect(style).toBe('fact')
  })

  it.each([
    ['failed', { code: 'timeout', detail: 'x' }, /Could not tell: /],
    ['never', { collectedAt: null, source: null }, /Never read: .*never read$/],
    ['stale', {}, /apt.*Last known 1 min ago; too old to count\./],
  ] as const)('that is %s is hatched and says so', async (kind, change, words) => {
    const { text, style } = await row({ state: kind, ...change })
    expect(style).toBe('fact gap')
    expect(text).toMatch(words)
  })
})

describe('a brief', () => {
  it('names the subject only where nothing else does', async () => {
    const { Brief } = await import('../../../dashboard/src/components/finding-card.tsx')
    const card = aCard({ openedAt: null, changedAt: null })
    await page.draw(<Brief card={card} />)
    expect(page.root.textContent).toMatch(/SRV-01Disks$/)
    await page.draw(<Brief card={card} showMachine={false} />)
    expect(page.root.textContent).not.toContain('Disks')
  })

  it('that left says so in place', async () => {
    const { Brief } = await import('../../../dashboard/src/components/finding-card.tsx')
    await page.draw(<Brief card={aCard()} gone />)
    expect(page.root.textContent).toContain('Solved while you were reading')
    expect(page.root.all('svg')[0]?.getAttribute('class')).toContain('mk-good')
  })
})

describe('a lost server', () => {
  it('is said with since when, a countdown and a way not to wait', async () => {
    vi.spyOn(Math, 'random').mockReturnValue(0.9)
    const { LostBar } = await import('../../../dashboard/src/components/lost-bar.tsx')
    const { connect } = await import('../../../dashboard/src/api/live.ts')
    connect()
    await page.draw(<LostBar />)
    expect([page.root.textContent, page.root.all('button')]).toEqual(['', []])
    for (let at = 0; at < 4; at += 1) {
      FakeSocket.newest().drop()
      await wait(at < 3 ? 15_000 : 1_000)
    }
    expect(page.root.textContent).toMatch(/No answer from the server since Mon \d\d:12\./)
    const said = page.root.all('span')[0]?.textContent ?? ''
    expect(said).toMatch(/^Next try in \d+ s\.$/)
    await wait(2_000)
    const seconds = (text: string) => Number(/\d+/.exec(text)?.[0])
    expect(seconds(page.root.all('span')[0]?.textContent ?? '')).toBe(seconds(said) - 2)
    const before = FakeSocket.all.length
    await page.act(() => page.root.one('button').fire('click'))
    expect(FakeSocket.all).toHaveLength(before + 1)
    expect(page.root.textContent).toContain('Trying…')
    await page.act(() => FakeSocket.newest().say({ t: 'hello', now: NOW, version: '1' }))
    expect(page.root.textContent).toBe('')
    vi.restoreAllMocks()
  })
})

describe('the counts beside the navigation', () => {
  it('are those of Today, and name at most five clients that need somebody', async () => {
    const { summarize, summary } = await import('../../../dashboard/src/state/summary.ts')
    const bad = (id: string) =>
      aRow({ id, name: id, slug: id, open: 2, worst: aCard(), dials: { ...aRow().dials, disk: 'urgent' } })
    const rows = [...['a', 'b', 'c', 'd', 'e', 'f'].map(bad), aRow({ open: 1 })]
    summarize(aToday({ clients: 7, machines: 9, urgent: [aCard()], urgentMore: 4, rows }))
    expect(summary.value).toMatchObject({ urgent: 5, clients: 7, machines: 9, open: 13 })
    expect(summary.value?.needs).toEqual(['a', 'b', 'c', 'd', 'e'].map((name) => ({ name, href: `/c/${name}` })))
  })
})

describe('the palette', () => {
  it.each([
    ['SRV-01 Bakery', '', true],
    ['SRV-01 Bakery', 'srv', true],
    ['SRV-01 Bakery', 's1b', true],
    ['SRV-01 Bakery', 'bak ery', true],
    ['SRV-01 Bakery', '1s', false],
    ['SRV-01 Bakery', 'srvx', false],
    ['aa', 'aaa', false],
    ['Café', 'É', true],
  ])('finds in %s the letters %s: %s', async (name, query, found) => {
    const { matches } = await import('../../../dashboard/src/components/go-to.tsx')
    expect(matches(name, query)).toBe(found)
  })
})
