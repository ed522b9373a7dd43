/** rsnapshot, duplicity, kopia, Duplicati, UrBackup: recordings (tests/fixtures/backup/SOURCE.md) and forms after each tool's manual. */
import { describe, expect, it } from 'vitest'
import { fixture } from '../../../support/fixture.ts'
import { parseSource, verdictOf } from './parse-source.ts'

const PARIS = { timeZone: 'Europe/Paris' }
const at = (time: string) => Date.parse(`2026-11-25T${time}Z`)

describe('rsnapshot', () => {
  const log = fixture('backup/rsnapshot-1.4.5.log').toString()
  const upTo = (line: number) => log.split('\n').slice(0, line).join('\n')

  it.each<[string, number, string | null]>([
    ['a good run', 7, 'success'],
    ['a run that rotates after it', 12, 'success'],
    ['no source: not even a start', 16, 'failed'],
    ['a run that began', 20, null],
    ['a lock', 21, 'failed'],
    ['a command that failed', 29, 'failed'],
    ['rsync failed', 45, 'failed'],
  ])('%s', (_, lines, result) => {
    expect(verdictOf('rsnapshot-log', upTo(lines), PARIS)).toEqual({ result, successAt: at('13:58:50') })
  })

  it('rotating is no backup', () => {
    const rotated = log.split('\n').slice(0, 1).join('\n')
    const later = '[2026-11-25T15:00:00] /usr/bin/rsnapshot beta: completed successfully'
    expect(verdictOf('rsnapshot-log', `${rotated}\n${later}`, PARIS)).toEqual({ result: null, successAt: null })
    expect(parseSource('rsnapshot-log', `${rotated}\n${later}`, PARIS).of('startedAt')).toBe(at('13:58:50'))
  })

  it.each<[string, string | null]>([
    // SOURCE: written after the messages in rsnapshot 1.3 and 1.4 and its older date format.
    ['[25/Nov/2026:03:00:01] /usr/bin/rsnapshot daily: completed successfully', 'success'],
    [
      '[2026-11-25T03:00:01] /usr/bin/rsnapshot -c /etc/rsnapshot/a.conf sync: completed, but with some warnings',
      'partial',
    ],
    [
      '[2026-11-25T03:00:01] /usr/bin/rsnapshot daily: WARNING: /usr/bin/rsnapshot daily: completed, but with some warnings',
      'partial',
    ],
    ['[2026-11-25T03:00:01] /usr/bin/rsnapshot daily: ERROR: Could not open logfile', 'failed'],
    ['Nov 25 03:00:01 vm rsnapshot[1]: /usr/bin/rsnapshot daily: completed successfully', 'parse'],
  ])('%s', (line, result) => expect(verdictOf('rsnapshot-log', line).result).toBe(result))
})

describe('duplicity', () => {
  const file = (name: string) => fixture(`backup/duplicity-0.8.22-${name}`)

  it.each(['status.txt', 'status.log-fd.txt'])('reads %s', (name) => {
    const { of, job } = parseSource('duplicity-status', file(name), PARIS)
    expect([of('lastSuccessAt'), of('copies')]).toEqual([at('13:58:59'), 2])
    expect(job?.status).toMatchObject({ value: { lastResult: null } })
  })

  it('an empty target exits 0 and is no success', () => {
    const { of, job } = parseSource('duplicity-status', file('empty.txt'))
    expect([of('lastSuccessAt'), of('copies')]).toEqual([null, 0])
    expect(job?.status).toMatchObject({ value: { copies: 0 } })
  })

  it.each<[string, string | Buffer, number, string | null]>([
    ['a run', file('incremental.txt'), 0, 'success'],
    ['a run with errors', file('incremental.txt').toString().replace('Errors 0', 'Errors 2'), 0, 'partial'],
    ['no source', file('no-source.txt'), 13, 'failed'],
    ['a second run', 'Another instance is already running with this archive directory', 23, 'locked'],
    ['a wrong passphrase', 'GPGError: GPG Failed, see log below', 31, 'access-denied'],
    ['an unreachable target', 'BackendException: ssh connection failed', 50, 'exit'],
    [
      'aborted sets',
      file('status.txt').toString().replace('No orphaned', 'Found 2 orphaned backup sets.\nNo other orphaned'),
      0,
      'partial',
    ],
    ['no word of a chain', 'Collection Status\n-----\n', 0, 'parse'],
  ])('%s', (_, output, exitCode, result) => {
    expect(verdictOf('duplicity-status', output, { exitCode }).result).toBe(result)
  })
})

