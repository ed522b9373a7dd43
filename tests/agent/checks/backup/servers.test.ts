/** Proxmox VE and Backup Server, Veeam, and snapshots that are no backup: the sample, recordings and forms after each manual. */
import { describe, expect, it } from 'vitest'
import { fixture } from '../../../support/fixture.ts'
import { describeWithSamples, sample } from '../../../support/samples.ts'
import { parseSource, verdictOf } from './parse-source.ts'

const hex = (time: string) =>
  Math.floor(Date.parse(time) / 1_000)
    .toString(16)
    .toUpperCase()
const upid = (start: string, id = '', type = 'vzdump') =>
  `UPID:pve:00001234:0012ABCD:${hex(start)}:${type}:${id}:root@pam:`
const line = (start: string, end: string, status: string, id = '') => `${upid(start, id)} ${hex(end)} ${status}`
const NIGHT = ['2026-11-25T01:00:00Z', '2026-11-25T01:30:00Z'] as const
const BEFORE = ['2026-11-24T01:00:00Z', '2026-11-24T01:30:00Z'] as const

// SOURCE: written after "Log of Old Tasks" of the Proxmox VE manual and the UPID format of pve-common.
describe('vzdump', () => {
  it.each<[string, string, string | null, string | null]>([
    ['good', line(...NIGHT, 'OK'), 'success', NIGHT[1]],
    ['warnings', `${line(...BEFORE, 'OK')}\n${line(...NIGHT, 'WARNINGS: 2')}`, 'partial', BEFORE[1]],
    [
      'errors, newest first as in the index',
      `${line(...NIGHT, 'job errors')}\n${line(...BEFORE, 'OK')}`,
      'failed',
      BEFORE[1],
    ],
    ['interrupted', line(...NIGHT, 'unexpected status'), 'failed', null],
    ['a word that begins like OK', line(...NIGHT, 'OK but no'), 'failed', null],
    ['active: ended', `${upid(NIGHT[0])} 1 ${hex(NIGHT[1])} OK`, 'success', NIGHT[1]],
    ['active: runs', `${line(...BEFORE, 'OK')}\n${upid(NIGHT[0])} 0`, 'success', BEFORE[1]],
    ['other tasks alone', `${upid(NIGHT[0], '100', 'qmstart')} ${hex(NIGHT[1])} OK`, null, null],
    ['cut', `${line(...BEFORE, 'OK')}\n${line(...NIGHT, 'job errors').slice(0, -12)}`, 'parse', null],
  ])('%s', (_, text, result, successAt) => {
    expect(verdictOf('vzdump-log', text)).toEqual({
      result,
      successAt: successAt === null ? null : Date.parse(successAt),
    })
  })

  it('a guest that was saved by hand once is no job beside a schedule', () => {
    const text = [line(...NIGHT, 'OK'), line(...BEFORE, 'OK', '101')].join('\n')
    expect(parseSource('vzdump-log', text).jobs.map(({ name }) => name)).toEqual(['vzdump'])
    expect(parseSource('vzdump-log', line(...BEFORE, 'OK', '101')).jobs.map(({ name }) => name)).toEqual(['guest 101'])
  })

  it('reads the answer of pvesh', () => {
    const tasks = [
      { upid: upid(NIGHT[0]), type: 'vzdump', id: '', starttime: 1_795_568_400, endtime: 1_795_570_200, status: 'OK' },
    ]
    expect(verdictOf('vzdump-log', JSON.stringify(tasks))).toEqual({ result: 'success', successAt: 1_795_570_200_000 })
    expect(
      verdictOf('vzdump-log', JSON.stringify({ data: [{ ...tasks[0], status: undefined, endtime: undefined }] }))
        .result,
    ).toBeNull()
    expect(verdictOf('vzdump-log', '[{"a":1}]').result).toBe('parse')
  })

  const log = (end: string) =>
    `INFO: starting new backup job: vzdump 100 --storage nas\nINFO: Starting Backup of VM 100 (qemu)\nINFO: Backup started at 2026-11-25 01:00:02\nINFO: Finished Backup of VM 100 (00:01:12)\nINFO: Backup finished at 2026-11-25 01:01:14\n${end}`
  it.each<[string, string, string | null]>([
    ['good', log('INFO: Backup job finished successfully\nTASK OK\n'), 'success'],
    ['good before its last line', log('INFO: Backup job finished successfully\n'), 'success'],
    ['warnings', log('TASK WARNINGS: 1\n'), 'partial'],
    ['a warning in it', log('WARN: skipped a disk\nTASK OK\n'), 'partial'],
    [
      'errors',
      log(
        'ERROR: Backup of VM 101 failed - no such volume\nINFO: Backup job finished with errors\nTASK ERROR: job errors\n',
      ),
      'failed',
    ],
    ['one guest failed, the end is missing', log('ERROR: Backup of VM 101 failed - no such volume\n'), 'failed'],
    ['still running', log(''), null],
    ['something else', 'hello\n', 'parse'],
  ])('log: %s', (_, text, result) => expect(verdictOf('vzdump-log', text).result).toBe(result))
})

