/**
 * A volume has turned read-only, or its file system has counted errors on its device.
 *
 * Limits: read-only though it should not be: critical after 2 minutes. Errors counted: critical; a warning once they have not grown
 * for `disk.errorStableMs` (30 days). Read-only without a known reason is unknown.
 */
import { MINUTE_MS } from '../../../shared/units.ts'
import { defineRule, fail, lacking, pass, unknown } from '../rule.ts'

/** Rule `disk/read-only`; its limits stand at the top of this file. */
export const readOnly = defineRule({
  id: 'disk/read-only',
  needs: ['volumes'],
  limits: ['disk.errorStableMs'],
  holdMs: 2 * MINUTE_MS,
  effortMinutes: 60,
  needsHands: false,
  *evaluate({ volumes }, context) {
    for (const { mount, readOnly, readOnlyExpected, errorCount: errors } of volumes) {
      const entry = context.remembered(`errors:${mount}`)
      if (readOnly === true && readOnlyExpected === false) yield fail(mount, 'critical', { volume: mount, errors })
      else if (errors !== null && errors > 0) {
        const isStable = entry !== null && context.isPast(entry.changedAt + context.limit('disk.errorStableMs'))
        yield fail(mount, isStable ? 'warning' : 'critical', { volume: mount, errors })
      } else if (readOnly === true && readOnlyExpected === null) yield unknown(mount, 'empty')
      // Windows tells no more than that its file system found no errors in itself, which is what matters here.
      else if (readOnly === null && errors === null) yield unknown(mount, 'empty')
      else if (errors === null && entry !== null) yield lacking(mount, context, true)
      else yield pass(mount)
    }
  },
})
