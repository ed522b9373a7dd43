/** A backup job elsewhere over real sockets: it falls late while nobody reports, somebody is told, and its next good call solves it. */
import { afterAll, beforeAll, expect, test } from 'vitest'
import { findMachine } from '../../server/control/operations/find.ts'
import { newPing } from '../../server/control/operations/pings.ts'
import type { MachineView } from '../../shared/api/views.ts'
import { DAY_MS, HOUR_MS, MINUTE_MS, SECOND_MS } from '../../shared/units.ts'
import { type Composed, startComposed, sure } from '../support/composed.ts'
import { healthyScript, scriptedTasks } from '../support/e2e-script.ts'
import { fakeProbe } from '../support/fake-probe.ts'

let world: Composed
let address: string
const ITEM = 'ping:NAS'

beforeAll(async () => {
  world = await startComposed({ tasks: scriptedTasks(healthyScript()), probe: fakeProbe({}) })
  const { services } = world.server
  const entry = sure(findMachine(services, world.machine().slug))
  const made = sure(await newPing(services, entry, { name: 'NAS', everyMs: DAY_MS, graceMs: 2 * HOUR_MS }))
  address = made.address
})
afterAll(() => world?.stop())

/** What the rule says now, and how its finding stands. */
function stands() {
  const { outcomes, findings } = world.machine()
  const outcome = outcomes.find(({ rule, item }) => rule === 'backup/ping-late' && item === ITEM)
  const finding = findings.find(({ rule, resolvedAt }) => rule === 'backup/ping-late' && resolvedAt === null)
  return { state: outcome?.state, severity: finding?.severity, alert: finding?.alert.state }
}
const settle = () => world.advance(2 * SECOND_MS)
const quiet = (ms: number) => world.advance(ms, 10 * MINUTE_MS)

test('a ping falls late by the clock alone and fires, worsens, and a call solves it', async () => {
  await settle()
  expect(stands()).toEqual({ state: 'unknown', severity: undefined, alert: undefined })

  expect(await (await fetch(address)).text()).toBe('ok\n')
  await settle()
  expect(stands()).toMatchObject({ state: 'pass' })

  await world.silence()
  await quiet(25 * HOUR_MS)
  expect(stands()).toMatchObject({ state: 'pass' })
  // A start in time is no life.
  expect((await fetch(`${address}/start`, { method: 'POST' })).status).toBe(200)
  await quiet(1.5 * HOUR_MS)
  // The agent has been silent for a day: the ping is told all the same.
  expect(stands()).toEqual({ state: 'fail', severity: 'warning', alert: 'firing' })
  await quiet(DAY_MS)
  expect(stands()).toEqual({ state: 'fail', severity: 'critical', alert: 'firing' })

  expect((await fetch(`${address}/0`, { method: 'HEAD' })).status).toBe(200)
  await settle()
  expect(stands()).toEqual({ state: 'pass', severity: undefined, alert: undefined })

  const view = await world.get<MachineView>(world.machinePath())
  expect(JSON.stringify(view.checks.find(({ check }) => check === 'backup')?.facts)).toContain(ITEM)
}, 60_000)
