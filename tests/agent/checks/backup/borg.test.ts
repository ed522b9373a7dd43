/** borg, borgmatic and their logs: recordings of borg 1.2.4 and borgmatic 1.7.7 (tests/fixtures/backup/SOURCE.md) and forms after the manual. */
import { describe, expect, it } from 'vitest'
import { fixture } from '../../../support/fixture.ts'
import { describeWithSamples, sample } from '../../../support/samples.ts'
import { parseSource, verdictOf } from './parse-source.ts'

const borg = (name: string) => fixture(`backup/borg-1.2.4-${name}`)
const PARIS = { timeZone: 'Europe/Paris' }
const at = (time: string) => Date.parse(`2026-11-25T${time}Z`)

describe('borg list and info', () => {
  it.each([
    ['borg-list', 'list.json', at('13:58:11'), 3],
    ['borg-list', 'list.txt', at('13:58:11'), 3],
    ['borg-list', 'list-empty.json', null, 0],
    ['borg-info', 'info-repo.json', null, null],
    ['borg-info', 'info-repo.txt', null, null],
    ['borg-info', 'info-archive.json', at('13:58:10'), 1],
    ['borg-info', 'info-archive.txt', at('13:58:10'), 1],
  ])('%s reads %s', (id, name, successAt, copies) => {
    const { of, job } = parseSource(id, borg(name), PARIS)
    expect([of('lastSuccessAt'), of('copies')]).toEqual([successAt, copies])
    expect(job?.status).toMatchObject({ value: { lastResult: null } })
  })

  it('takes times without a zone as those of the machine', () => {
    expect(parseSource('borg-list', borg('list.json')).of('lastSuccessAt')).toBe(at('14:58:11'))
    const zoned = '{"archives":[{"name":"a","start":"2026-11-25T03:00:00+02:00"}],"repository":{"location":"/b"}}'
    expect(parseSource('borg-list', zoned, PARIS).of('lastSuccessAt')).toBe(at('01:00:00'))
  })

  it('counts no checkpoint and nothing from the future', () => {
    const archives = ['a.checkpoint', 'b.checkpoint.1', 'c'].map((name, day) => ({
      name,
      start: `2026-11-${23 - day}T01:00:00`,
    }))
    const list = {
      archives: [...archives, { name: 'z', start: '2027-01-01T00:00:00' }],
      repository: { location: '/b' },
    }
    const { of } = parseSource('borg-list', JSON.stringify(list))
    expect([of('copies'), of('lastSuccessAt')]).toEqual([2, Date.UTC(2026, 10, 21, 1)])
  })

  it.each([
    ['list-locked.stderr.txt', 'locked'],
    ['wrong-passphrase.stderr.txt', 'access-denied'],
    ['no-repository.stderr.txt', 'empty'],
  ])('makes %s a job that failed: %s', (name, code) => {
    expect(verdictOf('borg-list', '', { exitCode: 2, stderr: borg(name).toString() }).result).toBe(code)
  })

  it.each([
    [73, 'locked'],
    [52, 'access-denied'],
    [13, 'empty'],
    [80, 'timeout'],
    [1, 'exit'],
    [null, 'exit'],
  ])('exit %s without words is %s', (exitCode, code) => {
    expect(verdictOf('borg-list', borg('list.json'), { exitCode }).result).toBe(code)
  })

  it('tells where the copies go without a user name', () => {
    const list = (location: string, mode = 'repokey') =>
      parseSource('borg-list', JSON.stringify({ archives: [], encryption: { mode }, repository: { location } })).job
        ?.destination
    expect(list('ssh://u123@u123.your-storagebox.de:23/./vm')).toMatchObject({
      kind: 'sftp',
      label: 'u123.your-storagebox.de:23',
      offsite: true,
      encrypted: true,
    })
    expect(list('backup@nas.lan:/volume1/borg', 'authenticated')).toMatchObject({
      kind: 'sftp',
      label: 'nas.lan',
      offsite: null,
      encrypted: false,
    })
    expect(list('/home/alice/backup')).toMatchObject({ kind: 'unknown', label: '/home/*/backup', sameDisk: null })
  })
})

