/**
 * One link from upgrade to keys, as a pure machine: (session, event) → (session, effects). The gateway carries the effects out.
 * After `open` frames go straight to the link; only what ends it comes back here.
 */

import { wireError } from '../../shared/protocol/errors.ts'
import {
  type AwaitProof,
  answerHello,
  type HandshakeRefusal,
  type HelloInput,
} from '../../shared/protocol/handshake-server.ts'
import { errText } from '../../shared/protocol/handshake-text.ts'

/** `judging`: the proof is with the store. */
export type Session =
  | { readonly phase: 'hello' }
  | { readonly phase: 'proof'; readonly proof: AwaitProof }
  | { readonly phase: 'judging' }
  | { readonly phase: 'open' }
  | { readonly phase: 'closed' }

/** `flood`: more bytes than a handshake has. `judged` with null: accepted. */
export type SessionEvent =
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'binary' }
  | { readonly kind: 'judged'; readonly refusal: HandshakeRefusal | null }
  | { readonly kind: 'deadline' }
  | { readonly kind: 'flood' }

/** `judge`: ask the store, then bring `judged`. `detail` is constant text for the log. */
export type Effect =
  | { readonly kind: 'send'; readonly data: string | Uint8Array }
  | { readonly kind: 'judge'; readonly text: string; readonly proof: AwaitProof }
  | { readonly kind: 'close'; readonly closeCode: number; readonly detail: string }

/** The next state and what must be done, in order. */
export type Step = { readonly session: Session; readonly effects: readonly Effect[] }

/** Most bytes on the socket before authentication (wire.md). */
export const MAX_HANDSHAKE_SOCKET_BYTES = 16_384
/** From the upgrade to the keys, ms. */
export const HANDSHAKE_DEADLINE_MS = 10_000

/** Where every link begins. */
export const NEW_SESSION: Session = { phase: 'hello' }

const stay = (session: Session): Step => ({ session, effects: [] })

function end(closeCode: number, detail: string, data?: string | Uint8Array): Step {
  const close: Effect = { kind: 'close', closeCode, detail }
  return { session: { phase: 'closed' }, effects: data === undefined ? [close] : [{ kind: 'send', data }, close] }
}

const isHandshaking = ({ phase }: Session) => phase === 'hello' || phase === 'proof' || phase === 'judging'

/** @param draw fresh randomness and the time, asked for only when a hello is answered. Any event gives a step. */
export function stepSession(session: Session, event: SessionEvent, draw: () => HelloInput): Step {
  if (session.phase === 'closed') return stay(session)
  switch (event.kind) {
    case 'text':
      return stepText(session, event.text, draw)
    case 'judged':
      return stepJudged(session, event.refusal)
    case 'binary':
      return isHandshaking(session)
        ? end(wireError('protocol').closeCode, 'binary frame before the keys', errText('protocol'))
        : stay(session)
    case 'deadline':
      return isHandshaking(session)
        ? end(
            wireError('slow-handshake').closeCode,
            'handshake took longer than its deadline',
            errText('slow-handshake'),
          )
        : stay(session)
    case 'flood':
      return isHandshaking(session)
        ? end(wireError('too-large').closeCode, 'too many bytes before the keys')
        : stay(session)
  }
}

function stepText(session: Session, text: string, draw: () => HelloInput): Step {
  if (session.phase === 'hello') {
    const answer = answerHello(text, draw())
    if (!answer.ok) return end(answer.error.closeCode, answer.error.detail, answer.error.send)
    return {
      session: { phase: 'proof', proof: answer.value.state },
      effects: [{ kind: 'send', data: answer.value.send }],
    }
  }
  if (session.phase === 'proof') {
    return { session: { phase: 'judging' }, effects: [{ kind: 'judge', text, proof: session.proof }] }
  }
  const detail = session.phase === 'open' ? 'text frame after the keys' : 'message while the proof is judged'
  return end(wireError('protocol').closeCode, detail)
}

function stepJudged(session: Session, refusal: HandshakeRefusal | null): Step {
  if (session.phase !== 'judging') return stay(session)
  if (refusal === null) return { session: { phase: 'open' }, effects: [] }
  return end(refusal.closeCode, refusal.detail, refusal.send)
}
