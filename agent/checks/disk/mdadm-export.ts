/** `mdadm --detail --export`: KEY=value lines with the level, the count and the role of each device, but no state. Pure. */
import type { RaidArray } from '../../../shared/checks/disk.ts'
import { keyLine, leadingCount, textLines } from './text-lines.ts'

/**
 * One array per `MD_LEVEL`. The form tells no state: an array that lacks a role is degraded, one that has them all is `unknown`;
 * a container of firmware RAID is none of its own.
 * @returns null when the text is not of this form.
 */
export function parseMdadmExport(text: string): readonly RaidArray[] | null {
  const groups: Map<string, string>[] = []
  for (const line of textLines(text)) {
    const told = /^MD_/.test(line) ? keyLine(line, '=') : null
    if (told === null) continue
    const here = groups.at(-1)
    if (here === undefined || (told.key === 'md_level' && here.has('md_level')))
      groups.push(new Map([[told.key, told.value]]))
    else if (!here.has(told.key)) here.set(told.key, told.value)
    else return null
  }
  return groups.length === 0 ? null : groups.slice(0, 64).map(arrayOf)
}

function arrayOf(fields: ReadonlyMap<string, string>, index: number): RaidArray {
  const level = fields.get('md_level') ?? null
  const wanted = leadingCount(fields.get('md_devices'))
  const members = [...fields].flatMap(([key, role]): RaidArray['members'] => {
    if (!key.startsWith('md_device_') || !key.endsWith('_role')) return []
    const device = fields.get(key.replace(/_role$/, '_dev'))?.replace('/dev/', '') ?? key.slice(10, -5)
    return [
      { device: device.slice(0, 64), state: /^\d+$/.test(role) ? 'active' : role === 'spare' ? 'spare' : 'other' },
    ]
  })
  const active = members.filter(({ state }) => state === 'active').length
  const isContainer = level === 'container'
  const isShort = !isContainer && wanted !== null && active < wanted
  return {
    name: (fields.get('md_devname') ?? fields.get('md_name')?.split(':').at(-1) ?? `array ${index}`).slice(0, 64),
    level: isContainer || level === null ? null : level.slice(0, 32),
    state: isContainer ? 'healthy' : isShort ? 'degraded' : 'unknown',
    membersWanted: isContainer ? null : wanted,
    membersActive: isContainer || wanted === null ? null : active,
    redundancyLeft: null,
    members: members.slice(0, 64),
    mismatchCount: null,
  }
}
