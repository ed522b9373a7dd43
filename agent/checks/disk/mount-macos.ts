/** Parses `mount` of macOS (and of the BSDs): `/dev/disk1s1 on /System/Volumes/Data (apfs, local, journaled)`. Pure and total. */
import type { Volume } from '../../../shared/checks/disk.ts'
import { type Failure, failed, read } from '../../../shared/reading.ts'
import { err, ok, type Result } from '../../../shared/result.ts'
import type { Source } from '../collector.ts'
import { decode } from '../decode.ts'

/** Source id. */
export const MOUNT_MACOS = 'disk/mount-macos'

/** One mount. `network`: its options lack `local`. */
export type MacosMount = {
  readonly device: string
  readonly mount: string
  readonly fsType: string
  readonly readOnly: boolean
  readonly network: boolean
}

const NO_VOLUME = new Set(['devfs', 'autofs', 'fdesc', 'nullfs', 'procfs', 'tmpfs', 'lifs'])
/** What macOS keeps beside the data volume; all of it shares the container. */
const OF_MACOS = /^\/(?:private\/var\/vm|System\/Volumes\/(?!Data$).+)$/
/** Read-only on purpose: discs and images; the system volume is sealed since macOS 10.15. */
const READ_ONLY_TYPES = new Set(['cd9660', 'udf', 'cddafs'])

/** Errors: `empty`, `parse` when a line is no mount. */
export function parseMountMacos(text: string): Result<readonly MacosMount[], Failure> {
  if (text.trim() === '') return err({ code: 'empty', detail: 'no output' })
  const mounts: MacosMount[] = []
  for (const line of text.split('\n', 2_048)) {
    if (line.trim() === '') continue
    const at = line.lastIndexOf(' (')
    const on = line.indexOf(' on ')
    const options = line.slice(at + 2, line.lastIndexOf(')')).split(', ')
    const fsType = options[0] ?? ''
    if (at < 0 || on < 0 || on > at || !line.trimEnd().endsWith(')') || !/^[\w.+-]{1,32}$/.test(fsType))
      return err({ code: 'parse', detail: `a line that is no mount of macOS: ${line.trim().slice(0, 80)}` })
    mounts.push({
      device: line.slice(0, on).slice(0, 256),
      mount: line.slice(on + 4, at).slice(0, 512),
      fsType,
      readOnly: options.includes('read-only') || options.includes('rdonly'),
      network: !options.includes('local') && !NO_VOLUME.has(fsType),
    })
  }
  return ok(mounts)
}

/** The mounts that are volumes of their own; sizes are not told here. */
export function macosVolumes(mounts: readonly MacosMount[]): Volume[] {
  const own = mounts.filter(({ fsType, mount }) => !NO_VOLUME.has(fsType) && !OF_MACOS.test(mount))
  return own.slice(0, 128).map(({ device, mount, fsType, readOnly, network }) => ({
    mount,
    device: device.replace(/^\/\/[^@/]{0,128}@/, '//'),
    fsType,
    network,
    system: mount === '/' || mount === '/System/Volumes/Data',
    readOnly,
    readOnlyExpected: readOnly ? (isOnPurpose({ device, mount, fsType }) ? true : null) : null,
    errorCount: null,
    size: failed(MOUNT_MACOS, { code: 'unsupported', detail: 'mount tells no sizes' }),
  }))
}

function isOnPurpose({ device, mount, fsType }: Pick<MacosMount, 'device' | 'mount' | 'fsType'>): boolean {
  return mount === '/' || READ_ONLY_TYPES.has(fsType) || device.startsWith('com.apple.TimeMachine')
}

/** `disk/mount-macos`: which volumes there are, and which of them cannot be written. */
export const mountMacos: Source<'disk'> = {
  id: MOUNT_MACOS,
  check: 'disk',
  parse: ({ stdout }) => {
    const mounts = parseMountMacos(decode(stdout))
    return mounts.ok ? ok({ parts: { volumes: read(MOUNT_MACOS, macosVolumes(mounts.value)) }, samples: {} }) : mounts
  },
}
