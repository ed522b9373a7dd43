/** Who this agent is and whom it trusts: its key (made here, never leaving), its id, the server's pins, its lease. Durable files in `keys/`, 0600. */
import { fromB64, toB64 } from '../shared/protocol/bytes.ts'
import { randomBytes, type SigningKey, signingKey } from '../shared/protocol/crypto.ts'
import { NO_ID } from '../shared/protocol/transcript.ts'
import { err, ok, type Result } from '../shared/result.ts'
import type { EpochMs } from '../shared/units.ts'
import { readJsonFile, readTextFile, writeFileAtomic } from './atomic-file.ts'
import type { DataFolder } from './data-folder.ts'

/** Pins of the enrollment code, 16 bytes each: the only server keys that the agent answers to. */
export type Pins = { readonly server: Uint8Array; readonly recovery: Uint8Array }

/** Who this agent is, once it is enrolled. */
export type Identity = {
  /** 16 bytes, given by the server. */
  readonly agentId: Uint8Array
  readonly key: SigningKey
  readonly pins: Pins
  /** Salt of the hardware hints, drawn at enrollment: equal hardware at two clients gives different hashes. */
  readonly salt: Uint8Array
  readonly enrolledAt: EpochMs
}

/** What the last welcome left behind; kept durably before the first report of that session. */
export type Lease = {
  /** 16 bytes; zero: none yet. */
  readonly lease: Uint8Array
  readonly leaseN: number
  /** The server said `require`: a link without TLS exporter is refused from then on. */
  readonly bindingRequired: boolean
}

const KEY_PREFIX = 'rounds-agent-key-1 '
const NO_LEASE: Lease = { lease: NO_ID, leaseN: 0, bindingRequired: false }
const PRIVATE = { mode: 0o600 } as const

/** Reads the key, or makes one and stores it durably: it exists before anything about it is sent, so enrolling again is idempotent. */
export function openKey(folder: DataFolder): Result<SigningKey, string> {
  const stored = readTextFile(folder.key)
  if (stored !== null) return parseKey(stored, folder.key)
  const seed = randomBytes(32)
  writeFileAtomic(folder.key, `${KEY_PREFIX}${toB64(seed)}\n`, PRIVATE)
  return ok(signingKey(seed))
}

function parseKey(stored: string, path: string): Result<SigningKey, string> {
  const seed = stored.startsWith(KEY_PREFIX) ? fromB64(stored.slice(KEY_PREFIX.length).trim(), 32) : null
  if (seed?.ok) return ok(signingKey(seed.value))
  return err(`The key file ${path} is damaged. Move it away and enroll this machine again with a new code.`)
}

/** @returns the identity, null when this machine is not enrolled, or a sentence about damage. */
export function readIdentity(folder: DataFolder): Result<Identity | null, string> {
  const stored = readJsonFile(folder.identity)
  const keyText = readTextFile(folder.key)
  if (stored === null && readTextFile(folder.identity) === null) return ok(null)
  const fields = decodeStored(stored)
  if (fields === null || keyText === null) {
    return err(
      `The identity ${folder.identity} is damaged or its key is gone. Enroll this machine again with a new code.`,
    )
  }
  const key = parseKey(keyText, folder.key)
  return key.ok ? ok({ ...fields, key: key.value }) : key
}

/** Stores who this agent is; the key is stored already. */
export function saveIdentity(folder: DataFolder, identity: Identity): void {
  const { agentId, pins, salt, enrolledAt } = identity
  const stored = {
    agentId: toB64(agentId),
    pinS: toB64(pins.server),
    pinR: toB64(pins.recovery),
    salt: toB64(salt),
    enrolledAt,
  }
  writeFileAtomic(folder.identity, `${JSON.stringify(stored)}\n`, PRIVATE)
}

/** @returns the stored lease; none after enrollment or when the file is damaged (the server then sees an old one and says so). */
export function readLease(folder: DataFolder): Lease {
  const stored = readJsonFile(folder.lease)
  if (typeof stored !== 'object' || stored === null) return NO_LEASE
  const { lease, leaseN, bindingRequired } = stored as { readonly [key: string]: unknown }
  const bytes = typeof lease === 'string' ? fromB64(lease, 16) : null
  if (!bytes?.ok || typeof leaseN !== 'number' || !Number.isSafeInteger(leaseN)) return NO_LEASE
  return { lease: bytes.value, leaseN, bindingRequired: bindingRequired === true }
}

/** Stores a lease durably. The previous `require` stays: a server cannot take it back (no downgrade). */
export function saveLease(folder: DataFolder, lease: Lease): void {
  const bindingRequired = lease.bindingRequired || readLease(folder).bindingRequired
  const stored = { lease: toB64(lease.lease), leaseN: lease.leaseN, bindingRequired }
  writeFileAtomic(folder.lease, `${JSON.stringify(stored)}\n`, PRIVATE)
}

/** 20 digits in groups of four, of the agent's public key: what a person compares on the telephone. Pure. */
export function fingerprintOf(digest: Uint8Array): string {
  let value = 0n
  for (const byte of digest.subarray(0, 16)) value = (value << 8n) | BigInt(byte)
  const digits = (value % 10n ** 20n).toString().padStart(20, '0')
  return digits.replace(/(.{4})(?=.)/g, '$1-')
}

function decodeStored(stored: unknown): Omit<Identity, 'key'> | null {
  if (typeof stored !== 'object' || stored === null) return null
  const fields = stored as { readonly [key: string]: unknown }
  const bytes = (name: string, length: number) => {
    const value = fields[name]
    const decoded = typeof value === 'string' ? fromB64(value, length) : null
    return decoded?.ok ? decoded.value : null
  }
  const [agentId, server, recovery] = [bytes('agentId', 16), bytes('pinS', 16), bytes('pinR', 16)]
  const salt = bytes('salt', 16)
  const { enrolledAt } = fields
  if (agentId === null || server === null || recovery === null || salt === null) return null
  if (typeof enrolledAt !== 'number') return null
  return { agentId, pins: { server, recovery }, salt, enrolledAt }
}
