/** A btrfs as a pool, and what several of its sources say of it put together. Pure. */
import type { Pool } from '../../../shared/checks/disk.ts'

/** What one source tells of a btrfs; everything else is not told. */
export type BtrfsPart = Pick<Pool, 'name' | 'state'> & Partial<Omit<Pool, 'kind'>>

const RANK: readonly Pool['state'][] = ['healthy', 'unknown', 'rebuilding', 'degraded', 'faulted']

/** @returns a pool with null for all that the source does not tell. */
export function btrfsPool(part: BtrfsPart): Pool {
  const none = { readErrors: null, writeErrors: null, checksumErrors: null, dataErrors: null, lastScrub: null }
  return { kind: 'btrfs', members: [], ...none, ...part, name: part.name.slice(0, 256) }
}

/** The worst state; numbers and members of the first source that tells them. `name`: the mount point. */
export function mergeBtrfs(name: string, pools: readonly Pool[]): Pool {
  const first = <K extends keyof Pool>(key: K) => pools.map((pool) => pool[key]).find((value) => value !== null) ?? null
  const state = pools.map((pool) => pool.state).toSorted((a, b) => RANK.indexOf(b) - RANK.indexOf(a))[0] ?? 'unknown'
  const members = pools.map((pool) => pool.members).toSorted((a, b) => b.length - a.length)[0] ?? []
  return btrfsPool({
    name,
    state,
    members: members.map((member) => worstMember(member, pools)),
    readErrors: first('readErrors'),
    writeErrors: first('writeErrors'),
    checksumErrors: first('checksumErrors'),
    dataErrors: first('dataErrors'),
    lastScrub: first('lastScrub'),
  })
}

function worstMember(member: Pool['members'][number], pools: readonly Pool[]): Pool['members'][number] {
  const twins = pools.flatMap((pool) => pool.members).filter(({ device }) => device === member.device)
  const bad = twins.find(({ state }) => state === 'missing' || state === 'faulty')
  const errors = twins.map((twin) => twin.errors).find((count) => count !== null) ?? null
  return { device: member.device, state: bad?.state ?? member.state, errors }
}
