/** What the outbox does with time, failures, ends and restarts: over a real store, with senders that a test holds. */
import { afterEach, describe, expect, it } from 'vitest'
import type { DeliveryFailure } from '../../../server/channels/message.ts'
import type { Finding } from '../../../server/findings/finding.ts'
import { err } from '../../../shared/result.ts'
import { DAY_MS, HOUR_MS, MINUTE_MS, SECOND_MS } from '../../../shared/units.ts'
import { aFired, judgeSo, over, TOLD } from '../../support/told-world.ts'
import { type Dispatch, type DispatchOptions, HOOK, MAIL, START, startDispatch } from './a-dispatch.ts'

const WAIT_MS = 5 * SECOND_MS
const failed = (isUncertain = false, code: DeliveryFailure['code'] = 'unreachable') => err({ code, isUncertain })

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
const states = async () => (await dispatch.file.deliveries({ limit: 100 })).map(({ kind, state }) => `${kind} ${state}`)

describe('grouping', () => {
  it('waits for others of the same site and says them in one message', async () => {
    await begin()
    await judge('fired', aFired('/a', START))
    await dispatch.advance(2 * SECOND_MS)
    await judge('fired', aFired('/b', START), aFired('/c', START, 'warning'))
    await dispatch.advance(2 * SECOND_MS)
    expect(said()).toEqual([])
    await dispatch.advance(SECOND_MS)
    expect(said()).toEqual(['alert'])
    expect(dispatch.sent[0]?.at).toBe(START + WAIT_MS)
    expect(dispatch.sent[0]?.message.problems.map(({ finding }) => finding.item)).toEqual(['/a', '/b', '/c'])
    expect(dispatch.outbox.stats).toMatchObject({ waiting: 0, oldestAt: null, sent: { email: 1, webhook: 0 } })
  })

  it('tells each end what it asked for, and nobody else', async () => {
    await begin({ channels: [MAIL, HOOK] })
    await judge('fired', aFired('/a', START, 'warning'))
    await dispatch.advance(WAIT_MS)
    expect(dispatch.sent.map(({ end }) => end.channel.id)).toEqual(['mail'])
    await judge('fired', aFired('/low', START, 'info'))
    await dispatch.advance(WAIT_MS)
    expect(dispatch.sent.length).toBe(1)
    // Worse than before: mail hears it in the thread, the webhook for the first time.
    await judge('worsened', { ...aFired('/a', START), number: 1 })
    await dispatch.advance(WAIT_MS)
    const [mail, hook] = [1, 2].map((at) => dispatch.sent[at])
    expect([mail, hook].map((one) => one?.end.channel.id).toSorted()).toEqual(['hook', 'mail'])
    const byChannel = new Map(dispatch.sent.slice(1).map((one) => [one.end.channel.id, one.message]))
    expect(byChannel.get('mail')?.rootKey).toBe(dispatch.sent[0]?.message.key)
    expect(byChannel.get('hook')?.rootKey).toBe(byChannel.get('hook')?.key)
  })

  it('says the same severity once, however often it comes back', async () => {
    await begin()
    await judge('fired', aFired('/a', START))
    await dispatch.advance(WAIT_MS)
    await judge('worsened', { ...aFired('/a', START), number: 1 })
    await dispatch.advance(WAIT_MS)
    expect(said()).toEqual(['alert'])
  })
})

describe('what is over', () => {
  it('before it was sent is not told, neither is its end', async () => {
    await begin()
    const [finding] = await judge('fired', aFired('/a', START))
    await dispatch.advance(SECOND_MS)
    await judge('resolved', over(finding ?? aFired('/a', START), START + SECOND_MS))
    await dispatch.advance(MINUTE_MS)
    expect(said()).toEqual([])
    expect(await states()).toEqual([])
  })

  it('while the channel refuses is not told, neither is its end', async () => {
    await begin()
    dispatch.answers.push(...Array.from({ length: 50 }, () => failed()))
    const [finding] = await judge('fired', aFired('/a', START))
    await dispatch.advance(WAIT_MS)
    const attempts = dispatch.sent.length
    expect(attempts).toBe(1)
    await judge('resolved', over(finding ?? aFired('/a', START), dispatch.clock.now()))
    await dispatch.advance(2 * HOUR_MS)
    expect(dispatch.sent.length).toBe(attempts)
    expect(await states()).toContain('alert superseded')
    expect((await states()).join()).not.toMatch(/sent|waiting|leased/)
  })

  it('is told to whom the beginning was told, in its thread', async () => {
    await begin({ channels: [MAIL, HOOK] })
    const [finding] = await judge('fired', aFired('/a', START, 'warning'))
    await dispatch.advance(WAIT_MS)
    await judge('resolved', over(finding ?? aFired('/a', START), dispatch.clock.now()))
    await dispatch.advance(WAIT_MS)
    expect(dispatch.sent.map(({ end, message }) => [end.channel.id, message.kind])).toEqual([
      ['mail', 'alert'],
      ['mail', 'recovery'],
    ])
    const [alert, recovery] = dispatch.sent
    expect(recovery?.message.rootKey).toBe(alert?.message.key)
    expect(recovery?.message.key).not.toBe(alert?.message.key)
  })

  it('comes after an alert that may have been sent, and never before it', async () => {
    await begin()
    dispatch.answers.push(failed(true, 'timeout'))
    const [finding] = await judge('fired', aFired('/a', START))
    await dispatch.advance(WAIT_MS)
    await judge('resolved', over(finding ?? aFired('/a', START), dispatch.clock.now()))
    await dispatch.advance(MINUTE_MS)
    expect(said()).toEqual(['alert', 'alert', 'recovery'])
    const [first, again] = dispatch.sent
    expect(again?.message.key, 'a receiver can drop the second').toBe(first?.message.key)
  })
})

