/**
 * The newest self-test of the drive failed.
 *
 * Limits: none; failed is critical. A drive without a finished self-test is not judged: nobody asked it.
 */
import { defineRule, driveName, eachSmart, fail, lacking, pass } from '../rule.ts'

/** Rule `disk/self-test-failed`; its limits stand at the top of this file. */
export const selfTestFailed = defineRule({
  id: 'disk/self-test-failed',
  needs: ['drives'],
  limits: [],
  holdMs: 0,
  effortMinutes: 120,
  needsHands: true,
  *evaluate({ drives }, context) {
    yield* eachSmart(drives, context, (drive, { lastSelfTest }) => {
      if (lastSelfTest === 'passed') return pass(drive.key)
      if (lastSelfTest === 'failed')
        return fail(drive.key, 'critical', { drive: driveName(drive), device: drive.device })
      return lacking(
        drive.key,
        context,
        context.remembered(`smart:${drive.key}:lastSelfTest`) !== null && lastSelfTest === null,
      )
    })
  },
})
