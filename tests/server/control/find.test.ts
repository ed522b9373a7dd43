/** Finding a machine that a person named: what the name may reach, and what it may not. */
import { afterAll, beforeAll, expect, it } from 'vitest'
import { findMachine } from '../../../server/control/operations/find.ts'
import { REQUESTS } from '../../../server/control/requests.ts'
import { type House, openHouse } from '../http/house.ts'

let house: House
beforeAll(async () => {
  house = await openHouse()
})
afterAll(() => house.close())

const find = (name: string, clientId: string | null) => {
  const found = findMachine(house.server.services, name, clientId)
  return found.ok ? found.value.state.id : found.error.code
}

it('of any client is found with its client, or refused where several have the name', () => {
  expect(find('alpha/srv', null)).toBe('machine-alpha')
  expect(find('beta/srv', null)).toBe('machine-beta')
  expect(find('srv', null)).toBe('conflict')
  expect(find('gamma/srv', null)).toBe('absent')
})

it('of one client is found there only, whatever client its name says', () => {
  const { a, b } = house.clients
  expect(find('srv', a)).toBe('machine-alpha')
  expect(find('alpha/srv', a)).toBe('machine-alpha')
  for (const name of ['beta/srv', `${b}/machine-beta`, 'machine-beta']) expect(find(name, a), name).toBe('absent')
})

it('a limit and a restore test of one client reach no machine of another', async () => {
  const { services } = house.server
  const machine = 'beta/srv'
  const limit = { key: 'disk.spaceWarningPercent', value: 80, reason: 'test' }
  const set = await REQUESTS['policy.set'].run(services, { client: 'alpha', site: null, machine, ...limit })
  expect(set).toMatchObject({ ok: false, error: { code: 'absent' } })
  const restore = { at: null, what: 'One folder', fromCopy: 'NAS', durationMs: 60_000, isUsable: true }
  const test = { client: 'alpha', date: '2026-12-01', machine, job: '', ...restore, watchedBy: '', note: '' }
  const tested = await REQUESTS['visit.restore'].run(services, test)
  expect(tested).toMatchObject({ ok: false, error: { code: 'absent', message: expect.stringContaining('beta/srv') } })
})