// SOURCE: written after the manifest of kopia 0.20 (snapshot/manifest.go as documented) and its `snapshot list` manual page.
describe('kopia', () => {
  const one = (day: number, more: object = {}, path = '/srv') => ({
    id: 'x',
    source: { host: 'vm', userName: 'root', path },
    startTime: `2026-11-${day}T01:00:00.1Z`,
    endTime: `2026-11-${day}T01:05:00.123456789Z`,
    stats: { totalSize: 99, errorCount: 0 },
    rootEntry: { summ: { size: 77, files: 3, numFailed: 0 } },
    ...more,
  })
  const day = (date: number) => Date.UTC(2026, 10, date, 1, 5, 0, 123)

  it.each<[string, readonly object[], string | null, number | null]>([
    ['good: a copy, and no word of how the last run ended', [one(23), one(24)], null, day(24)],
    ['the newest is incomplete', [one(23), one(24, { incomplete: 'canceled' })], 'failed', day(23)],
    ['the newest is a checkpoint: it may still run', [one(23), one(24, { incomplete: 'checkpoint' })], null, day(23)],
    ['files were lost', [one(23), one(24, { rootEntry: { summ: { size: 77, numFailed: 2 } } })], 'partial', day(23)],
    ['errors counted', [one(23), one(24, { stats: { errorCount: 1 } })], 'partial', day(23)],
    ['errors that the policy ignores', [one(24, { stats: { errorCount: 0, ignoredErrorCount: 4 } })], null, day(24)],
    ['neither statistics nor a root', [one(24, { stats: undefined, rootEntry: undefined })], 'partial', null],
  ])('%s', (_, list, result, successAt) => {
    expect(verdictOf('kopia-snapshots', JSON.stringify(list))).toEqual({ result, successAt })
  })

  it('makes one job per folder, without names of people', () => {
    const { jobs, of } = parseSource('kopia-snapshots', JSON.stringify([one(24), one(12, {}, '/home/alice/docs')]))
    expect(jobs.map(({ id }) => id)).toEqual(['kopia:/srv', 'kopia:/home/*/docs'])
    expect([of('bytes'), of('copies')]).toEqual([77, 1])
    expect(parseSource('kopia-snapshots', '[]').of('copies')).toBe(0)
    expect(
      verdictOf('kopia-snapshots', '', { exitCode: 1, stderr: 'ERROR open repository: repository is not connected' })
        .result,
    ).toBe('empty')
  })

  it('reads the text', () => {
    const text = [
      'root@vm:/srv',
      '  2026-11-23 02:00:00 CET k1a2b3c4d5e6f7 12.3 MB drwxr-xr-x files:12 dirs:3 (latest-2,daily-2)',
      '  2026-11-24 02:00:00 CET k1a2b3c4d5e6f8 12.3 MB drwxr-xr-x files:12 dirs:3 errors:2 (latest-1,daily-1)',
    ].join('\n')
    expect(verdictOf('kopia-snapshots', text, PARIS)).toEqual({
      result: 'partial',
      successAt: Date.UTC(2026, 10, 23, 1),
    })
    expect(verdictOf('kopia-snapshots', text.replace(/errors:2/, 'incomplete:canceled'), PARIS).result).toBe('failed')
    // SOURCE: cli/command_snapshot_list.go prints runs that found nothing changed as one line behind the one that they equal.
    const same = (line: string) => parseSource('kopia-snapshots', `${text}\n${line}`, PARIS)
    const lost = same('  + 2 identical snapshots until 2026-11-25 02:00:00 CET')
    expect([lost.of('lastSuccessAt'), lost.of('lastPartialAt')]).toEqual([
      at('01:00:00') - 48 * 3_600_000,
      at('01:00:00'),
    ])
    const whole = text.replace(' errors:2', '')
    const unchanged = parseSource(
      'kopia-snapshots',
      `${whole}\n  + 1 identical snapshots until 2026-11-25 02:00:00 CET`,
      PARIS,
    )
    expect([unchanged.of('lastSuccessAt'), unchanged.of('copies')]).toEqual([at('01:00:00'), 3])
    expect(verdictOf('kopia-snapshots', '  + 1 identical snapshots until 2026-11-25 02:00:00 CET').result).toBe('parse')
  })
})

