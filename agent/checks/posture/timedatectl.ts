/** `timedatectl show`, or its text for people → whether the clock is kept. Pure. */
import type { PostureSection } from '../../../shared/checks/posture.ts'
import { type Failure, read } from '../../../shared/reading.ts'
import { err, ok, type Result } from '../../../shared/result.ts'
import type { Source } from '../collector.ts'
import { decode } from '../decode.ts'
import { firstLine } from '../parts.ts'

type Time = Extract<PostureSection['time'], { state: 'value' }>['value']
/** What systemd says. `enabled` null: not told. */
export type TimeState = Pick<Time, 'synchronized' | 'enabled'>

/** Labels of the kernel's flag: `show`, systemd ≥ 239, and before. */
const SYNCHRONIZED = /^ *(?:NTPSynchronized=|System clock synchronized: |NTP synchronized: )(yes|no)$/gm
/** Whether a time service is switched on, in the same three forms. */
const ENABLED = /^ *(?:NTP=|NTP service: |NTP enabled: |Network time on: )(yes|no|active|inactive|n\/a)$/m

/** systemd 235 to 238 write this line, and 235 and 236 write each of the two answers behind the label of the other (systemd/systemd#7693). */
const SWAPPED = /^ *systemd-timesyncd\.service active: no$/m

/** Errors: `empty`, `exit` (no bus, no systemd), `parse` (no or contradicting answer). */
export function parseTimedatectl(text: string, stderr: string, exitCode: number | null): Result<TimeState, Failure> {
  if (exitCode !== 0)
    return err({ code: 'exit', detail: `timedatectl ended with ${exitCode ?? 'a signal'}: ${firstLine(stderr)}` })
  if (text.trim() === '') return err({ code: 'empty', detail: 'timedatectl printed nothing' })
  const answers = [...text.matchAll(SYNCHRONIZED)].map(([, answer]) => answer)
  if (answers.length !== 1)
    return err({ code: 'parse', detail: `timedatectl: ${answers.length} answers about synchronization` })
  if (answers[0] === 'yes' && SWAPPED.test(text))
    return err({ code: 'parse', detail: 'timedatectl: two versions of systemd mean opposite things by this answer' })
  const enabled = ENABLED.exec(text)?.[1]
  const isOn = enabled === undefined || enabled === 'n/a' ? null : enabled === 'yes' || enabled === 'active'
  return ok({ synchronized: answers[0] === 'yes', enabled: isOn })
}

/** Which daemon keeps the clock is not in this output. Errors as `parseTimedatectl`. */
export const timedatectlSource: Source<'posture'> = {
  id: 'posture/timedatectl',
  check: 'posture',
  parse: ({ stdout, stderr, exitCode }) => {
    const state = parseTimedatectl(decode(stdout), stderr, exitCode)
    if (!state.ok) return state
    return ok({ parts: { time: read('posture/timedatectl', { ...state.value, tool: null }) }, samples: {} })
  },
}
