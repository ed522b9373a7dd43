/**
 * The drive itself says that it is failing, or one of its attributes has reached the maker's threshold.
 *
 * Limits: none; the verdict is the drive's own. Now: critical. In the past only: warning. A drive that gives no verdict is unknown:
 * absent is never passed. smartctl's exit bits 8, 16 and 32 say the same and are used when the attributes are missing.
 */
import type { Smart } from '../../../shared/checks/disk.ts'
import { defineRule, driveName, eachSmart, fail, isWeaker, pass, unknown, unverdicted } from '../rule.ts'

// smartctl(8) 7.4, exit status: bit 3 disk failing, bit 4 prefail attribute at or below its threshold, bit 5 in the past.
const EXIT_FAILING = 8 | 16
const EXIT_PAST = 32

/** Rule `disk/drive-failing`; its limits stand at the top of this file. */
export const driveFailing = defineRule({
  id: 'disk/drive-failing',
  needs: ['drives'],
  limits: [],
  holdMs: 0,
  effortMinutes: 120,
  needsHands: true,
  *evaluate({ drives }, context) {
    yield* eachSmart(drives, context, (drive, smart) => {
      const when = failsWhen(smart)
      if (when === null) return smart.passed === null ? unverdicted(drive) : pass(drive.key)
      if (when === 'past' && smart.passed === null && isWeaker(drive.key, 'warning', context))
        return unknown(drive.key, 'empty')
      const attributes = smart.failingAttributes.map(({ id, name }) => `${name} (${id})`).join(', ')
      const values = { drive: driveName(drive), device: drive.device, when, attributes }
      return fail(drive.key, when === 'now' ? 'critical' : 'warning', values)
    })
  },
})

function failsWhen({ passed, exitBits, failingAttributes }: Smart): 'now' | 'past' | null {
  const bits = exitBits ?? 0
  if (passed === false || (bits & EXIT_FAILING) !== 0 || failingAttributes.some(({ when }) => when === 'now'))
    return 'now'
  return (bits & EXIT_PAST) !== 0 || failingAttributes.length > 0 ? 'past' : null
}
