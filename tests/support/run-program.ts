/**
 * Runs a program to its end for tests and runners. Not pure.
 */
import { spawn } from 'node:child_process'

/** What a program said. `code` is null when a signal or the time-out ended it, or when it could not start. */
export interface ProgramEnd {
  readonly code: number | null
  readonly stdout: string
  readonly stderr: string
}

/** `input` goes to its standard input, which is empty otherwise. Times out after 60 s unless told. */
export interface ProgramOptions {
  readonly input?: string
  readonly timeoutMs?: number
  readonly cwd?: string
  readonly env?: NodeJS.ProcessEnv
}

/** Runs `command` without a shell. Never throws: a program that is not there ends with code null and says so on stderr. */
export function runProgram(
  command: string,
  args: readonly string[],
  options: ProgramOptions = {},
): Promise<ProgramEnd> {
  const { input = '', timeoutMs = 60_000, cwd = process.cwd(), env = process.env } = options
  const child = spawn(command, args, { cwd, env, timeout: timeoutMs, killSignal: 'SIGKILL' })
  let stdout = ''
  let stderr = ''
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    stdout += text
  })
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    stderr += text
  })
  // A program that does not read its input closes the pipe: no fault of the test.
  child.stdin.on('error', () => {})
  child.stdin.end(input)
  return new Promise((resolve) => {
    child.on('error', (error) => resolve({ code: null, stdout, stderr: `${stderr}${error.message}` }))
    child.on('close', (code) => resolve({ code, stdout, stderr }))
  })
}
