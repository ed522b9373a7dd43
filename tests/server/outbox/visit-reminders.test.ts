/** Reminders of visits that come: once each, to the one who makes the visit, over a real store with restarts in between. */
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { composeMail } from '../../../server/channels/mail/compose-mail.ts'
import { sayMessage } from '../../../server/channels/say-message.ts'
import { err } from '../../../shared/result.ts'
import { DAY_MS, HOUR_MS } from '../../../shared/units.ts'
import { TOLD } from '../../support/told-world.ts'
import { aVisit } from '../../support/visit-samples.ts'
import { type Dispatch, type DispatchOptions, HOOK, MAIL, START, startDispatch } from './a-dispatch.ts'

/** Fourteen days after the start, at half past nine. */
const PLANNED = START + 14 * DAY_MS + HOUR_MS / 2
const MAIL_SERVER = {
  settings: { host: '127.0.0.1', port: 25, tls: 'none', user: null, from: 'rounds@example.org' },
  wrappedPassword: null,
} as const
const ANNA = { id: 'p1', email: 'anna@example.org', name: 'Anna', role: 'operator', language: 'fr' } as const

let dispatch: Dispatch
const begin = async (options: DispatchOptions = {}) => {
  dispatch = await startDispatch(options)
  await dispatch.store.hub.saveMailServer(MAIL_SERVER, START)
}
const plan = (over: Parameters<typeof aVisit>[0] = {}) =>
  dispatch.file.addVisit(aVisit({ plannedAt: PLANNED, createdAt: START, authorId: null, ...over }))
const told = () => dispatch.sent.map(({ end, at }) => [end.recipient, (PLANNED - at) / DAY_MS])
const wordsOf = (at: number) => {
  const one = dispatch.sent[at]
  if (one === undefined) throw new Error(`message ${at} was not sent`)
  return composeMail(sayMessage(one.message), one.message.language)
}
const restore = async (byMs: number) => {
  await dispatch.advance(byMs)
  await dispatch.restart()
}

beforeEach(() => begin())
afterEach(() => dispatch.close())

describe('a visit that comes', () => {
  it('is said 7 days and 1 day before, once each, whatever restarts there are', async () => {
    await plan()
    for (let hour = 0; hour < 15 * 24; hour += 12) await restore(12 * HOUR_MS)
    expect(told().map(([recipient]) => recipient)).toEqual(['address:anna@example.org', 'address:anna@example.org'])
    const [week, day] = told().map(([, days]) => Number(days))
    // The calendar is looked at once an hour, and at each restart.
    expect(week).toBeGreaterThan(7 - 1.01 / 24)
    expect(week).toBeLessThanOrEqual(7)
    expect(day).toBeGreaterThan(1 - 1.01 / 24)
    expect(day).toBeLessThanOrEqual(1)
  })

  it('is said to the person who makes it, in their language, and to nobody else', async () => {
    await dispatch.store.hub.addPerson({ ...ANNA, clientIds: [TOLD.clientId] }, START)
    await plan({ authorId: ANNA.id, author: 'Anna' })
    await dispatch.advance(8 * DAY_MS)
    expect(dispatch.sent.map(({ end }) => end.recipient)).toEqual(['person:p1'])
    const { subject, text } = wordsOf(0)
    expect(subject).toBe('Visite: Bakery, 6 déc., 09:30 (dans 7\u00a0jours)')
    expect(text).toContain('visite périodique le 6 déc., 09:30')
    expect(text).toContain('https://rounds.example.org/c/bakery/visits/2026-02-03')
  })

  it('knows who makes it by name, when only one has that name', async () => {
    await dispatch.store.hub.addPerson({ ...ANNA, clientIds: [TOLD.clientId] }, START)
    await plan({ author: 'Anna' })
    await dispatch.advance(8 * DAY_MS)
    expect(dispatch.sent.map(({ end }) => end.recipient)).toEqual(['person:p1'])
  })

  it('is not said to a person who may no longer see the client', async () => {
    await dispatch.store.hub.addPerson({ ...ANNA, email: 'other@example.org', clientIds: [] }, START)
    await plan({ authorId: ANNA.id })
    await dispatch.advance(8 * DAY_MS)
    expect(dispatch.sent.map(({ end }) => end.recipient)).toEqual(['address:anna@example.org'])
  })

  it('is told in English too, and names that attack stay one line', async () => {
    await plan({ author: 'A\r\nBcc: x@evil.example <b>' })
    await dispatch.advance(8 * DAY_MS)
    const { subject, text, html } = wordsOf(0)
    expect(subject).toBe('Visit: Bakery, 6 Dec, 09:30 (in 7 days)')
    expect(text).toContain('Made by A Bcc: x@evil.example <b>')
    expect(html).not.toContain('<b>')
  })

  it('tries again when the mail server does not answer', async () => {
    await plan()
    dispatch.answers.push(err({ code: 'unreachable', isUncertain: false }))
    await dispatch.advance(7 * DAY_MS + 2 * HOUR_MS)
    expect(dispatch.sent.length).toBe(2)
    expect(new Set(dispatch.sent.map(({ message }) => message.key)).size).toBe(1)
  })
})

