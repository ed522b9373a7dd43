/** Parses `mdadm --detail`, its text and its `--export` form: software RAID as the tool sees it. Pure and total. */
import type { RaidArray } from '../../../shared/checks/disk.ts'
import type { SampleValues } from '../../../shared/checks/samples.ts'
import { type Failure, read } from '../../../shared/reading.ts'
import { err, ok, type Result } from '../../../shared/result.ts'
import type { Source, SourceInput } from '../collector.ts'
import { decode } from '../decode.ts'
import { firstLine } from '../parts.ts'
import { redundancyLeft } from './array-state.ts'
import { parseMdadmExport } from './mdadm-export.ts'
import { keyLine, leadingCount, textLines } from './text-lines.ts'

/** Source id; also the `source` of the part. */
export const MDADM = 'disk/mdadm'

type Members = RaidArray['members']
type Detail = {
  readonly name: string
  readonly fields: ReadonlyMap<string, string>
  /** Rows of the device table; null: the table's head is missing. */
  readonly rows: readonly string[] | null
}
type Report = { readonly arrays: readonly RaidArray[]; readonly samples: SampleValues }

const HEAD = /^(?:\/dev\/)?(?:md\/)?(md[\w.-]{1,58}|[\w.:-]{1,60}):$/
const BAD_STATE = /\b(?:degraded|failed|faulty|broken|not started)\b/i
const REDUNDANT = /^raid(?:1|4|5|6|10)$/

/**
 * Every array of the text. The state word alone proves nothing: counts, the device table and the state must agree before an array
 * is healthy. Exit 1 and 2 mean damage with `--test`, and 0 an inactive array (real-systems.md 9.2): a bad exit makes nothing worse
 * than `unknown`, a good one makes nothing better. Errors: `empty`, `parse`, `access-denied`, `exit` with what mdadm said.
 */
export function parseMdadm({
  stdout,
  stderr,
  exitCode,
}: Pick<SourceInput, 'stdout' | 'stderr' | 'exitCode'>): Result<Report, Failure> {
  const text = decode(stdout)
  const details = splitDetails(textLines(text))
  const exported = details.length === 0 ? parseMdadmExport(text) : null
  if (exported !== null) return ok({ arrays: exported, samples: {} })
  if (details.length === 0) return err(explain(text, stderr, exitCode))
  const names = new Set(details.map(({ name }) => name))
  if (names.size < details.length) return err({ code: 'parse', detail: 'mdadm: one array is told twice' })
  const arrays = details.slice(0, 64).map((detail) => judge(detail, exitCode))
  const samples: { [key: string]: number } = {}
  for (const detail of details.slice(0, 64)) {
    const percent = activityOf(detail.fields)?.percent ?? null
    if (percent !== null) samples[`array:${detail.name}:rebuildPermille`] = percent * 10
  }
  return ok({ arrays, samples })
}

function explain(text: string, stderr: string, exitCode: number | null): Failure {
  const said = firstLine(stderr) || firstLine(text)
  if (said === '') return { code: 'empty', detail: `mdadm said nothing (exit ${exitCode ?? 'by signal'})` }
  if (/permission denied|must be (?:super-user|root)/i.test(said)) return { code: 'access-denied', detail: said }
  return { code: /^mdadm:/.test(said) ? 'exit' : 'parse', detail: said }
}

function splitDetails(lines: readonly string[]): readonly Detail[] {
  const details: { name: string; fields: Map<string, string>; rows: string[] | null }[] = []
  for (const line of lines) {
    const head = HEAD.exec(line.trim())
    const here = details.at(-1)
    if (head !== null) details.push({ name: head[1] ?? '', fields: new Map(), rows: null })
    else if (here === undefined || line.trim() === '') continue
    else if (/^\s*Number\s+Major\s+Minor\s+RaidDevice/.test(line)) here.rows ??= []
    else if (here.rows !== null) here.rows.push(line.trim())
    else if (/^\s*(?:\d+|-)\s+\d+\s+\d+\s+(?:\d+|-)\s/.test(line)) here.rows = null
    else {
      const told = keyLine(line)
      if (told !== null && !here.fields.has(told.key)) here.fields.set(told.key, told.value)
    }
  }
  return details.filter(({ fields }) => fields.has('raid level') || fields.has('version') || fields.has('state'))
}

