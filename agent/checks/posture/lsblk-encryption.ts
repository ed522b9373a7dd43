/**
 * `lsblk` → which mounted volumes lie on an encrypted device. A volume is encrypted when every way down to the disks passes one
 * (LUKS, plain dm-crypt); the system is only half so while its swap lies open. No root needed. Pure.
 */
import type { EncryptedVolume } from '../../../shared/checks/posture.ts'
import type { Failure } from '../../../shared/reading.ts'
import { err, ok, type Result } from '../../../shared/result.ts'
import type { Source } from '../collector.ts'
import { decode } from '../decode.ts'
import { type BlockDevice, parseBlockTree } from './block-tree.ts'
import { noAnswer, type PostureValue, tellResult } from './contribute.ts'

const SWAP = '[SWAP]'
/** Read by the firmware before anything can be decrypted. */
const BOOT = /^\/(?:boot|efi)(?:\/|$)/
/** Images that lie on another volume, in memory, or are read-only pieces of software. */
const NOT_A_DISK = /^(?:\/dev\/)?(?:loop|zram|ram|sr|fd|nbd)\d{1,4}(?:p\d{1,3})?$/

/** Errors: `exit`, `empty`, `parse`; `empty` too when the tree shows no volume for `/` (container, ZFS). */
export function parseLsblk(
  text: string,
  stderr: string,
  exitCode: number | null,
): Result<PostureValue<'encryption'>, Failure> {
  if (exitCode !== 0) return noAnswer('lsblk', text, stderr, exitCode)
  const tree = parseBlockTree(text)
  if (!tree.ok) return tree
  const places = tree.value.devices.filter(
    ({ name, type }) => !NOT_A_DISK.test(name) && type !== 'loop' && type !== 'rom',
  )
  const volumes = mountedOn(places)
  const root = volumes.get('/')
  if (root === undefined) return err({ code: 'empty', detail: 'lsblk shows no device for the system volume' })
  // "Encrypted" is believed to a whole tree only; "not encrypted" is true of what is left of one, too.
  if (root.state === 'protected' && !tree.value.isWhole)
    return err({ code: 'parse', detail: 'lsblk: lines of the tree are missing' })
  if (root.state === 'off' && isFlat(places))
    return err({ code: 'parse', detail: 'lsblk: the list does not tell what lies on the encrypted device' })
  const isSwapOpen = [...volumes].some(([mount, { state }]) => mount === SWAP && state === 'off')
  return ok(
    [...volumes]
      .filter(([mount]) => mount !== SWAP)
      .slice(0, 64)
      .map(([, volume]) =>
        volume.system && volume.state === 'protected' && isSwapOpen ? { ...volume, state: 'partial' } : volume,
      ),
  )
}

/** A list without parents (`lsblk -P` or `-l`, no PKNAME) in which something is encrypted. */
function isFlat(places: readonly BlockDevice[]): boolean {
  return places.some(isCrypt) && places.every(({ under }) => under.length === 0)
}

function isCrypt({ type, fsType }: BlockDevice): boolean {
  return type === 'crypt' || fsType === 'crypto_LUKS' || fsType === 'BitLocker'
}

/** Volumes by mount point; several ways down to the disks must all be encrypted. */
function mountedOn(places: readonly BlockDevice[]): Map<string, EncryptedVolume> {
  const crypts = new Set(places.filter(isCrypt).map(({ name }) => name))
  const volumes = new Map<string, EncryptedVolume>()
  for (const { name, under, mounts, removable, fsType } of places) {
    if (removable) continue
    const encrypted = [name, ...under].some((one) => crypts.has(one))
    // What swap holds stays on the disk when it is not in use.
    for (const raw of fsType === 'swap' ? [SWAP] : mounts) {
      const mount = placeOf(raw)
      if (mount === null) continue
      const known = volumes.get(mount)
      const state = encrypted ? 'protected' : 'off'
      if (known !== undefined && known.state === 'off') continue
      volumes.set(mount, { mount, system: mount === '/', state, method: encrypted ? 'luks' : null })
    }
  }
  return volumes
}

/** Mount points under somebody's home are told without the name; what the firmware reads is left out. */
function placeOf(mount: string): string | null {
  if (BOOT.test(mount)) return null
  if (mount === SWAP) return SWAP
  if (!mount.startsWith('/') || /^\/(?:snap|var\/lib\/snapd|run|media|mnt\/cdrom)\//.test(mount)) return null
  return /^\/(?:home|Users)\//.test(mount) ? '/home' : mount.slice(0, 512)
}

/** Errors as `parseLsblk`. */
export const lsblkEncryptionSource: Source<'posture'> = {
  id: 'posture/lsblk-encryption',
  check: 'posture',
  parse: ({ stdout, stderr, exitCode }) =>
    tellResult('posture/lsblk-encryption', 'encryption', parseLsblk(decode(stdout), stderr, exitCode)),
}