// SOURCE: written after the JSON of proxmox-backup-client 3 (`snapshot list --output-format json`) and its table.
describe('proxmox-backup-client', () => {
  const one = (day: number, more: object = {}) => ({
    'backup-type': 'host',
    'backup-id': 'vm',
    'backup-time': Date.UTC(2026, 10, day, 1) / 1_000,
    size: 50,
    files: [
      { filename: 'root.pxar.didx', 'crypt-mode': 'encrypt' },
      { filename: 'index.json.blob', 'crypt-mode': 'sign-only' },
    ],
    ...more,
  })
  const verified = (state: string) => ({
    verification: { state, upid: `UPID:pbs:000002BE:00000A1F:00000012:${hex(NIGHT[0])}:verify:x:root@pam:` },
  })

  it('counts whole snapshots, and notices what was not finished or is damaged', () => {
    const { of, job } = parseSource(
      'proxmox-backup',
      JSON.stringify([one(23), one(24, verified('ok')), one(25, { files: [], size: null })]),
    )
    expect([of('copies'), of('lastSuccessAt'), of('verifiedAt')]).toEqual([
      2,
      Date.UTC(2026, 10, 24, 1),
      Date.parse(NIGHT[0]),
    ])
    expect(of('startedAt')).toBe(Date.UTC(2026, 10, 25, 1))
    expect(job?.destination.encrypted).toBe(true)
    expect(verdictOf('proxmox-backup', JSON.stringify([one(23), one(24, verified('failed'))]))).toEqual({
      result: 'failed',
      successAt: Date.UTC(2026, 10, 23, 1),
    })
    expect(parseSource('proxmox-backup', '[]').of('copies')).toBe(0)
  })

  it('reads the table and refusals', () => {
    const table =
      '┌───┬───┬───┐\n│ snapshot │ size │ files │\n╞═══╪═══╪═══╡\n│ host/vm/2026-11-24T01:00:02Z │ 60 GiB │ catalog.pcat1 index.json root.pxar │\n└───┴───┴───┘\n'
    expect(verdictOf('proxmox-backup', table).successAt).toBe(Date.parse('2026-11-24T01:00:02Z'))
    expect(verdictOf('proxmox-backup', '', { exitCode: 255, stderr: 'Error: authentication failed' }).result).toBe(
      'access-denied',
    )
  })
})

// SOURCE: written after the Veeam Agent for Linux user guide ("Viewing session list", "Viewing job list").
describe('veeamconfig', () => {
  const HEAD =
    'Job name          Type    ID                                      State    Created at        Started at        Finished at\n'
  const row = (job: string, state: string, date: string, type = 'Backup') =>
    `${job}  ${type}  {11111111-2222-3333-4444-555555555555}  ${state}  ${date} 01:00  ${date} 01:00${state === 'Running' ? '' : `  ${date} 01:09`}\n`
  const list = (...rows: readonly string[]) => `${HEAD}${rows.join('')}Total amount: ${rows.length}\n`
  const end = (day: number) => Date.UTC(2026, 10, day, 1, 9)

  it.each<[string, string, string | null, number | null]>([
    ['good', list(row('Daily', 'Success', '2026-11-24')), 'success', end(24)],
    ['warning', list(row('Daily', 'Success', '2026-11-23'), row('Daily', 'Warning', '2026-11-24')), 'partial', end(23)],
    ['failed', list(row('Daily', 'Success', '2026-11-23'), row('Daily', 'Failed', '2026-11-24')), 'failed', end(23)],
    ['stopped', list(row('Daily', 'Stopped', '2026-11-24')), 'failed', null],
    ['running', list(row('Daily', 'Success', '2026-11-23'), row('Daily', 'Running', '2026-11-24')), 'success', end(23)],
    ['a restore is no backup', list(row('Restore', 'Success', '2026-11-24', 'Restore')), null, null],
    ['no sessions', `${HEAD}Total amount: 0\n`, null, null],
    ['a row is missing', list(row('Daily', 'Success', '2026-11-23')).replace('amount: 1', 'amount: 2'), 'parse', null],
    ['another text', 'Please run as root\n', 'parse', null],
  ])('%s', (_, text, result, successAt) => expect(verdictOf('veeam-sessions', text)).toEqual({ result, successAt }))

  it('reads names from the list of jobs', () => {
    const jobs =
      'Name   ID                                      Type   Repository\nDaily  {11111111-2222-3333-4444-555555555555}  Disk   Repository_1\n\nTotal amount: 1\n'
    expect(parseSource('veeam-sessions', jobs).jobs.map(({ id }) => id)).toEqual(['veeam:Daily'])
    expect(verdictOf('veeam-sessions', jobs)).toEqual({ result: null, successAt: null })
  })
})

