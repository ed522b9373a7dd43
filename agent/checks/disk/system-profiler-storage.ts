/**
 * Parses `system_profiler SPNVMeDataType SPSerialATADataType SPStorageDataType`, as JSON (`-json`) and property list (`-xml`).
 * Keys are English; sizes for people follow the locale ("41,94 GB"), so only `size_in_bytes` is read. Pure and total.
 */
import type { Drive, Volume } from '../../../shared/checks/disk.ts'
import type { SampleValues } from '../../../shared/checks/samples.ts'
import { type Failure, failed, read } from '../../../shared/reading.ts'
import { err, ok, type Result } from '../../../shared/result.ts'
import type { Source } from '../collector.ts'
import type { Peek } from '../json.ts'
import { dataTypes } from '../macos/system-profiler.ts'
import { macosSmart } from './diskutil-info.ts'
import { driveKey, isVirtualModel, ownSerial } from './drive-identity.ts'

/** Source id. */
export const SYSTEM_PROFILER_STORAGE = 'disk/system-profiler-storage'

const DRIVE_TYPES = ['SPNVMeDataType', 'SPSerialATADataType', 'SPParallelATADataType', 'SPSASDataType'] as const

/** What it told; null: that data type was not asked. */
export type MacosStorage = {
  readonly drives: readonly Drive[] | null
  readonly volumes: readonly Volume[] | null
  readonly samples: SampleValues
}

/** Errors: `empty`, `parse` for anything that holds none of the data types. */
export function parseSystemProfilerStorage(bytes: Uint8Array): Result<MacosStorage, Failure> {
  const types = dataTypes(bytes)
  if (!types.ok) return types
  const asked = DRIVE_TYPES.filter((type) => types.value.has(type))
  const storage = types.value.get('SPStorageDataType')
  if (asked.length === 0 && storage === undefined)
    return err({ code: 'parse', detail: 'system_profiler, but neither of drives nor of volumes' })
  const drives = asked.flatMap((type) => (types.value.get(type) ?? []).flatMap((item) => drivesIn(item, type, 0)))
  const samples: { [key: string]: number | null } = {}
  const volumes = storage?.flatMap((item) => volumeOf(item, samples)) ?? null
  return ok({
    drives: asked.length === 0 ? null : drives.slice(0, 128),
    volumes: volumes?.slice(0, 128) ?? null,
    samples,
  })
}

/** Controllers hold drives in `_items`. */
function drivesIn(item: Peek, type: string, depth: number): Drive[] {
  const inner = depth < 4 ? item.list('_items', 128).flatMap((one) => drivesIn(one, type, depth + 1)) : []
  const isDrive =
    item.has('device_model') || item.has('device_serial') || item.has('smart_status') || item.has('bsd_name')
  // An optical drive tells a model and nothing else that a drive would.
  const isOptical = !item.has('smart_status') && !item.has('size_in_bytes') && !item.has('bsd_name')
  return isDrive && !isOptical ? [driveOf(item, type), ...inner] : inner
}

function driveOf(item: Peek, type: string): Drive {
  const model = item.text('device_model', 128) ?? item.text('_name', 128)
  const bsd = item.text('bsd_name', 32)
  const serial = ownSerial(item.text('device_serial', 128))
  const partial = { device: bsd === null ? (model ?? '?') : `/dev/${bsd}`, type: null, model, serial }
  const kind = model !== null && isVirtualModel(model) ? 'virtual' : kindOf(item, type)
  return {
    ...partial,
    key: driveKey(partial),
    firmware: item.text('device_revision', 64),
    kind,
    capacityBytes: item.count('size_in_bytes'),
    smart: macosSmart(SYSTEM_PROFILER_STORAGE, item.text('smart_status', 64), kind),
  }
}

function kindOf(item: Peek, type: string): Drive['kind'] {
  if (type === 'SPNVMeDataType') return 'nvme'
  const medium = item.text('spsata_medium_type', 64) ?? ''
  if (/solid state/i.test(medium)) return 'ssd'
  return /rotational/i.test(medium) ? 'hdd' : 'unknown'
}

function volumeOf(item: Peek, samples: { [key: string]: number | null }): Volume[] {
  const mount = item.text('mount_point', 512)
  if (mount === null) return []
  const totalBytes = item.count('size_in_bytes')
  const freeBytes = item.count('free_space_in_bytes')
  const isTold = totalBytes !== null && totalBytes > 0
  const isFree = isTold && freeBytes !== null && freeBytes <= totalBytes
  samples[`volume:${mount}:usedBytes`] = isFree ? totalBytes - freeBytes : null
  samples[`volume:${mount}:availableBytes`] = isFree ? freeBytes : null
  const isRoot = mount === '/'
  return [
    {
      mount,
      device: `/dev/${item.text('bsd_name', 64) ?? '?'}`,
      fsType: (item.text('file_system', 32) ?? '').toLowerCase(),
      network: false,
      system: isRoot || mount === '/System/Volumes/Data',
      readOnly: yesNo(item.text('writable', 8)),
      // The system volume is sealed since macOS 10.15.
      readOnlyExpected: isRoot ? true : null,
      errorCount: null,
      size: isTold
        ? read(SYSTEM_PROFILER_STORAGE, { totalBytes, inodesTotal: null })
        : failed(SYSTEM_PROFILER_STORAGE, { code: 'empty', detail: `${mount} tells no size` }),
    },
  ]
}

const yesNo = (word: string | null) => (word === 'yes' ? false : word === 'no' ? true : null)

/** `disk/system-profiler-storage`: drives with their general flag, and volumes with their sizes. */
export const systemProfilerStorage: Source<'disk'> = {
  id: SYSTEM_PROFILER_STORAGE,
  check: 'disk',
  parse: ({ stdout }) => {
    const found = parseSystemProfilerStorage(stdout)
    if (!found.ok) return found
    const { drives, volumes, samples } = found.value
    return ok({
      parts: {
        ...(drives === null ? {} : { drives: read(SYSTEM_PROFILER_STORAGE, [...drives]) }),
        ...(volumes === null ? {} : { volumes: read(SYSTEM_PROFILER_STORAGE, [...volumes]) }),
      },
      samples,
    })
  },
}
