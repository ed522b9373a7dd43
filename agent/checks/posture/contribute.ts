/** Builds the answer of a source of this room: parts that hold a value under the source's id. Pure. */
import type { PostureSection } from '../../../shared/checks/posture.ts'
import type { SampleValues } from '../../../shared/checks/samples.ts'
import { type Failure, read } from '../../../shared/reading.ts'
import { err, ok, type Result } from '../../../shared/result.ts'
import type { Contribution } from '../collector.ts'
import { firstLine } from '../parts.ts'

/** Name of a part of `posture`. */
export type PosturePart = Exclude<keyof PostureSection, 'samples'>
/** What a part holds when it was read. */
export type PostureValue<P extends PosturePart> = Extract<PostureSection[P], { state: 'value' }>['value']
/** What the parser of one source gives. */
export type PostureAnswer = Result<Contribution<'posture'>, Failure>

/** One part with its value. */
export function tell<P extends PosturePart>(
  source: string,
  part: P,
  value: PostureValue<P>,
  samples: SampleValues = {},
): Contribution<'posture'> {
  // The compiler cannot follow P through the reading; the signature ties the value to its part.
  return { parts: { [part]: read(source, value) } as Contribution<'posture'>['parts'], samples }
}

/** The part of a Result. Errors pass through. */
export function tellResult<P extends PosturePart>(
  source: string,
  part: P,
  value: Result<PostureValue<P>, Failure>,
): PostureAnswer {
  return value.ok ? ok(tell(source, part, value.value)) : value
}

const REFUSED =
  /permission denied|access (?:is )?denied|not permitted|must be root|(?:need|requires?) (?:to be )?(?:root|admin)/i

/** Why an output says nothing: `access-denied`, `exit` when the tool ended badly, `empty`, else `parse` with its first line. */
export function noAnswer(tool: string, text: string, stderr: string, exitCode: number | null): Result<never, Failure> {
  if (REFUSED.test(stderr.slice(0, 4_096)) || REFUSED.test(text.slice(0, 4_096)))
    return err({ code: 'access-denied', detail: `${tool} answers administrators only` })
  const said = firstLine(stderr) || firstLine(text)
  if (exitCode !== 0) return err({ code: 'exit', detail: `${tool} ended with ${exitCode ?? 'a signal'}: ${said}` })
  if (text.trim() === '') return err({ code: 'empty', detail: `${tool} printed nothing` })
  return err({ code: 'parse', detail: `${tool}: ${firstLine(text)}` })
}

const NO_ACCOUNTS: PostureValue<'accounts'> = {
  administrators: null,
  guestEnabled: null,
  automaticLogin: null,
  emptyPasswords: null,
  builtinAdministratorEnabled: null,
}

/** Accounts of which one source knows a part only. */
export function accountsOf(known: Partial<PostureValue<'accounts'>>): PostureValue<'accounts'> {
  return { ...NO_ACCOUNTS, ...known }
}

/** Guards of which one source knows one only. */
export function guardsOf(known: Partial<PostureValue<'guards'>>): PostureValue<'guards'> {
  return { gatekeeper: null, sip: null, uac: null, ...known }
}

/** The one distinct answer of several lines, or null when there is none or they disagree. */
export function agreed<T>(answers: readonly T[]): T | null {
  const distinct = new Set(answers)
  const [only] = distinct
  return distinct.size === 1 && only !== undefined ? only : null
}
