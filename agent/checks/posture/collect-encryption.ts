/** Whether a thief could read the volumes of this machine. I/O through the probe; a child only when its files changed, else every 6 h. */
import type { PostureSection } from '../../../shared/checks/posture.ts'
import { failed, read } from '../../../shared/reading.ts'
import { MINUTE_MS } from '../../../shared/units.ts'
import type { CollectContext, Task } from '../collector.ts'
import { readContainer } from '../container.ts'
import { decode } from '../decode.ts'
import { askBlock, askProgram, partOf } from './ask-source.ts'
import { fdesetupSource } from './fdesetup.ts'
import { lsblkEncryptionSource } from './lsblk-encryption.ts'
import { windowsEncryptableVolumesSource } from './windows-encryptable-volumes.ts'
import { zfsEncryptionSource } from './zfs-encryption.ts'

const SOURCE = 'posture/encryption'
/** util-linux before 2.37 knows no MOUNTPOINTS. */
const COLUMNS = 'NAME,TYPE,FSTYPE,MOUNTPOINTS,PKNAME,RM,RO,SIZE'
const OLD_COLUMNS = COLUMNS.replace('MOUNTPOINTS', 'MOUNTPOINT')
const ZFS = ['get', '-Hp', '-o', 'name,property,value', '-t', 'filesystem,volume', 'encryption,keystatus,mountpoint']

/** `posture/encryption`. */
export const encryptionTask: Task<'posture'> = {
  id: 'posture/encryption',
  check: 'posture',
  cadence: 'posture',
  parts: ['encryption'],
  timeoutMs: 3 * MINUTE_MS,
  wake: ['/etc/fstab', '/etc/crypttab'],
  collect: async (context) => ({ parts: { encryption: await collectEncryption(context) }, samples: {} }),
}

async function collectEncryption(context: CollectContext): Promise<PostureSection['encryption']> {
  const { platform } = context.probe
  if (context.off.has(SOURCE)) return failed(SOURCE, { code: 'disabled', detail: 'switched off' })
  if (platform === 'win32') {
    const answer = await askBlock(context, windowsEncryptableVolumesSource, 'encryptable-volumes')
    // An edition without BitLocker has disks all the same: whether something else encrypts them is not known.
    const isMissing = !answer.ok && answer.error.code === 'unsupported'
    if (isMissing) return failed(windowsEncryptableVolumesSource.id, { ...answer.error, code: 'tool-missing' })
    return partOf(answer, 'encryption', windowsEncryptableVolumesSource.id)
  }
  if (platform === 'darwin') {
    const answer = await askProgram(context, fdesetupSource, 'fdesetup', ['status'])
    return partOf(answer, 'encryption', fdesetupSource.id)
  }
  return collectLinux(context)
}

async function collectLinux(context: CollectContext): Promise<PostureSection['encryption']> {
  const container = await readContainer(context.probe)
  if (container !== null) {
    const detail = `Container (${container}): the disks belong to the machine around it`
    return failed(SOURCE, { code: 'unsupported', detail })
  }
  const disks = partOf(await askLsblk(context), 'encryption', lsblkEncryptionSource.id)
  if (!(await hasZfs(context))) return disks
  const pools = partOf(await askProgram(context, zfsEncryptionSource, 'zfs', ZFS), 'encryption', zfsEncryptionSource.id)
  if (pools.state !== 'value' || disks.state !== 'value') {
    // With the system on ZFS, lsblk shows no device for it: that alone is no failure.
    const isOnPool = pools.state === 'value' && pools.value.some(({ system }) => system)
    return isOnPool || disks.state === 'value' ? pools : disks
  }
  return read(disks.source, [...disks.value, ...pools.value.filter(({ system }) => !system)].slice(0, 64))
}

async function askLsblk(context: CollectContext) {
  const answer = await askProgram(context, lsblkEncryptionSource, 'lsblk', ['-J', '-b', '-o', COLUMNS])
  if (answer.ok || answer.error.code !== 'exit') return answer
  return askProgram(context, lsblkEncryptionSource, 'lsblk', ['-J', '-b', '-o', OLD_COLUMNS])
}

async function hasZfs({ probe }: CollectContext): Promise<boolean> {
  const mounts = await probe.readFile('/proc/self/mountinfo', { maxBytes: 1024 * 1024 })
  return mounts.ok && / - zfs /.test(decode(mounts.value))
}
