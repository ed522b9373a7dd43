/** A public key as people compare it on the telephone: 20 digits in groups of four, as `agent -- status` prints it. Pure. */
import { sha256 } from '../../shared/protocol/crypto.ts'

const BYTES = 16
const DIGITS = 20

/** @returns `0412-…`: the first 128 bits of SHA-256 of the key, modulo 10^20. */
export function keyFingerprint(publicKey: Uint8Array): string {
  let value = 0n
  for (const byte of sha256(publicKey).subarray(0, BYTES)) value = (value << 8n) | BigInt(byte)
  const digits = (value % 10n ** BigInt(DIGITS)).toString().padStart(DIGITS, '0')
  return digits.replace(/(.{4})(?=.)/g, '$1-')
}
