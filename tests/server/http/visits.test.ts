/** A visit over the API, from planned to sent and corrected; who may do what; what a manager sees. */
import { existsSync, readFileSync } from 'node:fs'
import path from 'node:path'
import type { InjectOptions } from 'fastify'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { systemClock } from '../../../server/clock.ts'
import type { ReportOrder } from '../../../server/visits/report-port.ts'
import type { AroundView, ClientView } from '../../../shared/api/client.ts'
import type { FindingsView } from '../../../shared/api/views.ts'
import type { PortalView, VisitView } from '../../../shared/api/visits.ts'
import { DAY_MS } from '../../../shared/units.ts'
import { NOW } from '../assess/sections.ts'
import { type CallerName, type House, openHouse } from './house.ts'

const VISITS = '/api/v1/clients/alpha/visits'
const VISIT = `${VISITS}/2026-12-01`
const PLAN = { date: '2026-12-01', time: '09:00', kind: 'periodic', author: 'Hélène Marchand', recipient: 'Luc' }
const bytes = (text: string) => new TextEncoder().encode(text)

let house: House
let orders: ReportOrder[]
beforeEach(async () => {
  orders = []
  house = await openHouse({
    clock: { ...systemClock(), now: () => NOW },
    renderReport: async (order) => {
      orders.push(order)
      const file = (kind: string) => bytes(`${kind} of ${order.name}`)
      return { ok: true, value: { pdf: file('pdf'), html: file('html'), manifest: file('manifest') } }
    },
  })
})
afterEach(() => house.close())

async function ask<T>(caller: CallerName, request: InjectOptions): Promise<{ status: number; body: T }> {
  const { statusCode, body } = await house.ask(caller, request)
  return { status: statusCode, body: (body === '' ? null : JSON.parse(body)) as T }
}
const page = async () => (await ask<VisitView>('owner', { url: VISIT })).body
const post = (caller: CallerName, url: string, payload: object) =>
  ask<VisitView>(caller, { method: 'POST', url, payload })
const step = async (name: string, reason = '') =>
  post('owner', `${VISIT}/steps`, { version: (await page()).version, step: name, reason })

/** How the finding below stands in the list. */
async function standingOfDisk(): Promise<string | undefined> {
  const { body } = await ask<FindingsView>('owner', { url: '/api/v1/findings?client=alpha&check=disk' })
  return body.cards.find(({ item }) => item === 'sda')?.standing
}

/** The machine of Alpha gets a finding whose risk can be accepted. */
async function breakMachine(): Promise<void> {
  const { services, assessor } = house.server
  const store = services.store.client(house.clients.a)
  const record = await store.loadMachine('machine-alpha')
  const finding = {
    ...({ id: 'bad', number: 0, machineId: 'machine-alpha', rule: 'disk/drive-failing', item: 'sda' } as const),
    severity: 'warning' as const,
    values: { drive: 'A', device: '/dev/sda', when: 'now' as const, attributes: 'x' },
    ...{ openedAt: 1, changedAt: 1, resolvedAt: null, clearingSince: null, blind: null },
    alert: { state: 'pending', since: 1 } as const,
  }
  const row = record?.row
  if (row === undefined) throw new Error('the machine was to be there')
  await store.saveAssessment({
    ...{ machineId: row.id, version: row.version, assessedAt: row.assessedAt ?? 0, assessedQ: row.assessedQ },
    ...{ dueAt: row.dueAt, memory: null, outcomes: null, findings: [finding], transitions: [] },
  })
  const fresh = await store.loadMachine('machine-alpha')
  if (fresh !== null) services.fleet.resync(fresh)
  await assessor.stop()
}

