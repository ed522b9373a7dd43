/** Time Machine: recordings of SwiftTimeMachine, and what its property list and tmutil say in every other case. */
import { describe, expect, it } from 'vitest'
import { describeWithSamples, listSamples, sample } from '../../../../support/samples.ts'
import { parseSource, verdictOf } from '../parse-source.ts'
import { NOW, timeMachine } from './recordings.ts'

const MAC = { platform: 'darwin', now: NOW } as const
const parse = (id: string, output: Uint8Array | string, more = {}) =>
  parseSource(`time-machine-${id}`, output, { ...MAC, ...more })
const FDA =
  'tmutil: latestbackup requires Full Disk Access privileges.\nTo allow this operation, select Full Disk Access\n'

describeWithSamples('recorded outputs of tmutil', () => {
  const of = (name: string) => sample(`backup/timemachine/${name}.txt`)

  it('are all read', () => {
    expect(listSamples('backup/timemachine')).toHaveLength(5)
    for (const name of ['destinationinfo1', 'destinationinfo-xml1']) {
      const { jobs } = parse('destinations', of(name))
      expect(jobs).toEqual([
        {
          id: 'time-machine:511d3a0b',
          tool: 'time-machine',
          name: '9168227426-F4',
          destination: { kind: 'local', label: '9168227426-F4', sameDisk: null, offsite: null, encrypted: null },
          expectedEveryMs: null,
          status: {
            state: 'value',
            source: 'backup/time-machine-destinations',
            value: { lastResult: null, copies: null, tooSmall: null },
          },
        },
      ])
    }
    expect(parse('status', of('status01'))).toMatchObject({ code: null, jobs: [], samples: {} })
    const running = parse('status', of('status03'))
    expect(running.job).toMatchObject({ id: 'time-machine:8818cbee', status: { value: { lastResult: null } } })
    expect(running.of('startedAt')).toBe(Date.parse('2023-02-27T01:08:53Z'))
    expect(parse('phase', of('currentphase1'))).toMatchObject({ code: null, jobs: [] })
  })
})

describe('the property list', () => {
  const verdict = (output: string) => verdictOf('time-machine-plist', output, MAC)

  it('tells the newest snapshot, the result and the encryption', () => {
    const { job, of } = parse('plist', timeMachine())
    expect(job).toMatchObject({
      id: 'time-machine:511d3a0b',
      name: 'Backup 2',
      automatic: true,
      destination: { kind: 'local', encrypted: true },
      status: { value: { lastResult: 'success' } },
    })
    expect([of('lastSuccessAt'), of('copies')]).toEqual([Date.parse('2026-11-25T14:00:00Z'), 2])
  })

  it.each<[string, string, string | null, number | null]>([
    ['an error of the last try', timeMachine({ result: 100 }), 'failed', Date.parse('2026-11-25T14:00:00Z')],
    [
      'a day of tries without a backup',
      timeMachine({ dates: ['2026-11-23T14:00:00Z'], tried: '2026-11-25T14:00:00Z' }),
      'empty',
      Date.parse('2026-11-23T14:00:00Z'),
    ],
    ['a try that runs', timeMachine({ tried: '2026-11-25T14:30:00Z' }), 'success', Date.parse('2026-11-25T14:00:00Z')],
    ['no result at all', timeMachine({ result: null }), 'empty', Date.parse('2026-11-25T14:00:00Z')],
    ['no snapshot yet', timeMachine({ result: 0, dates: [] }), null, null],
    ['a failure and no snapshot yet', timeMachine({ result: 19, dates: [] }), 'failed', null],
    ['snapshots in the future only', timeMachine({ dates: ['2027-01-01T00:00:00Z'] }), 'empty', null],
  ])('%s', (_, output, want, at) => expect(verdict(output)).toEqual({ result: want, successAt: at }))

  it('an empty list of snapshots is no copy; automatic backups may be off', () => {
    expect(parse('plist', timeMachine({ dates: [] })).job).toMatchObject({ status: { value: { copies: 0 } } })
    expect(parse('plist', timeMachine({ auto: false })).job).toMatchObject({ automatic: false })
  })

  it('a server is a place without its user', () => {
    const network = timeMachine().replace(
      '<key>LastKnownEncryptionState</key>',
      `<key>NetworkURL</key><string>${['smb://anna', 'secret@nas01.local/TM'].join(':')}</string><key>LastKnownEncryptionState</key>`,
    )
    const { job } = parse('plist', network.replace('>Encrypted<', '>NotEncrypted<'))
    expect(job?.destination).toMatchObject({ kind: 'smb', label: 'nas01.local', sameDisk: false, encrypted: false })
    expect(JSON.stringify(job)).not.toMatch(/anna|secret/)
  })

  it('without destinations there is no job; other lists are refused', () => {
    const bare = '<plist version="1.0"><dict><key>AutoBackup</key><false/></dict></plist>'
    expect(parse('plist', bare)).toMatchObject({ code: null, jobs: [] })
    expect(parse('plist', '<plist version="1.0"><dict><key>a</key><true/></dict></plist>').code).toBe('parse')
    expect(parse('plist', '').code).toBe('empty')
  })

  it('a refusal is told with the way to lift it, never as "never"', () => {
    for (const said of [
      'Error Reading File: /Library/Preferences/com.apple.TimeMachine.plist',
      'Operation not permitted',
    ]) {
      expect(parse('plist', said).code).toBe('access-denied')
      expect(parse('plist', '', { stderr: said, exitCode: 1 }).code).toBe('access-denied')
    }
  })
})

