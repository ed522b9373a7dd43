/** Limits: defaults, layers with provenance, what is refused, and what the agent is told. */
import { Check } from 'typebox/schema'
import { describe, expect, it, test } from 'vitest'
import { agentConfigOf } from '../../../server/policy/agent-config.ts'
import { checkPolicySetting } from '../../../server/policy/check-setting.ts'
import { LIMIT_KEYS, LIMITS } from '../../../server/policy/defaults.ts'
import type { PolicyLayers, PolicySetting } from '../../../server/policy/policy.ts'
import { resolvePolicy } from '../../../server/policy/resolve.ts'
import { ROLES } from '../../../shared/checks/names.ts'
import { AgentConfig } from '../../../shared/protocol/agent-config.ts'
import { MINUTE_MS } from '../../../shared/units.ts'

const setting = (key: string, value: PolicySetting['value'], setBy = 'ann'): PolicySetting => ({
  key,
  value,
  reason: `${setBy} asked`,
  setBy,
  setAt: 5,
})
const layers = (change: Partial<PolicyLayers>): PolicyLayers => ({ client: [], site: [], machine: [], ...change })
const KEY = 'disk.spaceWarningPercent'

describe('resolvePolicy', () => {
  it('gives the default of the role, with the reason for the number', () => {
    const policy = resolvePolicy(layers({}), 'desktop')
    expect(policy.limit('backup.noneCriticalMs')).toEqual({
      key: 'backup.noneCriticalMs',
      value: LIMITS['backup.noneCriticalMs'].desktop,
      unit: 'ms',
      from: 'default',
      setBy: null,
      setAt: null,
      reason: LIMITS['backup.noneCriticalMs'].reason,
    })
  })

  const client = [setting(KEY, 70, 'client')]
  const site = [setting(KEY, 71, 'site')]
  const machine = [setting(KEY, 72, 'machine')]
  test.each([
    [{ client }, 'client', 70],
    [{ client, site }, 'site', 71],
    [{ client, machine }, 'machine', 72],
    [{ client, site, machine }, 'machine', 72],
  ] as const)('machine over site over client: %#', (change, from, value) => {
    const { values, limit } = resolvePolicy(layers(change), 'server')
    expect(values[KEY]).toBe(value)
    expect(limit(KEY)).toMatchObject({ from, value, setBy: from, setAt: 5, reason: `${from} asked` })
  })

  it('passes over keys and values that mean nothing to this version', () => {
    const client = [setting('disk.fromTheFuture', 1), setting(KEY, 'much'), setting(KEY, -4), setting('toString', 1)]
    expect(resolvePolicy(layers({ client }), 'server').values[KEY]).toBe(85)
  })

  it('keeps roles apart and answers the same object for the same layers', () => {
    const mine = layers({ client })
    expect(resolvePolicy(mine, 'server')).toBe(resolvePolicy(mine, 'server'))
    expect(resolvePolicy(mine, 'laptop').role).toBe('laptop')
  })
})

describe('checkPolicySetting', () => {
  test.each([
    ['disk.spaceWarningPrecent', 80, 'unknown-key', 'did you mean "disk.spaceWarningPercent"'],
    ['zzzzzzzzzzzzzzzzzzzzzzzz', 80, 'unknown-key', 'unknown key'],
    ['__proto__', 80, 'unknown-key', 'unknown key'],
    [KEY, true, 'wrong-type', 'a number (percent)'],
    [KEY, '80', 'wrong-type', 'not "80"'],
    ['antivirus.required', 1, 'wrong-type', 'true or false'],
    [KEY, 101, 'out-of-range', '0 to 100'],
    [KEY, Number.NaN, 'out-of-range', 'NaN'],
    ['cadence.capacityMs', 10, 'out-of-range', '1000'],
  ] as const)('refuses %s = %s: %s', (key, value, code, says) => {
    const result = checkPolicySetting(setting(key, value))
    expect(result).toMatchObject({ ok: false, error: { code } })
    expect(result.ok ? '' : result.error.detail).toContain(says)
  })
  it('refuses a setting without a reason', () => {
    expect(checkPolicySetting({ ...setting(KEY, 80), reason: ' ' })).toMatchObject({ error: { code: 'no-reason' } })
  })
  it('takes what is in range, 0 for holds included', () => {
    for (const [key, value] of [
      [KEY, 80],
      ['alert.holdMs', 0],
      ['backup.declaredNone', true],
      ['cadence.capacityMs', 2_000],
    ] as const) {
      expect(checkPolicySetting(setting(key, value)).ok).toBe(true)
    }
  })
})

it('every default is in its own range and has a reason that is a sentence', () => {
  for (const key of LIMIT_KEYS) {
    const { unit, least, most, reason, ...values } = LIMITS[key]
    expect(reason, key).toMatch(/^[A-Z].*\.$/)
    for (const role of ROLES) {
      const value = values[role]
      if (unit === 'flag') expect(typeof value, key).toBe('boolean')
      else if (value !== null) expect(Number(value) >= least && Number(value) <= most, key).toBe(true)
    }
  }
})

it('the agent is told rhythms that the protocol accepts', () => {
  const machine = [setting('cadence.capacityMs', 2_000)]
  const config = agentConfigOf(resolvePolicy(layers({ machine }), 'server'))
  expect(Check(AgentConfig, config)).toBe(true)
  expect(config.cadenceMs).toMatchObject({ capacity: 2_000, vitals: MINUTE_MS })
  expect(Object.keys(config.cadenceMs ?? {}).sort()).toEqual(
    Object.keys(AgentConfig.properties.cadenceMs.properties).sort(),
  )
})