describe('a visit', () => {
  it('goes from planned to sent, is frozen when it is opened, and a correction is a new revision', async () => {
    await breakMachine()
    expect((await post('owner', VISITS, PLAN)).status).toBe(200)
    expect((await post('owner', VISITS, PLAN)).status).toBe(409)
    expect((await post('owner', `${VISIT}/steps`, { version: 0, step: 'send', reason: '' })).status).toBe(409)
    await step('prepare')
    expect((await page()).walk).toMatchObject([
      { rule: 'disk/drive-failing', bring: 'disk', machine: { name: 'SRV-A' } },
    ])
    expect((await step('open')).body).toMatchObject({ state: 'on-site' })
    const opened = await page()
    expect(opened.snapshot).toMatchObject({ machines: 1, attested: 0 })
    expect(opened.recommendations).toMatchObject([{ urgency: 'month', decision: null, about: [{ item: 'sda' }] }])

    const done = { text: 'Swapped the cable', who: '', dueAt: null, machineId: 'machine-alpha', mends: null }
    const action = { ...done, needsHands: false, done: true, minutes: 10, note: '' }
    expect((await post('owner', `${VISIT}/actions`, { ...action, version: 0 })).status).toBe(409)
    await post('owner', `${VISIT}/actions`, { ...action, version: opened.version })
    const restore = { machineId: 'machine-alpha', job: '', at: null, what: 'One folder', fromCopy: 'NAS' }
    const test = { ...restore, durationMs: 60_000, isUsable: true, watchedBy: 'Luc', note: '' }
    await post('owner', `${VISIT}/restore-tests`, { ...test, version: (await page()).version })
    await step('close')
    const minutes = {
      version: (await page()).version,
      date: null,
      time: null,
      kind: null,
      author: null,
      recipient: null,
    }
    await house.ask('owner', { method: 'PATCH', url: VISIT, payload: { ...minutes, minutes: '# All went well' } })
    expect((await step('send')).body).toMatchObject({ state: 'sent' })

    const [order] = orders
    expect(order).toMatchObject({ revision: 1, name: '2026-12-01-r1', previousManifest: null })
    expect(order?.restoreTests).toHaveLength(1)
    expect(order?.visit.minutes).toBe('# All went well')
    expect(JSON.parse(Buffer.from(order?.snapshot.json ?? []).toString()).machines).toHaveLength(1)
    const sent = await page()
    expect(sent).toMatchObject({ steps: ['correct'], reports: [{ revision: 1, name: '2026-12-01-r1' }] })
    expect((await post('owner', `${VISIT}/actions`, { ...action, version: sent.version })).status).toBe(409)

    expect((await step('correct')).status).toBe(409)
    await step('correct', 'A wrong date')
    await step('send')
    expect(orders[1]).toMatchObject({ revision: 2, snapshotHash: order?.snapshotHash })
    expect(orders[1]?.previousManifest?.name).toBe('2026-12-01-r1.evidence.json')
    const folder = path.join(house.folder, 'clients', house.clients.a, 'reports')
    expect(readFileSync(path.join(folder, '2026-12-01-r1.pdf'), 'utf8')).toBe('pdf of 2026-12-01-r1')
    expect(existsSync(path.join(folder, '2026-12-01-r2.evidence.json'))).toBe(true)
    const audit = (await house.server.services.store.hub.audits(50)).map(({ what }) => what)
    expect(audit).toEqual(expect.arrayContaining(['visit planned', 'visit: open', 'visit: send', 'visit: correct']))
  })

  it('accepts a risk with a name and a date, and takes it back when the answer changes', async () => {
    await breakMachine()
    await post('owner', VISITS, PLAN)
    await step('open')
    const [recommendation] = (await page()).recommendations
    const url = `/api/v1/clients/alpha/recommendations/${recommendation?.id}/decision`
    const until = NOW + 30 * DAY_MS
    const answer = async (payload: object) => (await house.ask('owner', { method: 'PUT', url, payload })).statusCode
    expect(await answer({ answer: 'accept', until: null, reason: 'why', by: 'Luc' })).toBe(400)
    expect(await answer({ answer: 'accept', until, reason: '', by: 'Luc' })).toBe(400)
    expect(await answer({ answer: 'accept', until, reason: 'Replaced in spring', by: 'Luc' })).toBe(200)
    expect(await standingOfDisk()).toBe('accepted')
    expect((await page()).accepted).toMatchObject([{ by: 'Luc', isInForce: true, severity: 'warning' }])
    expect(await answer({ answer: 'do', until: null, reason: '', by: 'Luc' })).toBe(200)
    const changed = await page()
    expect(changed.accepted).toMatchObject([{ isInForce: false }])
    expect(changed.actions).toMatchObject([{ state: 'open', needsHands: true, mends: { rule: 'disk/drive-failing' } }])
    expect(await standingOfDisk()).toBe('attention')
    expect(await answer({ answer: 'ask', until: null, reason: '', by: '' })).toBe(200)
    expect((await page()).actions).toMatchObject([{ state: 'dropped' }])
  })
})

