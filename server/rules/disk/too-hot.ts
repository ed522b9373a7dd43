/**
 * The drive is too warm for its kind.
 *
 * Limits in °C, warning and critical: spinning drives 50 and 60, SATA SSD 60 and 70, NVMe 70 and 80 (`disk.*WarmCelsius`,
 * `disk.*HotCelsius`), for 15 minutes; over 5 below. A drive of unknown kind is judged as an SSD. A drive without a temperature is
 * not judged.
 */
import type { Drive } from '../../../shared/checks/disk.ts'
import { MINUTE_MS } from '../../../shared/units.ts'
import { defineRule, driveName, fail, lackingSample, pass } from '../rule.ts'

const KINDS = { hdd: 'hdd', ssd: 'ssd', nvme: 'nvme', virtual: 'ssd', unknown: 'ssd' } as const satisfies {
  readonly [K in Drive['kind']]: string
}

/** Rule `disk/too-hot`; its limits stand at the top of this file. */
export const tooHot = defineRule({
  id: 'disk/too-hot',
  needs: ['drives'],
  limits: [
    'disk.hddWarmCelsius',
    'disk.hddHotCelsius',
    'disk.ssdWarmCelsius',
    'disk.ssdHotCelsius',
    'disk.nvmeWarmCelsius',
    'disk.nvmeHotCelsius',
    'disk.temperatureClearCelsius',
  ],
  holdMs: 15 * MINUTE_MS,
  effortMinutes: 30,
  needsHands: true,
  *evaluate({ drives }, context) {
    const clear = context.limit('disk.temperatureClearCelsius')
    for (const drive of drives) {
      const { key } = drive
      const told = context.sample(`drive:${key}:temperatureCelsius`)
      if (told.state !== 'value') {
        yield lackingSample(key, context, told)
        continue
      }
      const kind = KINDS[drive.kind]
      const warning = context.limit(`disk.${kind}WarmCelsius`)
      const critical = context.limit(`disk.${kind}HotCelsius`)
      const severity = context.above(key, told.value, { warning, critical }, clear)
      if (severity === null) yield pass(key)
      else {
        const limitCelsius = severity === 'critical' ? critical : warning
        yield fail(key, severity, { drive: driveName(drive), device: drive.device, celsius: told.value, limitCelsius })
      }
    }
  },
})
