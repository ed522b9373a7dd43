/** Why a connection ended, what a person is told about it, and when the next attempt is made. Pure. */
import { MAX_BACKOFF_MS, type WireErrorCode, wireError } from '../../shared/protocol/errors.ts'
import type { HandshakeFailure } from '../../shared/protocol/handshake-agent.ts'
import { HOUR_MS, SECOND_MS } from '../../shared/units.ts'
import { backoffMs, MAX_WAIT_MS } from './backoff.ts'

type OwnFailure = Exclude<HandshakeFailure, { kind: 'told' }>

/**
 * `told`: the server gave a code, `signed` when it came in a frame with a MAC; an unsigned one never has lasting effect.
 * `storage`: the data folder cannot be written, so nothing may be promised. `handshake`: what came is not what the pinned server says. `silent`: no frame for 90 s, or no ack for 60 s.
 */
export type EndCause =
  | { readonly kind: 'unreachable'; readonly detail: string }
  | { readonly kind: 'handshake'; readonly failure: OwnFailure }
  | { readonly kind: 'told'; readonly code: WireErrorCode; readonly signed: boolean; readonly retryMs: number | null }
  | { readonly kind: 'closed'; readonly closeCode: number }
  | { readonly kind: 'violation'; readonly detail: string }
  | { readonly kind: 'silent' | 'storage' | 'clock-jump' | 'own-wish' }

/** Where nothing else is announced, agents spread over this time after a server says that it goes away. */
const AWAY_WINDOW_MS = 5 * SECOND_MS
/** After a refusal that is meant for good: look again this rarely, for the operator may have changed their mind. */
const REFUSED_FOR_GOOD_MS = 6 * HOUR_MS

/** @returns ms until the next attempt. @param attempt failures in a row before this one. */
export function waitMsAfter(cause: EndCause, attempt: number, random: number): number {
  if (cause.kind === 'clock-jump' || cause.kind === 'own-wish') return backoffMs(0, random)
  if (cause.kind !== 'told')
    return backoffMs(attempt, random, cause.kind === 'handshake' ? MAX_BACKOFF_MS : MAX_WAIT_MS)
  const { code, signed } = cause
  const { lasting, retry } = wireError(code)
  const retryMs = cause.retryMs === null ? null : Math.min(cause.retryMs, MAX_BACKOFF_MS)
  if (retry.kind === 'window') return Math.floor(random * (retryMs ?? AWAY_WINDOW_MS))
  if (retryMs !== null) return retryMs
  if (!signed && (lasting || retry.kind === 'stop')) return backoffMs(attempt, random, MAX_BACKOFF_MS)
  if (retry.kind === 'every') return retry.everyMs
  if (retry.kind === 'stop') return REFUSED_FOR_GOOD_MS
  return backoffMs(attempt, random, retry.maxMs)
}

const TOLD: { readonly [C in WireErrorCode]: string } = {
  protocol: 'The server did not understand this agent. Update the older of the two.',
  refused: 'The server does not know this machine or its code. Enroll it with a new code from the dashboard.',
  revoked:
    'The operator has revoked this machine. Nothing is sent any more; to report again, enroll it with a new code.',
  version: 'Server and agent speak no common version. Update the agent.',
  'slow-handshake': 'The connection was too slow for the handshake. It is tried again.',
  superseded:
    'The same identity has connected from elsewhere. If this machine is a copy of another, enroll it with its own code.',
  cloned: 'This machine uses the identity of another one (a copied disk). Enroll it with its own code.',
  'too-large': 'The server found a message too large. It is replaced by a note of what is missing.',
  rate: 'The server asks for fewer messages. It is tried again later.',
  'code-used': 'This code was used already. Ask for a new one, and ask who used it.',
  'code-expired': 'This code has expired. Ask for a new one.',
  'code-net': 'This code is not valid from this network. Ask for one that is.',
  'going-away': 'The server restarts or renews its links. The agent reconnects by itself.',
  busy: 'The server cannot store reports at the moment. They wait here on disk.',
}

const OWN: { readonly [K in OwnFailure['kind']]: string } = {
  protocol: 'What answered is not a Rounds server, or one of another version. Check the address.',
  'wrong-server':
    'The server is not the one that made the enrollment code: its identity key differs. Nothing about this machine was sent. Check the address, or ask the operator whether the server was replaced.',
  'bad-signature':
    'The server could not prove its identity for this connection. Something on the way may be relaying. Nothing about this machine was sent.',
  'binding-missing':
    'The server once required a link bound to TLS and now offers none. Something on the way may be decrypting it. Nothing about this machine was sent.',
  'weak-key': 'The server offered a weak key. Nothing about this machine was sent.',
}

/** @returns one or two sentences for people: what happened and what to do. */
export function explainEnd(cause: EndCause): string {
  if (cause.kind === 'unreachable')
    return `The server cannot be reached: ${cause.detail}. Check its address, the network and that it runs.`
  if (cause.kind === 'handshake') return OWN[cause.failure.kind]
  if (cause.kind === 'told') return TOLD[cause.code]
  if (cause.kind === 'closed') return `The connection was closed (code ${cause.closeCode}). It is tried again.`
  if (cause.kind === 'violation')
    return `The server sent something that is not allowed (${cause.detail}); the connection was cut.`
  if (cause.kind === 'silent') return 'The server fell silent; the connection was cut and is made anew.'
  if (cause.kind === 'storage')
    return 'The data folder of the agent cannot be written (is the disk full?). Nothing is sent until it can.'
  return 'The connection is made anew.'
}

/** @returns a short constant for logs and `--json`. */
export function codeOfEnd(cause: EndCause): string {
  if (cause.kind === 'told') return cause.code
  return cause.kind === 'handshake' ? cause.failure.kind : cause.kind
}
