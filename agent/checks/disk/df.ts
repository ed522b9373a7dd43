/** Parses `df` of Linux and macOS, with any block size, with types, with or without inodes. Pure and total. */
import type { Volume } from '../../../shared/checks/disk.ts'
import type { SampleValues } from '../../../shared/checks/samples.ts'
import { type Failure, failed, read } from '../../../shared/reading.ts'
import { err, ok, type Result } from '../../../shared/result.ts'
import type { Source } from '../collector.ts'
import { decode } from '../decode.ts'
import { isNetworkType } from '../network-mounts.ts'

/** Source id. */
export const DF = 'disk/df'

/** One line of the table; bytes, null: not told in a form that can be read. */
export type DfRow = {
  readonly device: string
  readonly fsType: string | null
  readonly totalBytes: number | null
  readonly usedBytes: number | null
  readonly availableBytes: number | null
  readonly inodesTotal: number | null
  readonly inodesFree: number | null
  readonly mount: string
}

type Shape = { readonly unit: number | null; readonly hasType: boolean; readonly hasInodes: boolean }

/** Errors: `empty`, `parse` (no table, a translated one, or one of inodes only). */
export function parseDf(text: string): Result<readonly DfRow[], Failure> {
  const lines = text.split('\n', 4_096)
  const start = lines.findIndex((line) => /^Filesystem\s/.test(line))
  if (text.trim() === '') return err({ code: 'empty', detail: 'no output' })
  const shape = start < 0 ? null : shapeOf(lines[start] ?? '')
  if (shape === null) return err({ code: 'parse', detail: 'not the English table of df' })
  const rows: DfRow[] = []
  let held = ''
  for (const line of lines.slice(start + 1)) {
    if (line.trim() === '' || line.length > 4_096) continue
    // A long name stands alone on its line, and the figures follow on the next.
    const row = rowOf(held === '' ? line : `${held} ${line.trim()}`, shape)
    held = row === null && held === '' && !/\s\d/.test(line) ? line.trim() : ''
    if (row !== null) rows.push(row)
    else if (held === '')
      return err({ code: 'parse', detail: `a line that is none of df: ${line.trim().slice(0, 80)}` })
  }
  if (rows.length === 0) return err({ code: 'parse', detail: 'a heading of df without a line below' })
  return ok(rows.slice(0, 512))
}

/** `1K-blocks`, `512-blocks`, `1048576-blocks`, `1M-blocks`, `1024-blocks` (-P), `Size` (-h, -H: figures carry their unit). */
function shapeOf(heading: string): Shape | null {
  const words = heading.trim().split(/\s+/)
  const blocks = words.find((word) => /blocks$/i.test(word)) ?? words.find((word) => /^size$/i.test(word))
  if (blocks === undefined || !/capacity|use%/i.test(heading)) return null
  const [, count, letter = ''] = /^(\d{1,10})([KMGB]?)B?-blocks$/i.exec(blocks) ?? []
  const unit = count === undefined ? null : Number(count) * (POWERS[letter.toUpperCase()] ?? 1)
  return { unit, hasType: words.includes('Type'), hasInodes: /\biused\b/i.test(heading) }
}

const POWERS: { readonly [letter: string]: number } = {
  K: 1024,
  M: 1024 ** 2,
  G: 1024 ** 3,
  T: 1024 ** 4,
  P: 1024 ** 5,
}

function rowOf(line: string, { unit, hasType, hasInodes }: Shape): DfRow | null {
  const words = [...line.matchAll(/\S+/g)].slice(0, 64)
  const percent = words.findIndex(([word], index) => index >= 4 && /^(?:-?\d{1,5}%|-)$/.test(word))
  if (percent < 4) return null
  const word = (index: number) => words[index]?.[0] ?? ''
  const bytes = (index: number) => bytesOf(word(index), unit)
  const names = words.slice(0, percent - 3).map(([name]) => name)
  const fsType = hasType && names.length > 1 ? (names.pop() ?? null) : null
  // Inodes: used, free, percent; the mount point is all that follows.
  const first = percent + (hasInodes ? 4 : 1)
  const begin = words[first]?.index
  if (begin === undefined) return null
  const mount = line.slice(begin).trim().slice(0, 512)
  const [used, free] = hasInodes ? [countOf(word(percent + 1)), countOf(word(percent + 2))] : [null, null]
  return {
    device: names.join(' ').slice(0, 256),
    fsType,
    totalBytes: bytes(percent - 3),
    usedBytes: bytes(percent - 2),
    availableBytes: bytes(percent - 1),
    // APFS answers with what 64 bits hold: it has no fixed number.
    inodesTotal: used === null || free === null || used + free > 2 ** 40 ? null : used + free,
    inodesFree: free,
    mount,
  }
}

