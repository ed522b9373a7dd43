/** `apt-config dump` → whether security updates install themselves. Pure. */
import type { PatchSection } from '../../../shared/checks/patch.ts'
import { type Failure, read } from '../../../shared/reading.ts'
import { err, ok, type Result } from '../../../shared/result.ts'
import type { Source } from '../collector.ts'
import { decode } from '../decode.ts'
import { firstLine } from '../parts.ts'
import { isSecurityOrigin } from './apt-simulation.ts'
import { linesOf } from './lines.ts'

/** What apt's configuration says of unattended-upgrades. */
export type Periodic = {
  /** `APT::Periodic::Enable`, `Update-Package-Lists` and `Unattended-Upgrade` are all on. */
  readonly switchedOn: boolean
  /** The origins that may be installed include a security one; without any, unattended-upgrades installs nothing. */
  readonly coversSecurity: boolean
}

/**
 * Errors: `empty`, `parse` (no line `KEY "value";`), `exit`.
 * A value is days (`1`), a time span (`12h`) or `always`; 0 and absent mean off. Enable is on unless it is 0 (apt.systemd.daily of apt 2.6).
 */
export function parsePeriodic(text: string): Result<Periodic, Failure> {
  if (text.trim() === '') return err({ code: 'empty', detail: 'apt-config dump printed nothing' })
  const lines = linesOf(text)
  if (!lines.ok) return lines
  const pairs = lines.value.flatMap((line) => {
    const pair = /^([A-Za-z][\w:./-]*) "([^"]*)";$/.exec(line)
    return pair === null ? [] : [pair]
  })
  if (pairs.length === 0) return err({ code: 'parse', detail: `not apt-config dump: ${firstLine(text)}` })
  const settingOf = (key: string) => pairs.filter(([, name]) => name?.toLowerCase() === key).at(-1)?.[2]
  const isOn = (key: string) => !['0', '', undefined].includes(settingOf(`apt::periodic::${key}`))
  const origins = pairs.filter(([, name]) =>
    /^Unattended-Upgrade::(?:Origins-Pattern|Allowed-Origins)::/i.test(name ?? ''),
  )
  return ok({
    switchedOn:
      settingOf('apt::periodic::enable') !== '0' && isOn('update-package-lists') && isOn('unattended-upgrade'),
    coversSecurity: origins.some(([, , origin = '']) => isSecurityOrigin(origin)),
  })
}

/** What was found beside the configuration. `starter`: what would start it (a timer or cron); null: nothing does. */
export type AutomaticEvidence = { readonly installed: boolean; readonly starter: string | null }

/** Enabled only when the configuration asks for it, the program is there and something starts it. */
export function judgeAutomatic(periodic: Periodic, evidence: AutomaticEvidence): PatchSection['automatic'] {
  const enabled = periodic.switchedOn && periodic.coversSecurity && evidence.installed && evidence.starter !== null
  return read('patch/apt-config', { enabled, mechanism: evidence.installed ? 'unattended-upgrades' : null })
}

/** The configuration alone can prove "off", not "on": whether the program is there and started, it does not say. */
export const aptConfigSource: Source<'patch'> = {
  id: 'patch/apt-config',
  check: 'patch',
  parse: ({ stdout, stderr, exitCode }) => {
    if (exitCode !== 0) return err({ code: 'exit', detail: `apt-config ended with ${exitCode}: ${firstLine(stderr)}` })
    const periodic = parsePeriodic(decode(stdout))
    if (!periodic.ok) return periodic
    const { switchedOn, coversSecurity } = periodic.value
    if (switchedOn && coversSecurity) {
      return err({
        code: 'empty',
        detail: 'switched on in apt.conf; whether the program is installed is not in this output',
      })
    }
    return ok({ parts: { automatic: read('patch/apt-config', { enabled: false, mechanism: null }) }, samples: {} })
  },
}
