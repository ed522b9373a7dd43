/** Errors that PowerShell prints instead of an answer, told by their numbers: the words are translated. Pure. */
import type { Failure } from '../../../shared/reading.ts'
import type { SourceInput } from '../collector.ts'
import { decode } from '../decode.ts'
import { firstLine } from '../parts.ts'

/** HRESULTs of winerror.h and wbemcli.h; beside them the words that Windows in English, French and German prints without a number. */
const KNOWN: readonly (readonly [pattern: RegExp, failure: Failure])[] = [
  [/0x800106ba/i, { code: 'disabled', detail: 'the service of Defender does not run (0x800106BA)' }],
  [
    /0x8004100e|0x80041010|Invalid (?:namespace|class)|(?:Espace de noms|Classe) non valide|ltiger Namespace|ltige Klasse/i,
    { code: 'unsupported', detail: 'this Windows has no such thing' },
  ],
  [
    /0x80070005|0x80041003|Access (?:is )?denied|Acc.{1,2}s refus|Zugriff verweigert/i,
    { code: 'access-denied', detail: 'Windows refused the question' },
  ],
]
const LOOKED_AT = 4_096

/** @returns null when there may be an answer in the output. JSON is an answer, whatever stands in it. */
export function windowsFailure({ stdout, stderr, exitCode }: SourceInput): Failure | null {
  const text = decode(stdout.subarray(0, LOOKED_AT))
  const words = /^\s{0,64}[[{]/.test(text) ? stderr : `${text}\n${stderr}`
  const known = KNOWN.find(([pattern]) => pattern.test(words.slice(0, 2 * LOOKED_AT)))
  if (known !== undefined) return known[1]
  if (exitCode === 0) return null
  return { code: 'exit', detail: `PowerShell ended with ${exitCode ?? 'a signal'}: ${firstLine(stderr)}` }
}
