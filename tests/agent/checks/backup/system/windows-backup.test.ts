/** Windows Server Backup by its events, its summary and wbadmin: what is a success, and everything that is none. */
import { describe, expect, it } from 'vitest'
import { parseSource, verdictOf } from '../parse-source.ts'
import {
  BAD_NIGHT,
  EARLIER,
  event,
  GOOD_NIGHT,
  LATER,
  log,
  NIGHT,
  NIGHT_MS,
  NOW,
  summary,
  xmlEvent,
} from './recordings.ts'

const WIN = { platform: 'win32', now: NOW } as const
const EVENTS = 'windows-backup-events'
const events = (...list: Parameters<typeof event>[]) => log(EVENTS, ...list.map((one) => event(...one)))
const result = (output: string, more = {}) => verdictOf(EVENTS, output, { ...WIN, ...more })

describe('events', () => {
  it('4 is a success, to the place that it names', () => {
    const { job, of } = parseSource(EVENTS, GOOD_NIGHT, WIN)
    expect(job).toMatchObject({
      id: 'windows-backup:Windows Server Backup',
      destination: { kind: 'smb', label: 'nas01', sameDisk: false },
      status: { value: { lastResult: 'success', copies: null } },
    })
    expect([of('lastSuccessAt'), of('lastRunAt')]).toEqual([NIGHT_MS, NIGHT_MS])
  })

  it.each<[string, string, string | null, number | null]>([
    ['an error of any number after the last 4', BAD_NIGHT, 'failed', Date.parse('2026-11-24T03:10:00Z')],
    ['14 alone proves nothing', events([14, 4, NIGHT]), 'empty', null],
    ['14 after a failure does not lift it', events([49, 2, EARLIER], [14, 4, LATER]), 'failed', null],
    ['14 that carries the error', events([14, 4, NIGHT, { Data: { HRESULT: '0x80780049' } }]), 'failed', null],
    ['completed with errors', events([4, 4, EARLIER], [7, 3, NIGHT]), 'partial', Date.parse('2026-11-24T03:10:00Z')],
    [
      'completed with errors in English, of whatever level',
      events([7, 4, NIGHT, { Text: 'The backup operation that started at x has completed with errors.' }]),
      'partial',
      null,
    ],
    ['a success with an error code', events([4, 4, NIGHT, { Data: { HRESULT: '0x80070002' } }]), 'failed', null],
    ['a success of level error', events([4, 2, NIGHT]), 'failed', null],
    [
      'a newest event without its level',
      events([4, 4, EARLIER], [561, null, LATER]),
      'parse',
      Date.parse('2026-11-24T03:10:00Z'),
    ],
    ['a 4 of another product', events([4, 4, NIGHT, { ProviderName: 'Kernel-General' }]), null, null],
  ])('%s', (_, output, want, at) => {
    expect(result(output)).toEqual({ result: want, successAt: at })
  })

  it('a time in the future is no success', () => {
    expect(result(events([4, 4, '2026-12-25T03:10:00.0000000Z']))).toEqual({ result: 'success', successAt: null })
  })

  it('no log, no event and no rights are three answers', () => {
    const jobs = (output: string, stderr = '', exitCode = 0) =>
      parseSource(EVENTS, output, { ...WIN, stderr, exitCode })
    expect(jobs(log(EVENTS))).toMatchObject({ code: null, jobs: [] })
    expect(jobs('{"blocks":{"windows-backup-events":{"ok":[{"LogExists":false}]}}}')).toMatchObject({
      code: null,
      jobs: [],
    })
    const none = 'FullyQualifiedErrorId : NoMatchingEventsFound,Microsoft.PowerShell.Commands.GetWinEventCommand'
    expect(jobs('', none, 1)).toMatchObject({ code: null, jobs: [] })
    expect(jobs(`Get-WinEvent : Es wurden keine Ereignisse gefunden\n${none}`)).toMatchObject({ code: null, jobs: [] })
    expect(jobs('', 'FullyQualifiedErrorId : NoMatchingLogsFound,Microsoft', 1)).toMatchObject({ code: null, jobs: [] })
    expect(jobs('', 'System.UnauthorizedAccessException', 1).code).toBe('access-denied')
    expect(jobs('').code).toBe('empty')
    expect(jobs('', 'anything', 1).code).toBe('exit')
  })
})

