/** Reads files, folders and links of this process's own view of the system. I/O; never writes. */
import { constants } from 'node:fs'
import { type FileHandle, lstat, open, opendir, readlink, realpath, stat, statfs } from 'node:fs/promises'
import type { Failure } from '../../shared/reading.ts'
import { err, ok, type Result } from '../../shared/result.ts'
import { ioFailure } from './io-failure.ts'
import type { Entry, FileFacts, VolumeFacts } from './probe.ts'

const MAX_ENTRIES = 10_000
const CHUNK_BYTES = 64 * 1024
/** Never follows a last link, never waits for the other end of a FIFO, never becomes the terminal's owner. */
const SAFE_OPEN = constants.O_RDONLY | constants.O_NOFOLLOW | constants.O_NONBLOCK | constants.O_NOCTTY

/**
 * Reads at most `maxBytes` of a regular file, its end with `tail`. Files of /proc and /sys say size 0, so the read goes on
 * until the end whatever the size says. A last symbolic link is followed only when root or the agent's own user made it
 * (the rule of Linux's protected_symlinks): nobody else can point the agent at a file.
 */
export async function readFileBytes(
  path: string,
  maxBytes: number,
  tail: boolean,
): Promise<Result<Uint8Array, Failure>> {
  let handle: FileHandle | undefined
  try {
    const real = await followTrustedLink(path)
    if (!real.ok) return real
    handle = await open(real.value, SAFE_OPEN)
    const facts = await handle.stat()
    if (!facts.isFile()) return err({ code: 'unsupported', detail: `${path} is not a regular file` })
    const start = tail && facts.size > maxBytes ? facts.size - maxBytes : null
    return ok(await readUpTo(handle, maxBytes, start))
  } catch (cause) {
    return err(ioFailure(path, cause))
  } finally {
    await handle?.close().catch(() => {})
  }
}

async function followTrustedLink(path: string): Promise<Result<string, Failure>> {
  const facts = await lstat(path)
  if (!facts.isSymbolicLink()) return ok(path)
  if (facts.uid !== 0 && facts.uid !== process.getuid?.())
    return err({ code: 'access-denied', detail: `${path} is a link made by user ${facts.uid}; it is not followed` })
  return ok(await realpath(path))
}

async function readUpTo(handle: FileHandle, maxBytes: number, start: number | null): Promise<Uint8Array> {
  const chunks: Buffer[] = []
  let total = 0
  while (total < maxBytes) {
    const chunk = Buffer.allocUnsafe(Math.min(CHUNK_BYTES, maxBytes - total))
    const { bytesRead } = await handle.read(chunk, 0, chunk.length, start === null ? null : start + total)
    if (bytesRead === 0) break
    chunks.push(chunk.subarray(0, bytesRead))
    total += bytesRead
  }
  return Buffer.concat(chunks)
}

/** Entries of a folder sorted by name, at most 10,000. */
export async function listFolder(path: string): Promise<Result<readonly Entry[], Failure>> {
  try {
    const entries: Entry[] = []
    // opendir rather than readdir: a folder of a million files is not read whole.
    for await (const found of await opendir(path)) {
      entries.push({ name: found.name, kind: kindOf(found) })
      if (entries.length >= MAX_ENTRIES) break
    }
    return ok(entries.sort((a, b) => (a.name < b.name ? -1 : a.name > b.name ? 1 : 0)))
  } catch (cause) {
    return err(ioFailure(path, cause))
  }
}

type Kinds = { isFile(): boolean; isDirectory(): boolean; isSymbolicLink(): boolean }

function kindOf(entry: Kinds): Entry['kind'] {
  if (entry.isFile()) return 'file'
  if (entry.isDirectory()) return 'folder'
  return entry.isSymbolicLink() ? 'link' : 'other'
}

/** Facts of a path; of what a last link leads to with `follow`. */
export async function statPath(path: string, follow: boolean): Promise<Result<FileFacts, Failure>> {
  try {
    const facts = await (follow ? stat(path) : lstat(path))
    return ok({
      kind: kindOf(facts),
      sizeBytes: facts.size,
      modifiedAt: Math.trunc(facts.mtimeMs),
      device: facts.dev,
      mode: facts.mode & 0o7777,
      uid: facts.uid,
    })
  } catch (cause) {
    return err(ioFailure(path, cause))
  }
}

/** Target of a link as it is written in it. */
export async function linkTarget(path: string): Promise<Result<string, Failure>> {
  try {
    return ok(await readlink(path))
  } catch (cause) {
    return err(ioFailure(path, cause))
  }
}

/** Figures of statfs(2), in bytes; counts are in units of the fragment size. */
export async function volumeFacts(mount: string): Promise<Result<VolumeFacts, Failure>> {
  try {
    const facts = await statfs(mount, { bigint: true })
    const unit = facts.frsize > 0n ? facts.frsize : facts.bsize
    return ok({
      totalBytes: safe(facts.blocks * unit),
      freeBytes: safe(facts.bfree * unit),
      availableBytes: safe(facts.bavail * unit),
      inodesTotal: safe(facts.files),
      inodesFree: safe(facts.ffree),
    })
  } catch (cause) {
    return err(ioFailure(mount, cause))
  }
}

/** Some FUSE file systems answer 2^64 - 1; a figure must stay a safe integer. */
function safe(value: bigint): number {
  if (value < 0n) return 0
  return value > BigInt(Number.MAX_SAFE_INTEGER) ? Number.MAX_SAFE_INTEGER : Number(value)
}