function countOf(word: string): number | null {
  return /^\d{1,19}$/.test(word) ? Number(word) : null
}

/** A negative figure of available blocks means that even the reserve is used. */
function bytesOf(word: string, unit: number | null): number | null {
  if (unit !== null) return /^-?\d{1,15}$/.test(word) ? Math.max(0, Number(word)) * unit : null
  const [, figure, letter = ''] = /^(-?\d{1,9}(?:\.\d{1,3})?)([KMGTP]?)i?B?$/i.exec(word) ?? []
  return figure === undefined ? null : Math.round(Math.max(0, Number(figure)) * (POWERS[letter.toUpperCase()] ?? 1))
}

const NO_DEVICE =
  /^(?:devtmpfs|tmpfs|ramfs|devfs|udev|dev|run|overlay|overlayfs|none|shm|proc|sysfs|rootfs|squashfs|efivarfs|fdesc|map .*|\/dev\/loop\d+|com\.apple\.TimeMachine\..*)$/
const NO_TYPE = /^(?:devtmpfs|tmpfs|ramfs|overlay|squashfs|devfs|autofs|efivarfs|iso9660|udf|nullfs|fdesc)$/
/** Volumes that macOS keeps for itself in the container of the data volume, or on partitions that are full on purpose. */
const OF_MACOS = /^\/(?:private\/var\/vm|System\/Volumes\/(?!Data$).+)$/

/** The rows that are volumes of their own: one per APFS container, nothing of memory, no images. */
export function dfVolumes(rows: readonly DfRow[]): { volumes: Volume[]; samples: SampleValues } {
  const hasData = rows.some(({ mount }) => mount === '/System/Volumes/Data')
  const own = rows.filter(
    ({ device, fsType, mount, totalBytes }) =>
      !NO_DEVICE.test(device) &&
      !(fsType !== null && NO_TYPE.test(fsType)) &&
      !OF_MACOS.test(mount) &&
      !(mount === '/' && hasData) &&
      totalBytes !== 0,
  )
  const samples: { [key: string]: number | null } = {}
  const volumes = own.map((row): Volume => {
    const { mount, totalBytes, inodesTotal } = row
    // The used figure of APFS is that of one volume: what is not available is used, by it or by its neighbors.
    samples[`volume:${mount}:usedBytes`] =
      hasData && totalBytes !== null && row.availableBytes !== null && mount === '/System/Volumes/Data'
        ? Math.max(0, totalBytes - row.availableBytes)
        : row.usedBytes
    samples[`volume:${mount}:availableBytes`] = row.availableBytes
    if (inodesTotal !== null) samples[`volume:${mount}:inodesFree`] = row.inodesFree
    return {
      mount,
      // A share is mounted with the name of a person: //person@server/share.
      device: row.device.replace(/^\/\/[^@/]{0,128}@/, '//'),
      fsType: (row.fsType ?? '').slice(0, 32),
      network: row.fsType !== null ? isNetworkType(row.fsType) : /^\/\/|^[\w.-]{1,128}:\/|^afp|^smb/.test(row.device),
      system: mount === '/' || mount === '/System/Volumes/Data',
      readOnly: null,
      readOnlyExpected: null,
      errorCount: null,
      size:
        totalBytes !== null && totalBytes > 0
          ? read(DF, { totalBytes, inodesTotal })
          : failed(DF, { code: 'parse', detail: `the size of ${mount} could not be read` }),
    }
  })
  return { volumes: volumes.slice(0, 128), samples }
}

/** `disk/df`: sizes and inodes of real volumes; whether one is read-only is not told. */
export const df: Source<'disk'> = {
  id: DF,
  check: 'disk',
  parse: ({ stdout }) => {
    const rows = parseDf(decode(stdout))
    if (!rows.ok) return rows
    const { volumes, samples } = dfVolumes(rows.value)
    return ok({ parts: { volumes: read(DF, volumes) }, samples })
  },
}
