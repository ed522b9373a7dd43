/** Where the control socket of a data folder is. */
import { createHash } from 'node:crypto'
import path from 'node:path'

/** Longest path of a Unix socket: 108 bytes on Linux, 104 on macOS, the final zero included (unix(7)). */
const MOST_BYTES = 103

/**
 * @returns a path, or the name of a pipe on Windows. A path that is too long is made relative to the working folder; null: that one
 * is too long as well, and no server can run on this folder.
 */
export function controlAddress(dataFolder: string): string | null {
  if (process.platform === 'win32') {
    const name = createHash('sha256').update(dataFolder.toLowerCase()).digest('hex').slice(0, 32)
    return `\\\\.\\pipe\\rounds-${name}`
  }
  const full = path.join(dataFolder, 'control.sock')
  if (Buffer.byteLength(full) <= MOST_BYTES) return full
  const shorter = path.relative(process.cwd(), full)
  return Buffer.byteLength(shorter) <= MOST_BYTES ? shorter : null
}
