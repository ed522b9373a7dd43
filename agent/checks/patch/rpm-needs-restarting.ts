/** `needs-restarting -r` and `dnf needs-restarting -r` (yum, dnf 4 and 5), `zypper needs-rebooting` → whether a restart is due. Pure. */
import type { PatchSection } from '../../../shared/checks/patch.ts'
import { type Failure, read } from '../../../shared/reading.ts'
import { err, ok, type Result } from '../../../shared/result.ts'
import type { Source, SourceInput } from '../collector.ts'
import { decode } from '../decode.ts'
import { firstLine } from '../parts.ts'

type Reboot = Extract<PatchSection['reboot'], { readonly state: 'value' }>['value']

const DUE = /Reboot is (?:required|suggested)|Reboot needed|system is not (?:yet )?rebooted/i
const NOT_DUE =
  /Reboot (?:should not be|is probably not|is not) (?:necessary|required)|No reboot (?:is )?(?:required|needed)/i
/** dnf: `  * kernel`; yum 3: `  kernel -> 3.10.0-1160`. */
const KERNEL = /^ {2}(?:\* )?kernel\b/m

/**
 * @param dueCode exit code for "restart": 1 for needs-restarting, 102 for zypper. 1 is also that of an error, so its words must say it.
 * Errors: `exit`, `empty`, `parse` (words that say neither).
 */
export function parseNeedsRestarting(
  { stdout, stderr, exitCode }: SourceInput,
  dueCode: number,
): Result<Reboot, Failure> {
  const text = `${decode(stdout)}\n${stderr}`
  const isDue = DUE.test(text)
  if (isDue || exitCode === 102) {
    const reasons = KERNEL.test(text) ? (['kernel'] as const) : (['libraries'] as const)
    return ok({ required: true, reasons: [...reasons], runningKernel: null, installedKernel: null })
  }
  if (exitCode !== 0)
    return err({
      code: 'exit',
      detail: `ended with ${exitCode ?? 'a signal'} (${dueCode} is a restart): ${firstLine(text)}`,
    })
  if (NOT_DUE.test(text)) return ok({ required: false, reasons: [], runningKernel: null, installedKernel: null })
  if (text.trim() === '') return err({ code: 'empty', detail: 'no words' })
  return err({ code: 'parse', detail: `says neither: ${firstLine(text)}` })
}

function sourceOf(id: `patch/${string}`, dueCode: number): Source<'patch'> {
  return {
    id,
    check: 'patch',
    parse: (input) => {
      const reboot = parseNeedsRestarting(input, dueCode)
      return reboot.ok ? ok({ parts: { reboot: read(id, reboot.value) }, samples: {} }) : reboot
    },
  }
}

/** Exit 1: a restart is due. */
export const needsRestartingSource: Source<'patch'> = sourceOf('patch/rpm-needs-restarting', 1)
/** Exit 102 (ZYPPER_EXIT_INF_REBOOT_NEEDED): a restart is due. */
export const zypperNeedsRebootingSource: Source<'patch'> = sourceOf('patch/zypper-needs-rebooting', 102)
