/** What a manager's table says of a machine's disk encryption in one word. Pure. */
import type { PostureSection } from '../../shared/checks/posture.ts'

/**
 * `yes`: every volume that was read, its swap included. `suspended`: encrypted with the key beside it. `partial`: the system or another
 * volume in part, or while it still runs. `not-proven`: no source told it, or a volume could not be looked into.
 */
export type EncryptionWord = 'yes' | 'no' | 'partial' | 'suspended' | 'not-proven'

/** @returns the word; without a value for the system volume nothing is proven. */
export function encryptionWord(encryption: PostureSection['encryption']): EncryptionWord {
  if (encryption.state !== 'value') return 'not-proven'
  const volumes = encryption.value
  const system = volumes.find((volume) => volume.system)
  if (system?.state === 'off' || system?.state === 'decrypting') return 'no'
  if (volumes.some(({ state }) => state === 'suspended')) return 'suspended'
  if (volumes.some(({ state }) => state !== 'protected' && state !== 'locked')) return 'partial'
  return system === undefined || volumes.some(({ state }) => state === 'locked') ? 'not-proven' : 'yes'
}
