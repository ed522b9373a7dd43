/** From state to facts: staleness, the server's clock, times in the future, sleeping drives. */
import { describe, expect, it, test } from 'vitest'
import { deriveFacts } from '../../../server/facts/derive.ts'
import { remember } from '../../../server/facts/memory.ts'
import { afterWorkingTime } from '../../../server/facts/working-time.ts'
import type { MachineState } from '../../../server/fleet/machine-state.ts'
import { resolvePolicy } from '../../../server/policy/resolve.ts'
import { failed, read } from '../../../shared/reading.ts'
import { DAY_MS, HOUR_MS, MINUTE_MS } from '../../../shared/units.ts'
import { aMachine } from '../assess/a-machine.ts'
import { aDrive, NOW } from '../assess/sections.ts'

const derive = (state: MachineState, now = NOW) =>
  deriveFacts(state, state.memory, resolvePolicy(state.policy, state.role), now)

describe('staleness', () => {
  const at = NOW
  const state = (role: 'server' | 'desktop') => aMachine({ role, collectedAt: at })
  test.each([
    ['server', 'posture', 'firewall', HOUR_MS],
    ['server', 'disk', 'volumes', HOUR_MS],
    ['server', 'disk', 'drives', 18 * HOUR_MS],
    ['server', 'patch', 'updates', 18 * HOUR_MS],
    ['server', 'system', 'os', 3 * DAY_MS],
    ['desktop', 'disk', 'volumes', 7 * DAY_MS],
    ['desktop', 'patch', 'updates', 7 * DAY_MS],
  ] as const)('%s: %s.%s is stale past its limit', (role, check, part, limit) => {
    const reading = (now: number) =>
      (derive(state(role), now).checks[check].section as { readonly [key: string]: unknown })[part]
    expect(reading(at + limit)).toMatchObject({ state: 'value' })
    expect(reading(at + limit + 1)).toMatchObject({
      state: 'failed',
      code: 'stale',
      detail: new Date(at).toISOString(),
    })
  })

  it('takes the value of samples away, and says why', () => {
    const { samples } = derive(state('server'), at + HOUR_MS + 1).checks.disk
    expect(samples.get('volume:/:usedBytes')).toEqual({
      value: null,
      at,
      failure: { code: 'stale', detail: new Date(at).toISOString() },
    })
    expect(samples.get('drive:WD/1:temperatureCelsius')?.value).toBe(35)
  })

  it('is due when the first thing grows stale', () => {
    const server = state('server')
    const heard = (lastReportAt: number) => ({ ...server, agent: { ...server.agent, lastReportAt } })
    expect(derive(heard(at), at).dueAt).toBe(at + HOUR_MS + 1)
    expect(derive(heard(at - MINUTE_MS), at).dueAt).toBe(at - MINUTE_MS + HOUR_MS + 1)
  })

  it('waits for three rhythms that a person has set', () => {
    const slow = aMachine({ collectedAt: at, policy: { 'cadence.capacityMs': HOUR_MS } })
    expect(derive(slow, at + 3 * HOUR_MS).checks.disk.section.volumes.state).toBe('value')
  })

  it('keeps objects that did not change', () => {
    const fresh = state('server')
    expect(derive(fresh).checks.disk).toBe(fresh.checks.disk)
  })

  it('leaves a reading that failed with its own reason', () => {
    const broken = aMachine({
      collectedAt: at,
      parts: { posture: { firewall: failed('x', { code: 'access-denied', detail: 'no' }) } },
    })
    expect(derive(broken, at + DAY_MS).checks.posture.section.firewall).toMatchObject({ code: 'access-denied' })
  })
})

