/** Whether a restart is due: the distributor's flag, or a newer kernel of the same flavor is installed. Pure. */
import type { PatchSection } from '../../../shared/checks/patch.ts'
import { failed, read } from '../../../shared/reading.ts'
import { err, ok } from '../../../shared/result.ts'
import type { Source } from '../collector.ts'
import { decode } from '../decode.ts'
import { firstLine } from '../parts.ts'
import { compareVersions } from './compare-versions.ts'

/** What was found. `runningKernel` null: not readable; `installed`: kernel releases under /boot or /lib/modules; null: neither could be looked into. */
export type RebootEvidence = {
  readonly flag: boolean
  readonly runningKernel: string | null
  readonly installed: readonly string[] | null
  /** Kind of container; null: none. Its kernel is the one of the machine around it. */
  readonly container: string | null
}

/** `6.1.0-40-amd64` → version `6.1.0-40`, flavor `amd64`; `6.12.48+deb13-cloud-amd64` → flavor `cloud-amd64`. */
export function splitKernel(release: string): { readonly version: string; readonly flavor: string } {
  const start = /-[a-z]/i.exec(release)?.index ?? release.length
  return { version: release.slice(0, start), flavor: release.slice(start + 1) }
}

/** Newest installed kernel of the flavor of the running one; null: none of it is installed. */
export function newestKernel(running: string, installed: readonly string[]): string | null {
  const { flavor } = splitKernel(running)
  const same = installed.filter((release) => splitKernel(release).flavor === flavor)
  return same.reduce<string | null>((newest, release) => {
    const isNewer = newest === null || compareVersions(splitKernel(release).version, splitKernel(newest).version) > 0
    return isNewer ? release : newest
  }, null)
}

/**
 * "No restart needed" is only said when the kernels could be compared, or in a container with no flag. Without a flag and
 * without comparable kernels: failed, `unsupported` where no kernel is installed at all (the hypervisor brings it), `access-denied` where
 * none could be looked for, else `empty`.
 */
export function judgeReboot({ flag, runningKernel, installed, container }: RebootEvidence): PatchSection['reboot'] {
  const running = container === null ? runningKernel : null
  const newest = running === null ? null : newestKernel(running, installed ?? [])
  const isOlder =
    running !== null &&
    newest !== null &&
    compareVersions(splitKernel(running).version, splitKernel(newest).version) < 0
  if (!flag && newest === null && container === null) {
    const detail = `Running kernel ${runningKernel ?? '(not readable)'}: no kernel of its flavor under /boot or /lib/modules to compare with`
    const code =
      installed === null ? 'access-denied' : runningKernel !== null && installed.length === 0 ? 'unsupported' : 'empty'
    return failed('patch/reboot', { code, detail })
  }
  const reasons = [...(flag ? (['flag'] as const) : []), ...(isOlder ? (['kernel'] as const) : [])]
  return read('patch/reboot', {
    required: reasons.length > 0,
    reasons,
    runningKernel: runningKernel?.slice(0, 128) ?? null,
    installedKernel: newest?.slice(0, 128) ?? null,
  })
}

/** The content of /run/reboot-required: it can say "required", never "not required". Errors: `empty`, `parse`. */
export const rebootRequiredSource: Source<'patch'> = {
  id: 'patch/reboot-required',
  check: 'patch',
  parse: ({ stdout }) => {
    const text = decode(stdout)
    if (text.trim() === '')
      return err({ code: 'empty', detail: 'no text: the flag file proves a restart, not its absence' })
    if (!/restart required/i.test(text)) return err({ code: 'parse', detail: `not the flag file: ${firstLine(text)}` })
    const value = { required: true, reasons: ['flag' as const], runningKernel: null, installedKernel: null }
    return ok({ parts: { reboot: read('patch/reboot-required', value) }, samples: {} })
  },
}
