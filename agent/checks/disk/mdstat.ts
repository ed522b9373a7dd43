/** Parses /proc/mdstat: software RAID of the kernel. Pure and total. */
import type { RaidArray } from '../../../shared/checks/disk.ts'
import type { SampleValues } from '../../../shared/checks/samples.ts'
import { type Failure, read } from '../../../shared/reading.ts'
import { err, ok, type Result } from '../../../shared/result.ts'
import type { Source } from '../collector.ts'
import { decode } from '../decode.ts'
import { redundancyLeft, stateOf } from './array-state.ts'

/** Source id; also the `source` of the part. */
export const MDSTAT = 'disk/mdstat'

/** Arrays, and the progress of what the kernel does with them. */
export type ArraysReport = { readonly arrays: readonly RaidArray[]; readonly samples: SampleValues }

/** What the kernel is doing with an array, as the third line says it. */
export type Activity = {
  readonly kind: 'recovery' | 'resync' | 'reshape' | 'check' | 'repair'
  /** Whole tenths of a percent; null: waiting (`DELAYED`, `PENDING`, `REMOTE`). */
  readonly permille: number | null
  readonly waiting: 'DELAYED' | 'PENDING' | 'REMOTE' | null
}

/** The lines of one array before they are judged. */
export type ArrayLines = {
  readonly name: string
  readonly active: boolean
  readonly level: string | null
  readonly members: RaidArray['members']
  /** `[n/m] [UU_]`; null where the kernel prints none (raid0, linear, containers, inactive arrays). */
  readonly wanted: number | null
  readonly working: number | null
  /** Metadata kept by firmware (imsm, ddf): an inactive one is the container of other arrays, not an array. */
  readonly container: boolean
  readonly copies: number | null
  readonly activity: Activity | null
}

const HEAD = /^(md[\w.-]{1,60}) : (active|inactive)((?: \([a-z-]+\))*)(?: (.*))?$/
const MEMBER = /^([\w!.:/-]{1,64})\[(\d+)\]((?:\([A-Z]\))*)$/
const LEVEL = /^(?:raid\d+|linear|multipath|faulty)$/
const COUNTS = /\[(\d{1,4})\/(\d{1,4})\](?: \[([U_]{1,4096})\])?/
const ACTIVITY = /\b(recovery|resync|reshape|check|repair) ?= {0,4}(?:(\d{1,3})\.(\d)%|(DELAYED|PENDING|REMOTE))/

/**
 * Arrays in the order told; samples `array:<name>:rebuildPermille` while one is rebuilt or checked.
 * Errors: `empty`; `parse` when it is not /proc/mdstat, when its end is missing and no array is known to be damaged, or when a status line belongs to no array (something was cut).
 */
export function parseMdstat(text: string): Result<ArraysReport, Failure> {
  if (text.trim() === '') return err({ code: 'empty', detail: '/proc/mdstat is empty' })
  const groups = groupLines(text)
  if (groups === null) return err({ code: 'parse', detail: '/proc/mdstat: a status line stands without its array' })
  if (groups.length === 0 && !/^(?:Personalities|unused devices) ?:/m.test(text))
    return err({ code: 'parse', detail: 'this is not /proc/mdstat' })
  const arrays: RaidArray[] = []
  const samples: { [key: string]: number | null } = {}
  for (const group of groups.slice(0, 64)) {
    const lines = parseArray(group)
    if (lines === null)
      return err({ code: 'parse', detail: `/proc/mdstat: not understood: ${group[0]?.slice(0, 120)}` })
    // The kernel names each array once; a second one means that two tables were glued together.
    if (arrays.some((array) => array.name === lines.name))
      return err({ code: 'parse', detail: `/proc/mdstat names ${lines.name} twice` })
    arrays.push(judge(lines))
    const permille = lines.activity?.permille ?? null
    if (permille !== null) samples[`array:${lines.name}:rebuildPermille`] = permille
  }
  // The kernel always ends with this line (md_seq_show). Without it arrays may be missing: what is lost is known, what is whole is not.
  const isWhole = /^unused devices ?:/m.test(text)
  if (!isWhole && arrays.every(({ state }) => state === 'healthy' || state === 'checking'))
    return err({ code: 'parse', detail: '/proc/mdstat: its last line, "unused devices:", is missing: cut short' })
  return ok({ arrays, samples })
}

