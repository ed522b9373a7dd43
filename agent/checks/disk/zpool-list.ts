/** Parses `zpool list`, with head line or -H, with -p or scaled numbers: which pools there are, how full, and their own word. Pure. */
import type { Pool } from '../../../shared/checks/disk.ts'
import { type Failure, read } from '../../../shared/reading.ts'
import { err, ok, type Result } from '../../../shared/result.ts'
import type { Source, SourceInput } from '../collector.ts'
import { decode } from '../decode.ts'
import { firstLine } from '../parts.ts'
import { permilleOf, scaledCount } from './pool-figures.ts'
import { textLines } from './text-lines.ts'
import type { PoolsReport } from './zpool-status.ts'

/** Source id; also the `source` of the part. */
export const ZPOOL_LIST = 'disk/zpool-list'

const HEALTH = /^(?:ONLINE|DEGRADED|FAULTED|OFFLINE|UNAVAIL|REMOVED|SUSPENDED)$/

const BAD = /^(?:DEGRADED|FAULTED|OFFLINE|UNAVAIL|REMOVED|SUSPENDED)$/

/**
 * Samples `pool:<name>:usedPermille`. The list tells no errors and no members: its counters are null, and a pool that is `ONLINE` here
 * may still have lost data. Errors: `empty`, `parse`, `exit`. An empty list: zpool said that there is no pool.
 */
export function parseZpoolList({
  stdout,
  stderr,
  exitCode,
}: Pick<SourceInput, 'stdout' | 'stderr' | 'exitCode'>): Result<PoolsReport, Failure> {
  const text = decode(stdout)
  const lines = textLines(text).filter((line) => line.trim() !== '')
  if (/^no pools available$/.test(text.trim()) && exitCode === 0) return ok({ pools: [], samples: {} })
  const pools: Pool[] = []
  const samples: { [key: string]: number } = {}
  for (const line of lines.slice(0, 2_000)) {
    const words = line.trim().split(/\s+/, 32)
    const last = pools.at(-1)
    // -v: devices stand indented under their pool, and heads such as `logs` have no size.
    const health = words.find((word) => HEALTH.test(word))
    const isHead = last !== undefined && health === undefined && /^[a-z]+$/.test(words[0] ?? '') && words[1] === '-'
    if (words[0] === 'NAME' || isHead) continue
    if (last !== undefined && /^\s/.test(line)) {
      if (words.some((word) => BAD.test(word))) pools[pools.length - 1] = { ...last, state: worse(last.state) }
      continue
    }
    const name = words[0] ?? ''
    if (health === undefined || words.length < 4 || pools.some((pool) => pool.name === name)) {
      return err({
        code: exitCode === 0 ? 'parse' : 'exit',
        detail: `zpool list: not understood: ${line.slice(0, 120)}`,
      })
    }
    pools.push(poolOf(name, health, exitCode))
    const permille = permilleOf(scaledCount(words[2] ?? null), scaledCount(words[1] ?? null))
    if (permille !== null) samples[`pool:${name}:usedPermille`] = permille
  }
  if (pools.length > 0) return ok({ pools: pools.slice(0, 64), samples })
  const said = firstLine(stderr) || firstLine(text)
  return err({
    code: said === '' ? 'empty' : exitCode === 0 ? 'parse' : 'exit',
    detail: said || 'zpool list said nothing',
  })
}

/** A pool is no better than a device of it that is not online. */
const worse = (state: Pool['state']): Pool['state'] => (state === 'faulted' ? state : 'degraded')

function poolOf(name: string, health: string, exitCode: number | null): Pool {
  const good = exitCode === 0 ? ('healthy' as const) : ('unknown' as const)
  const state = health === 'ONLINE' ? good : health === 'DEGRADED' ? 'degraded' : 'faulted'
  const none = { readErrors: null, writeErrors: null, checksumErrors: null, dataErrors: null }
  return { name: name.slice(0, 256), kind: 'zfs', state, members: [], ...none, lastScrub: null }
}

/** `disk/zpool-list`: fill and health of the pools of ZFS. */
export const zpoolList: Source<'disk'> = {
  id: ZPOOL_LIST,
  check: 'disk',
  parse: (input) => {
    const report = parseZpoolList(input)
    if (!report.ok) return report
    return ok({ parts: { pools: read(ZPOOL_LIST, [...report.value.pools]) }, samples: report.value.samples })
  },
}
