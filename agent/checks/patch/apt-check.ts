/** `/usr/lib/update-notifier/apt-check` → how many updates wait. It prints `178;122` on stderr (all; for security), or sentences. Pure. */
import { read } from '../../../shared/reading.ts'
import { err, ok } from '../../../shared/result.ts'
import type { Source } from '../collector.ts'
import { decode } from '../decode.ts'
import { firstLine } from '../parts.ts'
import { updatesOf } from './waiting.ts'

const ID = 'patch/apt-check'
const COUNTS = /^(\d{1,6});(\d{1,6})$/m
const ALL = /^(\d{1,6}) (?:updates? can be (?:applied|installed) immediately|packages? can be updated)/m
const SECURITY =
  /^(\d{1,6}) (?:of these updates (?:is|are) (?:a )?(?:standard )?security updates?|updates? (?:is|are) (?:a )?security updates?)/m

/** It counts held and phased packages too. Errors: `exit`, `empty`, `parse`. */
export const aptCheckSource: Source<'patch'> = {
  id: ID,
  check: 'patch',
  parse: ({ stdout, stderr, exitCode }) => {
    const text = `${decode(stdout)}\n${stderr}`
    const said = /^E: .{0,200}/m.exec(text)?.[0]
    if (exitCode !== 0 || said !== undefined)
      return err({ code: 'exit', detail: `apt-check ended with ${exitCode ?? 'a signal'}: ${said ?? firstLine(text)}` })
    if (text.trim() === '') return err({ code: 'empty', detail: 'apt-check printed nothing' })
    const counts = COUNTS.exec(text) ?? [null, ALL.exec(text)?.[1], SECURITY.exec(text)?.[1]]
    const [all, security] = [counts[1], counts[2]].map((one) => (one == null ? Number.NaN : Number(one)))
    if (all === undefined || security === undefined || !(security <= all)) {
      // Without updates the sentence about security is left out; with some, it is missing.
      if (all !== 0) return err({ code: 'parse', detail: `not apt-check: ${firstLine(text)}` })
    }
    const known = Number.isNaN(security) ? 0 : (security ?? 0)
    const updates = { ...updatesOf({ security: [], other: (all ?? 0) - known }), security: known }
    return ok({ parts: { manager: read(ID, { name: 'apt' }), updates: read(ID, updates) }, samples: {} })
  },
}
