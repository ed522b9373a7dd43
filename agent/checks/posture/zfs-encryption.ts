/**
 * `zfs get encryption,keystatus[,mountpoint]` (`-Hp -o name,value`, with properties, or the table for people) → encryption of the pools.
 * Pure. Values as in zfsprops(7).
 */
import type { EncryptedVolume } from '../../../shared/checks/posture.ts'
import type { Failure } from '../../../shared/reading.ts'
import { err, ok, type Result } from '../../../shared/result.ts'
import type { Source } from '../collector.ts'
import { decode } from '../decode.ts'
import { noAnswer, type PostureValue, tellResult } from './contribute.ts'

type State = 'protected' | 'off' | 'locked'
type DataSet = { encryption: string | null; keyStatus: string | null; mount: string | null }
const ENCRYPTION = /^(?:off|on|aes-(?:128|192|256)-(?:ccm|gcm))$/
const KEY_STATUS = /^(?:available|unavailable|none|-)$/
const MAX_LINES = 20_000

/** Errors: `exit`, `empty`, `access-denied`, `parse` (no value of `encryption` in it). */
export function parseZfsEncryption(
  text: string,
  stderr: string,
  exitCode: number | null,
): Result<PostureValue<'encryption'>, Failure> {
  if (exitCode !== 0 || text.trim() === '') return noAnswer('zfs', text, stderr, exitCode)
  const sets = dataSets(text)
  if (sets.size === 0) return err({ code: 'parse', detail: 'zfs get: no property "encryption" in it' })
  const root = [...sets].find(([, { mount }]) => mount === '/')
  const pools = Map.groupBy(
    [...sets].filter(([name, { mount }]) => mount !== 'none' && name !== root?.[0]),
    ([name]) => name.split('/', 1)[0] ?? '',
  )
  const volumes = [...pools].map(([pool, members]) =>
    poolOf(
      pool,
      members.map(([, set]) => stateOf(set)),
    ),
  )
  const system: readonly EncryptedVolume[] =
    root === undefined ? [] : [{ mount: '/', system: true, state: stateOf(root[1]), method: methodOf(root[1]) }]
  return ok([...system, ...volumes].slice(0, 64))
}

function dataSets(text: string): ReadonlyMap<string, DataSet> {
  const sets = new Map<string, DataSet>()
  for (const line of text.split('\n', MAX_LINES)) {
    const cells = line.slice(0, 600).trim().split(/\s+/, 4)
    const [name = '', ...rest] = cells
    if (name === '' || name === 'NAME' || name.includes('@')) continue
    const set = sets.get(name) ?? { encryption: null, keyStatus: null, mount: null }
    const property = /^(?:encryption|keystatus|mountpoint)$/.test(rest[0] ?? '') ? rest[0] : null
    const value = (property === null ? rest[0] : rest[1]) ?? ''
    if (property !== 'keystatus' && ENCRYPTION.test(value)) set.encryption = set.encryption === 'off' ? 'off' : value
    else if (property !== 'mountpoint' && KEY_STATUS.test(value) && (property !== null || value !== 'none'))
      set.keyStatus = value
    else if (property === 'mountpoint' || value.startsWith('/') || value === 'none' || value === 'legacy')
      set.mount = value
    else continue
    sets.set(name, set)
  }
  for (const [name, { encryption }] of sets) if (encryption === null) sets.delete(name)
  return sets
}

/** Encrypted with a key that is loaded: whoever takes the disks has no key. What is not told is `locked`. */
function stateOf({ encryption, keyStatus }: DataSet): State {
  if (encryption === 'off') return 'off'
  return keyStatus === 'available' ? 'protected' : 'locked'
}

function methodOf({ encryption }: DataSet): string | null {
  return encryption === 'off' ? null : 'zfs'
}

function poolOf(pool: string, states: readonly State[]): EncryptedVolume {
  const has = (state: State) => states.includes(state)
  const isMixed = has('off') && (has('protected') || has('locked'))
  const state = isMixed ? 'partial' : has('off') ? 'off' : has('locked') ? 'locked' : 'protected'
  return { mount: `zpool ${pool}`.slice(0, 512), system: false, state, method: state === 'off' ? null : 'zfs' }
}

/** Errors as `parseZfsEncryption`. */
export const zfsEncryptionSource: Source<'posture'> = {
  id: 'posture/zfs-encryption',
  check: 'posture',
  parse: ({ stdout, stderr, exitCode }) =>
    tellResult('posture/zfs-encryption', 'encryption', parseZfsEncryption(decode(stdout), stderr, exitCode)),
}
