/** What the outbox says again of what stays open, and when it stops: over a real store, with senders that a test holds. */
import { afterEach, describe, expect, it } from 'vitest'
import type { Finding } from '../../../server/findings/finding.ts'
import { err } from '../../../shared/result.ts'
import { DAY_MS, HOUR_MS, MINUTE_MS, SECOND_MS } from '../../../shared/units.ts'
import { aFired, judgeSo, over, TOLD } from '../../support/told-world.ts'
import { type Dispatch, type DispatchOptions, MAIL, START, startDispatch } from './a-dispatch.ts'

const WAIT_MS = 5 * SECOND_MS
const failed = () => err({ code: 'unreachable' as const, isUncertain: false })

let dispatch: Dispatch
afterEach(() => dispatch.close())
const begin = async (options: DispatchOptions = {}) => {
  dispatch = await startDispatch(options)
}
const judge = async (kind: 'fired' | 'worsened' | 'resolved', ...findings: readonly Finding[]) => {
  const saved = await judgeSo(dispatch.store, kind, findings, dispatch.clock.now())
  dispatch.outbox.note(TOLD.clientId)
  return saved
}
const said = () => dispatch.sent.map(({ message }) => message.kind)
/** Looks of a few days; more of them turn in a circle, which a throw ends. */
const MOST_LOOKS = 3_000
function countLooks() {
  let looks = 0
  const onStep = (step: string) => {
    if (step !== 'read') return
    looks += 1
    if (looks >= MOST_LOOKS) throw new Error('the outbox turns in a circle')
  }
  return { onStep, count: () => looks }
}
const states = async () => (await dispatch.file.deliveries({ limit: 100 })).map(({ kind, state }) => `${kind} ${state}`)

describe('what stays open', () => {
  it('is said again every day, once for the site, and stops when it is over', async () => {
    await begin()
    const [a, b] = await judge('fired', aFired('/a', START), aFired('/b', START))
    await dispatch.advance(3 * DAY_MS + MINUTE_MS)
    expect(said()).toEqual(['alert', 'reminder', 'reminder', 'reminder'])
    await judge('resolved', over(a ?? aFired('/a', START), dispatch.clock.now()))
    await dispatch.advance(DAY_MS)
    expect(said().slice(4)).toEqual(['recovery', 'reminder'])
    expect(dispatch.sent.at(-1)?.message.problems.map(({ finding }) => finding.item)).toEqual(['/b'])
    await judge('resolved', over(b ?? aFired('/b', START), dispatch.clock.now()))
    await dispatch.advance(5 * DAY_MS)
    expect(said().slice(6)).toEqual(['recovery'])
    const [alert] = dispatch.sent
    expect(new Set(dispatch.sent.map(({ message }) => message.rootKey))).toEqual(new Set([alert?.message.key]))
  })

  it('is said again when the channel works again, though its alert or a reminder was given up', async () => {
    const looks = countLooks()
    await begin({ onStep: looks.onStep })
    dispatch.answers.push(...Array.from({ length: 400 }, () => failed()))
    const [finding] = await judge('fired', aFired('/a', START))
    await dispatch.advance(DAY_MS + HOUR_MS)
    expect(await states()).toEqual(['alert dead'])
    dispatch.answers.length = 0
    await dispatch.advance(DAY_MS)
    expect(await states()).toEqual(['reminder sent', 'alert dead'])
    dispatch.answers.push(...Array.from({ length: 400 }, () => failed()))
    await dispatch.advance(2 * DAY_MS + HOUR_MS)
    expect((await states())[0]).toBe('reminder dead')
    dispatch.answers.length = 0
    await dispatch.advance(DAY_MS)
    expect((await states())[0]).toBe('reminder sent')
    await judge('resolved', over(finding ?? aFired('/a', START), dispatch.clock.now()))
    await dispatch.advance(MINUTE_MS)
    expect((await states())[0]).toBe('recovery sent')
    expect(looks.count()).toBeLessThan(MOST_LOOKS)
  })

  it('is not asked for without end when its channel was off while a reminder waited', async () => {
    const looks = countLooks()
    await begin({ onStep: looks.onStep })
    await judge('fired', aFired('/a', START))
    await dispatch.advance(WAIT_MS)
    dispatch.answers.push(failed())
    await dispatch.advance(DAY_MS)
    expect((await states())[0]).toBe('reminder waiting')
    await dispatch.store.hub.saveChannel({ ...MAIL, isEnabled: false }, null, START)
    await dispatch.advance(MINUTE_MS)
    expect((await states())[0]).toBe('reminder superseded')
    await dispatch.store.hub.saveChannel(MAIL, null, START)
    await dispatch.advance(DAY_MS + HOUR_MS)
    expect(looks.count()).toBeLessThan(MOST_LOOKS)
    expect((await states())[0]).toBe('reminder sent')
  })

  it('is said when its channel was off for a minute while its alert waited to be tried again', async () => {
    const looks = countLooks()
    await begin({ onStep: looks.onStep })
    dispatch.answers.push(failed())
    const [finding] = await judge('fired', aFired('/a', START))
    await dispatch.advance(WAIT_MS)
    await dispatch.store.hub.saveChannel({ ...MAIL, isEnabled: false }, null, START)
    await dispatch.advance(MINUTE_MS)
    expect(await states()).toEqual(['alert superseded'])
    await dispatch.store.hub.saveChannel(MAIL, null, START)
    await dispatch.advance(DAY_MS + MINUTE_MS)
    expect(await states()).toEqual(['reminder sent', 'alert superseded'])
    await judge('resolved', over(finding ?? aFired('/a', START), dispatch.clock.now()))
    await dispatch.advance(MINUTE_MS)
    expect((await states())[0]).toBe('recovery sent')
    expect(looks.count()).toBeLessThan(MOST_LOOKS)
  })

  it('is not said when its alert ended before it was sent, whatever comes of the channel', async () => {
    await begin()
    dispatch.answers.push(failed())
    const [finding] = await judge('fired', aFired('/a', START))
    await dispatch.advance(WAIT_MS)
    await judge('resolved', over(finding ?? aFired('/a', START), dispatch.clock.now()))
    await dispatch.advance(2 * DAY_MS)
    expect(await states()).toEqual(['alert superseded'])
  })
})
