/** The plain table of `lvs`: columns by the places of their heads, whichever were asked for. Pure. */
import type { LogicalVolume } from './lvs.ts'
import { textLines } from './text-lines.ts'

const HEADS: { readonly [head: string]: keyof LogicalVolume } = {
  LV: 'name',
  VG: 'group',
  Attr: 'attributes',
  Health: 'health',
  'Data%': 'data',
  'Meta%': 'metadata',
  'Cpy%Sync': 'copied',
  'Copy%': 'copied',
  SyncAction: 'action',
}

/** @returns null when there is no head line with LV, VG and Attr, or a row lacks one of them. */
export function readTable(text: string): readonly LogicalVolume[] | null {
  const lines = textLines(text)
  const at = lines.findIndex(
    (line) => /^\s*(?:LV|VG)\s/.test(line) && /\bLV\b/.test(line) && /\bVG\b/.test(line) && /\bAttr\b/.test(line),
  )
  if (at < 0) return null
  const columns = [...(lines[at] ?? '').matchAll(/\S+/g)].map((match) => ({ head: match[0], from: match.index }))
  const heads = columns.map(({ head }) => head)
  if (!['LV', 'VG', 'Attr'].every((head) => heads.includes(head))) return null
  const rows = lines
    .slice(at + 1)
    .filter((line) => line.trim() !== '' && !/^\s*(?:WARNING|File descriptor)\b/.test(line))
  const volumes = rows.slice(0, 2_000).map((line) => rowOf(line, columns))
  // lvs prints no heads where there is no volume: heads alone were cut.
  return volumes.length > 0 && volumes.every((volume) => volume !== null) ? volumes : null
}

function rowOf(
  line: string,
  columns: readonly { readonly head: string; readonly from: number }[],
): LogicalVolume | null {
  const told: { -readonly [K in keyof LogicalVolume]?: string } = {}
  columns.forEach(({ head, from }, index) => {
    const key = HEADS[head]
    const value = line.slice(index === 0 ? 0 : from, columns[index + 1]?.from ?? line.length).trim()
    if (key !== undefined && value !== '') told[key] = value
  })
  const { name, group, attributes } = told
  if (name === undefined || group === undefined || attributes === undefined || /\s/.test(name + group + attributes))
    return null
  return {
    name,
    group,
    attributes,
    health: told.health ?? null,
    data: told.data ?? null,
    metadata: told.metadata ?? null,
    copied: told.copied ?? null,
    action: told.action ?? null,
  }
}
