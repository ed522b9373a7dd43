/** What BitLocker says of a volume → its state. Numbers and words of WMI, PowerShell and manage-bde mean the same. Pure. */
import type { EncryptedVolume } from '../../../shared/checks/posture.ts'

/** One volume as a source tells it. Numbers as in Win32_EncryptableVolume; null: not told. */
export type BitLockerVolume = {
  /** Drive letter with colon, else the name that the source uses; '' when it has none. */
  readonly mount: string
  /** 0 the operating system's, 1 fixed data, 2 portable. */
  readonly kind: number | null
  /** 0 off, 1 on, 2 unknown (locked). */
  readonly protection: number | null
  /** 0 decrypted, 1 encrypted, 2 encrypting, 3 decrypting, 4 and 5 the same, paused; 6 and 7 encrypted, free space being wiped. */
  readonly conversion: number | null
  /** 0 none … 7 XTS-AES 256. */
  readonly method: number | null
  /** A locked volume shows nothing of itself; null: not told. */
  readonly locked: boolean | null
}

/** EncryptionMethod of Win32_EncryptableVolume; the same map stands in osquery and GLPI. */
const METHODS = [
  null,
  'aes-128-diffuser',
  'aes-256-diffuser',
  'aes-128',
  'aes-256',
  'hardware',
  'xts-aes-128',
  'xts-aes-256',
] as const

/**
 * The state. Encrypted without protection is `suspended`: the key lies open beside the data. `protected` needs both answers; what is
 * not told is `locked`.
 */
function stateOf({ protection, conversion, method, locked }: BitLockerVolume): EncryptedVolume['state'] {
  if (locked === true || protection === 2) return 'locked'
  if (conversion === 2 || conversion === 4) return 'encrypting'
  if (conversion === 3 || conversion === 5) return 'decrypting'
  const isEncrypted = conversion === 1 || conversion === 6 || conversion === 7
  if (protection === 1) return isEncrypted ? 'protected' : 'locked'
  if (protection !== 0) return 'locked'
  if (isEncrypted) return 'suspended'
  if (conversion === 0) return 'off'
  return method !== null && method > 0 ? 'suspended' : 'off'
}

/** The volumes that matter to a thief: portable ones leave the machine anyway and are left out. */
export function encryptedVolumes(volumes: readonly BitLockerVolume[]): readonly EncryptedVolume[] {
  return volumes
    .filter(({ kind }) => kind !== 2)
    .slice(0, 64)
    .map((volume, index) => {
      const { mount, kind, method } = volume
      const state = stateOf(volume)
      // Without a letter it is the recovery partition, or its letter was cut off: "not encrypted" cannot be held against it.
      const isNameless = mount === '' && kind !== 0
      return {
        mount: mount === '' ? `volume ${index + 1}` : mount.slice(0, 512),
        system: kind === null ? mount.toUpperCase() === 'C:' : kind === 0,
        state: isNameless && state !== 'protected' ? 'locked' : state,
        method: METHODS[method ?? 0] ?? null,
      }
    })
}
