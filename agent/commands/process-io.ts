/** The command's surroundings in a real process, and its end: what was written is out before the process goes. Not pure. */
import { buffer } from 'node:stream/consumers'
import type { CommandIo, ExitCode } from './command.ts'

/** @returns the streams and environment of this process. */
export function processIo(): CommandIo {
  return {
    out: (text) => void process.stdout.write(text),
    err: (text) => void process.stderr.write(text),
    env: process.env,
    readStdin: () => buffer(process.stdin),
    now: () => Date.now(),
  }
}

/** Ends the process with a code after both streams have drained, though a tool may still hang. */
export function endProcess(code: ExitCode): void {
  process.exitCode = code
  process.stdout.write('', () => process.stderr.write('', () => process.exit(code)))
}
