/** Parses `diskutil appleRAID list` (and the older `checkRAID`), as property list and as text. Pure and total. */
import type { RaidArray } from '../../../shared/checks/disk.ts'
import type { SampleValues } from '../../../shared/checks/samples.ts'
import { type Failure, read } from '../../../shared/reading.ts'
import { err, ok, type Result } from '../../../shared/result.ts'
import type { Source } from '../collector.ts'
import { decode } from '../decode.ts'
import { parsePlist } from '../macos/plist.ts'

/** Source id. */
export const DISKUTIL_APPLE_RAID = 'disk/diskutil-apple-raid'

type Told = {
  readonly name: string | null
  readonly level: string | null
  readonly status: string | null
  readonly members: readonly { readonly device: string; readonly status: string | null; readonly spare: boolean }[]
}
type Member = RaidArray['members'][number]

/** Arrays with their samples. Errors: `empty`, `parse`. An empty list means that diskutil found no set. */
export function parseAppleRaid(
  bytes: Uint8Array,
): Result<{ readonly arrays: readonly RaidArray[]; readonly samples: SampleValues }, Failure> {
  const isText = bytes[0] !== 0x62 && !/^\s{0,64}</.test(decode(bytes.subarray(0, 512)))
  const told = isText ? readText(decode(bytes)) : readPlist(bytes)
  if (!told.ok) return told
  const samples: { [key: string]: number | null } = {}
  const arrays = told.value.map((set) => {
    const array = arrayOf(set)
    const percent = set.members.flatMap(({ status }) => /^(\d{1,3})%/.exec(status ?? '')?.[1] ?? [])[0]
    if (percent !== undefined) samples[`array:${array.name}:rebuildPermille`] = Math.min(1_000, Number(percent) * 10)
    return array
  })
  return ok({ arrays: arrays.slice(0, 64), samples })
}

function readPlist(bytes: Uint8Array): Result<readonly Told[], Failure> {
  const root = parsePlist(bytes)
  if (!root.ok) return root
  if (!Array.isArray(root.value.at('AppleRAIDSets').value))
    return err({ code: 'parse', detail: 'a property list, but not of diskutil appleRAID list' })
  return ok(
    root.value.list('AppleRAIDSets', 64).map((set) => {
      const members = (key: string, spare: boolean) =>
        set.list(key, 64).map((member) => ({
          device: member.text('BSD Name', 64) ?? member.text('AppleRAIDMemberUUID', 64) ?? '?',
          status: member.text('MemberStatus', 64),
          spare,
        }))
      return {
        name: set.text('Name', 64) ?? set.text('AppleRAIDSetUUID', 64),
        level: set.text('Level', 32),
        status: set.text('Status', 64),
        members: [...members('Members', false), ...members('Spares', true)],
      }
    }),
  )
}

type Draft = {
  name: string | null
  level: string | null
  status: string | null
  members: { device: string; status: string | null; spare: boolean }[]
}

function readText(text: string): Result<readonly Told[], Failure> {
  if (text.trim() === '') return err({ code: 'empty', detail: 'no output' })
  const counted = /AppleRAID sets? \((\d{1,3}) found\)/i.exec(text)?.[1]
  if (/^No (?:Apple)?RAID sets found/im.test(text) || counted === '0') return ok([])
  if (counted === undefined) return err({ code: 'parse', detail: 'not the output of diskutil appleRAID list' })
  const sets: Draft[] = []
  for (const line of text.split('\n', 20_000)) {
    const label = /^(Name|Unique ID|Type|Status):[ \t]{1,40}(\S.{0,120})$/.exec(line)
    const value = label?.[2]?.trim() ?? null
    if (/^={5}/.test(line)) sets.push({ name: null, level: null, status: null, members: [] })
    const set = sets.at(-1)
    if (set === undefined) continue
    if (label?.[1] === 'Name') set.name ??= value
    else if (label?.[1] === 'Unique ID') set.name ??= value
    else if (label?.[1] === 'Type') set.level ??= value
    else if (label?.[1] === 'Status') set.status ??= value
    else readMember(set, line)
  }
  // The last rule ends the list, and begins no set.
  const told = sets.filter((set) => set.name !== null || set.status !== null || set.members.length > 0)
  if (told.length < Number(counted))
    return err({ code: 'parse', detail: `${counted} sets are announced and ${told.length} are there` })
  return ok(told)
}

