/** `tmutil listlocalsnapshots /`: they lie on the disk that they are of, and go with it. Names hold a local time. Pure. */
import { err, ok } from '../../../../shared/result.ts'
import type { Source } from '../../collector.ts'
import { decode } from '../../decode.ts'
import { firstLine } from '../../parts.ts'
import { lookalikesPart } from '../run-facts.ts'
import { textLines } from '../text-lines.ts'
import { clockOf, newestInstant, parseWallTime } from '../wall-time.ts'
import { refusalIn } from './time-machine-denied.ts'

const SOURCE = 'backup/time-machine-snapshots'

/** Only the heading: there is none. Errors: `access-denied`, `empty` (nothing printed at all), `parse`, `exit`. */
export const timeMachineSnapshotsSource: Source<'backup'> = {
  id: SOURCE,
  check: 'backup',
  parse: (input) => {
    const text = decode(input.stdout)
    const refusal = refusalIn(text, input.stderr)
    if (refusal !== null) return err(refusal)
    if (input.exitCode !== 0 && input.exitCode !== null) {
      return err({ code: 'exit', detail: `tmutil ended with ${input.exitCode}: ${firstLine(input.stderr || text)}` })
    }
    const lines = textLines(text)
    if (!lines.ok) return lines
    const isHeaded = lines.value.some((line) => /^[ \t]*Snapshots for (?:disk|volume)/i.test(line))
    const own = lines.value.flatMap((line) => {
      const found = /^com\.apple\.TimeMachine\.(\d{4}-\d\d-\d\d)-(\d\d)(\d\d)(\d\d)(?:\.local)?$/.exec(line.trim())
      return found === null ? [] : [parseWallTime(`${found[1]} ${found[2]}:${found[3]}:${found[4]}`)]
    })
    if (own.length === 0 && text.trim() === '') return err({ code: 'empty', detail: 'tmutil printed nothing' })
    if (own.length === 0 && !isHeaded) return err({ code: 'parse', detail: 'not a list of local snapshots' })
    const newestAt = newestInstant(own, clockOf(input))
    const snapshots = {
      id: 'time-machine:local-snapshots',
      name: 'Local snapshots of Time Machine',
      kind: 'snapshot',
      count: own.length,
      newestAt,
    } as const
    return ok(lookalikesPart(SOURCE, own.length === 0 ? [] : [snapshots]))
  },
}
