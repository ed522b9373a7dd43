/** Parses `btrfs scrub status`, from btrfs-progs 3.x to 6.x, with or without -d and -R. Pure and total. */
import type { Pool } from '../../../shared/checks/disk.ts'
import type { SampleValues } from '../../../shared/checks/samples.ts'
import { type Failure, read } from '../../../shared/reading.ts'
import { err, ok, type Result } from '../../../shared/result.ts'
import type { Source, SourceInput } from '../collector.ts'
import { decode } from '../decode.ts'
import { btrfsPool } from './btrfs-pool.ts'
import { explainBtrfs } from './btrfs-stats.ts'
import { instantOf } from './pool-figures.ts'
import { textLines } from './text-lines.ts'

/** Source id; also the `source` of the part. */
export const BTRFS_SCRUB = 'disk/btrfs-scrub'

/** One scrub. `endedAt` epoch ms of its start: the tool tells no end; null: not finished or not told. */
export type ScrubReport = { readonly pool: Pool; readonly endedAt: number | null }

const FIGURE =
  /\b(csum|super|verify|read|no_csum|corrected|uncorrectable|unverified)(?:_?errors?)?\s{0,3}[:=]\s{0,10}(\d{1,15})\b/gi
const OLD_FIGURE = /\b(corrected|uncorrectable|unverified) errors: (\d{1,15})\b/gi
const BAD = ['csum', 'super', 'verify', 'read', 'corrected', 'uncorrectable', 'unverified'] as const

/**
 * Exit 0 says nothing: it stays 0 when a scrub corrected errors (real-systems.md 9.3). The pool's state is `healthy` only after a
 * finished scrub whose summary says that it found none. Errors: `empty`, `parse`, `access-denied`, `exit`.
 */
export function parseBtrfsScrub({
  stdout,
  stderr,
  exitCode,
  now,
}: Omit<SourceInput, 'platform'>): Result<ScrubReport, Failure> {
  const text = decode(stdout, 64 * 1024)
  const lines = textLines(text).map((line) => line.trim())
  const all = lines.join('\n')
  const uuid = /^(?:UUID:|scrub (?:status|done) for)\s+([0-9a-f-]{36})/im.exec(all)?.[1]
  if (uuid === undefined) return err(explainBtrfs(text, stderr, exitCode))
  const figures = figuresOf(all)
  const found = BAD.reduce((sum, name) => sum + (figures.get(name) ?? 0), 0)
  const status = statusOf(lines)
  const heads = lines.filter((line) => line.startsWith('Scrub device ')).length
  const sums = lines.filter((line) => /^(?:Error summary:|last_physical:)/.test(line)).length
  const isCut = heads > sums || !text.endsWith('\n')
  const isSummed =
    !isCut && (/^Error summary:\s+no errors found$|\bwith 0 errors$/m.test(all) || figures.has('uncorrectable'))
  const startedAt = instantOf(/scrub started(?: at|:)\s+(.{10,40}?)(?: and | *$)/im.exec(all)?.[1] ?? null, now)
  const lastScrub =
    status === 'finished' ? resultOf(figures, found, isSummed) : status === 'aborted' ? 'canceled' : null
  const isDamaged = found > 0 || /\bwith [1-9]\d{0,14} errors\b/.test(all)
  const pool = btrfsPool({
    name: uuid,
    state: isDamaged ? 'degraded' : lastScrub === 'clean' && exitCode === 0 ? 'healthy' : 'unknown',
    checksumErrors:
      figures.get('csum') ?? figures.get('corrected') ?? (isSummed && !isDamaged && status !== 'never' ? 0 : null),
    dataErrors: figures.get('uncorrectable') ?? (isSummed && !isDamaged && status === 'finished' ? 0 : null),
    lastScrub: isDamaged && status === 'finished' && lastScrub === null ? 'errors' : lastScrub,
  })
  return ok({ pool, endedAt: status === 'finished' ? startedAt : null })
}

/** With -d every device has its own lines: sums. */
function figuresOf(text: string): ReadonlyMap<string, number> {
  const figures = new Map<string, number>()
  for (const pattern of [FIGURE, OLD_FIGURE]) {
    for (const [, name = '', count] of text.matchAll(pattern)) {
      const key = name.toLowerCase()
      figures.set(key, Math.min(Number.MAX_SAFE_INTEGER, (figures.get(key) ?? 0) + Number(count)))
    }
  }
  return figures
}

function statusOf(lines: readonly string[]): 'finished' | 'running' | 'aborted' | 'never' | 'unknown' {
  const told = lines.flatMap((line) => /^Status:\s+(\w+)/.exec(line)?.[1] ?? [])
  const old = lines.join(' ')
  if (told.some((word) => /^(?:aborted|interrupted)$/.test(word)) || /was (?:aborted|interrupted)/.test(old))
    return 'aborted'
  if (told.includes('running') || /\brunning for\b/.test(old)) return 'running'
  if (/no stats available/.test(old)) return 'never'
  if (told.length > 0 ? told.every((word) => word === 'finished') : /and finished after/.test(old)) return 'finished'
  return 'unknown'
}

function resultOf(figures: ReadonlyMap<string, number>, found: number, isSummed: boolean): Pool['lastScrub'] {
  if (found === 0) return isSummed ? 'clean' : null
  return (figures.get('uncorrectable') ?? 1) > 0 || (figures.get('unverified') ?? 0) > 0 ? 'errors' : 'repaired'
}

/** @returns the sample of the last scrub under the pool's name. */
export function scrubSamples(name: string, endedAt: number | null): SampleValues {
  return endedAt === null ? {} : { [`pool:${name}:scrubbedAt`]: endedAt }
}

/** `disk/btrfs-scrub`: the last scrub of one btrfs. */
export const btrfsScrub: Source<'disk'> = {
  id: BTRFS_SCRUB,
  check: 'disk',
  parse: (input) => {
    const report = parseBtrfsScrub(input)
    if (!report.ok) return report
    const { pool, endedAt } = report.value
    return ok({ parts: { pools: read(BTRFS_SCRUB, [pool]) }, samples: scrubSamples(pool.name, endedAt) })
  },
}
