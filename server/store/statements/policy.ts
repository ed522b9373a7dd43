/** Policy settings of one client, by scope. Statement bodies; the engine runs each in one transaction. */
import type { PolicyLayers, PolicySetting } from '../../policy/policy.ts'
import { json, num, str } from '../row.ts'
import { all, reading, run, type SqlRow, type Steps, writing } from '../statement.ts'

function settingOf(row: SqlRow): PolicySetting {
  return {
    key: str(row, 'name'),
    value: json<PolicySetting['value']>(row, 'value'),
    reason: str(row, 'reason'),
    setBy: str(row, 'set_by'),
    setAt: num(row, 'set_at'),
  }
}

function* policies(): Steps<ReadonlyMap<string, readonly PolicySetting[]>> {
  const byScope = new Map<string, PolicySetting[]>()
  for (const row of yield* all('SELECT * FROM policy ORDER BY scope, name')) {
    const scope = str(row, 'scope')
    const settings = byScope.get(scope) ?? []
    settings.push(settingOf(row))
    byScope.set(scope, settings)
  }
  return byScope
}

function* settingsOf(scope: string): Steps<readonly PolicySetting[]> {
  const rows = yield* all('SELECT * FROM policy WHERE scope = ? ORDER BY name', scope)
  return rows.map(settingOf)
}

function* policyOf(siteId: string, machineId: string): Steps<PolicyLayers> {
  return {
    client: yield* settingsOf('client'),
    site: yield* settingsOf(`site:${siteId}`),
    machine: yield* settingsOf(`machine:${machineId}`),
  }
}

function* savePolicy(scope: string, key: string, setting: PolicySetting | null): Steps<void> {
  if (setting === null) {
    yield* run('DELETE FROM policy WHERE scope = ? AND name = ?', scope, key)
    return
  }
  yield* run(
    `INSERT INTO policy (scope, name, value, reason, set_by, set_at) VALUES (?, ?, ?, ?, ?, ?)
     ON CONFLICT (scope, name) DO UPDATE SET value = excluded.value, reason = excluded.reason,
       set_by = excluded.set_by, set_at = excluded.set_at`,
    scope,
    key,
    JSON.stringify(setting.value),
    setting.reason,
    setting.setBy,
    setting.setAt,
  )
}

/** Bodies of the client's methods about policy. */
export const policyMethods = {
  policies: reading(policies),
  policyOf: reading(policyOf),
  savePolicy: writing(savePolicy),
}
