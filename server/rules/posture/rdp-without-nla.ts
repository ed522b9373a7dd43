/**
 * Remote Desktop shows its sign-in screen to anybody, before it knows who asks.
 *
 * Limits: a warning. Switched off: not applicable. Where there is no such setting (macOS, Linux): not applicable.
 */
import { defineRule, fail, lacking, notApplicable, pass } from '../rule.ts'

/** Rule `posture/rdp-without-nla`; its limits stand at the top of this file. */
export const rdpWithoutNla = defineRule({
  id: 'posture/rdp-without-nla',
  needs: ['remoteDesktop'],
  limits: [],
  effortMinutes: 10,
  needsHands: false,
  *evaluate({ remoteDesktop: { enabled, networkLevelAuthentication, port } }, context) {
    if (!enabled) yield notApplicable()
    else if (networkLevelAuthentication === null) yield lacking('', context, false)
    else yield networkLevelAuthentication ? pass() : fail('', 'warning', { port })
  },
})
