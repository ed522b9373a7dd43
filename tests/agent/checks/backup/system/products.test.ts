/** Products on Windows by their logs, events and registry: what their own words prove, and what nothing proves. */
import { describe, expect, it } from 'vitest'
import { parseSource, verdictOf } from '../parse-source.ts'
import { block, EARLIER, event, LATER, log, NIGHT, NIGHT_MS, NOW, xmlEvent } from './recordings.ts'

const WIN = { platform: 'win32', now: NOW } as const
const parse = (id: string, output: string, more = {}) => parseSource(id, output, { ...WIN, ...more })
const verdict = (id: string, output: string, more = {}) => verdictOf(id, output, { ...WIN, ...more })
const EARLIER_MS = Date.parse('2026-11-24T03:10:00Z')

describe('Veeam Agent', () => {
  const ID = 'veeam-windows-events'
  const ended = (level: number | null, text: string, at = NIGHT, id = 190) =>
    event(id, level, at, { ProviderName: 'Veeam Agent', Text: text })
  const one = (level: number | null, text: string) => verdict(ID, log(ID, ended(level, text))).result

  it('190 is a success, a warning or a failure: by its level, then by its text', () => {
    expect(one(4, "Veeam Agent 'Daily' finished with Success.")).toBe('success')
    expect(one(3, "Veeam Agent 'Daily' finished with Warning.")).toBe('partial')
    expect(one(2, "Veeam Agent 'Daily' finished with Failed.")).toBe('failed')
    expect(one(4, 'Veeam Agent „Täglich“')).toBe('success')
    expect(one(null, "Veeam Agent 'Daily' finished with Success.")).toBe('success')
    expect(one(null, "Veeam Agent 'Daily' finished with Failed.")).toBe('failed')
    expect(one(4, "Veeam Agent 'Daily' finished with Warning.")).toBe('partial')
    expect(one(null, '')).toBe('parse')
    expect(one(4, "Veeam Agent 'Daily' finished with Nonsense.")).toBe('parse')
  })

  it('jobs are told apart; a retry is no success; the newest end counts', () => {
    const output = log(
      ID,
      ended(4, "Veeam Agent 'A' finished with Success.", EARLIER),
      ended(3, "Veeam Agent 'A' finished with Error and will be retried.", LATER, 191),
      ended(4, "Veeam Agent 'B' finished with Success."),
      ended(4, "Veeam Agent 'B' has been started", NIGHT, 110),
    )
    const { jobs, samples } = parse(ID, output)
    expect(jobs.map(({ id, status }) => [id, status.state === 'value' && status.value.lastResult])).toEqual([
      ['veeam:A', 'failed'],
      ['veeam:B', 'success'],
    ])
    expect(samples).toMatchObject({ 'job:veeam:A:lastSuccessAt': EARLIER_MS, 'job:veeam:B:lastSuccessAt': NIGHT_MS })
  })

  it('reads the XML of wevtutil, and has no job without events', () => {
    const xml = xmlEvent(
      190,
      4,
      NIGHT,
      '<Data>Veeam Agent &apos;Daily&apos; finished with Success.</Data>',
      'Veeam Agent',
    )
    expect(parse(ID, xml).job?.id).toBe('veeam:Daily')
    expect(parse(ID, log(ID))).toMatchObject({ code: null, jobs: [] })
  })
})

describe('Veeam Backup & Replication', () => {
  const ID = 'veeam-br-events'
  const job = (result: string, level: number, id = 190) =>
    event(id, level, NIGHT, {
      ProviderName: 'Veeam MP',
      Data: { JobResult: result, JobName: 'Servers', JobSessionID: 's1' },
    })
  const task = (status: string) =>
    event(150, 4, NIGHT, { ProviderName: 'Veeam MP', Data: { Status: status, JobSessionID: 's1' } })

  it.each<[string, ReturnType<typeof event>[], string]>([
    ['success', [task('0'), job('0', 4)], 'success'],
    ['warning', [job('1', 3)], 'partial'],
    ['failure', [job('2', 2)], 'failed'],
    ['a level that says better than the result', [job('2', 4)], 'failed'],
    ['a success without one of its machines', [task('2'), task('0'), job('0', 4)], 'partial'],
    ['an agent job', [job('0', 4, 790)], 'success'],
    ['a copy job that failed', [job('2', 2, 490)], 'failed'],
  ])('%s', (_, events, want) => expect(verdict(ID, log(ID, ...events)).result).toBe(want))
})

