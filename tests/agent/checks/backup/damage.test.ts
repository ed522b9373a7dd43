/** Every recording of the Linux and portable tools, damaged in every way: no damage makes a success, a newer one, or a verification. */
import { describe, expect, it } from 'vitest'
import { fixture } from '../../../support/fixture.ts'
import { HARMLESS, lineCuts, mutations } from '../../../support/mutations.ts'
import { parseSource, verdictOf } from './parse-source.ts'

const CASES: readonly (readonly [source: string, name: string, exitCode: number])[] = [
  ['borg-list', 'borg-1.2.4-list.json', 0],
  ['borg-list', 'borg-1.2.4-list.txt', 0],
  ['borg-info', 'borg-1.2.4-info-archive.json', 0],
  ['borg-log', 'borg-1.2.4-create.ndjson', 0],
  ['borg-log', 'borg-1.2.4-create-missing.ndjson', 1],
  ['borg-log', 'borg-1.2.4-check-damaged.ndjson', 1],
  ['borg-log', 'borg-1.2.4-locked.ndjson', 2],
  ['borgmatic', 'borgmatic-1.7.7-list.json', 0],
  ['duplicity-status', 'duplicity-0.8.22-status.txt', 0],
  ['duplicity-status', 'duplicity-0.8.22-empty.txt', 0],
  ['duplicity-status', 'duplicity-0.8.22-incremental.txt', 0],
  ['restic-backup', 'restic-0.14-backup.txt', 0],
  ['restic-backup', 'restic-0.14-backup-partial.json', 3],
  ['restic-snapshots', 'restic-0.14-snapshots.txt', 0],
  ['restic-snapshots', 'restic-0.14-snapshots.json', 0],
  ['restic-check', 'restic-0.14-check-damaged.txt', 1],
]

describe('damage', () => {
  it.each(CASES)('%s of %s', (source, name, exitCode) => {
    const bytes = fixture(`backup/${name}`)
    const told = (damaged: Uint8Array) => {
      const verdict = verdictOf(source, damaged, { exitCode })
      return { ...verdict, verifiedAt: parseSource(source, damaged, { exitCode }).of('verifiedAt') }
    }
    const before = told(bytes)
    const check = (what: string, damaged: Uint8Array) => {
      const after = told(damaged)
      if (HARMLESS.has(what)) return expect(after, what).toEqual(before)
      if (after.result === 'success') expect(before.result, what).toBe('success')
      expect(after.successAt ?? 0, what).toBeLessThanOrEqual(before.successAt ?? 0)
      if (after.verifiedAt !== null) expect(before.verifiedAt, what).not.toBeNull()
    }
    for (const [what, damaged] of mutations(bytes)) check(what, damaged)
    for (const [line, damaged] of lineCuts(bytes)) check(`without ${line}`, damaged)
    for (const code of [2, 77, 255, null])
      expect(verdictOf(source, bytes, { exitCode: code }).result).not.toBe('success')
  })
})