describe('the same events in other forms', () => {
  const good = { result: 'success', successAt: NIGHT_MS }
  it('XML of wevtutil, with and without a root, oldest or newest first', () => {
    const ok = xmlEvent(4, 4, NIGHT, "<Data Name='HRESULT'>0x0</Data><Data Name='BackupTarget'>\\\\nas01\\b</Data>")
    const bad = xmlEvent(49, 2, LATER)
    expect(result(ok)).toEqual(good)
    expect(result(`<?xml version="1.0"?>\n<Events>\n${ok}\n</Events>`)).toEqual(good)
    expect(result(`${bad}\n${ok}`).result).toBe('failed')
    expect(result(`${ok}\n${bad}`).result).toBe('failed')
    expect(result(`${ok}\n${bad.slice(0, 300)}`).result).toBe('parse')
  })

  it('JSON of PowerShell 5.1 and 7 and of Get-EventLog', () => {
    const at51 = `/Date(${NIGHT_MS})/`
    expect(
      result(JSON.stringify([{ Id: 4, Level: 4, TimeCreated: at51, ProviderName: 'Microsoft-Windows-Backup' }])),
    ).toEqual(good)
    expect(
      result(
        JSON.stringify({ Id: 4, LevelDisplayName: 'Informationen', TimeCreated: '2026-11-25T04:10:00.1234567+01:00' }),
      ),
    ).toMatchObject({ result: 'success' })
    expect(
      result(JSON.stringify([{ EventID: 5, EntryType: 1, TimeGenerated: at51, Source: 'Microsoft-Windows-Backup' }]))
        .result,
    ).toBe('failed')
  })

  it('text of wevtutil and Format-List, whose local dates are not told', () => {
    const text = (id: number, level: string, at: string) =>
      `  Log Name: Microsoft-Windows-Backup\n  Source: Microsoft-Windows-Backup\n  Date: ${at}\n  Event ID: ${id}\n  Level: ${level}\n  Description:\nx\n`
    const whole = `Event[0]:\n${text(4, 'Information', '2026-11-24T03:10:00.1230000Z')}\nEvent[1]:\n${text(5, 'Fehler', NIGHT)}`
    expect(result(whole)).toEqual({ result: 'failed', successAt: Date.parse('2026-11-24T03:10:00.123Z') })
    expect(result(`Event[0]:\n${text(4, 'Information', '2026-11-24T03:10:00.123')}`)).toEqual({
      result: 'success',
      successAt: null,
    })
    const list =
      'TimeCreated  : 11/25/2026 3:10:01 AM\nProviderName : Microsoft-Windows-Backup\nId           : 14\nMessage      : x\n\nTimeCreated  : 11/25/2026 3:10:00 AM\nProviderName : Microsoft-Windows-Backup\nId           : 4\nMessage      : x\n'
    expect(result(list)).toEqual({ result: 'success', successAt: null })
  })
})