describe('a visit that does not come like that', () => {
  it('is not said when it was planned after the time of the reminder', async () => {
    await plan({ createdAt: PLANNED - 3 * DAY_MS })
    await dispatch.advance(15 * DAY_MS)
    expect(dispatch.sent.length).toBe(1)
    expect(told()[0]?.[1]).toBeLessThanOrEqual(1)
  })

  it('is said again for its new date when it moves', async () => {
    await plan()
    await dispatch.advance(8 * DAY_MS)
    const [visit] = await dispatch.file.visits()
    if (visit === undefined) throw new Error('the visit is not there')
    const moved = { ...visit, plannedAt: PLANNED + 30 * DAY_MS }
    await dispatch.file.saveVisit({ visit: moved, version: visit.version })
    await dispatch.advance(40 * DAY_MS)
    expect(told().map(([, days]) => Math.round(30 + Number(days)))).toEqual([37, 7, 1])
  })

  it('is not said when it was opened, or when its time has passed', async () => {
    await plan()
    await dispatch.advance(6 * DAY_MS)
    const [visit] = await dispatch.file.visits()
    if (visit === undefined) throw new Error('the visit is not there')
    const opened = { ...visit, state: 'on-site', openedAt: dispatch.clock.now() } as const
    await dispatch.file.saveVisit({ visit: opened, version: visit.version })
    await dispatch.advance(10 * DAY_MS)
    await dispatch.file.addVisit(aVisit({ id: 'old', date: '2026-02-04', plannedAt: PLANNED, createdAt: START }))
    await dispatch.advance(DAY_MS)
    expect(dispatch.sent).toEqual([])
  })

  it('is not said through a webhook, nor before there is a mail server', async () => {
    await dispatch.close()
    dispatch = await startDispatch({ channels: [MAIL, { ...HOOK, minSeverity: 'info' }] })
    await plan()
    await dispatch.advance(8 * DAY_MS)
    expect(dispatch.sent).toEqual([])
    await dispatch.store.hub.saveMailServer(MAIL_SERVER, START)
    await dispatch.advance(2 * HOUR_MS)
    expect(dispatch.sent.map(({ end }) => end.channel.id)).toEqual(['mail'])
    // Later than meant: it says how far away the visit is now.
    expect(wordsOf(0).subject).toMatch(/\(in 6 days\)$/)
  })

  it('is not said by a demonstration', async () => {
    await dispatch.close()
    await begin({ isSending: false })
    await plan()
    await dispatch.advance(15 * DAY_MS)
    expect(await dispatch.file.deliveries({ limit: 10 })).toEqual([])
  })
})