function judge(detail: Detail, exitCode: number | null): RaidArray {
  const { name, fields } = detail
  const level = /^(raid\d+|linear|multipath)/.exec(fields.get('raid level') ?? '')?.[1] ?? null
  const members = (detail.rows ?? []).flatMap(memberOf)
  const wanted = leadingCount(fields.get('raid devices'))
  const active = leadingCount(fields.get('active devices'))
  const copies = leadingCount(/near=(\d)/.exec(fields.get('layout') ?? '')?.[1])
  const state = stateOf(detail, members, level)
  const base = { name, active: true, level, members, wanted, working: active, container: false, copies, activity: null }
  return {
    name,
    level,
    state: exitCode !== 0 && (state === 'healthy' || state === 'checking') ? 'unknown' : state,
    membersWanted: level === null ? null : wanted,
    membersActive: level === null ? null : active,
    redundancyLeft: redundancyLeft(base),
    members: members.slice(0, 64),
    mismatchCount: null,
  }
}

function stateOf({ fields, rows }: Detail, members: Members, level: string | null): RaidArray['state'] {
  const word = fields.get('state') ?? ''
  if (/^container$/.test(fields.get('raid level') ?? '')) return rows === null ? 'unknown' : 'healthy'
  if (/\b(?:inactive|not started)\b/i.test(word)) return 'inactive'
  const wanted = leadingCount(fields.get('raid devices'))
  const active = leadingCount(fields.get('active devices'))
  const lost = leadingCount(fields.get('failed devices'))
  const faulty = members.filter((member) => member.state === 'faulty').length
  const activity = activityOf(fields)
  const rebuilds = activity?.kind === 'rebuild' || /rebuilding/.test(rows?.join(' ') ?? '') || /recovering/i.test(word)
  const isShort = (wanted !== null && active !== null && active < wanted) || members.some((m) => m.state === 'missing')
  if (/\bFAILED\b/.test(word)) return 'inactive'
  if (isShort || BAD_STATE.test(word)) return rebuilds && !/DELAYED|PENDING/.test(word) ? 'rebuilding' : 'degraded'
  // Failed drives that the table does not show: something was cut out of it.
  if (lost !== null && lost > faulty) return 'degraded'
  if (rebuilds || /resync|reshap/i.test(word) || activity?.kind === 'resync') return 'rebuilding'
  const present = members.filter((member) => member.state === 'active').length
  const isWhole = wanted !== null && active === wanted && lost !== null && present === wanted && rows !== null
  if (!isWhole || level === null || !/^(?:clean|active|write-pending|read-?auto)\b/i.test(word)) return 'unknown'
  if (faulty > 0 && !REDUNDANT.test(level)) return 'degraded'
  return /check|repair/i.test(word) || activity?.kind === 'check' ? 'checking' : 'healthy'
}

function activityOf(fields: ReadonlyMap<string, string>) {
  for (const [key, kind] of [
    ['rebuild status', 'rebuild'],
    ['resync status', 'resync'],
    ['reshape status', 'resync'],
    ['check status', 'check'],
  ] as const) {
    const value = fields.get(key)
    if (value !== undefined) return { kind, percent: leadingCount(value) }
  }
  return null
}

/** `0 254 1 0 active sync /dev/vda1`, `- 0 0 1 removed`, `1 254 2 - faulty /dev/vda2`, `2 8 33 1 spare rebuilding /dev/sdc1`. */
function memberOf(row: string): Members {
  const words = row.split(/\s+/, 16)
  if (words.length < 5 || !/^(?:\d+|-)$/.test(words[0] ?? '')) return []
  const device =
    words
      .find((word) => word.startsWith('/'))
      ?.replace('/dev/', '')
      .slice(0, 64) ?? `slot ${words[3]}`
  const said = words.slice(4).join(' ')
  if (/\bfaulty\b/.test(said)) return [{ device, state: 'faulty' }]
  if (/\b(?:removed|missing)\b/.test(said)) return [{ device, state: 'missing' }]
  if (/\bspare\b/.test(said)) return [{ device, state: /rebuilding/.test(said) ? 'other' : 'spare' }]
  return [{ device, state: /\bactive\b/.test(said) && /\bsync\b/.test(said) ? 'active' : 'other' }]
}

/** `disk/mdadm`: `mdadm --detail` of one or more arrays, as text or with `--export`. */
export const mdadm: Source<'disk'> = {
  id: MDADM,
  check: 'disk',
  parse: (input) => {
    const report = parseMdadm(input)
    if (!report.ok) return report
    return ok({ parts: { arrays: read(MDADM, [...report.value.arrays]) }, samples: report.value.samples })
  },
}
