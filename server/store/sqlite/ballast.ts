/**
 * A file that only takes up room. When the disk is full it is deleted, so that judgements and alerts can still be written while
 * somebody frees space; it is made again once there is enough.
 */
import { closeSync, existsSync, fsyncSync, openSync, statfsSync, unlinkSync, writeSync } from 'node:fs'
import { join } from 'node:path'

const MIB = 1_048_576
const WANTED_BYTES = 64 * MIB

/** Owns `<folder>/ballast`. Never throws: without ballast the server works, it only fails earlier on a full disk. */
export class Ballast {
  readonly #path: string
  readonly #folder: string

  constructor(folder: string) {
    this.#folder = folder
    this.#path = join(folder, 'ballast')
  }

  /** Gives the room back. @returns whether there was any. */
  release(): boolean {
    try {
      unlinkSync(this.#path)
      return true
    } catch {
      return false
    }
  }

  /** Makes the file when it is absent and at most an eighth of the free space goes into it. */
  restore(): void {
    try {
      if (existsSync(this.#path)) return
      const { bavail, bsize } = statfsSync(this.#folder)
      const bytes = Math.min(WANTED_BYTES, Math.floor((bavail * bsize) / 8 / MIB) * MIB)
      if (bytes >= MIB) this.#fill(bytes)
    } catch {
      this.release()
    }
  }

  #fill(bytes: number): void {
    // Written, not truncated to length: a sparse file would hold no room.
    const block = Buffer.alloc(MIB)
    const file = openSync(this.#path, 'wx', 0o600)
    try {
      for (let done = 0; done < bytes; done += MIB) writeSync(file, block)
      fsyncSync(file)
    } finally {
      closeSync(file)
    }
  }
}
