/**
 * Cryptography on raw bytes. The only file of shared/ that imports node:crypto.
 * Pure but for `randomBytes`, which only agent and server call; here randomness is always an argument.
 */
import {
  createHmac,
  createPrivateKey,
  createPublicKey,
  diffieHellman,
  hash,
  hkdfSync,
  type KeyObject,
  sign as nodeSign,
  verify as nodeVerify,
  timingSafeEqual,
} from 'node:crypto'
import { err, ok, type Result } from '../result.ts'
import { isAllZero, toB64, toHex } from './bytes.ts'

export { randomBytes } from 'node:crypto'

/** An Ed25519 or X25519 private key with its raw public key (32 bytes). The private part stays inside the KeyObject. */
export type PrivateKey<K extends 'ed25519' | 'x25519'> = {
  readonly kind: K
  readonly pub: Uint8Array
  readonly handle: KeyObject
}
/** Ed25519: an identity (S, R, A). */
export type SigningKey = PrivateKey<'ed25519'>
/** X25519: the ephemeral key of one connection. */
export type AgreementKey = PrivateKey<'x25519'>

// DER heads of RFC 8410, before the 32 raw bytes of the key.
const PKCS8_HEAD = {
  ed25519: Buffer.from('302e020100300506032b657004220420', 'hex'),
  x25519: Buffer.from('302e020100300506032b656e04220420', 'hex'),
} as const
const SPKI_HEAD_BYTES = 12

function privateKeyFromSeed<K extends 'ed25519' | 'x25519'>(kind: K, seed: Uint8Array): PrivateKey<K> {
  if (seed.length !== 32) throw new RangeError(`${kind} seed of ${seed.length} bytes`)
  const der = Buffer.concat([PKCS8_HEAD[kind], seed])
  const handle = createPrivateKey({ key: der, format: 'der', type: 'pkcs8' })
  der.fill(0)
  const pub = createPublicKey(handle).export({ format: 'der', type: 'spki' }).subarray(SPKI_HEAD_BYTES)
  return { kind, pub: Uint8Array.from(pub), handle }
}

/** Ed25519 key pair of a 32-byte seed. @throws RangeError on another length. */
export function signingKey(seed: Uint8Array): SigningKey {
  return privateKeyFromSeed('ed25519', seed)
}

/** X25519 key pair of a 32-byte seed. @throws RangeError on another length. */
export function agreementKey(seed: Uint8Array): AgreementKey {
  return privateKeyFromSeed('x25519', seed)
}

/** Raw public key of 32 bytes as a KeyObject. JWK imports in 2.7 µs, SPKI DER in 6.4 µs (Node 26.10). */
function publicKeyObject(crv: 'Ed25519' | 'X25519', raw: Uint8Array): KeyObject {
  return createPublicKey({ key: { kty: 'OKP', crv, x: toB64(raw) }, format: 'jwk' })
}

/** Ed25519 signature, 64 bytes. */
export function sign(key: SigningKey, message: Uint8Array): Uint8Array {
  return nodeSign(null, message, key.handle)
}

/**
 * Whether `signature` is the Ed25519 signature of `message` by the raw key `pub`. Any bytes give an answer.
 * Low-order keys pass for some messages: ask `isAcceptablePublicKey` first.
 */
export function verify(pub: Uint8Array, message: Uint8Array, signature: Uint8Array): boolean {
  if (pub.length !== 32 || signature.length !== 64) return false
  try {
    return nodeVerify(null, message, publicKeyObject('Ed25519', pub), signature)
  } catch {
    return false
  }
}

/** X25519 shared secret, 32 bytes. `weak-key`: not 32 bytes, or the secret would be all zero (OpenSSL throws there). */
export function agree(key: AgreementKey, peer: Uint8Array): Result<Uint8Array, 'weak-key'> {
  if (peer.length !== 32) return err('weak-key')
  try {
    const z = diffieHellman({ privateKey: key.handle, publicKey: publicKeyObject('X25519', peer) })
    return isAllZero(z) ? err('weak-key') : ok(z)
  } catch {
    return err('weak-key')
  }
}

/** SHA-256, 32 bytes. Digest through latin1: the `buffer` encoding costs 1.3 µs more on Node 26.10. */
export function sha256(bytes: Uint8Array): Uint8Array {
  return Buffer.from(hash('sha256', bytes, 'latin1'), 'latin1')
}

/** SHA-256 as a latin1 string of 32 characters: the cheapest form for code that only writes it into other memory. */
export function sha256Latin1(bytes: Uint8Array): string {
  return hash('sha256', bytes, 'latin1')
}

/** HMAC-SHA256 over the parts, 32 bytes. */
export function hmacSha256(key: Uint8Array, ...parts: readonly Uint8Array[]): Uint8Array {
  const mac = createHmac('sha256', key)
  for (const part of parts) mac.update(part)
  return mac.digest()
}

/** HKDF-SHA256 (RFC 5869), `length` bytes. */
export function hkdfSha256(ikm: Uint8Array, salt: Uint8Array, info: string, length: number): Uint8Array {
  return new Uint8Array(hkdfSync('sha256', ikm, salt, info, length))
}

/** Equality in constant time; different lengths are unequal. */
export function equalBytes(a: Uint8Array, b: Uint8Array): boolean {
  return a.length === b.length && timingSafeEqual(a, b)
}

/** Encodings of small order without the top bit (security-reliability.md 4.3); each is refused with and without it. */
const LOW_ORDER = new Set([
  '00'.repeat(32),
  `01${'00'.repeat(31)}`,
  '26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc05',
  'c7176a703d4dd84fba3c0b760d10670f2a2053fa2c39ccc64ec7fd7792ac037a',
  `ec${'ff'.repeat(30)}7f`,
  `ed${'ff'.repeat(30)}7f`,
  `ee${'ff'.repeat(30)}7f`,
])

/**
 * Whether an Ed25519 public key may be trusted: 32 bytes, y below the field prime 2^255 - 19, none of the 14 low-order
 * encodings. Under each of the 14 OpenSSL 3.0.19 verifies signatures that anyone can write (OpenSSL 3.5.8 of Node 26.10
 * does not; both measured), and Rounds runs on whatever Node from 22.18 it meets.
 */
export function isAcceptablePublicKey(pub: Uint8Array): boolean {
  if (pub.length !== 32) return false
  const y = Buffer.from(pub)
  y[31] = (y[31] ?? 0) & 0x7f
  if (LOW_ORDER.has(toHex(y))) return false
  const isFull = y[31] === 0x7f && y.subarray(1, 31).every((byte) => byte === 0xff)
  return !(isFull && (y[0] ?? 0) >= 0xed)
}
