/** Structured log of the agent: one JSON line per event on stderr, constant text plus fields. Twenty lines instead of pino, which costs a resident agent several megabytes. */
import type { EpochMs } from '../shared/units.ts'

/** Levels of `ROUNDS_LOG`, the most talkative first. */
export const LOG_LEVELS = ['debug', 'info', 'warn', 'error', 'silent'] as const
export type LogLevel = (typeof LOG_LEVELS)[number]
type Fields = { readonly [name: string]: string | number | boolean | null }

/** `text` is constant; what varies stands in `fields`, never secrets. JSON escapes control characters, so one event is one line. */
export type Log = {
  debug(text: string, fields?: Fields): void
  info(text: string, fields?: Fields): void
  warn(text: string, fields?: Fields): void
  error(text: string, fields?: Fields): void
}

/** @returns a log that writes events of `level` and above through `write`. */
export function createLog(level: LogLevel, now: () => EpochMs, write: (line: string) => void): Log {
  const floor = LOG_LEVELS.indexOf(level)
  const emit =
    (name: LogLevel) =>
    (text: string, fields: Fields = {}) => {
      if (LOG_LEVELS.indexOf(name) < floor) return
      write(`${JSON.stringify({ at: now(), level: name, text, ...fields })}\n`)
    }
  return { debug: emit('debug'), info: emit('info'), warn: emit('warn'), error: emit('error') }
}

/** A log that says nothing (tests, one-shot commands). */
export const SILENT_LOG: Log = { debug() {}, info() {}, warn() {}, error() {} }
