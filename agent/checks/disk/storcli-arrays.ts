/** Virtual drives in storcli's document, with their members from the topology. Pure. */
import type { RaidArray } from '../../../shared/checks/disk.ts'
import type { Peek } from '../json.ts'
import { ownKey } from './own-key.ts'
import { logicalDrive, UNCOUNTED } from './raid-card.ts'
import { leadingCount } from './text-lines.ts'

const STATES: readonly (readonly [RegExp, RaidArray['state']])[] = [
  [/^(?:optl|optimal)$/i, 'healthy'],
  [/^(?:dgrd|pdgd|degraded|partially degraded)$/i, 'degraded'],
  [/^(?:ofln|offln|offline|failed|fld)$/i, 'inactive'],
  [/^(?:rec|recovery|rbld)$/i, 'rebuilding'],
]

/** `list` null: this form tells no virtual drives. `isCut`: fewer are listed than the document announces. */
export function storcliArrays(
  id: string,
  data: Peek,
): { readonly list: readonly RaidArray[] | null; readonly isCut: boolean } {
  const rows = ['VD LIST', 'Virtual Drives'].flatMap((key) => ownKey(data, key).list('', 256))
  for (const key of data.keys()) if (/^\/c\d+\/v\d+$/.test(key)) rows.push(...ownKey(data, key).list('', 4))
  const topology = data.list('TOPOLOGY', 1_000)
  const arrays = new Map<string, RaidArray>()
  for (const row of rows) {
    const array = arrayOf(id, row, topology)
    if (array !== null && !arrays.has(array.name)) arrays.set(array.name, array)
  }
  const told = ownKey(data, 'Virtual Drives')
  const count = told.count('') ?? leadingCount(told.text('') ?? '')
  // Groups of the topology that no virtual drive stands for any more.
  const groups = new Set(topology.flatMap((row) => (/^raid/i.test(row.text('Type') ?? '') ? (groupOf(row) ?? []) : [])))
  const isAnnounced = count !== null || rows.length > 0 || groups.size > 0
  const list = isAnnounced ? [...arrays.values()] : null
  return {
    list,
    isCut: (count !== null && count > arrays.size) || (count === null && rows.length === 0 && groups.size > 0),
  }
}

function arrayOf(id: string, row: Peek, topology: readonly Peek[]): RaidArray | null {
  const place = /^(\d+|-)\/(\d+)$/.exec(ownKey(row, 'DG/VD').text('') ?? '')
  if (place === null) return null
  const word = row.text('State') ?? ''
  const state = STATES.find(([pattern]) => pattern.test(word))?.[1] ?? 'unknown'
  const level = /^raid\d+/i.exec(row.text('TYPE') ?? row.text('Type') ?? '')?.[0].toLowerCase() ?? null
  const drives = topology.filter((one) => one.text('Type') === 'DRIVE' && groupOf(one) === place[1])
  const members = drives.map(memberOf)
  const rebuilds = drives.some((one) => /^(?:rbld|cpybck)$/i.test(one.text('State') ?? ''))
  const working = members.filter((member) => member.state === 'active').length
  const counts = drives.length === 0 ? UNCOUNTED : { wanted: drives.length, working, members }
  // "Optimal" with a member that is not online does not pass: the worse of the two holds.
  const isShort = drives.length > 0 && working < drives.length
  const worst = rebuilds && state !== 'inactive' ? 'rebuilding' : state === 'healthy' && isShort ? 'degraded' : state
  return logicalDrive(`${id}/v${place[2]}`, level, worst, counts)
}

function groupOf(row: Peek): string | null {
  const number = row.count('DG')
  return number === null ? row.text('DG') : String(number)
}

function memberOf(row: Peek): RaidArray['members'][number] {
  const device = ownKey(row, 'EID:Slot').text('', 64) ?? 'slot'
  const word = row.text('State') ?? ''
  if (/^(?:onln|conf|online)$/i.test(word)) return { device, state: 'active' }
  if (/^(?:rbld|cpybck)$/i.test(word)) return { device, state: 'other' }
  return { device, state: /^(?:msng|-)$/i.test(word) ? 'missing' : /^(?:dhs|ghs)$/i.test(word) ? 'spare' : 'faulty' }
}
