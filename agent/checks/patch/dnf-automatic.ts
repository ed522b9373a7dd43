/** `/etc/dnf/automatic.conf` (dnf 4 and 5) and `/etc/yum/yum-cron.conf` → whether updates are applied by themselves. Pure. */
import { type Failure, read } from '../../../shared/reading.ts'
import { err, ok, type Result } from '../../../shared/result.ts'
import type { Source } from '../collector.ts'
import { decode } from '../decode.ts'
import { firstLine } from '../parts.ts'

const ID = 'patch/dnf-automatic'
const TRUE = /^(?:yes|true|1|on)$/i
const FALSE = /^(?:no|false|0|off)$/i

/** Whether the configuration applies what it downloads; null: it does not say (the default of dnf-automatic is no). Errors: `empty`, `parse`. */
export function parseDnfAutomatic(text: string): Result<boolean | null, Failure> {
  if (text.trim() === '') return err({ code: 'empty', detail: 'no configuration' })
  if (!/^\[commands\]/m.test(text)) return err({ code: 'parse', detail: `no section [commands]: ${firstLine(text)}` })
  const values = [...text.matchAll(/^apply_updates[ \t]{0,20}=[ \t]{0,20}(\S{1,20})[ \t]{0,20}$/gm)].map(
    ([, value = '']) => value,
  )
  const value = values.at(-1)
  if (value === undefined) return ok(null)
  if (TRUE.test(value)) return ok(true)
  return FALSE.test(value) ? ok(false) : err({ code: 'parse', detail: `apply_updates = ${value}` })
}

/** The configuration alone can prove "off", not "on": whether a timer starts it, it does not say. */
export const dnfAutomaticSource: Source<'patch'> = {
  id: ID,
  check: 'patch',
  parse: ({ stdout, exitCode }) => {
    if (exitCode !== 0)
      return err({ code: 'exit', detail: `reading the configuration ended with ${exitCode ?? 'a signal'}` })
    const applies = parseDnfAutomatic(decode(stdout))
    if (!applies.ok) return applies
    if (applies.value === false)
      return ok({ parts: { automatic: read(ID, { enabled: false, mechanism: 'dnf-automatic' }) }, samples: {} })
    const what = applies.value === null ? 'apply_updates is not set here' : 'switched on'
    return err({ code: 'empty', detail: `${what}; whether a timer starts it is not in this file` })
  },
}