describe('Get-WBSummary', () => {
  const of = (output: string, more = {}) => verdictOf('windows-backup-summary', output, { ...WIN, ...more })
  const NEVER = '0001-01-01T00:00:00.0000000Z'

  it.each<[string, string, string | null, number | null]>([
    ['a good last backup', summary(), 'success', NIGHT_MS],
    ['a failed one', summary({ LastBackupTime: LATER, LastBackupResultHR: 2155348165 }), 'failed', NIGHT_MS],
    ['a failed one, as a signed number', summary({ LastBackupResultHR: -2139619131 }), 'failed', NIGHT_MS],
    ['something said beside it', summary({ DetailedMessage: 'x' }), 'partial', NIGHT_MS],
    ['a result that is not told', summary({ LastBackupResultHR: null }), 'parse', NIGHT_MS],
    ['a zero for another run', summary({ LastBackupTime: LATER }), 'parse', NIGHT_MS],
    [
      'a local time that is written from year to second',
      summary({ LastBackupTime: '2026-11-25 03:10:00', LastSuccessfulBackupTime: '2026-11-25 03:10:00' }),
      'success',
      NIGHT_MS,
    ],
    [
      'a local time in the manner of a country',
      summary({ LastBackupTime: '11/10/2026 03:10:00', LastSuccessfulBackupTime: '11/10/2026 03:10:00' }),
      'success',
      null,
    ],
    ['never', summary({ LastBackupTime: NEVER, LastSuccessfulBackupTime: NEVER, NumberOfVersions: 0 }), null, null],
  ])('%s', (_, output, want, at) => {
    expect(of(output)).toEqual({ result: want, successAt: at })
  })

  it('never has no copy, and versions are counted', () => {
    const never = summary({ LastBackupTime: NEVER, LastSuccessfulBackupTime: NEVER, NumberOfVersions: 0 })
    expect(parseSource('windows-backup-summary', never, WIN).job).toMatchObject({ status: { value: { copies: 0 } } })
    expect(parseSource('windows-backup-summary', summary(), WIN).of('copies')).toBe(12)
  })

  it('a list in the manner of a country tells results and no times', () => {
    const list = (last: string, hr: number) =>
      `NextBackupTime                  : 11/03/2026 22:00:00\nNumberOfVersions                : 1\nLastSuccessfulBackupTime        : 10/03/2026 20:16:00\nLastBackupTime                  : ${last}\nDetailedMessage                 :\nLastBackupResultHR              : ${hr}\nLastBackupResultDetailedHR      : 0\n`
    expect(of(list('11/03/2026 01:12:26', 2155348165))).toEqual({ result: 'failed', successAt: null })
    expect(of(list('10/03/2026 20:16:00', 0))).toEqual({ result: 'success', successAt: null })
  })

  it('a feature that is not there has no job; anything else is refused', () => {
    expect(parseSource('windows-backup-summary', '{"blocks":{"windows-backup-summary":{"ok":[]}}}', WIN)).toMatchObject(
      { code: null, jobs: [] },
    )
    expect(
      parseSource('windows-backup-summary', '', { ...WIN, stderr: 'CommandNotFoundException', exitCode: 1 }),
    ).toMatchObject({ jobs: [] })
    expect(of('{"Name":"x"}').result).toBe('parse')
    expect(of('').result).toBe('empty')
  })
})

describe('wbadmin get versions', () => {
  const of = (output: string, more = {}) => parseSource('wbadmin-versions', output, { ...WIN, ...more })

  it('only the identifier is read, in UTC, whatever the language', () => {
    const german =
      'wbadmin 1.0 - Sicherungs-Befehlszeilentool\n\nSicherungszeit: 21.11.2026 17:00\nSicherungsort: 1394/USB-Datenträger\nVersions-ID: 11/21/2026-16:00\n\nSicherungszeit: 25.11.2026 04:10\nVersions-ID: 11/25/2026-03:10\n'
    const { job, of: sample } = of(german)
    expect([sample('lastSuccessAt'), sample('copies')]).toEqual([Date.UTC(2026, 10, 25, 3, 10), 2])
    expect(job).toMatchObject({ status: { value: { lastResult: null } } })
  })

  it('no identifier is no answer', () => {
    expect(of('wbadmin 1.0\nERROR - no backup\n').code).toBe('empty')
    expect(of('Version identifier: 11/25/2026-03:10\n', { exitCode: 5 }).code).toBe('exit')
    expect(of('Version identifier: 13/40/2026-03:10\n').code).toBe('empty')
    expect(of('Version identifier: 12/25/2026-03:10\n').of('lastSuccessAt')).toBe(null)
  })
})
