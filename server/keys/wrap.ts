/** Wrapping of small secrets by the master key: AES-256-GCM, `01 | nonce 12 | ciphertext | tag 16`. Pure: randomness is an argument. */
import { createCipheriv, createDecipheriv } from 'node:crypto'
import { err, ok, type Result } from '../../shared/result.ts'

const VERSION = 1
const NONCE_BYTES = 12
const TAG_BYTES = 16

/**
 * @param purpose what the secret is for (`code:<id>`); bound in, so that one wrapped secret cannot stand in for another.
 * @param nonce 12 random bytes, never used twice with one key.
 */
export function wrap(master: Uint8Array, plain: Uint8Array, purpose: string, nonce: Uint8Array): Uint8Array {
  const cipher = createCipheriv('aes-256-gcm', master, nonce)
  cipher.setAAD(Buffer.from(purpose))
  const sealed = Buffer.concat([cipher.update(plain), cipher.final()])
  return Buffer.concat([Uint8Array.of(VERSION), nonce, sealed, cipher.getAuthTag()])
}

/** `foreign`: wrapped by another master key, for another purpose, or damaged. Any bytes give a Result. */
export function unwrap(master: Uint8Array, wrapped: Uint8Array, purpose: string): Result<Uint8Array, 'foreign'> {
  if (wrapped[0] !== VERSION || wrapped.length < 1 + NONCE_BYTES + TAG_BYTES) return err('foreign')
  const nonce = wrapped.subarray(1, 1 + NONCE_BYTES)
  const decipher = createDecipheriv('aes-256-gcm', master, nonce, { authTagLength: TAG_BYTES })
  decipher.setAAD(Buffer.from(purpose))
  decipher.setAuthTag(wrapped.subarray(wrapped.length - TAG_BYTES))
  try {
    const plain = decipher.update(wrapped.subarray(1 + NONCE_BYTES, wrapped.length - TAG_BYTES))
    return ok(Buffer.concat([plain, decipher.final()]))
  } catch {
    return err('foreign')
  }
}
