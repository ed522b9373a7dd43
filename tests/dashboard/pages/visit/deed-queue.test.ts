/** Deeds reach the server once each and in order; they wait while it is away; what somebody else changed is said, not overwritten. */
import { beforeEach, describe, expect, it, vi } from 'vitest'
import type { Deed } from '../../../../dashboard/src/pages/visit/deed.ts'
import type { DeedQueue } from '../../../../dashboard/src/pages/visit/deed-queue.ts'
import { installBrowser } from '../../support/fake-browser.ts'
import { aVisitView } from '../../support/some-visit.ts'

type Asked = {
  readonly method: string
  readonly path: string
  readonly body: { readonly version?: number; readonly minutes?: string }
}
type Visit = { version: number; minutes: string }

let asked: Asked[]
let visit: Visit
let isAway: boolean
let queue: DeedQueue

const json = (status: number, body: object): Response =>
  new Response(JSON.stringify(body), { status, headers: { 'content-type': 'application/json' } })

/** A server that holds one visit as the real one does: a change with an older version is refused. */
async function answer(path: string, init: RequestInit = {}): Promise<Response> {
  if (isAway) throw new TypeError('Failed to fetch')
  if (init.method === 'GET') return json(200, aVisitView({ ...visit }))
  const body = JSON.parse(String(init.body)) as Asked['body']
  asked.push({ method: String(init.method), path, body })
  if (path.endsWith('/steps')) return json(409, { error: { code: 'conflict', message: 'Not at that step.' } })
  if (body.version !== undefined && body.version !== visit.version)
    return json(409, { error: { code: 'conflict', message: 'Somebody was faster.' } })
  visit = { version: visit.version + 1, minutes: body.minutes ?? visit.minutes }
  return json(200, { date: '2026-11-24', state: 'on-site', version: visit.version })
}

const minutes = (text: string): Deed => ({ kind: 'minutes', said: 'm', minutes: text })
const tick = (action: string): Deed => ({
  ...{ kind: 'tick', said: action, action },
  body: { state: 'done', minutes: null, note: null },
})
const decide: Deed = {
  ...{ kind: 'decide', said: 'd', recommendation: 'r1' },
  body: { answer: 'do', until: null, reason: '', by: '' },
}

beforeEach(async () => {
  vi.resetModules()
  vi.useFakeTimers()
  installBrowser()
  vi.stubGlobal('fetch', answer)
  asked = []
  visit = { version: 7, minutes: '' }
  isAway = false
  const { queueOf } = await import('../../../../dashboard/src/pages/visit/deed-queue.ts')
  queue = queueOf({ client: 'bakery', date: '2026-11-24' })
  queue.hear(aVisitView({ version: 7 }))
  return () => vi.useRealTimers()
})

const settle = (ms = 0) => vi.advanceTimersByTimeAsync(ms)
const states = () => queue.entries.value.map(({ sending }) => sending.state)

describe('the queue', () => {
  it('sends one after the other, each with the version that the one before left', async () => {
    for (const deed of [tick('a1'), decide, tick('a2'), minutes('hi')]) queue.add(deed)
    expect(queue.unsent).toBe(4)
    await settle()
    expect(asked.map(({ body }) => body.version)).toEqual([7, undefined, 9, 10])
    expect([states(), queue.unsent, queue.fresh.value?.minutes]).toEqual([[], 0, 'hi'])
  })

  it('keeps what the server did not get, and sends each once when it is back', async () => {
    isAway = true
    queue.add(tick('a1'))
    await settle()
    queue.add(minutes('one'))
    queue.add(minutes('two'))
    await settle(10_000)
    expect([queue.isAway.value, queue.unsent, asked.length]).toEqual([true, 2, 0])
    isAway = false
    await settle(3_000)
    expect(asked.map(({ body }) => body.version)).toEqual([7, 8])
    expect([queue.isAway.value, queue.unsent, visit.minutes]).toEqual([false, 0, 'two'])
  })

  it('does not overwrite what somebody else changed while answers waited', async () => {
    isAway = true
    queue.add(minutes('mine'))
    await settle()
    visit = { version: 8, minutes: 'theirs' }
    // A view with the newer version is read before the answer goes out.
    queue.hear(aVisitView({ version: 8 }))
    isAway = false
    await settle(3_000)
    expect(visit.minutes).toBe('theirs')
    expect(queue.entries.value[0]?.sending).toMatchObject({ state: 'stopped', isStale: true })
    expect(queue.fresh.value?.minutes).toBe('theirs')
    queue.sendAgain()
    await settle()
    expect([visit.minutes, queue.unsent]).toEqual(['mine', 0])
  })

  it('drops what the person drops, and goes on with the rest', async () => {
    isAway = true
    queue.add(minutes('mine'))
    queue.add(tick('a1'))
    await settle()
    visit = { version: 8, minutes: 'theirs' }
    isAway = false
    await settle(3_000)
    const [first] = queue.entries.value
    queue.drop(first?.key ?? -1)
    await settle()
    expect([visit.minutes, queue.unsent, asked.at(-1)?.path.endsWith('/actions/a1')]).toEqual(['theirs', 0, true])
  })

  it('says a refusal that is nobody’s change as a refusal', async () => {
    queue.add({ kind: 'step', said: 's', body: { step: 'send', reason: '' } })
    await settle()
    expect(queue.entries.value[0]?.sending).toEqual({ state: 'stopped', isStale: false, message: 'Not at that step.' })
  })
})