describeWithSamples('Veeam Enterprise Manager', () => {
  const v12 = () => sample('backup/veeam/em-rest-all-healthy-v12.json').toString()
  const v13 = () =>
    v12().replace(/"([A-Z])(\w+)":/g, (_, first: string, rest: string) => `"${first.toLowerCase()}${rest}":`)

  it.each([
    ['v12', v12],
    ['v13', v13],
  ] as const)('%s', (_, text) => {
    expect(verdictOf('veeam-em', text())).toEqual({ result: 'success', successAt: null })
    expect(parseSource('veeam-em', text()).of('copies')).toBe(38)
    for (const [key, result] of [
      ['FailedJobRuns', 'failed'],
      ['FailedVmLastestStates', 'failed'],
      ['WarningsJobRuns', 'partial'],
      ['WarningVmLastestStates', 'partial'],
    ] as const) {
      expect(verdictOf('veeam-em', text().replace(new RegExp(`("${key}": )0`, 'i'), '$11')).result, key).toBe(result)
      const cut = verdictOf(
        'veeam-em',
        text()
          .replace(new RegExp(`"${key}": 0,?`, 'i'), '')
          .replace(/,(\s*})/g, '$1'),
      ).result
      expect(key.startsWith('Failed') ? cut : null, key).toBeNull()
    }
  })
})

describe('snapshots are no backup', () => {
  const only = (id: string, output: Uint8Array | string, more = {}) => {
    const { lookalikes, jobs, samples } = parseSource(id, output, more)
    return { lookalikes: lookalikes?.map(({ id: one, kind, count }) => [one, kind, count]), jobs, samples }
  }
  const TOLD = { timeZone: 'Europe/Paris' }
  const at = Date.parse('2026-11-25T13:59:12Z')

  it.each([
    ['snapper-list', 'snapper-0.10.4.json', 'snapper:t'],
    ['snapper-list', 'snapper-0.10.4.csv', 'snapper:t'],
    ['snapper-list', 'snapper-0.10.4.txt', 'snapper:root'],
    ['btrfs-snapshots', 'btrfs-6.2-snapshots.txt', 'btrfs:snapshots'],
  ])('%s of %s', (source, name, id) => {
    expect(only(source, fixture(`backup/${name}`), TOLD)).toEqual({
      lookalikes: [[id, 'snapshot', 2]],
      jobs: [],
      samples: { [`lookalike:${id}:newestAt`]: at },
    })
  })

  it('timeshift', () => {
    expect(
      only('timeshift-list', fixture('backup/timeshift-22.11-not-set-up.txt'), { exitCode: 1 }).lookalikes,
    ).toEqual([])
    // SOURCE: written after the README of Timeshift.
    const list =
      'Device : /dev/sda1\nMode   : RSYNC\nStatus : OK\n2 snapshots, 51.4 GB free\n\nNum     Name                 Tags  Description  \n---\n0    >  2026-11-23_10-00-01  D                  \n1    >  2026-11-24_10-00-01  D  before\n'
    expect(only('timeshift-list', list)).toEqual({
      lookalikes: [['timeshift:snapshots', 'snapshot', 2]],
      jobs: [],
      samples: { 'lookalike:timeshift:snapshots:newestAt': Date.UTC(2026, 10, 24, 10, 0, 1) },
    })
    expect(parseSource('timeshift-list', list.replace(/^1 .*\n/m, '')).code).toBe('parse')
    expect(parseSource('timeshift-list', 'Root privileges are required', { exitCode: 2 }).code).toBe('access-denied')
  })

  it('zfs', () => {
    expect(only('zfs-snapshots', '', { stderr: 'no datasets available\n' }).lookalikes).toEqual([])
    // SOURCE: written after zfs-list(8): the table of `-o name,creation`, and the JSON of 2.3.
    const table =
      'NAME                 CREATION\ntank/data@daily.1    Tue Nov 24  1:00 2026\ntank@x   Mon Nov 23  1:00 2026\nrpool/ROOT@y  -\n'
    expect(only('zfs-snapshots', table)).toMatchObject({
      lookalikes: [
        ['zfs:rpool', 'snapshot', 1],
        ['zfs:tank', 'snapshot', 2],
      ],
      samples: { 'lookalike:zfs:tank:newestAt': Date.UTC(2026, 10, 24, 1) },
    })
    const json = { datasets: { 'tank@a.b': { properties: { creation: { value: '1795572600' } } } } }
    expect(only('zfs-snapshots', JSON.stringify(json))).toMatchObject({
      lookalikes: [['zfs:tank', 'snapshot', 1]],
      samples: { 'lookalike:zfs:tank:newestAt': 1_795_572_600_000 },
    })
    expect(parseSource('zfs-snapshots', 'NAME  USED\ntank  1G\n').code).toBe('parse')
  })
})

describeWithSamples('recorded zfs list', () => {
  it('is read', () => {
    const { lookalikes, samples } = parseSource('zfs-snapshots', sample('backup/zfs-snapshots/zfs-list-snapshots.txt'))
    expect(lookalikes).toMatchObject([{ id: 'zfs:zpool', count: 4 }])
    expect(samples).toEqual({ 'lookalike:zfs:zpool:newestAt': 1_685_100_606_000 })
  })
})