/** `0  disk3s2  <UUID>  Online  3000248991744`; the number is `-` for a spare. */
function readMember(set: Draft, line: string): void {
  const row = /^([\d-]{1,3}) {1,8}(\S{1,64}) {1,20}([0-9A-F-]{36}|[-\w]{1,40}) {1,20}(\S.{0,60})$/i.exec(line)
  if (row === null) return
  const status = (row[4] ?? '').replace(/ {1,40}\d{6,}\s{0,40}$/, '').trim()
  set.members.push({ device: row[2] ?? '?', status, spare: row[1] === '-' })
}

function memberState({ status, spare }: Told['members'][number]): Member['state'] {
  const word = status?.toLowerCase() ?? ''
  if (/fail|damaged/.test(word) && !/missing/.test(word)) return 'faulty'
  if (/missing|offline/.test(word)) return 'missing'
  if (/spare/.test(word) || (spare && (word === 'online' || word === ''))) return 'spare'
  return word === 'online' ? 'active' : 'other'
}

function arrayOf(set: Told): RaidArray {
  const members = set.members.map((member) => ({ device: member.device.slice(0, 64), state: memberState(member) }))
  const own = members.filter(({ state }) => state !== 'spare')
  const active = own.filter(({ state }) => state === 'active').length
  const level = levelOf(set.level)
  const isRebuilding = set.members.some(({ status }) => /rebuild|^\d{1,3}%/i.test(status ?? ''))
  return {
    name: (set.name ?? '?').slice(0, 64),
    level,
    state: stateOf(set, { level, members, active, isRebuilding }),
    membersWanted: own.length === 0 ? null : Math.max(own.length, level === 'mirror' ? 2 : 1),
    membersActive: own.length === 0 ? null : active,
    redundancyLeft: level === 'mirror' && own.length > 0 ? Math.max(0, active - 1) : null,
    members: members.slice(0, 64),
    mismatchCount: null,
  }
}

function levelOf(text: string | null): string | null {
  const word = text?.toLowerCase() ?? ''
  if (word === '') return null
  if (word.startsWith('mirror')) return 'mirror'
  return word.startsWith('stripe') ? 'stripe' : word.slice(0, 32)
}

function stateOf(
  { status }: Told,
  about: {
    readonly level: string | null
    readonly members: readonly Member[]
    readonly active: number
    readonly isRebuilding: boolean
  },
): RaidArray['state'] {
  const word = status?.toLowerCase() ?? ''
  if (/offline|fail/.test(word)) return 'inactive'
  if (about.isRebuilding || /rebuild/.test(word)) return 'rebuilding'
  const lacks = about.members.some(({ state }) => state === 'faulty' || state === 'missing' || state === 'other')
  // After `appleRAID remove` a mirror of one member calls itself Online.
  const isLone = about.level === 'mirror' && about.members.length > 0 && about.active < 2
  if (/degraded/.test(word) || lacks || isLone) return 'degraded'
  return word === 'online' && about.members.length > 0 && about.level !== null ? 'healthy' : 'unknown'
}

/** `disk/diskutil-apple-raid`: sets as arrays. */
export const diskutilAppleRaid: Source<'disk'> = {
  id: DISKUTIL_APPLE_RAID,
  check: 'disk',
  parse: ({ stdout }) => {
    const found = parseAppleRaid(stdout)
    if (!found.ok) return found
    const { arrays, samples } = found.value
    return ok({ parts: { arrays: read(DISKUTIL_APPLE_RAID, [...arrays]) }, samples })
  },
}
