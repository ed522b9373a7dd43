/**
 * The server's own keys, files of 0600 in `data/keys`: S signs challenges, R certifies a successor of S should it be lost,
 * the master key wraps the keys of clients and codes. Made at first start, never sent anywhere.
 */
import { closeSync, fsyncSync, lstatSync, mkdirSync, openSync, readFileSync, renameSync, writeSync } from 'node:fs'
import { join } from 'node:path'
import { fromB64, toB64 } from '../../shared/protocol/bytes.ts'
import { pinOf } from '../../shared/protocol/code.ts'
import { randomBytes, type SigningKey, signingKey } from '../../shared/protocol/crypto.ts'
import { err, ok, type Result } from '../../shared/result.ts'
import { unwrap, wrap } from './wrap.ts'

/** The keys in memory. Private parts leave it only as signatures and wrapped bytes. */
export type ServerKeys = {
  /** S: what agents pin. */
  readonly identity: SigningKey
  /** First 16 bytes of SHA-256 of the public key, for enrollment codes. */
  readonly pinS: Uint8Array
  readonly pinR: Uint8Array
  /** Wraps a secret for one purpose. */
  wrap(plain: Uint8Array, purpose: string): Uint8Array
  /** `foreign`: not wrapped by this installation for this purpose. */
  unwrap(wrapped: Uint8Array, purpose: string): Result<Uint8Array, 'foreign'>
}

const KEY_BYTES = 32

/** Written aside, then renamed: a crash leaves no half a key. */
function makeKey(path: string): Uint8Array {
  const key = randomBytes(KEY_BYTES)
  const aside = `${path}.new`
  const file = openSync(aside, 'w', 0o600)
  try {
    writeSync(file, `${toB64(key)}\n`)
    fsyncSync(file)
  } finally {
    closeSync(file)
  }
  renameSync(aside, path)
  return key
}

function findLoosePermission(path: string, forbidden: number, remedy: string): string | null {
  if (process.platform === 'win32') return null
  const mode = lstatSync(path).mode & 0o777
  if ((mode & forbidden) === 0) return null
  return `${path} can be read by other users (mode ${mode.toString(8)}). Close it: ${remedy} ${path}`
}

function readKey(path: string): Result<Uint8Array, string> {
  const loose = findLoosePermission(path, 0o077, 'chmod 600')
  if (loose !== null) return err(loose)
  const key = fromB64(readFileSync(path, 'utf8').trim(), KEY_BYTES)
  if (!key.ok) return err(`${path} does not hold a key. Restore it from the backup of the data folder.`)
  return key
}

function isAbsent(path: string): boolean {
  return lstatSync(path, { throwIfNoEntry: false }) === undefined
}

/** One key of the folder; made when the whole folder is new, else its absence is an error: a new S would orphan every agent. */
function openKey(path: string, isNew: boolean): Result<Uint8Array, string> {
  if (!isAbsent(path)) return readKey(path)
  if (isNew) return ok(makeKey(path))
  return err(
    `${path} is missing. Restore the folder data/keys from its backup; without it no agent trusts this server.`,
  )
}

/**
 * Opens `<dataFolder>/keys`, or makes it. The order of making ends with the marker, so that a crash in between starts anew.
 * Error: a sentence for people.
 */
export function openServerKeys(dataFolder: string): Result<ServerKeys, string> {
  const folder = join(dataFolder, 'keys')
  mkdirSync(folder, { recursive: true, mode: 0o700 })
  const loose = findLoosePermission(folder, 0o077, 'chmod 700')
  if (loose !== null) return err(loose)
  const marker = join(folder, 'complete')
  const isNew = isAbsent(marker)
  const master = openKey(join(folder, 'master.key'), isNew)
  if (!master.ok) return master
  const recovery = openKey(join(folder, 'recovery.key'), isNew)
  if (!recovery.ok) return recovery
  const identity = openKey(join(folder, 'server.key'), isNew)
  if (!identity.ok) return identity
  if (isNew) closeSync(openSync(marker, 'w', 0o600))
  return ok(serverKeys(identity.value, recovery.value, master.value))
}

/** The keys of three 32-byte secrets. */
export function serverKeys(identitySeed: Uint8Array, recoverySeed: Uint8Array, master: Uint8Array): ServerKeys {
  const identity = signingKey(identitySeed)
  return {
    identity,
    pinS: pinOf(identity.pub),
    pinR: pinOf(signingKey(recoverySeed).pub),
    wrap: (plain, purpose) => wrap(master, plain, purpose, randomBytes(12)),
    unwrap: (wrapped, purpose) => unwrap(master, wrapped, purpose),
  }
}
