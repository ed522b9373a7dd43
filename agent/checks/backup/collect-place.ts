/** What kind of place a folder is, and whether it shares the disk of the system. I/O through the probe. */
import type { Destination } from '../../../shared/checks/backup.ts'
import type { Probe } from '../../probe/probe.ts'
import { decode } from '../decode.ts'
import { deviceName, diskOf, isNetwork, isSameDisk, kindOfMount, mountOf, parseMounts } from './destination.ts'

/** Kind and label of a folder of this machine, and whether it lies on the disk of `/`. null: could not be told. */
export async function readPlace(
  probe: Probe,
  folder: string,
): Promise<Pick<Destination, 'kind' | 'label' | 'sameDisk'>> {
  const mounts = await probe.readFile('/proc/mounts')
  const mount = mounts.ok ? mountOf(folder, parseMounts(decode(mounts.value))) : null
  const here = await readDisk(probe, folder)
  const kind = kindOfMount(mount, here?.sysPath ?? null)
  const root = await readDisk(probe, '/')
  const sameDisk = here === null || root === null ? null : isSameDisk(root, here, isNetwork(kind))
  return { kind, label: folder.slice(0, 256), sameDisk }
}

type Disk = { readonly device: number; readonly disk: string | null; readonly sysPath: string | null }

async function readDisk(probe: Probe, path: string): Promise<Disk | null> {
  const facts = await probe.stat(path, { follow: true })
  if (!facts.ok) return null
  const link = await probe.readLink(`/sys/dev/block/${deviceName(facts.value.device)}`)
  const sysPath = link.ok ? link.value : null
  return { device: facts.value.device, disk: sysPath === null ? null : diskOf(sysPath), sysPath }
}
