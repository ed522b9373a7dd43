/** `needrestart -b` → whether the running kernel is the installed one. Pure. KSTA: 0 unknown, 1 current, 2 and 3 newer installed (needrestart 3.6). */
import { read } from '../../../shared/reading.ts'
import { err, ok } from '../../../shared/result.ts'
import type { Source } from '../collector.ts'
import { decode } from '../decode.ts'
import { firstLine } from '../parts.ts'

const ID = 'patch/needrestart'

/** Services that run old libraries (`SVC`) need a restart of their own, not one of the machine. Errors: `exit`, `parse`, `empty`, `unsupported` (KSTA 0). */
export const needrestartSource: Source<'patch'> = {
  id: ID,
  check: 'patch',
  parse: ({ stdout, stderr, exitCode }) => {
    const text = decode(stdout)
    if (text.trim() === '')
      return err({
        code: exitCode === 0 ? 'empty' : 'exit',
        detail: `needrestart ended with ${exitCode ?? 'a signal'}: ${firstLine(stderr)}`,
      })
    const values = new Map(
      [...text.matchAll(/^NEEDRESTART-([A-Z]{1,12}): ?(.{0,256})$/gm)].map(([, key = '', value = '']) => [
        key,
        value.trim(),
      ]),
    )
    if (!values.has('VER')) return err({ code: 'parse', detail: `not needrestart -b: ${firstLine(text)}` })
    const state = values.get('KSTA')
    const runningKernel = values.get('KCUR')?.slice(0, 128) || null
    const installedKernel = values.get('KEXP')?.slice(0, 128) || null
    const isDue = state === '2' || state === '3'
    if (isDue)
      return ok({
        parts: { reboot: read(ID, { required: true, reasons: ['kernel' as const], runningKernel, installedKernel }) },
        samples: {},
      })
    if (state === '0')
      return err({ code: 'unsupported', detail: 'needrestart cannot tell the state of the kernel here' })
    if (state !== '1' || exitCode !== 0)
      return err({
        code: state === undefined ? 'empty' : 'exit',
        detail: `KSTA ${state ?? 'is missing'}, exit ${exitCode ?? 'by a signal'}`,
      })
    if (runningKernel === null || installedKernel === null || runningKernel !== installedKernel)
      return err({
        code: 'parse',
        detail: `current, and yet ${runningKernel ?? 'no kernel'} runs and ${installedKernel ?? 'none'} is expected`,
      })
    return ok({
      parts: { reboot: read(ID, { required: false, reasons: [], runningKernel, installedKernel }) },
      samples: {},
    })
  },
}
