/** Secrets that people and scripts carry: made here, shown once, kept as hashes only. Reads the system's random source. */
import { createHash, randomBytes } from 'node:crypto'
import { toB64 } from '../../shared/protocol/bytes.ts'

const SECRET_BYTES = 32
/** A recognisable beginning, so that scanners find a token in a public place. */
const TOKEN_PREFIX = 'rounds_token_'
const B64_LENGTH = 43

/** @returns 256 random bits as 43 characters that need no escaping anywhere. */
export function newSecret(): string {
  return toB64(randomBytes(SECRET_BYTES))
}

/** @returns a bearer token: a recognisable beginning and 256 random bits. */
export function newToken(): string {
  return TOKEN_PREFIX + newSecret()
}

/** @returns what the store keeps. The secret has 256 random bits: no salt and no slow hash add anything. */
export function hashSecret(secret: string): Uint8Array {
  return createHash('sha256').update(secret, 'utf8').digest()
}

/** @returns true for text of the shape that `newSecret` gives; anything else need not reach the store. */
export function isSecret(text: string): boolean {
  return text.length === B64_LENGTH && /^[A-Za-z0-9_-]+$/.test(text)
}

/** @returns true for text of the shape that `newToken` gives. */
export function isToken(text: string): boolean {
  return text.startsWith(TOKEN_PREFIX) && isSecret(text.slice(TOKEN_PREFIX.length))
}
