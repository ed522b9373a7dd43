/** The log port: pino's four levels. Text is constant, what varies stands in fields, never a secret. Types only. */
import type { BaseLogger } from 'pino'

/** The structured log: constant text with fields, no secrets. */
export type Log = Pick<BaseLogger, 'debug' | 'info' | 'warn' | 'error'>

/** Says nothing; for tests and one-shot commands. */
export const SILENT_LOG: Log = { debug() {}, info() {}, warn() {}, error() {} }
