/** Reading and writing of the text messages before the keys, for both sides. Pure. */
import type { Static, TSchema } from 'typebox'
import { Check } from 'typebox/schema'
import { err, ok, type Result } from '../result.ts'
import { asBuffer, fromB64, toB64 } from './bytes.ts'
import type { WireErrorCode } from './errors.ts'
import { type HandshakeErr, Info, MAX_HANDSHAKE_BYTES, MAX_INFO_BYTES } from './handshake-messages.ts'
import { parseUntrusted } from './json.ts'

/** Why a text is no handshake message: `too-large` closes 4413, `protocol` 4400. `detail` is constant text. */
export type HandshakeTextError = { readonly code: 'too-large' | 'protocol'; readonly detail: string }

const MAX_HANDSHAKE_DEPTH = 2
const malformed = (detail: string) => err<HandshakeTextError>({ code: 'protocol', detail })

/** Parses one text message within the handshake's limits. */
export function parseHandshakeText(text: string): Result<unknown, HandshakeTextError> {
  if (Buffer.byteLength(text) > MAX_HANDSHAKE_BYTES) {
    return err({ code: 'too-large', detail: `handshake message above ${MAX_HANDSHAKE_BYTES} bytes` })
  }
  const parsed = parseUntrusted(text, { maxDepth: MAX_HANDSHAKE_DEPTH })
  return parsed.ok ? parsed : malformed(`handshake message: ${parsed.error.code}`)
}

/** Checks a parsed message against its schema. */
export function fitMessage<const S extends TSchema>(schema: S, value: unknown): Result<Static<S>, HandshakeTextError> {
  return Check(schema, value) ? ok(value as Static<S>) : malformed('handshake message does not fit its schema')
}

/**
 * Decodes named base64url fields of a message whose schema has fixed their lengths.
 * Error: one of them is not canonical.
 */
export function decodeFields<K extends string>(
  message: { readonly [F in K]: string },
  names: readonly K[],
): Result<{ readonly [F in K]: Uint8Array }, HandshakeTextError> {
  const fields: { [name: string]: Uint8Array } = {}
  for (const name of names) {
    const bytes = fromB64(message[name])
    if (!bytes.ok) return malformed('handshake field is not canonical base64url')
    fields[name] = bytes.value
  }
  // Every name of K was just filled.
  return ok(fields as { [F in K]: Uint8Array })
}

/** The `info` of the agent as the bytes that are signed. @throws RangeError above 2 KiB: the agent caps its fields before. */
export function encodeInfo(info: Info): Uint8Array {
  const bytes = Buffer.from(JSON.stringify(info))
  if (bytes.length > MAX_INFO_BYTES) throw new RangeError(`info of ${bytes.length} bytes`)
  return bytes
}

/** Reads `info` bytes; called only once their signature is good. */
export function parseInfo(bytes: Uint8Array): Result<Info, HandshakeTextError> {
  if (bytes.length > MAX_INFO_BYTES) return malformed('info above its limit')
  const parsed = parseUntrusted(asBuffer(bytes).toString('utf8'), { maxDepth: MAX_HANDSHAKE_DEPTH })
  if (!parsed.ok) return malformed(`info: ${parsed.error.code}`)
  return fitMessage(Info, parsed.value)
}

/** A text refusal. */
export function errText(code: WireErrorCode, retryMs?: number): string {
  const message: HandshakeErr = retryMs === undefined ? { t: 'err', code } : { t: 'err', code, retryMs }
  return JSON.stringify(message)
}

/** An object of byte fields as base64url texts. */
export function encodeFields<K extends string>(
  fields: { readonly [F in K]: Uint8Array },
): { readonly [F in K]: string } {
  const texts = Object.entries<Uint8Array>(fields).map(([name, bytes]) => [name, toB64(bytes)] as const)
  return Object.fromEntries(texts) as { [F in K]: string }
}
