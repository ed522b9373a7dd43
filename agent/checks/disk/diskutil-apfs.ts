/** Parses `diskutil apfs list`, as property list and as text: the size of each container, which all its volumes share. Pure and total. */
import type { Volume } from '../../../shared/checks/disk.ts'
import type { SampleValues } from '../../../shared/checks/samples.ts'
import { type Failure, failed, read } from '../../../shared/reading.ts'
import { err, ok, type Result } from '../../../shared/result.ts'
import type { Source } from '../collector.ts'
import { decode } from '../decode.ts'
import { parsePlist } from '../macos/plist.ts'

/** Source id. */
export const DISKUTIL_APFS = 'disk/diskutil-apfs'

/** A container with its volumes; bytes, null: not told. `mount` null: not mounted or not told. */
export type ApfsContainer = {
  readonly id: string
  readonly totalBytes: number | null
  readonly freeBytes: number | null
  readonly volumes: readonly {
    readonly name: string | null
    readonly role: string | null
    readonly mount: string | null
  }[]
}

/** Errors: `empty`, `parse`. An empty list means that there is no APFS container. */
export function parseDiskutilApfs(bytes: Uint8Array): Result<readonly ApfsContainer[], Failure> {
  const isText = bytes[0] !== 0x62 && !/^\s{0,64}</.test(decode(bytes.subarray(0, 512)))
  if (isText) return readText(decode(bytes))
  const root = parsePlist(bytes)
  if (!root.ok) return root
  if (!Array.isArray(root.value.at('Containers').value))
    return err({ code: 'parse', detail: 'a property list, but not of diskutil apfs list' })
  return ok(
    root.value.list('Containers', 64).map((container) => ({
      id: container.text('ContainerReference', 64) ?? container.text('DesignatedPhysicalStore', 64) ?? '?',
      totalBytes: container.count('CapacityCeiling'),
      freeBytes: container.count('CapacityFree'),
      volumes: container.list('Volumes', 64).map((volume) => ({
        name: volume.text('Name', 200),
        role: volume.list('Roles', 8)[0]?.text('', 32) ?? null,
        mount: volume.text('MountPoint', 512),
      })),
    })),
  )
}

type Draft = {
  id: string
  totalBytes: number | null
  freeBytes: number | null
  volumes: { name: string | null; role: string | null; mount: string | null }[]
}

function readText(text: string): Result<readonly ApfsContainer[], Failure> {
  if (text.trim() === '') return err({ code: 'empty', detail: 'no output' })
  const found: Draft[] = []
  for (const line of text.split('\n', 20_000)) {
    const bare = line.slice(0, 400).replace(/^[|+ \t]{0,32}(?:--|->|-<)?[ \t]?/, '')
    const container =
      /^Container (disk\d{1,4})\b/.exec(bare)?.[1] ?? /^APFS Container Reference: {1,20}(disk\d{1,4})/.exec(bare)?.[1]
    if (container !== undefined && found.at(-1)?.id !== container)
      found.push({ id: container, totalBytes: null, freeBytes: null, volumes: [] })
    const current = found.at(-1)
    if (current !== undefined) readLine(current, bare)
  }
  if (found.length > 0) return ok(found.slice(0, 64))
  if (/^no apfs containers/im.test(text)) return ok([])
  return err({ code: 'parse', detail: 'not the output of diskutil apfs list' })
}

function readLine(container: Draft, line: string): void {
  const bytes = (label: string) => {
    if (!line.startsWith(label)) return null
    const figure = /: {1,20}(\d{1,16}) B\b/.exec(line)?.[1]
    return figure === undefined ? null : Number(figure)
  }
  container.totalBytes ??= bytes('Size (Capacity Ceiling)')
  container.freeBytes ??= bytes('Capacity Not Allocated') ?? bytes('Capacity Available')
  const role = /^APFS Volume Disk \(Role\): {1,20}disk\w{1,12} \(([^)]{1,40})\)/.exec(line)?.[1]
  if (role !== undefined) container.volumes.push({ name: null, role, mount: null })
  const volume = container.volumes.at(-1)
  if (volume === undefined) return
  volume.name ??= /^Name: {1,40}(\S.{0,200}?)(?: \(Case-(?:in)?sensitive\))?$/.exec(line)?.[1] ?? null
  const mount = /^Mount Point: {1,40}(\/.{0,500})$/.exec(line)?.[1]
  if (mount !== undefined) volume.mount = mount.trim()
}

/** Where people find a container: its data volume, else the first volume that is mounted or named. */
function placeOf({ id, volumes }: ApfsContainer): string {
  const data = volumes.find(({ role }) => role !== null && /^data$/i.test(role))
  if (data !== undefined) return data.mount ?? '/System/Volumes/Data'
  const plain = volumes.find(({ role }) => role === null || /no specific role/i.test(role)) ?? volumes[0]
  return (plain?.mount ?? (plain?.name == null ? id : `/Volumes/${plain.name}`)).slice(0, 512)
}

/** One volume per container, with its samples. */
export function apfsVolumes(containers: readonly ApfsContainer[]): { volumes: Volume[]; samples: SampleValues } {
  const samples: { [key: string]: number | null } = {}
  const volumes = containers.map((container): Volume => {
    const { id, totalBytes, freeBytes } = container
    const mount = placeOf(container)
    const isTold = totalBytes !== null && totalBytes > 0
    const isFree = isTold && freeBytes !== null && freeBytes <= totalBytes
    samples[`volume:${mount}:usedBytes`] = isFree ? totalBytes - freeBytes : null
    samples[`volume:${mount}:availableBytes`] = isFree ? freeBytes : null
    return {
      mount,
      device: `/dev/${id}`,
      fsType: 'apfs',
      network: false,
      system: mount === '/System/Volumes/Data' || mount === '/',
      readOnly: null,
      readOnlyExpected: null,
      errorCount: null,
      size: isTold
        ? read(DISKUTIL_APFS, { totalBytes, inodesTotal: null })
        : failed(DISKUTIL_APFS, { code: 'empty', detail: `the container ${id} tells no size` }),
    }
  })
  return { volumes: volumes.slice(0, 128), samples }
}

/** `disk/diskutil-apfs`: containers as volumes. */
export const diskutilApfs: Source<'disk'> = {
  id: DISKUTIL_APFS,
  check: 'disk',
  parse: ({ stdout }) => {
    const containers = parseDiskutilApfs(stdout)
    if (!containers.ok) return containers
    const { volumes, samples } = apfsVolumes(containers.value)
    return ok({ parts: { volumes: read(DISKUTIL_APFS, volumes) }, samples })
  },
}
