/** The closed list of refusals between agent and server: text code, close code, what the agent does next. Pure. */
import { HOUR_MS } from '../units.ts'

/**
 * What the agent does after a refusal. `backoff`: full jitter up to `maxMs`. `every`: again after that time.
 * `told`: after `retryMs` of the message, else backoff. `window`: at a random moment of the announced window.
 * `stop`: not again by itself, a person or another link decides.
 */
export type RetryRule =
  | { readonly kind: 'backoff'; readonly maxMs: number }
  | { readonly kind: 'every'; readonly everyMs: number }
  | { readonly kind: 'told'; readonly maxMs: number }
  | { readonly kind: 'window' }
  | { readonly kind: 'stop' }

/**
 * `lasting`: changes what the agent does for good (stops, makes a new key), hence believed only from a frame with a MAC;
 * the same word in a text frame causes backoff only.
 */
export type WireError = { readonly closeCode: number; readonly lasting: boolean; readonly retry: RetryRule }

/** Longest backoff that anything unsigned may cause. */
export const MAX_BACKOFF_MS = HOUR_MS

const BACKOFF: RetryRule = { kind: 'backoff', maxMs: MAX_BACKOFF_MS }
const STOP: RetryRule = { kind: 'stop' }

/** Every code, in the order of security-reliability.md 4.5. */
export const WIRE_ERRORS = {
  /** Bad frame, unknown type, bad schema. */
  protocol: { closeCode: 4400, lasting: false, retry: BACKOFF },
  /** Unknown key, unknown code, bad proof, signature or host: one answer for all. */
  refused: { closeCode: 4401, lasting: false, retry: BACKOFF },
  revoked: { closeCode: 4403, lasting: true, retry: { kind: 'every', everyMs: 6 * HOUR_MS } },
  /** No common version, or a better common one was hidden. */
  version: { closeCode: 4406, lasting: false, retry: { kind: 'every', everyMs: HOUR_MS } },
  'slow-handshake': { closeCode: 4408, lasting: false, retry: BACKOFF },
  /** The same agent connected anew: the old link ends and does not retry. */
  superseded: { closeCode: 4409, lasting: false, retry: STOP },
  /** Stale lease with another fingerprint: the agent makes a new key and asks as moved. */
  cloned: { closeCode: 4410, lasting: true, retry: STOP },
  'too-large': { closeCode: 4413, lasting: false, retry: BACKOFF },
  rate: { closeCode: 4429, lasting: false, retry: { kind: 'told', maxMs: MAX_BACKOFF_MS } },
  'code-used': { closeCode: 4441, lasting: true, retry: STOP },
  'code-expired': { closeCode: 4442, lasting: true, retry: STOP },
  /** The code is not valid from this network. */
  'code-net': { closeCode: 4443, lasting: true, retry: STOP },
  /** The server stops, or the daily renewal of the link is due. */
  'going-away': { closeCode: 1001, lasting: false, retry: { kind: 'window' } },
  /** Disk full, store error or overload: keep the spool. */
  busy: { closeCode: 1013, lasting: false, retry: BACKOFF },
} as const satisfies Readonly<Record<string, WireError>>

/** One of the codes. */
export type WireErrorCode = keyof typeof WIRE_ERRORS

/** All codes, as a list for schemas and tests. */
export const WIRE_ERROR_CODES: readonly WireErrorCode[] = Object.keys(WIRE_ERRORS) as WireErrorCode[]

/** What a code means. */
export function wireError(code: WireErrorCode): WireError {
  return WIRE_ERRORS[code]
}

/** The text code of a WebSocket close code, or null when it is not ours (1006, 1000, a proxy's). */
export function wireErrorOfClose(closeCode: number): WireErrorCode | null {
  return WIRE_ERROR_CODES.find((code) => WIRE_ERRORS[code].closeCode === closeCode) ?? null
}
