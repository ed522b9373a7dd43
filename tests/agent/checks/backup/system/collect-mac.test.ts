/** A Mac: Time Machine by its property list, refused or not; its products and data; no names of people. */
import { describe, expect, it } from 'vitest'
import { BACKUP_TASKS } from '../../../../../agent/checks/backup/index.ts'
import { type FakeTable, fakeProbe } from '../../../../support/fake-probe.ts'
import { sectionOf } from '../../../../support/sections.ts'
import { NOW, timeMachine } from './recordings.ts'

const PLIST = '/Library/Preferences/com.apple.TimeMachine.plist'
const REFUSED = { code: 'access-denied', detail: 'EPERM' } as const
const DESTINATION =
  '<plist version="1.0"><dict><key>Destinations</key><array><dict><key>ID</key><string>511D3A0B-8810-4704-B45B-E2A2FFC26DAE</string><key>Name</key><string>Backup 2</string><key>Kind</key><string>Local</string></dict></array></dict></plist>'
const BARE: FakeTable = {
  platform: 'darwin',
  folders: { '/Applications': [], '/Users': [], '/Volumes': [] },
  exec: {
    'tmutil listlocalsnapshots /': 'Snapshots for disk /:\n',
    'tmutil status': 'Backup session status:\n{\n    Running = 0;\n}\n',
  },
}

async function collect(more: FakeTable, memo = new Map<string, unknown>()) {
  const table = {
    ...BARE,
    ...more,
    exec: { ...BARE.exec, ...more.exec },
    folders: { ...BARE.folders, ...more.folders },
  }
  const probe = fakeProbe(table)
  const context = { probe, now: NOW, off: new Set<string>(), memo, watch: { watches: [], hookFolder: '/hooks' } }
  const contributions = []
  for (const task of BACKUP_TASKS) contributions.push(await task.collect(context))
  const samples: { readonly [key: string]: number | null } = Object.assign(
    {},
    ...contributions.map((one) => one.samples),
  )
  return { section: sectionOf<'backup'>('backup', ...contributions), samples }
}

describe('Time Machine', () => {
  it('is read from its property list', async () => {
    const { section, samples } = await collect({ files: { [PLIST]: timeMachine() } })
    expect(section.jobs).toMatchObject({
      value: [{ id: 'time-machine:511d3a0b', status: { value: { lastResult: 'success' } } }],
    })
    expect(samples['job:time-machine:511d3a0b:lastSuccessAt']).toBe(Date.parse('2026-11-25T14:00:00Z'))
  })

  it('refused: each destination is a job that cannot be judged, with the way to Full Disk Access', async () => {
    const { section } = await collect({
      files: { [PLIST]: REFUSED },
      exec: { 'tmutil destinationinfo -X': DESTINATION },
    })
    expect(section.jobs).toMatchObject({
      value: [
        {
          id: 'time-machine:511d3a0b',
          name: 'Backup 2',
          status: { code: 'access-denied', detail: expect.stringContaining('Full Disk Access > +') },
        },
      ],
    })
  })

  it('refused everywhere: the part fails; refused and not set up: no job; no property list: no job', async () => {
    expect((await collect({ files: { [PLIST]: REFUSED } })).section.jobs).toMatchObject({ code: 'access-denied' })
    const none = { 'tmutil destinationinfo -X': 'tmutil: No destinations configured.\n' }
    expect((await collect({ files: { [PLIST]: REFUSED }, exec: none })).section.jobs).toMatchObject({ value: [] })
    expect((await collect({})).section.jobs).toMatchObject({ state: 'value', value: [] })
  })

  it('a run under way keeps the start at which it was first seen', async () => {
    const running =
      'Backup session status:\n{\n    BackupPhase = Copying;\n    DateOfStateChange = "2026-11-25 14:50:00 +0000";\n    DestinationID = "511D3A0B-8810-4704-B45B-E2A2FFC26DAE";\n    Running = 1;\n}\n'
    const memo = new Map<string, unknown>()
    const files = { [PLIST]: timeMachine() }
    const first = await collect({ files, exec: { 'tmutil status': running } }, memo)
    const later = await collect({ files, exec: { 'tmutil status': running.replace('14:50', '14:58') } }, memo)
    const started = Date.parse('2026-11-25T14:50:00Z')
    expect(first.samples['job:time-machine:511d3a0b:startedAt']).toBe(started)
    expect(later.samples['job:time-machine:511d3a0b:startedAt']).toBe(started)
  })
})

describe('lookalikes, products, data', () => {
  it('local snapshots are told; silence with an error is not "none"', async () => {
    const one = 'Snapshots for disk /:\ncom.apple.TimeMachine.2026-11-25-051751.local\n'
    expect((await collect({ exec: { 'tmutil listlocalsnapshots /': one } })).section.lookalikes).toMatchObject({
      value: [{ count: 1 }],
    })
    expect((await collect({})).section.lookalikes).toMatchObject({ state: 'value', value: [] })
    const failing = { 'tmutil listlocalsnapshots /': { exitCode: 1, stderr: 'x' } }
    expect((await collect({ exec: failing })).section.lookalikes).toMatchObject({ code: 'exit' })
  })

  it('products are known by application, daemon or program', async () => {
    const files = { '/Library/LaunchDaemons/com.bombich.ccchelper.plist': '', '/opt/homebrew/bin/restic': '' }
    const folders = { '/Applications': [{ name: 'Arq.app', kind: 'folder' }] } as const
    const { section } = await collect({ files, folders })
    expect(section.tools).toMatchObject({ value: [{ id: 'arq' }, { id: 'carbon-copy-cloner' }, { id: 'restic' }] })
    const mute = { folders: { '/Applications': REFUSED } }
    expect((await collect(mute)).section.tools).toMatchObject({ code: 'access-denied' })
  })

  it('files of people count, their names do not; a home that is refused proves nothing', async () => {
    const files = Object.fromEntries(
      Array.from({ length: 6 }, (_, n) => [`/Users/anna/Documents/secret-${n}.pages`, '']),
    )
    const folders = { '/Users': [{ name: 'anna', kind: 'folder' }] } as const
    const { section } = await collect({ files, folders })
    expect(section.holdsData).toMatchObject({ value: { holds: true, reason: 'home-folders' } })
    expect(JSON.stringify(section)).not.toMatch(/anna|secret/)
    expect(
      (await collect({ folders: { ...folders, '/Users/anna/Desktop': REFUSED } })).section.holdsData,
    ).toMatchObject({
      code: 'access-denied',
      detail: expect.stringContaining('Full Disk Access'),
    })
    expect((await collect({})).section.holdsData).toMatchObject({ value: { holds: false } })
    expect(
      (await collect({ files: { '/opt/homebrew/var/postgres/PG_VERSION': '15' } })).section.holdsData,
    ).toMatchObject({ value: { reason: 'databases' } })
    const volume = { folders: { '/Volumes': [{ name: 'Data', kind: 'folder' }] } } as const
    expect((await collect(volume)).section.holdsData).toMatchObject({ code: 'unsupported' })
  })
})
