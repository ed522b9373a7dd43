/** The key of a message: a hash of what it is about, so that the same work done twice makes the same message. */
import { createHash } from 'node:crypto'

/** @returns 32 hexadecimal digits. `parts` may hold anything. */
export function sendKey(parts: readonly string[]): string {
  return createHash('sha256').update(JSON.stringify(parts)).digest('hex').slice(0, 32)
}