describe('borgmatic', () => {
  it.each([
    ['create.json', at('13:58:37')],
    ['list.json', at('13:58:37')],
    ['list.txt', at('13:58:37')],
    ['info.json', null],
  ])('reads %s', (name, successAt) => {
    expect(verdictOf('borgmatic', fixture(`backup/borgmatic-1.7.7-${name}`), PARIS)).toEqual({
      result: null,
      successAt,
    })
  })

  // SOURCE: written after the columns of `borg repo-list` (borg 2.0.0b14 documentation): id, time with its zone, name, user, host, comment.
  it('reads the list of borg 2', () => {
    const text = [
      '60e521ba  Tue, 2026-11-24 22:57:11 +0100  docs             anna        laptop      a comment',
      'a07b7cd7  Wed, 2026-11-25 10:15:17 +0100  docs             anna        laptop',
    ].join('\n')
    const { of, job } = parseSource('borg-list', text)
    expect([of('lastSuccessAt'), of('copies')]).toEqual([Date.UTC(2026, 10, 25, 9, 15, 17), 2])
    expect(job).toMatchObject({ status: { value: { lastResult: null } } })
  })

  it('makes one job per repository', () => {
    const one = (label: string, location: string) => ({ archives: [], repository: { label, location } })
    const { jobs } = parseSource('borgmatic', JSON.stringify([one('nas', '/a'), one('cloud', 'ssh://x@rsync.net/b')]))
    expect(jobs.map(({ id }) => id)).toEqual(['borgmatic:nas', 'borgmatic:cloud'])
    expect(parseSource('borgmatic', '[]').code).toBe('parse')
  })
})

describe('borg --log-json', () => {
  it.each<[string, number | null, string | null]>([
    ['create.ndjson', 0, 'success'],
    ['create.json', 0, 'success'],
    ['create.json', 1, 'partial'],
    ['create.ndjson', 1, 'partial'],
    ['create.ndjson', 2, 'failed'],
    ['create.ndjson', null, 'failed'],
    ['create-missing.ndjson', 1, 'partial'],
    ['create-missing.ndjson', 0, 'partial'],
    ['check.ndjson', 0, null],
    ['check.ndjson', 1, 'failed'],
    ['check-damaged.ndjson', 1, 'failed'],
    ['check-damaged.ndjson', 0, 'failed'],
    ['prune.ndjson', 0, null],
    ['locked.ndjson', 2, 'locked'],
    ['locked.ndjson', 0, 'locked'],
  ])('%s with exit %s is %s', (name, exitCode, result) => {
    const verdict = verdictOf('borg-log', borg(name), { ...PARIS, exitCode })
    expect(verdict.result).toBe(result)
    expect(verdict.successAt === null).toBe(result !== 'success')
  })

  // SOURCE: written after LockFailed of borg/locking.py 1.1 to 1.4, which names the error of the system.
  it.each([
    [13, 'Permission denied', 'access-denied'],
    [28, 'No space left on device', 'failed'],
    [30, 'Read-only file system', 'failed'],
    [122, 'Disk quota exceeded', 'failed'],
  ])('a lock that cannot be written (%s) is no lock of another run', (errno, words, result) => {
    const message = `Failed to create/acquire the lock /r/lock.exclusive ([Errno ${errno}] ${words}: '/r/lock.exclusive').`
    const line = {
      type: 'log_message',
      time: 1_795_615_089.6,
      message,
      levelname: 'ERROR',
      name: 'borg',
      msgid: 'LockFailed',
    }
    for (const exitCode of [0, 2]) {
      expect(verdictOf('borg-log', JSON.stringify(line), { exitCode })).toEqual({ result, successAt: null })
    }
  })

  it('reads of thousands of lines about files those that failed, and how it ended', () => {
    const file = (status: string) => `{"type": "file_status", "status": "${status}", "path": "/a"}\n`
    const end = '{"time": 1795615089.5, "type": "archive_progress", "finished": true}\n'
    const run = (lines: string) => verdictOf('borg-log', `${lines}${end}`)
    const successAt = 1_795_615_089_500
    expect(run(file('A').repeat(9_000))).toEqual({ result: 'success', successAt })
    expect(run(`${file('A').repeat(9_000)}${file('E')}${file('M')}`).result).toBe('partial')
    expect(run(file('A').repeat(9).slice(0, -9)).result).toBe('parse')
    expect(run(`{"type": "log_message", "levelname": "WARNING", "message": "x"}\n`.repeat(6_000)).result).toBe('parse')
  })

  it('a check proves the repository, not a backup', () => {
    const { of } = parseSource('borg-log', borg('check.ndjson'))
    expect([of('verifiedAt'), of('lastSuccessAt')]).toEqual([1_795_615_099_953, null])
    expect(parseSource('borg-log', borg('check-damaged.ndjson')).of('verifiedAt')).toBeNull()
  })
})

describeWithSamples('recorded logs of borg', () => {
  it('are read', () => {
    const log = (name: string, exitCode: number) =>
      verdictOf('borg-log', sample(`backup/borg/${name}.ndjson`), { exitCode })
    expect(parseSource('borg-log', sample('backup/borg/check_stderr.ndjson')).of('verifiedAt')).toBe(1_543_501_430_631)
    expect(log('create_lock_stderr', 2)).toEqual({ result: 'locked', successAt: null })
    expect(log('prune_stderr', 0)).toEqual({ result: null, successAt: null })
  })
})
