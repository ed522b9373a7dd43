/**
 * The machine has not been restarted for a long time: updates wait, and nobody knows whether it starts.
 *
 * Limits: 30 days a note; a warning at 60 days, on servers at 180 (`system.uptime*Ms`). In a container the host's uptime says
 * nothing: not applicable.
 */
import { defineRule, fail, lacking, pass } from '../rule.ts'

/** Rule `system/uptime-long`; its limits stand at the top of this file. */
export const uptimeLong = defineRule({
  id: 'system/uptime-long',
  needs: ['boot'],
  sees: ['virtualization'],
  limits: ['system.uptimeInfoMs', 'system.uptimeWarningMs'],
  notApplicableWhen: ['unsupported'],
  effortMinutes: 20,
  needsHands: false,
  *evaluate({ boot: { bootedAt }, virtualization }, context) {
    if (virtualization.state === 'value' && virtualization.value.container) {
      yield lacking('', context, false)
      return
    }
    const info = context.limit('system.uptimeInfoMs')
    const aged = context.aged(bootedAt, { info, warning: context.limit('system.uptimeWarningMs') })
    if (aged === null) yield pass()
    else yield fail('', aged.severity, { bootedAt, forMs: context.ageMs(bootedAt) }, aged.since)
  },
})