// SOURCE: written after the fields of Duplicati 2.0 and 2.1 reports (manual, "sending reports via HTTP") and its command line's words.
describe('duplicati', () => {
  const report = (data: object, more: object = {}) =>
    JSON.stringify({
      Data: {
        MainOperation: 'Backup',
        ParsedResult: 'Success',
        BeginTime: '2026-11-25T02:00:00.97Z',
        EndTime: '2026-11-25T02:10:00.3568274Z',
        SizeOfExaminedFiles: 500,
        WarningsActualLength: 0,
        ErrorsActualLength: 0,
        BackendStatistics: { BackupListCount: 6 },
        ...data,
      },
      Extra: { 'backup-name': 'Docs', OperationName: 'Backup' },
      ...more,
    })

  it.each<[string, string, number, string | null]>([
    ['good', report({}), 0, 'success'],
    ['warning', report({ ParsedResult: 'Warning' }), 0, 'partial'],
    ['error', report({ ParsedResult: 'Error' }), 0, 'failed'],
    ['fatal', report({ ParsedResult: 'Fatal' }), 0, 'failed'],
    ['called a success with warnings', report({ WarningsActualLength: 2 }), 0, 'partial'],
    ['called a success with errors in files', report({ FilesWithError: 1 }), 0, 'partial'],
    ['called a success and interrupted', report({ Interrupted: true }), 0, 'partial'],
    ['exception', JSON.stringify({ Data: { ClassName: 'System.Exception', Message: 'x' }, Extra: {} }), 0, 'failed'],
    ['a test is no backup', report({ MainOperation: 'Test' }), 0, null],
    ['a compact that failed', report({ MainOperation: 'Compact', ParsedResult: 'Error' }), 0, 'failed'],
    ['no result', report({ ParsedResult: undefined }), 0, 'parse'],
    ['a word nobody knows', report({ ParsedResult: 'Succès' }), 0, 'parse'],
    [
      'text good',
      'Backup started at 6/2/2026 9:37:29 PM\nFiles added: 1\nBackup completed successfully!\n',
      0,
      'success',
    ],
    ['text, exit 1: nothing changed', 'Backup completed successfully!\n', 1, 'success'],
    ['text, exit 2', 'Backup completed successfully!\n', 2, 'partial'],
    ['text, exit 50', 'Backup completed successfully!\n', 50, 'failed'],
    ['text failed', 'The operation Backup has failed with error: Found 1 files that are missing\n', 0, 'failed'],
    ['text, an error code', 'ErrorID: FolderMissing\nThe folder does not exist\n', 100, 'failed'],
    [
      'mail',
      'Duplicati Backup report for Docs\n\nMainOperation: Backup\nParsedResult: Success\nEndTime: 11/25/2026 2:10:00 AM (1795572600)\nMessages: []\nWarnings: []\nErrors: []\n',
      0,
      'success',
    ],
    [
      'mail with warnings',
      'ParsedResult: Success\nWarnings: [\n    2026-11-25 - [Warning]: x\n]\nErrors: []\n',
      0,
      'partial',
    ],
  ])('%s', (_, output, exitCode, result) => expect(verdictOf('duplicati', output, { exitCode }).result).toBe(result))

  it('tells when, how much and how many', () => {
    const { of, job } = parseSource('duplicati', report({}))
    expect(job?.id).toBe('duplicati:Docs')
    const ended = Date.parse('2026-11-25T02:10:00.356Z')
    expect([of('lastSuccessAt'), of('bytes'), of('copies'), of('durationMs')]).toEqual([ended, 500, 6, 599_386])
    expect(parseSource('duplicati', report({ MainOperation: 'Test' })).of('verifiedAt')).toBe(ended)
  })
})

// SOURCE: written after the status of UrBackup client 2.5 (its ServiceConnector answers, as documented for `urbackupclientctl status`).
describe('urbackup', () => {
  const status = (more: object) =>
    JSON.stringify({
      internet_status: 'connected',
      running_processes: [],
      finished_processes: [],
      last_backup_time: 1_795_572_600,
      ...more,
    })

  it.each<[string, string, string | null, number | null]>([
    ['a backup', status({}), null, 1_795_572_600_000],
    ['never', status({ last_backup_time: 0 }), null, null],
    ['failed since', status({ finished_processes: [{ success: false }] }), 'failed', 1_795_572_600_000],
    [
      'running',
      status({ running_processes: [{ action: 'INCR' }], finished_processes: [{ success: false }] }),
      null,
      1_795_572_600_000,
    ],
    ['something else', '{"a":1}', 'parse', null],
  ])('%s', (_, output, result, successAt) => {
    expect(verdictOf('urbackup-status', output)).toEqual({ result, successAt })
  })

  it('a client that never backed up has no copy; a service that does not answer is unknown', () => {
    expect(parseSource('urbackup-status', status({ last_backup_time: -1 })).of('copies')).toBe(0)
    expect(verdictOf('urbackup-status', 'Error: connecting to client service', { exitCode: 1 }).result).toBe('exit')
  })
})
