/** A page's data: asked once, again on a change that concerns it, again while the server is away; nothing for 300 ms, then bars. */
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { drawer, FakeSocket, installBrowser } from '../support/fake-browser.ts'

const START = 1_790_000_000_000

type Answer = { status: number; body: object; afterMs?: number } | 'gone' | 'never'
let answers: Answer[]
let asked: string[]
let page: Awaited<ReturnType<typeof drawer>>
let useView: typeof import('../../../dashboard/src/state/use-view.ts').useView
let live: typeof import('../../../dashboard/src/api/live.ts')
let state: typeof import('../../../dashboard/src/state/session.ts')

beforeEach(async () => {
  vi.resetModules()
  vi.useFakeTimers({ now: START })
  installBrowser()
  asked = []
  answers = []
  vi.stubGlobal('fetch', (path: string) => {
    asked.push(path)
    const answer = answers.shift() ?? 'never'
    if (answer === 'never') return new Promise(() => undefined)
    if (answer === 'gone') return Promise.reject(new TypeError('fetch failed'))
    const response = Response.json(answer.body, { status: answer.status })
    const { afterMs = 0 } = answer
    return afterMs === 0 ? Promise.resolve(response) : new Promise((done) => setTimeout(() => done(response), afterMs))
  })
  live = await import('../../../dashboard/src/api/live.ts')
  state = await import('../../../dashboard/src/state/session.ts')
  ;({ useView } = await import('../../../dashboard/src/state/use-view.ts'))
  page = await drawer()
})
afterEach(() => vi.useRealTimers())

type Said = { readonly now: number; readonly text: string }
const says = (text: string, now = START): Answer => ({ status: 200, body: { now, text } })

function Page({ path = '/a', concerns }: { path?: string; concerns?: (machines: readonly string[]) => boolean }) {
  const { view, failure, slow } = useView<Said>(path, concerns)
  return <p>{[view?.text ?? '-', failure?.kind ?? '-', slow && view === null ? 'slow' : '-'].join(' ')}</p>
}
const wait = (ms: number) => page.act(async () => void (await vi.advanceTimersByTimeAsync(ms)))
const text = () => page.root.textContent
const change = async (...machines: string[]) => {
  await page.act(() => {
    live.changed.value = { seq: live.changed.value.seq + 1, machines }
  })
  await wait(200)
}

describe('a page', () => {
  it('shows what came, and takes the clock of the server from it', async () => {
    answers = [says('one', START + 5_000)]
    await page.draw(<Page />)
    await wait(10)
    expect(text()).toBe('one - -')
    expect(state.clock.value).toBe(START + 5_000)
    await wait(60_000)
    expect(asked).toEqual(['/a'])
  })

  it('shows nothing for 300 ms, then bars; another address begins with nothing again', async () => {
    await page.draw(<Page />)
    await wait(290)
    expect(text()).toBe('- - -')
    await wait(20)
    expect(text()).toBe('- - slow')
    await page.draw(<Page path="/b" />)
    await wait(10)
    expect(text()).toBe('- - -')
    await wait(300)
    expect(text()).toBe('- - slow')
  })

  it('never shows the answer of another address', async () => {
    answers = [says('one')]
    await page.draw(<Page />)
    await wait(10)
    await page.draw(<Page path="/b" />)
    expect(text()).toBe('- - -')
    answers = [says('late of /a')]
    await change('m1')
    expect(asked.at(-1)).toBe('/b')
  })

  it('asks again on a change, once for many that come together', async () => {
    answers = [says('one'), says('two')]
    await page.draw(<Page />)
    await wait(10)
    await page.act(() => {
      for (const machine of ['m1', 'm2', 'm3'])
        live.changed.value = { seq: live.changed.value.seq + 1, machines: [machine] }
    })
    await wait(500)
    expect([text(), asked.length]).toEqual(['two - -', 2])
  })

  it('does not ask for what it does not show, but for everything after a gap', async () => {
    answers = [says('one'), says('two'), says('three')]
    await page.draw(<Page concerns={(machines) => machines.includes('m1')} />)
    await wait(10)
    await change('m2')
    expect(asked).toHaveLength(1)
    await change('m2', 'm1')
    expect(text()).toBe('two - -')
    await change()
    expect(text()).toBe('three - -')
  })

  it('keeps what it showed while the server is away, and asks by itself until it is back', async () => {
    answers = [says('one'), 'gone', 'gone', says('two')]
    await page.draw(<Page />)
    await wait(10)
    await change('m1')
    expect(text()).toBe('one unreachable -')
    await wait(3_000)
    expect([text(), asked.length]).toEqual(['one unreachable -', 3])
    await wait(3_000)
    expect(text()).toBe('two - -')
  })

  it('asks also while changes never stop coming', async () => {
    answers = [says('one'), says('two')]
    await page.draw(<Page />)
    await wait(10)
    for (let at = 0; at < 5; at += 1) {
      await page.act(() => {
        live.changed.value = { seq: live.changed.value.seq + 1, machines: ['m1'] }
      })
      await wait(50)
    }
    expect(text()).toBe('two - -')
  })

  it('shows answers that come slower than changes', async () => {
    const late = (name: string): Answer => ({ status: 200, body: { now: START, text: name }, afterMs: 700 })
    answers = [says('one'), late('two'), late('three'), late('four'), late('five')]
    await page.draw(<Page />)
    await wait(10)
    for (let at = 0; at < 4; at += 1) await change('m1')
    await wait(150)
    expect(text()).toBe('two - -')
    await wait(2_000)
    expect(text()).toBe('five - -')
  })

  it('is not put back by an older answer that comes late', async () => {
    answers = [{ status: 200, body: { now: START, text: 'old' }, afterMs: 2_000 }, says('new')]
    await page.draw(<Page />)
    await change('m1')
    expect(text()).toBe('new - -')
    await wait(5_000)
    expect(text()).toBe('new - -')
  })

  it('does not ask again for what is absent', async () => {
    answers = [{ status: 404, body: {} }]
    await page.draw(<Page />)
    await wait(60_000)
    expect([text(), asked.length]).toEqual(['- absent slow', 1])
  })

  it('signs out with the session, and lets the live socket go', async () => {
    live.connect()
    state.session.value = 'asking'
    answers = [{ status: 401, body: {} }]
    await page.draw(<Page />)
    await wait(10)
    expect(state.session.value).toBe(null)
    const socket = FakeSocket.newest()
    expect(socket.isClosed).toBe(true)
    socket.drop()
    await wait(60_000)
    expect(FakeSocket.all).toHaveLength(1)
  })

  it('asks no more once it is left', async () => {
    answers = ['gone']
    await page.draw(<Page />)
    await wait(10)
    await page.draw(null)
    await change('m1')
    await wait(60_000)
    expect(asked).toHaveLength(1)
  })
})
