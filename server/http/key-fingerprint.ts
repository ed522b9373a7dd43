/** A public key as people compare it: eight groups of four hex digits. Pure. */
import { toHex } from '../../shared/protocol/bytes.ts'
import { sha256 } from '../../shared/protocol/crypto.ts'

const BYTES = 16

/** @returns `3f2a 91c0 …`: the first 128 bits of SHA-256 of the key. */
export function keyFingerprint(publicKey: Uint8Array): string {
  const hex = toHex(sha256(publicKey).subarray(0, BYTES))
  return hex.replace(/(.{4})(?=.)/g, '$1 ')
}
