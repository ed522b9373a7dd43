/** Durable replacement of small files: write, fsync, rename, fsync of the folder. After a crash a reader sees the old or the new content, never a mixture. */
import { randomBytes } from 'node:crypto'
import {
  closeSync,
  constants,
  fchmodSync,
  fsyncSync,
  openSync,
  readFileSync,
  renameSync,
  unlinkSync,
  writeSync,
} from 'node:fs'
import { dirname } from 'node:path'

/** How a file is replaced. */
export type AtomicOptions = {
  /** Permission bits of the new file, whatever the umask. */
  readonly mode: number
  /** False skips both fsyncs: for files that may be lost in a power cut (default true). */
  readonly durable?: boolean
}

/** Replaces `path` by `content`. Throws when the disk is full or the folder cannot be written: the caller decides what that means. */
export function writeFileAtomic(path: string, content: string | Uint8Array, options: AtomicOptions): void {
  const temporary = `${path}.${randomBytes(6).toString('hex')}.new`
  const bytes = typeof content === 'string' ? Buffer.from(content) : content
  const flags = constants.O_WRONLY | constants.O_CREAT | constants.O_EXCL | constants.O_NOFOLLOW
  const file = openSync(temporary, flags, options.mode)
  try {
    writeAll(file, bytes)
    fchmodSync(file, options.mode)
    if (options.durable !== false) fsyncSync(file)
  } catch (error) {
    closeSync(file)
    unlinkSync(temporary)
    throw error
  }
  closeSync(file)
  renameSync(temporary, path)
  if (options.durable !== false) syncFolder(dirname(path))
}

/** Writes all of `bytes` at the end of an open file; a short write is continued. */
export function writeAll(file: number, bytes: Uint8Array): void {
  let done = 0
  while (done < bytes.length) done += writeSync(file, bytes, done, bytes.length - done)
}

/** Makes names in a folder durable. Windows cannot open folders for this and does not need it (NTFS journals names). */
export function syncFolder(folder: string): void {
  if (process.platform === 'win32') return
  const handle = openSync(folder, constants.O_RDONLY)
  try {
    fsyncSync(handle)
  } finally {
    closeSync(handle)
  }
}

/** @returns the file's text, or null when there is no such file. Other errors throw. */
export function readTextFile(path: string): string | null {
  try {
    return readFileSync(path, 'utf8')
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return null
    throw error
  }
}

/** @returns the parsed JSON of a file that only the agent writes, or null when it is absent or damaged. */
export function readJsonFile(path: string): unknown {
  const content = readTextFile(path)
  if (content === null) return null
  try {
    return JSON.parse(content)
  } catch {
    return null
  }
}
