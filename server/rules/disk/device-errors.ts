/**
 * The operating system has logged errors of a drive, its controller or its file system.
 *
 * Limits within the hours that the log was read: `disk.deviceInfoCount` (1) a note, `disk.deviceWarningCount` (3) warning,
 * `disk.deviceCriticalCount` (10) critical. A foretold failure and an error of a file system do not wait for a second one: critical and
 * warning. A log without such lines passes; one that cannot be read is unknown.
 */
import type { DeviceErrors } from '../../../shared/checks/disk.ts'
import { worst } from '../../../shared/severity.ts'
import { DAY_MS } from '../../../shared/units.ts'
import { defineRule, fail, pass, type RuleContext } from '../rule.ts'

type Context = RuleContext<'disk.deviceInfoCount' | 'disk.deviceWarningCount' | 'disk.deviceCriticalCount'>

/** Rule `disk/device-errors`; its limits stand at the top of this file. */
export const deviceErrors = defineRule({
  id: 'disk/device-errors',
  needs: ['deviceErrors'],
  limits: ['disk.deviceInfoCount', 'disk.deviceWarningCount', 'disk.deviceCriticalCount'],
  notApplicableWhen: ['unsupported'],
  holdMs: 0,
  clearMs: DAY_MS,
  effortMinutes: 60,
  needsHands: true,
  *evaluate({ deviceErrors }, context) {
    if (deviceErrors.length === 0) yield pass()
    for (const errors of byDevice(deviceErrors)) {
      const severity = severityOf(errors, context)
      if (severity === null) yield pass(errors.device)
      else yield fail(errors.device, severity, errors)
    }
  },
})

/** One item for each device: the kind that it has most of, unless one of them foretells a failure. */
function byDevice(all: readonly DeviceErrors[]): readonly DeviceErrors[] {
  const devices = new Map<string, DeviceErrors>()
  for (const errors of all) {
    const known = devices.get(errors.device)
    if (known === undefined) devices.set(errors.device, errors)
    else {
      const first = [known, errors].sort((a, b) => rank(b) - rank(a) || b.count - a.count)[0] ?? known
      devices.set(errors.device, { ...first, count: known.count + errors.count })
    }
  }
  return [...devices.values()]
}

const rank = ({ kind }: DeviceErrors) => (kind === 'predicted' ? 2 : kind === 'file-system' ? 1 : 0)

function severityOf({ kind, count }: DeviceErrors, context: Context) {
  const levels = {
    info: context.limit('disk.deviceInfoCount'),
    warning: context.limit('disk.deviceWarningCount'),
    critical: context.limit('disk.deviceCriticalCount'),
  }
  const counted =
    count >= levels.critical ? 'critical' : count >= levels.warning ? 'warning' : count >= levels.info ? 'info' : null
  return worst(counted, kind === 'predicted' ? 'critical' : kind === 'file-system' ? 'warning' : null)
}
