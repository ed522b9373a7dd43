/** Answers over HTTP to what an earlier visit asked: they count at the visit at which they are given. */
import type { InjectOptions } from 'fastify'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { ADMINISTRATOR } from '../../../server/auth/access.ts'
import { systemClock } from '../../../server/clock.ts'
import { addClient } from '../../../server/control/operations/clients.ts'
import { REQUESTS } from '../../../server/control/requests.ts'
import type { VisitView } from '../../../shared/api/visits.ts'
import { HOUR_MS } from '../../../shared/units.ts'
import { NOW } from '../assess/sections.ts'
import { commandHere } from '../commands/command-here.ts'
import { type House, openHouse } from './house.ts'

const VISITS = '/api/v1/clients/alpha/visits'
const [FIRST, SECOND] = ['2026-12-01', '2026-12-20']
let now = NOW
let house: House
beforeAll(async () => {
  const bytes = new TextEncoder().encode('x')
  house = await openHouse({
    clock: { ...systemClock(), now: () => now },
    renderReport: async () => ({ ok: true, value: { pdf: bytes, html: bytes, manifest: bytes } }),
  })
  const { services } = house.server
  const store = services.store.client(house.clients.a)
  const row = (await store.loadMachine('machine-alpha'))?.row
  if (row === undefined) throw new Error('the machine was to be there')
  const finding = {
    ...({ id: 'bad', number: 0, machineId: row.id, rule: 'disk/drive-failing', item: 'sda' } as const),
    severity: 'warning' as const,
    values: { drive: 'A', device: '/dev/sda', when: 'now' as const, attributes: 'x' },
    ...{ openedAt: 1, changedAt: 1, resolvedAt: null, clearingSince: null, blind: null },
    alert: { state: 'pending', since: 1 } as const,
  }
  await store.saveAssessment({
    ...{ machineId: row.id, version: row.version, assessedAt: row.assessedAt ?? 0, assessedQ: row.assessedQ },
    ...{ dueAt: row.dueAt, memory: null, outcomes: null, findings: [finding], transitions: [] },
  })
  const fresh = await store.loadMachine(row.id)
  if (fresh !== null) services.fleet.resync(fresh)
})
afterAll(() => house.close())

const ask = async (request: InjectOptions) => {
  const { statusCode, body } = await house.ask('owner', request)
  if (statusCode !== 200) throw new Error(`${request.url}: ${statusCode} ${body}`)
  return JSON.parse(body) as VisitView
}
const page = (date: string) => ask({ url: `${VISITS}/${date}` })
async function step(date: string, name: string): Promise<void> {
  now += 60_000
  const { version } = await page(date)
  await ask({ method: 'POST', url: `${VISITS}/${date}/steps`, payload: { version, step: name, reason: '' } })
}
async function takeOn(url: string): Promise<void> {
  const { version } = await ask({ url: `${url}/${SECOND}` })
  await ask({ method: 'POST', url: `${url}/${SECOND}/steps`, payload: { version, step: 'prepare', reason: '' } })
}
const plan = (date: string) =>
  ask({ method: 'POST', url: VISITS, payload: { date, time: '09:00', kind: 'periodic', author: 'H', recipient: 'L' } })

it('what was ticked at this visit is not promised again when the question of the last one is answered', async () => {
  await plan(FIRST)
  for (const name of ['open', 'close', 'send']) await step(FIRST, name)
  const [asked] = (await page(FIRST)).recommendations
  const [ref] = asked?.about ?? []
  if (asked === undefined || ref === undefined) throw new Error('a measure was to be proposed')
  now += HOUR_MS
  await plan(SECOND)
  await step(SECOND, 'open')
  const tick = {
    ...{ version: (await page(SECOND)).version, text: 'Disk swapped', who: 'H', dueAt: null, needsHands: true },
    ...{ machineId: ref.machine.id, mends: { rule: ref.rule, item: ref.item }, done: true, minutes: 20, note: '' },
  }
  await ask({ method: 'POST', url: `${VISITS}/${SECOND}/actions`, payload: tick })
  const url = `/api/v1/clients/alpha/recommendations/${asked.id}/decision`
  await ask({ method: 'PUT', url, payload: { answer: 'do', until: null, reason: '', by: 'Luc' } })
  const actions = await house.server.services.store.client(house.clients.a).actions()
  expect(actions.map(({ text, state }) => [text, state])).toEqual([['Disk swapped', 'done']])
})

it('a day until which something is put off on the command line ends where the client is', async () => {
  const { services } = house.server
  const order = { name: 'West', slug: null, language: 'en', timeZone: 'America/Los_Angeles', site: 'Office' } as const
  const made = await addClient(services, ADMINISTRATOR, order)
  if (!made.ok) throw new Error(made.error.message)
  const west = '/api/v1/clients/west/visits'
  const payload = { date: SECOND, time: '09:00', kind: 'periodic', author: 'H', recipient: 'L' }
  await ask({ method: 'POST', url: west, payload })
  const recommendation = {
    ...{ version: 0, rank: 1, what: 'Move the NAS', why: 'w', otherwise: 'o', urgency: 'month', effortMinutes: null },
    ...{ costLow: null, costHigh: null, owner: '', dueAt: null, about: [] },
  }
  await takeOn(west)
  const version = (await ask({ url: `${west}/${SECOND}` })).version
  await ask({ method: 'POST', url: `${west}/${SECOND}/recommendations`, payload: { ...recommendation, version } })
  const [asked] = (await ask({ url: `${west}/${SECOND}` })).recommendations
  const decide = (until: string) =>
    commandHere(house.folder, ['visit', 'decide', 'west', asked?.id ?? '', 'defer', '--until', until, '--by', 'Luc'], {
      ask: (name, args) => REQUESTS[name].run(services, args as never) as never,
    })
  expect(await decide('2027-03-01')).toMatchObject({ code: 0 })
  const [noted] = (await ask({ url: `${west}/${SECOND}` })).recommendations
  expect(noted?.decision?.until).toBe(Date.UTC(2027, 2, 2, 7, 59))
  expect((await decide('2027-02-30')).code).not.toBe(0)
})