/** Head line with the lines that belong to it; null: a status line without a head. */
function groupLines(text: string): readonly (readonly string[])[] | null {
  const groups: string[][] = []
  for (const raw of text.split('\n')) {
    const line = raw.trim()
    if (/^md\S* :/.test(line)) groups.push([line])
    else if (line === '' || /^(?:Personalities|unused devices|read_ahead|Event)\b/.test(line)) continue
    else if (groups.length > 0) groups.at(-1)?.push(line)
    else if (/\bblocks\b|\[\d+\/\d+\]|=/.test(line)) return null
  }
  // Two size lines under one head: the head between them is gone.
  return groups.some((group) => group.filter((line) => /^\d+ blocks\b/.test(line)).length > 1) ? null : groups
}

function parseArray(group: readonly string[]): ArrayLines | null {
  const [headLine = '', ...body] = group
  // 256 members are about 8,000 characters.
  if (headLine.length > 16_384) return null
  const head = HEAD.exec(headLine)
  if (head === null) return null
  const words = (head[4] ?? '').split(' ').filter((word) => word !== '')
  const level = words[0] !== undefined && LEVEL.test(words[0]) ? words[0] : null
  const details = body.join(' ')
  const counts = COUNTS.exec(details)
  const mask = counts?.[3]
  const working = counts === null ? null : Number(counts[2])
  return {
    name: head[1] ?? '',
    active: head[2] === 'active',
    level,
    members: words.flatMap(memberOf).slice(0, 64),
    wanted: counts === null ? null : Number(counts[1]),
    // Count and mask say the same; if they differ the worse one holds.
    working: working === null || mask === undefined ? working : Math.min(working, mask.replaceAll('_', '').length),
    container: head[2] === 'inactive' && /super external:(?!\/)/.test(details),
    copies: /\b(\d) near-copies/.test(details) ? Number(/\b(\d) near-copies/.exec(details)?.[1]) : null,
    activity: activityOf(details),
  }
}

function memberOf(word: string): RaidArray['members'] {
  const found = MEMBER.exec(word)
  if (found === null) return []
  const flags = found[3] ?? ''
  const device = found[1] ?? ''
  if (flags.includes('(F)')) return [{ device, state: 'faulty' }]
  if (flags.includes('(S)')) return [{ device, state: 'spare' }]
  // J journal, R replacement; W is a member that is read last.
  return [{ device, state: /\([JR]\)/.test(flags) ? 'other' : 'active' }]
}

function activityOf(details: string): Activity | null {
  const found = ACTIVITY.exec(details)
  if (found === null) return null
  const kind = found[1] as Activity['kind'] // one of the words of the expression
  const waiting = (found[4] ?? null) as Activity['waiting']
  return { kind, waiting, permille: waiting === null ? Math.min(1000, Number(found[2]) * 10 + Number(found[3])) : null }
}

function judge(lines: ArrayLines): RaidArray {
  return {
    name: lines.name,
    level: lines.level,
    state: stateOf(lines),
    membersWanted: lines.wanted,
    membersActive: lines.working,
    redundancyLeft: redundancyLeft(lines),
    members: [...lines.members],
    mismatchCount: null,
  }
}

/** `disk/mdstat`: the text of /proc/mdstat. */
export const mdstat: Source<'disk'> = {
  id: MDSTAT,
  check: 'disk',
  parse: (input) => {
    const report = parseMdstat(decode(input.stdout))
    if (!report.ok) return report
    return ok({ parts: { arrays: read(MDSTAT, [...report.value.arrays]) }, samples: report.value.samples })
  },
}
