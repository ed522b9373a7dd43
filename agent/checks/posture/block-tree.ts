/** What `lsblk` prints, as a list of devices with their parents: JSON (nested or flat), `-P` pairs, or the tree for people. Pure. */
import type { Failure } from '../../../shared/reading.ts'
import { err, ok, type Result } from '../../../shared/result.ts'
import { type Peek, parseJson } from '../json.ts'

/** One device at one place of the tree; a device on two disks stands there twice. Empty text: not told. */
export type BlockDevice = {
  readonly name: string
  /** Names of all devices that it lies on, nearest first. */
  readonly under: readonly string[]
  readonly type: string
  readonly fsType: string
  readonly mounts: readonly string[]
  readonly removable: boolean
}

const MAX_DEVICES = 5_000
const MAX_DEPTH = 32

/** Errors: `empty`, `parse` (not lsblk, or without a column for the type or the mount point). */
export function parseBlockTree(text: string): Result<readonly BlockDevice[], Failure> {
  const trimmed = text.trim()
  if (trimmed === '') return err({ code: 'empty', detail: 'lsblk printed nothing' })
  const devices = trimmed.startsWith('{')
    ? fromJson(trimmed)
    : trimmed.includes('="')
      ? fromPairs(trimmed)
      : fromTree(text)
  if (!devices.ok) return devices
  return devices.value.length === 0 ? err({ code: 'parse', detail: 'lsblk: no device in it' }) : devices
}

function fromJson(text: string): Result<readonly BlockDevice[], Failure> {
  const document = parseJson(text)
  if (!document.ok) return document
  const devices: BlockDevice[] = []
  const parents = new Map<string, string>()
  const visit = (nodes: readonly Peek[], under: readonly string[]) => {
    if (under.length > MAX_DEPTH) return
    for (const node of nodes) {
      const name = node.text('name') ?? ''
      if (name === '' || devices.length >= MAX_DEVICES) continue
      const parent = node.text('pkname')
      if (under.length === 0 && parent !== null) parents.set(name, parent)
      devices.push({
        name,
        under,
        type: node.text('type') ?? '',
        fsType: node.text('fstype') ?? '',
        mounts: mountsOf(node),
        removable: isSet(node.at('rm').value) || isSet(node.at('hotplug').value),
      })
      visit(node.list('children'), [name, ...under])
    }
  }
  visit(document.value.list('blockdevices'), [])
  return ok(withParents(devices, parents))
}

/** Newer ones list all mount points, older ones name one. */
function mountsOf(node: Peek): readonly string[] {
  const all = node.list('mountpoints').flatMap((one) => one.text('', 512) ?? [])
  const one = node.text('mountpoint', 512)
  return all.length > 0 || one === null ? all : [one]
}

/** util-linux before 2.33 writes "1" for true. */
function isSet(value: unknown): boolean {
  return value === true || value === '1' || value === 1
}

/** A flat list names the parent of each device. */
function withParents(devices: readonly BlockDevice[], parents: ReadonlyMap<string, string>): readonly BlockDevice[] {
  if (parents.size === 0) return devices
  return devices.map((device) => {
    const under = [...device.under]
    let above = parents.get(under.at(-1) ?? device.name)
    while (above !== undefined && under.length < MAX_DEPTH && !under.includes(above)) {
      under.push(above)
      above = parents.get(above)
    }
    return { ...device, under }
  })
}

function fromPairs(text: string): Result<readonly BlockDevice[], Failure> {
  const parents = new Map<string, string>()
  const devices = text.split('\n', MAX_DEVICES).flatMap((line): readonly BlockDevice[] => {
    const pairs = new Map(
      [...line.matchAll(/([A-Z:-]{1,24})="([^"]{0,512})"/g)].map(([, key = '', value = '']) => [key, value]),
    )
    const name = pairs.get('NAME') ?? ''
    if (name === '' || !pairs.has('TYPE')) return []
    const parent = pairs.get('PKNAME') ?? ''
    if (parent !== '') parents.set(name, parent)
    const mounts = (pairs.get('MOUNTPOINTS') ?? pairs.get('MOUNTPOINT') ?? '').split('\\n').filter((one) => one !== '')
    const removable = pairs.get('RM') === '1'
    return [{ name, under: [], type: pairs.get('TYPE') ?? '', fsType: pairs.get('FSTYPE') ?? '', mounts, removable }]
  })
  return ok(withParents(devices, parents))
}

const TYPES = /^(?:disk|part|crypt|lvm|loop|rom|raid\d+|linear|mpath|dm|dmraid|md|zram)$/

/** The tree for people: depth by the branches before the name, the mount point at the end of the line. */
function fromTree(text: string): Result<readonly BlockDevice[], Failure> {
  const lines = text.split('\n', MAX_DEVICES)
  const head = lines.findIndex((line) => /^\s*NAME\s/.test(line.slice(0, 40)))
  const columns = (lines[head] ?? '').trim().split(/\s+/)
  const last = columns.at(-1) ?? ''
  if (head < 0 || !columns.includes('TYPE') || !/^MOUNTPOINTS?$/.test(last))
    return err({ code: 'parse', detail: 'lsblk: no columns TYPE and MOUNTPOINT' })
  const hasRemovable = columns.includes('RM')
  const path: { readonly name: string; readonly depth: number }[] = []
  const devices: BlockDevice[] = []
  for (const line of lines.slice(head + 1)) {
    const [, branches = '', rest = ''] = /^([\s│├└─|`-]{0,200})(\S[^\n]{0,1000})?$/.exec(line.slice(0, 1_200)) ?? []
    const cells = rest.trim().split(/\s+/, 40)
    const at = cells.findIndex((cell, index) => index > 0 && TYPES.test(cell))
    const name = cells[0] ?? ''
    const previous = devices.at(-1)
    if (at < 0) {
      // Another mount point of the device above stands alone on its line.
      if (name.startsWith('/') && previous !== undefined) devices.push({ ...previous, mounts: [rest.trim()] })
      continue
    }
    const depth = branches.length
    while ((path.at(-1)?.depth ?? -1) >= depth) path.pop()
    const under = path.map((one) => one.name).reverse()
    const mount = cells.slice(at + 1).join(' ')
    const removable = hasRemovable && cells[columns.indexOf('RM')] === '1'
    devices.push({ name, under, type: cells[at] ?? '', fsType: '', mounts: mount === '' ? [] : [mount], removable })
    path.push({ name, depth })
  }
  return ok(devices)
}