describe('times of the agent', () => {
  const skewed = (skewMs: number | null) =>
    aMachine({ agent: { skewMs }, samples: { patch: { 'list:refreshedAt': NOW - HOUR_MS } } })
  const listAt = (skewMs: number | null) => derive(skewed(skewMs)).checks.patch.samples.get('list:refreshedAt')
  it('move to the server’s clock', () => expect(listAt(90_000)?.value).toBe(NOW - HOUR_MS + 90_000))
  it('stay when the skew is noise or not measured', () => {
    expect(listAt(1_900)?.value).toBe(NOW - HOUR_MS)
    expect(listAt(null)?.value).toBe(NOW - HOUR_MS)
  })
  it('move inside the section too', () => {
    const { boot } = derive(skewed(-60_000)).checks.system.section
    expect(boot).toMatchObject({ value: { bootedAt: NOW - 9 * DAY_MS - 60_000 } })
  })
  it('fail when they lie in the future, until they arrive', () => {
    const state = aMachine({ samples: { patch: { 'list:refreshedAt': NOW + 10 * MINUTE_MS } } })
    const facts = derive(state)
    expect(facts.checks.patch.samples.get('list:refreshedAt')).toMatchObject({
      value: null,
      failure: { code: 'parse' },
    })
    expect(facts.dueAt).toBe(NOW + 9 * MINUTE_MS)
    expect(derive(state, facts.dueAt).checks.patch.samples.get('list:refreshedAt')?.value).toBe(facts.dueAt)
  })
  it('are now when their lead is what measuring explains', () => {
    const state = aMachine({ samples: { patch: { 'list:refreshedAt': NOW + 30_000 } } })
    expect(derive(state).checks.patch.samples.get('list:refreshedAt')?.value).toBe(NOW)
  })
  it('leave samples that are no instants alone', () => {
    const state = aMachine({ agent: { skewMs: 90_000 } })
    expect(derive(state).checks.disk.samples.get('volume:/:usedBytes')?.value).toBe(40e9)
  })
})

describe('a sleeping drive', () => {
  const asleep = aDrive({ smart: failed('disk/smartctl', { code: 'asleep', detail: '' }) })
  const wokeAt = NOW - 3 * DAY_MS
  const awake = aMachine({
    collectedAt: wokeAt,
    parts: { disk: { drives: read('disk/smartctl', [aDrive({}, { pendingSectors: 4, wearPercent: null })]) } },
  })
  const memory = remember({}, 'disk', awake.checks.disk, wokeAt)
  const sleeping = (known = memory) =>
    aMachine({ memory: known, parts: { disk: { drives: read('disk/smartctl', [asleep]) } } })

  it('keeps its last proven health, with the time of the proof', () => {
    const facts = derive(sleeping())
    expect(facts.checks.disk.section.drives).toMatchObject({
      value: [{ smart: { state: 'value', value: { pendingSectors: 4, wearPercent: null } } }],
    })
    expect(facts.keptAt.get('WD/1')).toBe(wokeAt)
  })
  it('is unknown when it was never read', () => {
    expect(derive(sleeping({})).checks.disk.section.drives).toMatchObject({ value: [{ smart: { code: 'asleep' } }] })
  })
  it('is unknown once the proof is 30 days old', () => {
    const at = wokeAt + 30 * DAY_MS + 1
    const state = {
      ...sleeping(),
      checks: { ...sleeping().checks, disk: { ...sleeping().checks.disk, collectedAt: { drives: at } } },
    }
    expect(derive(state, at).checks.disk.section.drives).toMatchObject({
      value: [{ smart: { code: 'asleep', detail: new Date(wokeAt).toISOString() } }],
    })
  })
})

describe('working time', () => {
  const friday = Date.UTC(2026, 8, 18, 18)
  it('skips the weekend', () => expect(afterWorkingTime(friday, DAY_MS)).toBe(Date.UTC(2026, 8, 21, 18)))
  it('starts on Monday when it begins on a Sunday', () =>
    expect(afterWorkingTime(Date.UTC(2026, 8, 20, 5), HOUR_MS)).toBe(Date.UTC(2026, 8, 21, 1)))
  it('takes no time for none', () => expect(afterWorkingTime(friday, 0)).toBe(friday))
  it('counts five days a week', () => expect(afterWorkingTime(friday, 10 * DAY_MS)).toBe(friday + 14 * DAY_MS))
})
