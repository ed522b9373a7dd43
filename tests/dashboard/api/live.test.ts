/** The live socket against a server that the test plays: changes, gaps, silence, and being lost. */
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { FakeSocket, installBrowser } from '../support/fake-browser.ts'

const START = 1_790_000_000_000
let live: typeof import('../../../dashboard/src/api/live.ts')

beforeEach(async () => {
  vi.resetModules()
  vi.useFakeTimers({ now: START })
  vi.spyOn(Math, 'random').mockReturnValue(0.5)
  installBrowser()
  live = await import('../../../dashboard/src/api/live.ts')
})
afterEach(() => {
  vi.useRealTimers()
  vi.restoreAllMocks()
})

const socket = () => FakeSocket.newest()
const hello = () => socket().say({ t: 'hello', now: Date.now(), version: '1' })
const tick = () => socket().say({ t: 'tick', now: Date.now() })
const change = (...machines: string[]) => socket().say({ t: 'changed', now: Date.now(), machines })

/** The server ticks every 15 s for as long as asked. */
async function quarterMinutes(count: number): Promise<void> {
  for (let at = 0; at < count; at += 1) {
    await vi.advanceTimersByTimeAsync(15_000)
    tick()
  }
}

describe('connected', () => {
  beforeEach(() => {
    live.connect()
    hello()
  })

  it('asks its own server', () => {
    expect(socket().url).toBe('wss://rounds.example.net/api/v1/live')
    expect(live.link.value.state).toBe('live')
  })

  it('says which machines changed, and counts', () => {
    change('m1', 'm2')
    expect(live.changed.value).toEqual({ seq: 1, machines: ['m1', 'm2'] })
    change('m1')
    expect(live.changed.value).toEqual({ seq: 2, machines: ['m1'] })
  })

  it('stays connected for as long as the server ticks', async () => {
    await quarterMinutes(20)
    expect(FakeSocket.all).toHaveLength(1)
    expect([live.link.value.state, socket().isClosed]).toEqual(['live', false])
  })

  it('is not lost by a short gap, but asks for everything again', async () => {
    change('m1')
    socket().drop()
    await vi.advanceTimersByTimeAsync(1_000)
    expect(FakeSocket.all).toHaveLength(2)
    hello()
    await vi.advanceTimersByTimeAsync(10_000)
    expect(live.link.value.state).toBe('live')
    expect(live.changed.value).toEqual({ seq: 2, machines: [] })
  })

  it('is lost after five seconds without a server, since it was last heard, and found again', async () => {
    await quarterMinutes(1)
    await vi.advanceTimersByTimeAsync(2_000)
    const heardAt = START + 15_000
    socket().drop()
    await vi.advanceTimersByTimeAsync(4_900)
    expect(live.link.value.state).toBe('live')
    await vi.advanceTimersByTimeAsync(200)
    expect(live.link.value).toEqual({ state: 'lost', since: heardAt })
    await vi.advanceTimersByTimeAsync(60_000)
    hello()
    expect(live.link.value.state).toBe('live')
    expect(live.changed.value.machines).toEqual([])
    expect(live.changed.value.seq).toBe(1)
  })

  it('is lost when the server falls silent, even if the connection never closes', async () => {
    await vi.advanceTimersByTimeAsync(41_000)
    expect(FakeSocket.all[0]?.isClosed).toBe(true)
    expect(live.link.value).toEqual({ state: 'lost', since: START })
    await vi.advanceTimersByTimeAsync(1_000)
    expect(FakeSocket.all).toHaveLength(2)
    FakeSocket.all[0]?.drop()
    await vi.advanceTimersByTimeAsync(1_000)
    expect(FakeSocket.all, 'the old one closing late is no news').toHaveLength(2)
    hello()
    expect(live.link.value.state).toBe('live')
  })

  it('ends for good when asked', async () => {
    live.disconnect()
    socket().drop()
    await vi.advanceTimersByTimeAsync(120_000)
    expect([FakeSocket.all.length, live.link.value.state]).toEqual([1, 'live'])
  })
})

describe('trying again', () => {
  it('waits longer each time, never more than 15 seconds, and says when', async () => {
    live.connect()
    const waits: number[] = []
    for (let at = 0; at < 8; at += 1) {
      const before = FakeSocket.all.length
      socket().drop()
      expect(live.nextTryAt.value).toBeGreaterThan(Date.now())
      const started = Date.now()
      while (FakeSocket.all.length === before) await vi.advanceTimersByTimeAsync(100)
      waits.push(Date.now() - started)
    }
    expect(waits).toEqual([500, 1_000, 2_000, 4_000, 7_500, 7_500, 7_500, 7_500])
  })

  it('leaves a slow connection the time it needs, however long ago the server was heard', async () => {
    live.connect()
    hello()
    socket().drop()
    for (let at = 0; at < 10; at += 1) {
      await vi.advanceTimersByTimeAsync(8_000)
      if (at < 9) socket().drop()
    }
    const slow = socket()
    await vi.advanceTimersByTimeAsync(20_000)
    expect([slow.isClosed, socket() === slow]).toEqual([false, true])
    slow.say({ t: 'hello', now: Date.now(), version: '1' })
    expect(live.link.value.state).toBe('live')
  })

  it('happens at once when the reader asks', async () => {
    live.connect()
    for (let at = 0; at < 6; at += 1) {
      socket().drop()
      await vi.advanceTimersByTimeAsync(8_000)
    }
    socket().drop()
    const before = FakeSocket.all.length
    live.tryNow()
    expect(FakeSocket.all).toHaveLength(before + 1)
    expect(live.nextTryAt.value).toBe(null)
    await vi.advanceTimersByTimeAsync(20_000)
    expect(FakeSocket.all, 'the try that was planned is off').toHaveLength(before + 1)
  })
})