describe('failures', () => {
  it('are tried again for a day, ever more rarely, then given up where everybody can see it', async () => {
    await begin()
    dispatch.answers.push(...Array.from({ length: 1_000 }, () => failed(false, 'auth')))
    await judge('fired', aFired('/a', START))
    await dispatch.advance(26 * HOUR_MS)
    expect(await states()).toContain('alert dead')
    const [row] = await dispatch.file.deliveries({ limit: 1 })
    expect(row).toMatchObject({ state: 'dead', failure: 'auth' })
    expect(row?.endedAt).toBeGreaterThanOrEqual(START + DAY_MS)
    expect(dispatch.sent.length).toBeGreaterThan(50)
    expect(dispatch.sent.length).toBeLessThan(400)
    expect((await dispatch.store.hub.channels())[0]).toMatchObject({ failure: 'auth', provenAt: null })
    expect(dispatch.outbox.stats.failed.email).toBe(dispatch.sent.length)
  })

  it('of one channel do not keep the other waiting', async () => {
    await begin({ channels: [MAIL, HOOK] })
    dispatch.answers.push(failed())
    await judge('fired', aFired('/a', START))
    await dispatch.advance(WAIT_MS)
    const channels = () => dispatch.sent.map(({ end }) => end.channel.id)
    expect(channels().toSorted()).toEqual(['hook', 'mail'])
    await dispatch.advance(10 * SECOND_MS)
    const [refused, taken, again] = channels()
    expect(again).toBe(refused)
    expect(taken).not.toBe(refused)
    expect(channels().length).toBe(3)
  })
})

describe('a restart', () => {
  it('sends what was being sent once more with its key, and what waited once', async () => {
    let dies = false
    const onStep = (step: string) => {
      if (dies && step === 'sent') throw new Error('killed here')
    }
    await begin({ onStep })
    dies = true
    await judge('fired', aFired('/a', START))
    await dispatch.advance(WAIT_MS)
    expect(said()).toEqual(['alert'])
    expect(await states()).toEqual(['alert leased'])
    dies = false
    await dispatch.restart()
    expect(said()).toEqual(['alert', 'alert'])
    expect(dispatch.sent[1]?.message.key).toBe(dispatch.sent[0]?.message.key)
    expect(await states()).toEqual(['alert sent'])
    await dispatch.restart()
    expect(said().length).toBe(2)
  })

  it('takes a message over when the lease of another process has run out', async () => {
    await begin()
    await judge('fired', aFired('/a', START))
    await dispatch.file.saveRouting(
      {
        fates: [],
        notifications: [
          {
            ...{ sendKey: 'k', rootKey: 'k', channelId: 'mail', recipient: 'address:anna@example.org', kind: 'alert' },
            ...{ siteId: TOLD.siteId, state: 'waiting' },
            items: [{ findingId: aFired('/a', START).id, kind: 'fired', severity: 'critical', at: START }],
          },
        ],
      },
      START,
    )
    expect(await dispatch.file.claimNotifications(START, MINUTE_MS, 10)).toHaveLength(1)
    expect(await dispatch.file.claimNotifications(START + MINUTE_MS - 1, MINUTE_MS, 10)).toEqual([])
    const [again] = await dispatch.file.claimNotifications(START + MINUTE_MS, MINUTE_MS, 10)
    expect(again).toMatchObject({ sendKey: 'k', attempts: 2, isUncertain: true })
  })
})

describe('a server that sends nothing', () => {
  it('makes everything and withholds it', async () => {
    await begin({ isSending: false })
    const [finding] = await judge('fired', aFired('/a', START))
    await dispatch.advance(WAIT_MS)
    await judge('resolved', over(finding ?? aFired('/a', START), dispatch.clock.now()))
    await dispatch.advance(2 * DAY_MS)
    expect(said()).toEqual([])
    expect(await states()).toEqual(['recovery withheld', 'alert withheld'])
  })
})

describe('a channel that is gone', () => {
  it('hears nothing more', async () => {
    await begin()
    dispatch.answers.push(failed())
    await judge('fired', aFired('/a', START))
    await dispatch.advance(WAIT_MS)
    await dispatch.store.hub.saveChannel({ ...MAIL, isEnabled: false }, null, START)
    await dispatch.advance(HOUR_MS)
    expect(said().length).toBe(1)
    expect(await states()).toEqual(['alert superseded'])
  })
})

describe('retention', () => {
  it('deletes what is old and keeps what still tells of an open finding', async () => {
    await begin()
    const [a] = await judge('fired', aFired('/a', START), aFired('/b', START))
    await dispatch.advance(WAIT_MS)
    await judge('resolved', over(a ?? aFired('/a', START), dispatch.clock.now()))
    await dispatch.advance(WAIT_MS)
    const later = dispatch.clock.now() + 1
    expect(await dispatch.file.retainOutbox(START, 100)).toBe(0)
    expect(await dispatch.file.retainOutbox(later, 100)).toBe(4)
    expect(await states()).toEqual(['alert sent'])
  })
})