describe('tmutil', () => {
  it('destinationinfo: none, several, a server, a refusal', () => {
    expect(parse('destinations', 'tmutil: No destinations configured.\n')).toMatchObject({ code: null, jobs: [] })
    const line = '='.repeat(52)
    const two = `> ${line}\nName          : My Passport\nKind          : Local\nID            : 27E2D119-ABE6-4759-B719-26A3C104D80F\n${line}\nName          : NAS\nKind          : Network\nURL           : afp://anna@nas01._afpovertcp._tcp.local./TM\nID            : EAB3DEBE-3AF3-4C21-9C0E-960F67085381\n`
    const { jobs } = parse('destinations', two)
    expect(jobs.map(({ id, name, destination }) => [id, name, destination.kind, destination.sameDisk])).toEqual([
      ['time-machine:27e2d119', 'My Passport', 'local', null],
      ['time-machine:eab3debe', 'NAS', 'nas', false],
    ])
    expect(JSON.stringify(jobs)).not.toContain('anna')
    expect(parse('destinations', '').code).toBe('empty')
    expect(parse('destinations', 'noise\n').code).toBe('parse')
  })

  it('latestbackup and listbackups: HFS+ and APFS, local time, interrupted ones are none', () => {
    const berlin = { timeZone: 'Europe/Berlin' }
    const hfs = '/Volumes/X/Backups.backupdb/mac/2026-11-25-102610\n'
    expect(parse('latest', hfs, berlin).of('lastSuccessAt')).toBe(Date.parse('2026-11-25T09:26:10Z'))
    const folder = '/Volumes/.timemachine/511D3A0B-8810-4704-B45B-E2A2FFC26DAE'
    const apfs = (stamp: string, end: string) => `${folder}/${stamp}${end}/${stamp}${end}\n`
    const list = apfs('2026-11-24-001115', '.backup') + apfs('2026-11-25-001115', '.interrupted')
    expect(parse('latest', list).of('lastSuccessAt')).toBe(Date.parse('2026-11-24T00:11:15Z'))
    expect(parse('latest', list).of('copies')).toBe(null)
    expect(parse('latest', apfs('2026-11-24-001115', '.previous')).of('lastSuccessAt')).not.toBe(null)
  })

  it('latestbackup that finds nothing has looked in vain, and a refusal is one with whatever exit code', () => {
    expect(parse('latest', '', { stderr: 'Unable to locate machine directory for host.', exitCode: 1 }).code).toBe(
      'empty',
    )
    expect(parse('latest', FDA).code).toBe('access-denied')
    expect(parse('latest', '', { stderr: FDA, exitCode: 80 }).code).toBe('access-denied')
    expect(parse('latest', 'No backups\n').code).toBe('parse')
    expect(parse('latest', '').code).toBe('empty')
  })

  it('status: the nested form, XML, and what is cut', () => {
    const nested =
      'Backup session status:\n{\n    BackupPhase = Copying;\n    Percent = "0.1";\n    Progress =     {\n        Percent = "0.5";\n        "_raw_Percent" = "0.4";\n        bytes = 1;\n    };\n    Running = 1;\n}\n'
    expect(parse('status', nested).job).toMatchObject({ id: 'time-machine:Time Machine' })
    expect(parse('status', nested.replace('    };\n', '')).code).toBe('parse')
    expect(parse('status', nested.replace('Running = 1', 'Running = x')).code).toBe('parse')
    const xml = '<plist version="1.0"><dict><key>Running</key><true/><key>Percent</key><real>-1</real></dict></plist>'
    expect(parse('status', xml).jobs).toHaveLength(1)
    expect(parse('phase', 'Copying\n').jobs).toHaveLength(1)
    expect(parse('phase', 'what is this').code).toBe('parse')
  })

  it('local snapshots are no copies', () => {
    const three =
      'Snapshots for disk /:\ncom.apple.TimeMachine.2026-11-25-051751.local\ncom.apple.TimeMachine.2026-11-25-061751.local\ncom.apple.os.update-ABC\n'
    expect(parse('snapshots', three)).toMatchObject({
      jobs: [],
      lookalikes: [{ kind: 'snapshot', count: 2 }],
      samples: { 'lookalike:time-machine:local-snapshots:newestAt': Date.parse('2026-11-25T06:17:51Z') },
    })
    expect(parse('snapshots', 'Snapshots for disk /:\n').lookalikes).toEqual([])
    expect(parse('snapshots', '').code).toBe('empty')
    expect(parse('snapshots', 'com.apple.TimeMachine.2019-09-20-153324\n').lookalikes).toHaveLength(1)
  })
})
