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

/** `isWhole` false: a branch of the tree for people is announced and does not come, so that lines are missing. */
export type BlockTree = { readonly devices: readonly BlockDevice[]; readonly isWhole: boolean }

const MAX_DEVICES = 5_000
const MAX_DEPTH = 32
/** `lsblk -O -P` of util-linux 2.41 prints 1.7 kB and 60 columns for a device. */
const MAX_LINE = 8_192
const MAX_COLUMNS = 100
const TOO_MUCH: Failure = {
  code: 'parse',
  detail: 'lsblk: more devices, or deeper in each other, than any machine has',
}

/** Errors: `empty`, `parse` (not lsblk, without a column for the type or the mount point, or more than can be looked through). */
export function parseBlockTree(text: string): Result<BlockTree, Failure> {
  const trimmed = text.trim()
  if (trimmed === '') return err({ code: 'empty', detail: 'lsblk printed nothing' })
  const devices = trimmed.startsWith('{')
    ? fromJson(trimmed)
    : trimmed.includes('="')
      ? fromPairs(trimmed)
      : fromTree(text)
  if (!devices.ok) return devices
  if (devices.value.devices.length === 0) return err({ code: 'parse', detail: 'lsblk: no device in it' })
  return devices.value.devices.length > MAX_DEVICES ? err(TOO_MUCH) : devices
}

function fromJson(text: string): Result<BlockTree, Failure> {
  const document = parseJson(text)
  if (!document.ok) return document
  const devices: BlockDevice[] = []
  const parents = new Map<string, string>()
  let isTooDeep = false
  const visit = (nodes: readonly Peek[], under: readonly string[]) => {
    if (under.length > MAX_DEPTH) isTooDeep ||= nodes.length > 0
    else for (const node of nodes) visitOne(node, under)
  }
  const visitOne = (node: Peek, under: readonly string[]) => {
    const name = node.text('name') ?? ''
    if (name === '' || devices.length > MAX_DEVICES) return
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
    visit(node.list('children', MAX_DEVICES), [name, ...under])
  }
  visit(document.value.list('blockdevices', MAX_DEVICES + 1), [])
  return isTooDeep ? err(TOO_MUCH) : ok({ devices: withParents(devices, parents), isWhole: true })
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

/** `NAME="sda1" TYPE="part" …`; util-linux writes a quotation mark within a value as `\x22`. */
function fromPairs(text: string): Result<BlockTree, Failure> {
  const parents = new Map<string, string>()
  const devices = text.split('\n', MAX_DEVICES + 1).flatMap((line): readonly BlockDevice[] => {
    const pairs = pairsOf(line.slice(0, MAX_LINE))
    const name = pairs.get('NAME') ?? ''
    if (name === '' || !pairs.has('TYPE')) return []
    const parent = pairs.get('PKNAME') ?? ''
    if (parent !== '') parents.set(name, parent)
    const mounts = (pairs.get('MOUNTPOINTS') ?? pairs.get('MOUNTPOINT') ?? '').split('\\n').filter((one) => one !== '')
    const removable = pairs.get('RM') === '1'
    return [{ name, under: [], type: pairs.get('TYPE') ?? '', fsType: pairs.get('FSTYPE') ?? '', mounts, removable }]
  })
  return ok({ devices: withParents(devices, parents), isWhole: true })
}

function pairsOf(line: string): ReadonlyMap<string, string> {
  const pairs = new Map<string, string>()
  const pair = /\s{0,8}([^\s="]{1,24})="([^"]{0,512})"/y
  for (let found = pair.exec(line); found !== null && pairs.size < MAX_COLUMNS; found = pair.exec(line))
    pairs.set(found[1] ?? '', found[2] ?? '')
  return pairs
}

const TYPES = /^(?:disk|part|crypt|lvm|loop|rom|raid\d+|linear|mpath|dm|dmraid|md|zram)$/

type Columns = { readonly removableBeforeType: number | null }
type Row = { readonly depth: number; readonly isMiddle: boolean; readonly rest: string }

/** The tree for people: depth by the branches before the name, the mount point at the end of the line. */
function fromTree(text: string): Result<BlockTree, Failure> {
  const lines = text.split('\n', MAX_DEVICES + 1)
  const head = lines.findIndex((line) => /^\s{0,20}NAME\s/.test(line.slice(0, 40)))
  const columns = (lines[head] ?? '').slice(0, 1_000).trim().split(/\s+/)
  const last = columns.at(-1) ?? ''
  if (head < 0 || !columns.includes('TYPE') || !/^MOUNTPOINTS?$/.test(last))
    return err({ code: 'parse', detail: 'lsblk: no columns TYPE and MOUNTPOINT' })
  // A name may hold a space ("vg-root (dm-0)" of util-linux 2.17), so that cells are counted from the type.
  const removable = columns.indexOf('RM')
  const told = { removableBeforeType: removable < 0 ? null : columns.indexOf('TYPE') - removable }
  const path: { readonly name: string; readonly depth: number }[] = []
  const open = new Set<number>()
  const devices: BlockDevice[] = []
  let isWhole = true
  for (const line of lines.slice(head + 1)) {
    const row = rowOf(line)
    const device = deviceOf(row.rest, told)
    const previous = devices.at(-1)
    if (device === null) {
      // Another mount point of the device above stands alone on its line.
      const mount = row.rest.trim()
      if (mount.startsWith('/') && previous !== undefined) devices.push({ ...previous, mounts: [mount] })
      continue
    }
    while ((path.at(-1)?.depth ?? -1) >= row.depth) path.pop()
    if (path.length > MAX_DEPTH) return err(TOO_MUCH)
    isWhole &&= ![...open].some((depth) => depth > row.depth)
    if (row.isMiddle) open.add(row.depth)
    else open.delete(row.depth)
    devices.push({ ...device, under: path.map((one) => one.name).reverse() })
    path.push({ name: device.name, depth: row.depth })
  }
  return ok({ devices, isWhole: isWhole && open.size === 0 })
}

/** `├─` and `|-` say that another one follows at the same depth, `└─` and `` `- `` that none does. */
function rowOf(line: string): Row {
  const [, branches = '', rest = ''] = /^([\s│├└─|`-]{0,200})(\S[^\n]{0,1000})?$/.exec(line.slice(0, 1_200)) ?? []
  return { depth: branches.length, isMiddle: /(?:├─|\|-)$/.test(branches), rest }
}

function deviceOf(rest: string, { removableBeforeType }: Columns): BlockDevice | null {
  const cells = rest.trim().split(/\s+/, 40)
  const at = cells.findIndex((cell, index) => index > 0 && TYPES.test(cell))
  if (at < 0) return null
  const mount = cells.slice(at + 1).join(' ')
  const removable = removableBeforeType !== null && cells[at - removableBeforeType] === '1'
  const mounts = mount === '' ? [] : [mount]
  return { name: cells[0] ?? '', under: [], type: cells[at] ?? '', fsType: '', mounts, removable }
}