describe('who may', () => {
  const MANAGERS: readonly CallerName[] = ['viewer-a', 'admin-a', 'viewer-b', 'token-a', 'nobody']

  it('see and change a visit: those who look after the client', async () => {
    await post('owner', VISITS, PLAN)
    const { version } = await page()
    const changes: readonly InjectOptions[] = [
      { url: '/api/v1/visits' },
      { url: VISITS },
      { url: VISIT },
      { method: 'POST', url: VISITS, payload: PLAN },
      { method: 'PATCH', url: VISIT, payload: { version } },
      { method: 'DELETE', url: VISIT, payload: { version } },
      { method: 'POST', url: `${VISIT}/steps`, payload: {} },
      { method: 'POST', url: `${VISIT}/actions`, payload: {} },
      { method: 'PATCH', url: `${VISIT}/actions/x`, payload: {} },
      { method: 'POST', url: `${VISIT}/restore-tests`, payload: {} },
      { method: 'POST', url: `${VISIT}/proposals`, payload: {} },
      { method: 'POST', url: `${VISIT}/recommendations`, payload: {} },
      { method: 'PUT', url: `${VISIT}/recommendations/x`, payload: {} },
      { method: 'DELETE', url: `${VISIT}/recommendations/x`, payload: {} },
      { method: 'POST', url: '/api/v1/clients/alpha/acceptances', payload: {} },
      { method: 'DELETE', url: '/api/v1/clients/alpha/acceptances/x' },
      { method: 'PUT', url: '/api/v1/clients/alpha/machines/srv/place', payload: {} },
    ]
    for (const request of changes) {
      for (const caller of MANAGERS) {
        const { statusCode } = await house.ask(caller, request)
        expect([401, 403], `${caller} ${request.method} ${request.url}`).toContain(statusCode)
      }
    }
    expect((await house.ask('operator', { url: VISIT })).statusCode).toBe(200)
    const beta = '/api/v1/clients/beta/visits'
    expect((await house.ask('operator', { url: beta })).statusCode).toBe(404)
    expect((await house.ask('operator', { method: 'POST', url: beta, payload: PLAN })).statusCode).toBe(404)
  })

  it('decide: the manager of that client, in their own name; a viewer reads', async () => {
    await breakMachine()
    await post('owner', VISITS, PLAN)
    await step('open')
    await step('close')
    const [recommendation] = (await page()).recommendations
    const url = `/api/v1/clients/alpha/recommendations/${recommendation?.id}/decision`
    const payload = { answer: 'do', until: null, reason: '', by: 'Somebody else' }
    expect((await house.ask('viewer-a', { method: 'PUT', url, payload })).statusCode).toBe(403)
    expect((await house.ask('viewer-b', { method: 'PUT', url, payload })).statusCode).toBe(403)
    const answered = await ask<{ decision: { by: string } }>('admin-a', { method: 'PUT', url, payload })
    expect(answered.status).toBe(200)
    expect(answered.body.decision.by).not.toBe('Somebody else')
  })

  it('read reports and the portal: everybody of the client, and nobody of another', async () => {
    await breakMachine()
    await post('owner', VISITS, PLAN)
    await step('open')
    await step('close')
    const portal = '/api/v1/clients/alpha/portal'
    expect((await ask<PortalView>('viewer-a', { url: portal })).body.decisions).toEqual([])
    await step('send')
    const view = (await ask<PortalView>('viewer-a', { url: portal })).body
    expect(view).toMatchObject({
      mayDecide: false,
      decisions: [{ isOpen: true }],
      reports: [{ name: '2026-12-01-r1' }],
    })
    expect(view.handled[0]).toMatchObject({ standing: 'attention', machines: ['SRV-A'] })
    expect(view.dials).toHaveLength(5)
    expect(JSON.stringify(view)).not.toMatch(/disk\/drive-failing|Beta|SRV-B/)
    const pdf = await house.ask('viewer-a', { url: `${VISIT}/reports/r1.pdf` })
    expect(pdf).toMatchObject({ statusCode: 200, body: 'pdf of 2026-12-01-r1' })
    const shared = await house.ask('viewer-a', { url: '/c/alpha/visits/2026-12-01/report/r1.pdf' })
    expect([shared.statusCode, shared.body]).toEqual([200, pdf.body])
    const html = await house.ask('viewer-a', { url: `${VISIT}/reports/r1.html` })
    expect(html.headers['content-security-policy']).toContain("default-src 'none'")
    for (const file of ['r2.pdf', 'r1.exe', '..', '%2e%2e', 'r1.pdf.part']) {
      expect((await house.ask('viewer-a', { url: `${VISIT}/reports/${file}` })).statusCode).toBe(404)
    }
    for (const url of [portal, `${VISIT}/reports/r1.pdf`]) {
      expect((await house.ask('viewer-b', { url })).statusCode).toBe(404)
      expect((await house.ask('nobody', { url })).statusCode).toBe(401)
    }
  })

  it('see what is written anew when it is sent again: who keeps the client before, its own people after', async () => {
    await breakMachine()
    await post('owner', VISITS, PLAN)
    const seen = async (caller: CallerName) => {
      const client = (await ask<ClientView>(caller, { url: '/api/v1/clients/alpha' })).body
      const around = (await ask<AroundView>(caller, { url: '/api/v1/around' })).body
      const alpha = around.clients.find(({ id }) => id === house.clients.a)
      const { nextVisit, lastVisit } = client
      return { nextVisit, lastVisit: lastVisit?.state ?? null, rail: around.visits, moved: alpha?.nextVisit }
    }
    const none = { nextVisit: null, lastVisit: null, rail: null, moved: null }
    expect(await seen('viewer-a')).toEqual(none)
    expect(await seen('admin-a')).toEqual(none)
    expect(await seen('operator')).toMatchObject({ nextVisit: { state: 'planned' }, rail: [{ state: 'planned' }] })
    for (const name of ['open', 'close', 'send']) await step(name)
    const told = async () => (await ask<PortalView>('viewer-a', { url: '/api/v1/clients/alpha/portal' })).body.decisions
    const before = await told()
    expect(before).toHaveLength(1)

    await step('correct', 'Not that')
    const [recommendation] = (await page()).recommendations
    if (recommendation === undefined) throw new Error('one was proposed')
    const { id, visitDate: _, decision: __, about, ...text } = recommendation
    const refs = about.map(({ machine, rule, item }) => ({ machineId: machine.id, rule, item }))
    const change = { version: (await page()).version, ...text, about: refs, what: 'Half a sentence' }
    const url = `${VISIT}/recommendations`
    expect((await house.ask('owner', { method: 'PUT', url: `${url}/${id}`, payload: change })).statusCode).toBe(200)
    const added = { ...change, version: (await page()).version, what: 'Another', about: [] }
    expect((await post('owner', url, added)).status).toBe(200)
    expect(await told()).toEqual(before)
    expect((await seen('viewer-a')).lastVisit).toBe('sent')
    const decision = { answer: 'do', until: null, reason: '', by: '' }
    const decide = `/api/v1/clients/alpha/recommendations/${id}/decision`
    expect((await house.ask('admin-a', { method: 'PUT', url: decide, payload: decision })).statusCode).toBe(200)
    expect(await told()).toMatchObject([{ what: before[0]?.what, decision: { answer: 'do' } }])
    await step('send')
    expect((await told()).map(({ what }) => what).toSorted()).toEqual(['Another', 'Half a sentence'])
  })

  it('place a machine; the walk list says where it stands', async () => {
    await breakMachine()
    await post('owner', VISITS, PLAN)
    const url = '/api/v1/clients/alpha/machines/srv/place'
    await house.ask('operator', { method: 'PUT', url, payload: { place: 'Cabinet', person: 'Odile' } })
    expect((await page()).walk).toMatchObject([{ place: 'Cabinet', person: 'Odile', site: 'Office' }])
  })
})
