/** restic in every form: recordings of restic 0.14 (tests/fixtures/backup/SOURCE.md), and 0.17 and 0.18 after its manual. */
import { describe, expect, it } from 'vitest'
import { fixture } from '../../../support/fixture.ts'
import { NOW, parseSource, verdictOf } from './parse-source.ts'

const restic = (name: string) => fixture(`backup/restic-0.14-${name}`)
const PARIS = { timeZone: 'Europe/Paris' }

describe('restic snapshots', () => {
  it.each(['snapshots.txt', 'snapshots-grouped.txt'])('reads the table %s', (name) => {
    const { of } = parseSource('restic-snapshots', restic(name), PARIS)
    expect([of('copies'), of('lastSuccessAt')]).toEqual([4, Date.parse('2026-11-25T13:59:21Z')])
  })

  it('notices a table that was cut', () => {
    const cut = restic('snapshots.txt')
      .toString()
      .replace(/^b1ad0989.*\n/m, '')
    expect(parseSource('restic-snapshots', cut).code).toBe('parse')
    expect(parseSource('restic-snapshots', cut.replace(/^4 snapshots\n/m, '')).code).toBe('parse')
  })

  it('a machine or a folder that stopped is not hidden by another', () => {
    const one = (hostname: string, path: string, day: number) => ({
      time: `2026-11-${day}T01:00:00.123456789Z`,
      hostname,
      paths: [path],
    })
    const list = [one('a', '/srv', 24), one('a', '/etc', 10), one('b', '/home/alice', 24)]
    const { jobs, samples } = parseSource('restic-snapshots', JSON.stringify(list))
    expect(jobs.map(({ id }) => id)).toEqual(['restic:a /srv', 'restic:a /etc', 'restic:b /home/*'])
    expect(samples['job:restic:a /etc:lastSuccessAt']).toBe(Date.UTC(2026, 10, 10, 1, 0, 0, 123))
  })

  it('adverts before the answer do no harm, two answers are none', () => {
    const json = restic('snapshots.json').toString()
    expect(
      verdictOf('restic-snapshots', `found 2 old cache directories in /root/.cache\n${json}`).successAt,
    ).not.toBeNull()
    expect(parseSource('restic-snapshots', `advert\n${json}${json}`).code).toBe('parse')
    expect(parseSource('restic-snapshots', 'null\n').of('copies')).toBe(0)
  })
})

describe('restic backup', () => {
  const modern = (more: object) =>
    `{"message_type":"summary","total_bytes_processed":9,"total_duration":2.5,"snapshot_id":"d1afaf43","backup_start":"2026-11-25T02:59:00Z","backup_end":"2026-11-25T03:00:00.5+01:00"}\n${JSON.stringify(more)}\n`

  it.each<[string, string | Buffer, number | null, string, string | null]>([
    ['a good run', restic('backup.json'), 0, '', 'success'],
    ['a good run as text', restic('backup.txt'), 0, '', 'success'],
    [
      'a missing source, exit 0',
      restic('backup-missing-source.json'),
      0,
      restic('backup-missing-source.stderr.txt').toString(),
      'partial',
    ],
    ['a missing source as text', restic('backup-missing-source.txt'), 0, '', 'partial'],
    ['an unreadable file', restic('backup-partial.json'), 3, '', 'partial'],
    [
      'the same without its exit code',
      restic('backup-partial.json'),
      0,
      restic('backup-partial.stderr.txt').toString(),
      'partial',
    ],
    ['interrupted', restic('backup.json'), 130, '', 'failed'],
    ['a code nobody knows', restic('backup.json'), 77, '', 'failed'],
    ['killed', restic('backup.json'), null, '', 'failed'],
    ['no repository', '', 10, '', 'empty'],
    ['locked', '', 11, '', 'locked'],
    ['a wrong password', '', 12, '', 'access-denied'],
    ['no snapshot saved', 'open repository\n', 0, '', 'parse'],
    ['nothing', '', 0, '', 'empty'],
    ['0.17', modern({}), 0, '', 'success'],
    ['0.17 with an error', modern({ message_type: 'error', item: '/x' }), 0, '', 'partial'],
  ])('%s', (_, output, exitCode, stderr, result) => {
    expect(verdictOf('restic-backup', output, { exitCode, stderr }).result).toBe(result)
  })

  it('tells the end of a run from 0.17 on, and no time before', () => {
    const { of } = parseSource('restic-backup', modern({}))
    expect([of('lastSuccessAt'), of('bytes'), of('durationMs')]).toEqual([
      Date.parse('2026-11-25T02:00:00.500Z'),
      9,
      2_500,
    ])
    expect(parseSource('restic-backup', restic('backup.json')).of('lastSuccessAt')).toBeNull()
  })
})

describe('restic beside its answer', () => {
  // SOURCE: written after the messages of restic 0.16 to 0.19 (cmd_backup.go, scripting documentation).
  it('a pattern of --files-from that matches nothing was left out', () => {
    const text = restic('backup.txt').toString()
    expect(verdictOf('restic-backup', text).result).toBe('success')
    const left = `pattern "/mnt/share" does not match any files, skipping\n${text}`
    expect(verdictOf('restic-backup', left).result).toBe('partial')
    expect(
      verdictOf('restic-backup', text, { stderr: 'pattern "/mnt/share" does not match any files, skipping\n' }).result,
    ).toBe('partial')
  })

  it('progress stands before an answer, however long', () => {
    const answer = restic('snapshots.json').toString()
    const plain = parseSource('restic-snapshots', answer)
    const progress = '[0:01] 100.00%  2 / 2 index files loaded\n'
    expect(parseSource('restic-snapshots', `${progress.repeat(20)}${answer}`).samples).toEqual(plain.samples)
    expect(parseSource('restic-snapshots', progress.repeat(20)).code).toBe('parse')
  })

  it.each([
    [11, 'unable to create lock in backend: repository is already locked exclusively by PID 5', 'locked'],
    [12, 'Fatal: wrong password or no key found', 'access-denied'],
    [10, 'Fatal: repository does not exist', 'empty'],
    [1, 'Fatal: \\"x\\"', 'exit'],
  ])('an error as JSON (%s) is told as such, even without its exit code', (code, message, result) => {
    const line = `{"message_type":"exit_error","code":${code},"message":"${message}"}\n`
    expect(verdictOf('restic-snapshots', line).result).toBe(result)
    expect(verdictOf('restic-snapshots', '', { stderr: line, exitCode: code }).result).toBe(result)
  })
})

describe('restic check and stats', () => {
  it('tells when it verified', () => {
    expect(parseSource('restic-check', restic('check-read-data.txt')).of('verifiedAt')).toBe(NOW)
    const summary = (errors: number) => `{"message_type":"summary","num_errors":${errors},"broken_packs":null}\n`
    expect(parseSource('restic-check', summary(0)).of('verifiedAt')).toBe(NOW)
    expect(verdictOf('restic-check', summary(1), { exitCode: 1 }).result).toBe('failed')
    expect(parseSource('restic-check', restic('check-read-data.txt'), { exitCode: 1 }).of('verifiedAt')).toBeNull()
  })

  it('reads the text of stats', () => {
    const { of } = parseSource('restic-stats', restic('stats.txt'))
    expect([of('bytes'), of('copies'), of('lastSuccessAt')]).toEqual([204_832, 4, null])
    expect(parseSource('restic-stats', '{"total_size":0,"snapshots_count":0}').job?.status).toMatchObject({
      value: { copies: 0, tooSmall: true },
    })
  })
})
