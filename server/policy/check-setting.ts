/** Refuses a policy setting that means nothing, with a sentence that says what would. Pure. */
import { err, ok, type Result } from '../../shared/result.ts'
import { isLimitKey, LIMIT_KEYS, LIMITS } from './defaults.ts'
import type { PolicySetting } from './policy.ts'
import { fits } from './resolve.ts'

/** Why a setting was refused; `detail` is a sentence for the person who typed it. */
export type SettingError = {
  readonly code: 'unknown-key' | 'wrong-type' | 'out-of-range' | 'no-reason'
  readonly detail: string
}

/** @returns the setting, or why it cannot be one: unknown key, wrong type, out of range, or without a reason. */
export function checkPolicySetting(setting: PolicySetting): Result<PolicySetting, SettingError> {
  const { key, value } = setting
  if (!isLimitKey(key)) return err({ code: 'unknown-key', detail: `policy: unknown key "${key}"${suggestion(key)}` })
  const { unit, least, most } = LIMITS[key]
  const wanted = unit === 'flag' ? 'boolean' : 'number'
  if (typeof value !== wanted) {
    const detail = `policy: ${key} takes ${unit === 'flag' ? 'true or false' : `a number (${unit})`}, not ${JSON.stringify(value)}`
    return err({ code: 'wrong-type', detail })
  }
  if (!fits(key, value)) {
    return err({
      code: 'out-of-range',
      detail: `policy: ${key} takes ${least} to ${most} (${unit}), not ${String(value)}`,
    })
  }
  if (setting.reason.trim() === '') {
    return err({
      code: 'no-reason',
      detail: `policy: ${key} needs a reason: the visit report shows who changed it and why`,
    })
  }
  return ok(setting)
}

function suggestion(key: string): string {
  const near = LIMIT_KEYS.map((known) => ({ known, far: distance(key.slice(0, 64), known) })).sort(
    (a, b) => a.far - b.far,
  )[0]
  return near !== undefined && near.far <= 6 ? `; did you mean "${near.known}"?` : ''
}

/** Levenshtein distance: fewest letters to add, drop or change. */
function distance(a: string, b: string): number {
  let row = Array.from({ length: b.length + 1 }, (_, at) => at)
  for (const [i, letter] of [...a].entries()) {
    const next = [i + 1]
    for (let j = 0; j < b.length; j++) {
      const change = (row[j] ?? 0) + (letter === b[j] ? 0 : 1)
      next.push(Math.min(change, (row[j + 1] ?? 0) + 1, (next[j] ?? 0) + 1))
    }
    row = next
  }
  return row[b.length] ?? 0
}
