/** A Windows machine asked through its one PowerShell: jobs put together, places known, nothing passed over. */
import { describe, expect, it } from 'vitest'
import { BACKUP_TASKS } from '../../../../../agent/checks/backup/index.ts'
import type { EventlogWatch } from '../../../../../agent/checks/collector.ts'
import { type FakeTable, fakeProbe } from '../../../../support/fake-probe.ts'
import { sectionOf } from '../../../../support/sections.ts'
import { event, LATER, NIGHT, NIGHT_MS, NOW, xmlEvent } from './recordings.ts'

type Blocks = { readonly [block: string]: unknown }
const NEVER = '0001-01-01T00:00:00Z'
const QUIET: Blocks = {
  'windows-backup-events': { ok: [{ LogExists: true }] },
  'windows-backup-summary': { ok: [] },
  'file-history': { ok: [] },
  'windows7-backup': { ok: [{ LogExists: true }] },
  'veeam-windows-events': { ok: [{ LogExists: false }] },
  'veeam-br-events': { ok: [{ LogExists: false }] },
  'azure-backup': { ok: [{ LogExists: false }] },
  'backup-vendors': { ok: [{ LogExists: true }] },
  'backup-products': { ok: [{ Name: 'Spooler', State: 'Running' }] },
  'veeam-log': { ok: [] },
  'backup-volumes': {
    ok: [
      { Letter: 'E:', Volume: '\\\\?\\Volume{efb0c152-7d1a-4a8c-88f9-f27c47a58bf3}\\', BusType: 7, IsSystem: false },
    ],
  },
  onedrive: { ok: [] },
  'shadow-copies': { ok: [] },
  'backup-data': { ok: [{ Looked: 'services' }, { Looked: 'shares' }, { Looked: 'profiles' }, { Looked: 'volumes' }] },
}

async function collect(blocks: Blocks, more: Partial<FakeTable> = {}, watches: readonly EventlogWatch[] = []) {
  const probe = fakeProbe({
    platform: 'win32',
    ...more,
    exec: { powershell: JSON.stringify({ rounds: 1, blocks: { ...QUIET, ...blocks } }), ...more.exec },
  })
  const context = { probe, now: NOW, off: new Set<string>(), memo: new Map(), watch: { watches, hookFolder: '/hooks' } }
  const contributions = []
  for (const task of BACKUP_TASKS) contributions.push(await task.collect(context))
  const samples: { readonly [key: string]: number | null } = Object.assign(
    {},
    ...contributions.map((one) => one.samples),
  )
  return { section: sectionOf<'backup'>('backup', ...contributions), samples, calls: probe.calls }
}
const jobs = ({ section }: Awaited<ReturnType<typeof collect>>) =>
  section.jobs.state === 'value' ? section.jobs.value : null

const SUMMARY = {
  NextBackupTime: LATER,
  NumberOfVersions: 3,
  LastSuccessfulBackupTime: NIGHT,
  LastSuccessfulBackupTargetPath: '\\\\?\\Volume{efb0c152-7d1a-4a8c-88f9-f27c47a58bf3}',
  LastBackupTime: NIGHT,
  LastBackupResultHR: 0,
  LastBackupResultDetailedHR: 0,
  DetailedMessage: '',
}

describe('jobs', () => {
  it('a machine without any says so', async () => {
    const { section, calls } = await collect({})
    expect(section).toMatchObject({
      jobs: { state: 'value', value: [] },
      lookalikes: { value: [] },
      tools: { value: [] },
      holdsData: { value: { holds: false } },
    })
    // One child for each rhythm, not for each question.
    expect(calls.filter((call) => call.startsWith('exec powershell'))).toHaveLength(3)
  })

  it('events and summary are one job; its volume is known by its disk', async () => {
    const found = await collect({
      'windows-backup-events': { ok: [{ LogExists: true }, event(4, 4, NIGHT)] },
      'windows-backup-summary': { ok: [SUMMARY] },
    })
    expect(jobs(found)).toMatchObject([
      {
        id: 'windows-backup:Windows Server Backup',
        destination: { kind: 'usb', label: 'E:', sameDisk: false },
        status: { value: { lastResult: 'success' } },
      },
    ])
    expect(found.samples).toMatchObject({
      'job:windows-backup:Windows Server Backup:lastSuccessAt': NIGHT_MS,
      'job:windows-backup:Windows Server Backup:copies': 3,
    })
  })

  it('a failure newer than the summary counts', async () => {
    const found = await collect({
      'windows-backup-events': { ok: [{ LogExists: true }, event(4, 4, NIGHT), event(5, 2, LATER)] },
      'windows-backup-summary': { ok: [SUMMARY] },
    })
    expect(jobs(found)).toMatchObject([{ status: { value: { lastResult: 'failed' } } }])
  })

  it('a feature that nobody set up is no job; one that is set up and never ran has no copy', async () => {
    const never = { ...SUMMARY, LastBackupTime: NEVER, LastSuccessfulBackupTime: NEVER, NumberOfVersions: 0 }
    const unused = await collect({ 'windows-backup-summary': { ok: [{ ...never, NextBackupTime: NEVER }] } })
    expect(jobs(unused)).toEqual([])
    const waiting = await collect({ 'windows-backup-summary': { ok: [never] } })
    expect(jobs(waiting)).toMatchObject([{ status: { value: { copies: 0 } } }])
  })

  it('a question that failed is not passed over', async () => {
    const refused = { error: -2147024891, message: 'x' }
    expect((await collect({ 'windows-backup-events': refused })).section.jobs).toMatchObject({ code: 'access-denied' })
    const beside = await collect({ 'windows-backup-events': refused, 'windows-backup-summary': { ok: [SUMMARY] } })
    expect(jobs(beside)).toMatchObject([
      { tool: 'windows-backup' },
      { id: 'other:system-backups', status: { code: 'access-denied' } },
    ])
    const mute = await collect({}, { exec: { powershell: { code: 'timeout', detail: 'no answer' } } })
    expect(mute.section).toMatchObject({
      jobs: { code: 'timeout' },
      lookalikes: { code: 'timeout' },
      tools: { code: 'timeout' },
      holdsData: { code: 'timeout' },
    })
  })

  it('Cobian is read from its folder', async () => {
    const line =
      '2026-11-25 03:10 ** Backup done for the task "files". Errors: 0. Processed files: 5. Backed up files: 5. **\n'
    const files = { 'C:\\Program Files\\Cobian Reflector\\Logs\\log 2026-11-25.txt': line }
    const folders = {
      'C:\\Program Files\\Cobian Reflector\\Logs': [{ name: 'log 2026-11-25.txt', kind: 'file' }],
    } as const
    expect(jobs(await collect({}, { files, folders }))).toMatchObject([
      { id: 'cobian:files', status: { value: { lastResult: 'success' } } },
    ])
  })
})