describe('the log of Veeam Agent', () => {
  const line = (at: string, status: string) =>
    `[${at}] <01> Info     Job session '38129ee8-e20f-4912-ae5e-f0176077f0f9' has been completed, status: '${status}', '446.1 GB' of '446.1 GB' bytes, '1' of '1' tasks\n`
  const berlin = { timeZone: 'Europe/Berlin' }

  it('takes the job session, day first, in local time', () => {
    const text = `Starting new log\n[25.11.2026 04:00:00] <01> Info  Task session '3' has been completed, status: 'Failed'\n${line('25.11.2026 04:10:00.123', 'Success')}`
    expect(verdict('veeam-log', text, berlin)).toEqual({ result: 'success', successAt: NIGHT_MS })
    expect(verdict('veeam-log', text + line('25.11.2026 14:10:00', 'Failed'), berlin)).toEqual({
      result: 'failed',
      successAt: NIGHT_MS,
    })
    expect(verdict('veeam-log', line('25.11.2026 04:10:00', 'Warning')).result).toBe('partial')
    expect(verdict('veeam-log', line('25.11.2026 04:10:00', 'None')).result).toBe('parse')
  })

  it('without an ended session there is no answer; the answers of the script are read', () => {
    expect(parse('veeam-log', '[25.11.2026 04:00:00] <01> Info Task session has been completed\n').code).toBe('empty')
    expect(parse('veeam-log', '').code).toBe('empty')
    expect(verdict('veeam-log', block('veeam-log', [{ Job: 'Bases', Status: 'Success', At: NIGHT }]))).toEqual({
      result: 'success',
      successAt: NIGHT_MS,
    })
    expect(parse('veeam-log', block('veeam-log', []))).toMatchObject({ code: null, jobs: [] })
  })
})

describe('products whose numbers nobody documents', () => {
  it.each(['acronis', 'macrium', 'synology-active-backup'])(
    '%s is never green, and red by an error of its own',
    (id) => {
      const provider = { ProviderName: `x ${id.slice(0, 8)} y` }
      const of = (level: number | null) => verdict(id, log('backup-vendors', event(1, level, NIGHT, provider))).result
      expect([2, 3, 4, null].map(of)).toEqual(['failed', 'partial', 'parse', 'parse'])
      expect(parse(id, log('backup-vendors', event(1, 2, NIGHT, { ProviderName: 'Other' })))).toMatchObject({
        code: null,
        jobs: [],
      })
    },
  )

  it('a service proves the product, never a copy', () => {
    const service = (State: string) =>
      JSON.stringify([
        { Name: 'AcronisAgent', State },
        { Name: 'Spooler', State: 'Running' },
      ])
    expect(verdict('acronis', service('Running')).result).toBe('unsupported')
    expect(verdict('acronis', service('Stopped')).result).toBe('disabled')
    expect(parse('macrium', service('Running'))).toMatchObject({ code: null, jobs: [] })
  })

  it('Azure Backup has numbers', () => {
    const of = (id: number, level: number) =>
      verdict('azure-backup', log('azure-backup', event(id, level, NIGHT, { ProviderName: 'CloudBackup' }))).result
    expect([of(3, 4), of(11, 2), of(18, 4), of(1, 4), of(3, 3)]).toEqual([
      'success',
      'failed',
      'failed',
      'empty',
      'partial',
    ])
  })

  it('"Backup and Restore (Windows 7)" is believed in its errors only', () => {
    const of = (level: number) =>
      verdict('windows7-backup', log('windows7-backup', event(4100, level, NIGHT, { ProviderName: 'Windows Backup' })))
        .result
    expect([of(2), of(4)]).toEqual(['failed', 'parse'])
  })
})

describe('Cobian', () => {
  const done = (errors: number, processed: number) =>
    `    2026-11-25 03:10 ** Backing up the task "groups" **\n    2026-11-25 03:10 The Volume Shadow Copy snapshot set has been created\n    2026-11-25 03:10 ** Backup done for the task "groups". Errors: ${errors}. Processed files: ${processed}. Backed up files: ${processed}. Total size: 30,08 GB **\n`

  it.each<[string, string, string, number | null]>([
    ['a good run', done(0, 5), 'success', NIGHT_MS],
    ['errors beside files', done(2, 5), 'partial', null],
    ['errors and no file', done(1, 0), 'failed', null],
    ['no file at all', done(0, 0), 'empty', null],
    ['a start without an end', done(0, 5).split('\n').slice(0, 2).join('\n'), 'parse', null],
    [
      'Russian words',
      '2026-11-25 03:10 ** Задание "groups" завершено. Ошибок: 0, обработано файлов: 5, скопировано файлов: 5, общий размер: 1,2 MB **',
      'success',
      NIGHT_MS,
    ],
  ])('%s', (_, output, want, at) => expect(verdict('cobian', output)).toEqual({ result: want, successAt: at }))

  it('reads the UTF-16 in which it is written', () => {
    expect(verdict('cobian', '', {}).result).toBe('empty')
    const utf16 = Buffer.from(`\ufeff${done(0, 5)}`, 'utf16le')
    expect(verdictOf('cobian', utf16, WIN).result).toBe('success')
  })
})

