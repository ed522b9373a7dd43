/** Parses `zpool status`, its text and its JSON, and the short answers of `status -x`. Pure and total. */
import type { Pool } from '../../../shared/checks/disk.ts'
import type { SampleValues } from '../../../shared/checks/samples.ts'
import { type Failure, read } from '../../../shared/reading.ts'
import { err, ok, type Result } from '../../../shared/result.ts'
import type { Source, SourceInput } from '../collector.ts'
import { decode } from '../decode.ts'
import { parseJson } from '../json.ts'
import { firstLine } from '../parts.ts'
import { type JsonPool, parseZpoolJson } from './zpool-json.ts'
import { judgePool, type RawPool } from './zpool-judge.ts'
import { parseZpoolText } from './zpool-text.ts'

/** Source id; also the `source` of the part. */
export const ZPOOL_STATUS = 'disk/zpool-status'

/** Pools, their fill and the time of their last scrub. */
export type PoolsReport = { readonly pools: readonly Pool[]; readonly samples: SampleValues }

/** Errors: `empty`, `parse`, `access-denied`, `exit` with what zpool said. An empty list: zpool said that there is no pool. */
export function parseZpoolStatus(input: Omit<SourceInput, 'platform'>): Result<PoolsReport, Failure> {
  const text = decode(input.stdout)
  const short = shortAnswer(text.trim())
  // What zpool says on stderr beside a good answer is a failure of it: the kernel module is missing, or the right to ask.
  if (short !== null && input.exitCode === 0) return ok(short)
  const found = text.trimStart().startsWith('{') ? fromJson(text, input.now) : fromText(text, input.now)
  if (found === null || found.length === 0) return err(explain(text, input))
  const samples: { [key: string]: number } = {}
  for (const { pool, usedPermille } of found) {
    const endedAt = pool.scan?.kind === 'scrub' && pool.scan.state === 'finished' ? pool.scan.endedAt : null
    if (usedPermille !== null) samples[`pool:${pool.name}:usedPermille`] = usedPermille
    if (endedAt !== null) samples[`pool:${pool.name}:scrubbedAt`] = endedAt
  }
  const pools = found.map(({ pool }) => judgePool(pool)).map((pool) => (input.exitCode === 0 ? pool : unproven(pool)))
  return ok({ pools, samples })
}

/** An answer that ended badly proves no health. */
function unproven(pool: Pool): Pool {
  return pool.state === 'healthy' ? { ...pool, state: 'unknown' } : pool
}

function fromText(text: string, now: number): readonly JsonPool[] | null {
  return parseZpoolText(text, now)?.map((pool: RawPool) => ({ pool, usedPermille: null })) ?? null
}

function fromJson(text: string, now: number): readonly JsonPool[] | null {
  const root = parseJson(text)
  return root.ok && root.value.has('pools') ? parseZpoolJson(root.value, now) : null
}

/** `-x` counts a pool as healthy only without errors, so its counters are known to be zero (zpool_main.c, status_callback). */
function shortAnswer(text: string): PoolsReport | null {
  if (text.length > 300) return null
  if (/^no pools available$/.test(text)) return { pools: [], samples: {} }
  const name = /^all pools are healthy$/.test(text)
    ? 'all pools'
    : /^pool '([\w.:-]{1,200})' is healthy$/.exec(text)?.[1]
  if (name === undefined) return null
  const zero = { readErrors: 0, writeErrors: 0, checksumErrors: 0, dataErrors: 0 }
  return { pools: [{ name, kind: 'zfs', state: 'healthy', members: [], ...zero, lastScrub: null }], samples: {} }
}

function explain(text: string, { stderr, exitCode }: Pick<SourceInput, 'stderr' | 'exitCode'>): Failure {
  const said = firstLine(stderr) || firstLine(text)
  if (said === '') return { code: 'empty', detail: `zpool said nothing (exit ${exitCode ?? 'by signal'})` }
  if (/permission denied|insufficient privileges|must be (?:super-?user|root)/i.test(said))
    return { code: 'access-denied', detail: said }
  return { code: exitCode === 0 ? 'parse' : 'exit', detail: said }
}

/** `disk/zpool-status`: pools of ZFS with their devices, errors and last scrub. */
export const zpoolStatus: Source<'disk'> = {
  id: ZPOOL_STATUS,
  check: 'disk',
  parse: (input) => {
    const report = parseZpoolStatus(input)
    if (!report.ok) return report
    return ok({ parts: { pools: read(ZPOOL_STATUS, [...report.value.pools]) }, samples: report.value.samples })
  },
}