describe('a watch of an event log', () => {
  const watch: EventlogWatch = {
    kind: 'eventlog',
    name: 'macrium',
    log: 'Application',
    provider: 'Macrium Reflect',
    successIds: [256],
    failureIds: [],
    everyMs: null,
  }
  const ask = async (wevtutil: FakeTable['exec'] extends infer E | undefined ? E[keyof E] : never) => {
    const found = await collect({}, { exec: { wevtutil } }, [watch])
    return { job: jobs(found)?.[0], calls: found.calls.filter((call) => call.includes('wevtutil')) }
  }

  it('asks for its numbers, and for errors when no failure is named', async () => {
    const { job, calls } = await ask(xmlEvent(256, 4, NIGHT, '', 'Macrium Reflect'))
    expect(job).toMatchObject({ id: 'eventlog:macrium', status: { value: { lastResult: 'success' } } })
    expect(calls).toEqual([
      "exec wevtutil qe Application /q:*[System[Provider[@Name='Macrium Reflect'] and (EventID=256 or Level=1 or Level=2)]] /c:100 /rd:true /f:xml",
    ])
  })

  it('nothing found, no such log, no rights', async () => {
    expect((await ask('')).job).toMatchObject({ status: { code: 'empty' } })
    expect((await ask({ exitCode: 15007 })).job).toMatchObject({ status: { code: 'empty' } })
    expect((await ask({ exitCode: 5 })).job).toMatchObject({ status: { code: 'access-denied' } })
    expect((await ask({ code: 'tool-missing', detail: 'x' })).job).toMatchObject({ status: { code: 'tool-missing' } })
  })
})

describe('data and tools', () => {
  const data = async (...records: readonly object[]) =>
    (await collect({ 'backup-data': { ok: [...records, ...(QUIET['backup-data'] as { ok: object[] }).ok] } })).section
      .holdsData

  it.each<[string, object, object]>([
    ['SQL Server', { Service: 'MSSQL$SQLEXPRESS' }, { value: { holds: true, reason: 'databases' } }],
    ['Exchange', { Service: 'MSExchangeIS' }, { value: { holds: true, reason: 'mail' } }],
    ['a share', { Share: 1 }, { value: { holds: true, reason: 'shares' } }],
    [
      'files of an account',
      { Files: 6, Redirected: 0, OneDrive: 3, MailStores: 0 },
      { value: { holds: true, reason: 'home-folders' } },
    ],
    ['a handful of files', { Files: 5, Redirected: 0, OneDrive: 0, MailStores: 0 }, { value: { holds: false } }],
    ['folders on a server', { Files: 0, Redirected: 3, OneDrive: 0, MailStores: 0 }, { value: { holds: false } }],
    [
      'a mail store',
      { Files: 0, Redirected: 0, OneDrive: 0, MailStores: 1 },
      { value: { holds: true, reason: 'mail' } },
    ],
    ["somebody's own folders", { OwnFolders: 2 }, { state: 'failed', code: 'unsupported' }],
    ['a place that was refused', { Refused: 'profiles' }, { state: 'failed' }],
    ['an account that was not counted', { Files: null, Redirected: 0 }, { state: 'failed', code: 'unsupported' }],
  ])('%s', async (_, record, want) => expect(await data(record)).toMatchObject(want))

  it('a place that was not looked at proves nothing', async () => {
    const { section } = await collect({ 'backup-data': { ok: [{ Looked: 'services' }] } })
    expect(section.holdsData).toMatchObject({ state: 'failed', code: 'access-denied' })
  })

  it('products are known by service or by name; a Windows without services is no answer', async () => {
    const seen = await collect({
      'backup-products': {
        ok: [{ Name: 'VeeamEndpointBackupSvc', State: 'Running' }, { Program: 'Macrium Reflect Free' }],
      },
    })
    expect(seen.section.tools).toMatchObject({ value: [{ id: 'macrium' }, { id: 'veeam-agent' }] })
    expect((await collect({ 'backup-products': { ok: [] } })).section.tools).toMatchObject({ code: 'parse' })
  })

  it('synchronisation and shadow copies are told, and one that failed is not "none"', async () => {
    const onedrive = { ok: [{ Rid: '1001', Account: 'Personal', SignedIn: true, KfmFoldersProtectedNow: 512 }] }
    expect((await collect({ onedrive })).section.lookalikes).toMatchObject({ value: [{ kind: 'sync' }] })
    const refused = { error: -2147024891, message: 'x' }
    expect((await collect({ onedrive, 'shadow-copies': refused })).section.lookalikes).toMatchObject({
      code: 'access-denied',
    })
  })
})