describe('a watch of an event log', () => {
  const watch = { name: 'macrium', provider: 'Macrium Reflect', successIds: [256], failureIds: [512] }
  const of = (events: readonly object[], more: object = watch) => JSON.stringify({ watch: more, events })
  const own = (id: number, level: number, at = NIGHT) => event(id, level, at, { ProviderName: 'Macrium Reflect' })

  it.each<[string, string, string | null, number | null]>([
    ['a success number', of([own(256, 4)]), 'success', NIGHT_MS],
    ['a failure number after it', of([own(256, 4, EARLIER), own(512, 4)]), 'failed', EARLIER_MS],
    ['a success of level warning', of([own(256, 3)]), 'partial', null],
    ['another number', of([own(7, 4)]), 'empty', null],
    ['another provider', of([event(256, 4, NIGHT)]), 'empty', null],
    [
      'without failure numbers, any error',
      of([own(256, 4, EARLIER), own(9, 2)], { ...watch, failureIds: [] }),
      'failed',
      EARLIER_MS,
    ],
    ['without any watch, nothing is green', JSON.stringify([own(256, 4)]), 'empty', null],
  ])('%s', (_, output, want, at) => expect(verdict('eventlog', output)).toEqual({ result: want, successAt: at }))
})

describe('File History', () => {
  const filetime = ((BigInt(NIGHT_MS) + 11_644_473_600_000n) * 10_000n).toString()
  const record = (more: object = {}) =>
    block('file-history', [{ Rid: '1001', ProtectedUpToTime: filetime, TargetUrl: 'E:\\', Status: 'Enabled', ...more }])

  it('tells up to when files are copied, and no result', () => {
    const { job, of } = parse('file-history', record())
    expect(job).toMatchObject({
      id: 'file-history:File History (account 1001)',
      destination: { label: 'E:' },
      status: { value: { lastResult: null } },
    })
    expect(of('lastSuccessAt')).toBe(NIGHT_MS)
    const hex = `0x${BigInt(filetime).toString(16)}`
    const query = `\nHKEY_USERS\\S-1-5-21-1-2-3-1001\\Software\\Microsoft\\Windows\\CurrentVersion\\FileHistory\n    ProtectedUpToTime    REG_QWORD    ${hex}\n`
    expect(parse('file-history', query).of('lastSuccessAt')).toBe(NIGHT_MS)
  })

  it('zero is no proof of never; switched off is told; Config1.xml tells the place', () => {
    expect(parse('file-history', record({ ProtectedUpToTime: '0' })).of('lastSuccessAt')).toBe(null)
    expect(verdict('file-history', record({ Status: 'Disabled' })).result).toBe('disabled')
    const xml =
      '<?xml version="1.0"?><DataProtectionUserConfig><UserName>anna</UserName><TargetUrl>\\\\nas01\\fh\\</TargetUrl><DPStatus>Enabled</DPStatus></DataProtectionUserConfig>'
    const { job } = parse('file-history', xml)
    expect(job).toMatchObject({ destination: { kind: 'smb', label: 'nas01' } })
    expect(JSON.stringify(job)).not.toContain('anna')
    expect(parse('file-history', xml.slice(0, 120)).code).toBe('parse')
    expect(parse('file-history', block('file-history', []))).toMatchObject({ code: null, jobs: [] })
  })
})

describe('what is no copy', () => {
  it('OneDrive synchronises, with or without the known folders', () => {
    const account = (more: object) =>
      block('onedrive', [{ Rid: '1001', Account: 'Business1', SignedIn: true, ...more }])
    expect(parse('onedrive', account({ KfmFoldersProtectedNow: 3584 })).lookalikes).toEqual([
      { id: 'onedrive:1001-business1', name: 'OneDrive with known folders', kind: 'sync', count: 3 },
    ])
    expect(parse('onedrive', account({ KfmFoldersProtectedNow: null })).lookalikes).toMatchObject([
      { name: 'OneDrive', count: null },
    ])
    expect(parse('onedrive', account({ SignedIn: false, KfmFoldersProtectedNow: 0 })).lookalikes).toEqual([])
    const query =
      'HKEY_CURRENT_USER\\Software\\Microsoft\\OneDrive\\Accounts\\Personal\n    KfmFoldersProtectedNow    REG_DWORD    0x200\n'
    expect(parse('onedrive', query).lookalikes).toMatchObject([{ id: 'onedrive:personal', count: 1 }])
  })

  it('shadow copies are snapshots of the same disk', () => {
    const two =
      'InstallDate=20261124031000.000000+000\nVolumeName=\\\\?\\Volume{a}\\\n\nInstallDate=20261125041000.000000+060\nVolumeName=\\\\?\\Volume{a}\\\n'
    expect(parse('shadow-copies', two)).toMatchObject({
      lookalikes: [{ kind: 'snapshot', count: 2 }],
      samples: { 'lookalike:vss:shadow-copies:newestAt': NIGHT_MS },
    })
    expect(parse('shadow-copies', block('shadow-copies', [])).lookalikes).toEqual([])
    expect(parse('shadow-copies', '[{"Name":"x"}]').code).toBe('parse')
    expect(parse('shadow-copies', '').code).toBe('empty')
  })
})
