/** Format of a recorded folder: `calls.jsonl`, one line per question in the order asked, and one file per body of bytes. Pure. */
import { isAbsolute } from 'node:path'
import type { Failure } from '../../shared/reading.ts'
import type { Platform } from './probe.ts'

/** Name of the list of questions and answers. */
export const CALLS_FILE = 'calls.jsonl'

/** First line of `calls.jsonl`. */
export type RecordingHead = { readonly format: 'rounds-recording'; readonly version: 1; readonly platform: Platform }

/**
 * One question and its answer. `body` names a file of the folder that holds the bytes (stdout, content of a file);
 * `facts` is everything else of the answer as plain JSON.
 */
export type RecordedCall = {
  readonly key: string
  readonly failure: Failure | null
  readonly facts: unknown
  readonly body: string | null
}

/** What was asked, as text that people can read and edit: `exec smartctl --json=c --scan-open`. */
export function callKey(method: string, ...parts: readonly string[]): string {
  return [method, ...parts].join(' ')
}

/** The same question without user names, because a recording has stand-ins for them. */
export function withoutUsers(key: string): string {
  return key.replace(/(\/home\/)[^/\s]+/g, '$1*')
}

/** A line of `calls.jsonl`; null: not one (a hand-edited file may hold anything). */
export function parseCall(line: string): RecordedCall | null {
  let value: unknown
  try {
    value = JSON.parse(line)
  } catch {
    return null
  }
  if (typeof value !== 'object' || value === null || !('key' in value) || typeof value.key !== 'string') return null
  const failure = 'failure' in value ? value.failure : null
  const body = 'body' in value && typeof value.body === 'string' ? value.body : null
  // A body is a file of the folder itself, never a path.
  if (body !== null && (isAbsolute(body) || body.includes('/') || body.includes('\\') || body.startsWith('.')))
    return null
  // Written by record.ts; the reason code is checked again by the schema of the section it ends in.
  return { key: value.key, failure: failure as Failure | null, facts: 'facts' in value ? value.facts : null, body }
}
