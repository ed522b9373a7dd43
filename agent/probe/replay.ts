/** A probe that answers from a recorded folder and touches nothing else. Reads the folder once, when it is made. */
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Failure } from '../../shared/reading.ts'
import { err, ok, type Result } from '../../shared/result.ts'
import type { Platform, Probe } from './probe.ts'
import { CALLS_FILE, callKey, parseCall, type RecordedCall, withoutUsers } from './recording.ts'

type Answer = { readonly call: RecordedCall; readonly bytes: Uint8Array }

/**
 * Answers in the order recorded: the second time a question is asked it gets the second answer, and the last one from then on.
 * A question that was not recorded is `empty` for files and `tool-missing` for programs: nothing of this machine leaks in.
 * @throws Error when the folder holds no recording.
 */
export function createReplayProbe(folder: string): Probe {
  const { platform, answers } = load(folder)
  const take = (key: string): Answer | null => {
    const queue = answers.get(key) ?? answers.get(withoutUsers(key))
    return (queue !== undefined && queue.length > 1 ? queue.shift() : queue?.[0]) ?? null
  }
  /** Facts were written by record.ts from the answer of the same method; `T` is that answer. */
  const facts = async <T>(key: string): Promise<Result<T, Failure>> =>
    reply(take(key), key, ({ call }) => call.facts as T)
  const bytes = async (key: string) => reply(take(key), key, (answer) => answer.bytes)

  return {
    platform,
    exec: async (program, args) => {
      const key = callKey('exec', program, ...args)
      const answer = take(key)
      if (answer === null) return err({ code: 'tool-missing', detail: `${key}: not in the recording` })
      return reply(answer, key, ({ call, bytes: stdout }) => {
        const said = call.facts as { stderr: string; exitCode: number | null; truncated: boolean }
        return { stdout, stderr: said.stderr, exitCode: said.exitCode, truncated: said.truncated }
      })
    },
    has: async (program) => {
      const answer = await facts<boolean>(callKey('has', program))
      return answer.ok && answer.value
    },
    readFile: (path) => bytes(callKey('readFile', path)),
    list: (path) => facts(callKey('list', path)),
    stat: (path, options) => facts(callKey(options?.follow === true ? 'follow' : 'stat', path)),
    readLink: (path) => facts(callKey('readLink', path)),
    statVolume: (mount) => facts(callKey('statVolume', mount)),
    ask: (path, request) => bytes(callKey('ask', path, Buffer.from(request).toString('base64'))),
  }
}

function reply<T>(answer: Answer | null, key: string, value: (answer: Answer) => T): Result<T, Failure> {
  if (answer === null) return err({ code: 'empty', detail: `${key}: not in the recording` })
  return answer.call.failure === null ? ok(value(answer)) : err(answer.call.failure)
}

function load(folder: string): { readonly platform: Platform; readonly answers: Map<string, Answer[]> } {
  const [first = '', ...lines] = readFileSync(join(folder, CALLS_FILE), 'utf8').split('\n')
  const platform = platformIn(first)
  if (platform === null) throw new Error(`${join(folder, CALLS_FILE)} does not begin with a recording's first line`)
  const answers = new Map<string, Answer[]>()
  for (const line of lines) {
    const call = parseCall(line)
    if (call === null) continue
    const bytes = call.body === null ? new Uint8Array() : readFileSync(join(folder, call.body))
    for (const key of new Set([call.key, withoutUsers(call.key)]))
      answers.set(key, [...(answers.get(key) ?? []), { call, bytes }])
  }
  return { platform, answers }
}

function platformIn(line: string): Platform | null {
  const found = /"format":"rounds-recording","version":1,"platform":"(linux|win32|darwin)"/.exec(line)?.[1]
  return found === 'linux' || found === 'win32' || found === 'darwin' ? found : null
}
