/** The watches of borg, borgmatic and kopia: what is asked, when, and what stands when it is not answered. */
import { describe, expect, it } from 'vitest'
import { jobsTask } from '../../../../agent/checks/backup/collect.ts'
import type { BorgmaticWatch, BorgWatch, KopiaWatch, Watch } from '../../../../agent/watch-config.ts'
import { HOUR_MS, MINUTE_MS } from '../../../../shared/units.ts'
import { type FakeOutput, type FakeTable, fakeProbe } from '../../../support/fake-probe.ts'
import { fixture } from '../../../support/fixture.ts'
import { sectionOf } from '../../../support/sections.ts'

const NOW = Date.UTC(2026, 10, 25, 15)
const text = (name: string) => fixture(`backup/${name}`).toString('utf8')
const HOST = { '/proc/sys/kernel/hostname': 'files\n' }
const BORG: BorgWatch = {
  kind: 'borg',
  name: 'b',
  repository: '/repo',
  passwordFile: "/root/it's",
  passcommandFile: null,
  everyMs: 24 * HOUR_MS,
  offsite: null,
}
const BORGMATIC: BorgmaticWatch = {
  kind: 'borgmatic',
  name: 'm',
  configFile: '/etc/m.yaml',
  everyMs: null,
  offsite: null,
}
const KOPIA: KopiaWatch = { kind: 'kopia', name: 'k', configFile: '/root/k.config', everyMs: null, offsite: true }

type More = { readonly now?: number; readonly memo?: Map<string, unknown>; readonly off?: readonly string[] }

async function collect(table: FakeTable, watch: Watch, { now = NOW, memo = new Map(), off = [] }: More = {}) {
  const probe = fakeProbe({ ...table, files: { ...HOST, ...table.files } })
  const { parts, samples } = await jobsTask.collect({
    probe,
    now,
    memo,
    off: new Set(off),
    watch: { watches: [watch], hookFolder: '/hooks' },
  })
  const { jobs } = sectionOf<'backup'>('backup', { parts, samples })
  const all = jobs.state === 'value' ? jobs.value : []
  const asked = probe.calls.filter((call) => call.startsWith('exec'))
  return { jobs: all, job: all[0], status: all[0]?.status, samples, asked }
}

/** What `borg list --json --format {hostname}` prints. */
const archives = (...all: readonly (readonly [name: string, host: string, start: string])[]) =>
  JSON.stringify({
    archives: all.map(([name, hostname, start]) => ({ name, archive: name, hostname, start, time: start })),
    encryption: { mode: 'repokey-blake2' },
    repository: { id: 'ab', last_modified: '2026-11-25T02:00:00.000000', location: '/repo' },
  })
const LISTED = archives(
  ['files-1', 'files', '2026-11-24T02:00:00.000000'],
  ['files-2', 'files.example.org', '2026-11-25T02:00:00.000000'],
  ['files-3.checkpoint', 'files', '2026-11-25T09:00:00.000000'],
  ['other', 'desk', '2026-11-25T14:00:00.000000'],
)
const LAST = Date.UTC(2026, 10, 25, 2)

/** A local repository after its run number `index`, which ended two hours ago. */
const local = (borg: FakeOutput, index = 9, more: { readonly [name: string]: object } = {}): FakeTable => ({
  exec: { borg },
  stats: { [`/repo/index.${index}`]: { modifiedAt: NOW - 2 * HOUR_MS }, '/repo/index.8': {}, ...more },
})

describe('borg', () => {
  it('counts the whole archives of this machine, and makes no result of them', async () => {
    const { job, status, samples, asked } = await collect(local(LISTED), BORG)
    expect(job).toMatchObject({ id: 'borg:b', tool: 'borg', expectedEveryMs: 24 * HOUR_MS })
    expect(job?.destination).toMatchObject({ label: '/repo', encrypted: true, offsite: null })
    expect(status).toMatchObject({ state: 'value', value: { lastResult: null } })
    expect(samples).toMatchObject({ 'job:borg:b:lastSuccessAt': LAST, 'job:borg:b:copies': 2 })
    expect(asked).toEqual(['exec borg list --json --format {hostname} --lock-wait 5'])
  })

  it.each<[string, Partial<BorgWatch>, object]>([
    ['a file', {}, { BORG_PASSCOMMAND: `cat '/root/it'"'"'s'` }],
    ['a program', { passwordFile: null, passcommandFile: '/opt/my pass' }, { BORG_PASSCOMMAND: "'/opt/my pass'" }],
    ['none', { passwordFile: null }, { BORG_PASSPHRASE: '' }],
  ])('takes the passphrase from %s, and names nothing where other users read', async (_, part, want) => {
    let seen = {}
    const borg = (_: readonly string[], env: { readonly [name: string]: string }) => {
      seen = env
      return LISTED
    }
    const repository = 'ssh://anna:s3cret@nas.example.org/./r'
    const { asked, job, samples } = await collect({ exec: { borg } }, { ...BORG, ...part, repository })
    expect(seen).toMatchObject({ ...want, BORG_REPO: repository, TZ: 'UTC' })
    expect(JSON.stringify([asked, job, samples])).not.toContain('s3cret')
    expect(job?.destination).toMatchObject({ kind: 'sftp', label: 'nas.example.org', offsite: true })
  })

  it('asks when a run ended, else every 6 h', async () => {
    const memo = new Map<string, unknown>()
    const asks = async (now: number, index: number) => (await collect(local(LISTED, index), BORG, { now, memo })).asked
    const told = [
      await asks(NOW, 9),
      await asks(NOW + HOUR_MS, 9),
      await asks(NOW + 2 * HOUR_MS, 10),
      await asks(NOW + 7 * HOUR_MS, 10),
      await asks(NOW + 8 * HOUR_MS, 10),
    ].map(({ length }) => length)
    expect(told).toEqual([1, 0, 1, 0, 1])
  })

  it.each<[string, FakeTable]>([
    ['a run holds the lock', local(LISTED, 10, { '/repo/lock.exclusive/vm.1-0': {} })],
    ['a run has just ended', local(LISTED, 10, { '/repo/index.10': { modifiedAt: NOW + HOUR_MS - MINUTE_MS } })],
    ['borg found the lock taken', local({ exitCode: 2, stderr: text('borg-1.2.4-list-locked.stderr.txt') }, 10)],
  ])('keeps for 12 h what it knew, and stands in nobody’s way: %s', async (_, busy) => {
    const memo = new Map<string, unknown>()
    await collect(local(LISTED), BORG, { memo })
    const meanwhile = await collect(busy, BORG, { memo, now: NOW + HOUR_MS })
    expect(meanwhile.status).toMatchObject({ state: 'value' })
    expect(meanwhile.samples['job:borg:b:lastSuccessAt']).toBe(LAST)
    const locked = local(LISTED, 10, { '/repo/lock.exclusive/vm.1-0': {} })
    const late = await collect(locked, BORG, { memo, now: NOW + 13 * HOUR_MS })
    expect(late.status).toMatchObject({ state: 'failed', code: 'locked' })
    expect(late.samples['job:borg:b:lastSuccessAt']).toBeNull()
    expect(late.asked).toEqual([])
    const after = await collect(local(LISTED, 10), BORG, { memo, now: NOW + 13 * HOUR_MS + MINUTE_MS })
    expect(after.asked).toHaveLength(1)
    expect(after.status).toMatchObject({ state: 'value' })
  })

  it.each<[string, FakeOutput, object]>([
    ['only other machines', archives(['o', 'desk', '2026-11-25T02:00:00.000000']), { code: 'empty' }],
    ['no archive', archives(), { value: { copies: 0 } }],
    ['a future one', archives(['f', 'files', '2027-01-01T00:00:00.000000']), { value: { lastResult: null } }],
    [
      'wrong passphrase',
      { exitCode: 2, stderr: text('borg-1.2.4-wrong-passphrase.stderr.txt') },
      { code: 'access-denied' },
    ],
    ['no repository', { exitCode: 2, stderr: text('borg-1.2.4-no-repository.stderr.txt') }, { code: 'empty' }],
    ['a warning', { exitCode: 1, stdout: LISTED }, { state: 'failed', code: 'exit' }],
    ['nothing', '', { code: 'empty' }],
  ])('%s', async (_, answer, want) => {
    const { status, samples } = await collect(local(answer), BORG)
    expect(status).toMatchObject(want)
    expect(samples['job:borg:b:lastSuccessAt']).toBeNull()
  })

  it('has a name for the machine where the repository has another', async () => {
    expect((await collect(local(LISTED), { ...BORG, host: 'desk' })).samples).toMatchObject({
      'job:borg:b:copies': 1,
    })
    const mac = { ...local(LISTED), platform: 'darwin' as const }
    const named = { ...mac, exec: { borg: LISTED, sysctl: 'files.local\n' } }
    expect((await collect(named, BORG)).samples).toMatchObject({ 'job:borg:b:copies': 2 })
    expect((await collect(mac, BORG)).status).toMatchObject({ detail: expect.stringContaining('"host"') })
  })

  it('is tool-missing without borg, disabled when switched off', async () => {
    expect((await collect({}, BORG)).status).toMatchObject({ code: 'tool-missing' })
    expect((await collect(local(LISTED), BORG, { off: ['backup/borg-list'] })).status).toMatchObject({
      code: 'disabled',
    })
  })
})

describe('borgmatic', () => {
  const one = (label: string | null, location: string, start: string) => ({
    ...JSON.parse(archives(['a', 'x', start])),
    repository: { id: 'ab', location, ...(label === null ? {} : { label }) },
  })

  it('makes a job of each repository', async () => {
    const answer = JSON.stringify([
      one('nas', 'ssh://b@nas.lan/./r', '2026-11-25T02:00:00.000000'),
      one(null, '/mnt/usb/r', '2026-11-01T02:00:00.000000'),
    ])
    const { jobs, samples, asked } = await collect({ exec: { borgmatic: answer } }, BORGMATIC)
    expect(jobs.map(({ id }) => id)).toEqual(['borgmatic:m nas', 'borgmatic:m /mnt/usb/r'])
    expect(jobs.map(({ destination }) => destination.label)).toEqual(['nas.lan', '/mnt/usb/r'])
    expect(samples).toMatchObject({
      'job:borgmatic:m nas:lastSuccessAt': LAST,
      'job:borgmatic:m /mnt/usb/r:lastSuccessAt': Date.UTC(2026, 10, 1, 2),
    })
    expect(asked).toEqual(['exec borgmatic --config /etc/m.yaml list --json'])
  })

  it('reads its recorded answer, asks every 6 h, says what fails', async () => {
    const memo = new Map<string, unknown>()
    const table = { exec: { borgmatic: text('borgmatic-1.7.7-list.json') } }
    const first = await collect(table, BORGMATIC, { memo })
    expect(first.jobs).toMatchObject([{ id: 'borgmatic:m', status: { value: { lastResult: null } } }])
    expect((await collect(table, BORGMATIC, { memo, now: NOW + 5 * HOUR_MS })).asked).toEqual([])
    expect((await collect(table, BORGMATIC, { memo, now: NOW + 6 * HOUR_MS })).asked).toHaveLength(1)
    const failing = { exec: { borgmatic: { exitCode: 1, stderr: '/etc/m.yaml: No such file' } } }
    expect((await collect(failing, BORGMATIC)).status).toMatchObject({
      code: 'exit',
      detail: expect.stringContaining('borgmatic ended with 1'),
    })
    expect((await collect(table, BORGMATIC, { off: ['backup/borgmatic'] })).status).toMatchObject({ code: 'disabled' })
  })
})

describe('kopia', () => {
  const snapshot = (path: string, endTime: string, more: object = {}) => ({
    source: { host: 'files', userName: 'root', path },
    startTime: endTime,
    endTime,
    stats: { errorCount: 0 },
    rootEntry: { summ: { size: 5, files: 1, numFailed: 0 } },
    ...more,
  })
  const ALIEN = { source: { host: 'desk', userName: 'root', path: '/srv' } }

  it('makes a job of each folder of this machine, and no result of a whole snapshot', async () => {
    const answer = JSON.stringify([
      snapshot('/srv', '2026-11-25T02:00:00Z'),
      snapshot('/etc', '2026-11-24T02:00:00Z'),
      snapshot('/srv', '2026-11-25T14:00:00Z', ALIEN),
    ])
    const { jobs, samples, asked } = await collect({ exec: { kopia: answer } }, KOPIA)
    expect(jobs.map(({ id }) => id)).toEqual(['kopia:k /srv', 'kopia:k /etc'])
    expect(jobs[0]).toMatchObject({
      destination: { offsite: true, encrypted: true },
      status: { value: { lastResult: null, tooSmall: false } },
    })
    expect(samples).toMatchObject({ 'job:kopia:k /srv:lastSuccessAt': LAST, 'job:kopia:k /srv:copies': 1 })
    expect(asked).toEqual(['exec kopia snapshot list --all --incomplete --json'])
  })

  it.each<[string, FakeOutput, object, number | null]>([
    [
      'a newest one that lost files',
      JSON.stringify([
        snapshot('/srv', '2026-11-25T02:00:00Z'),
        snapshot('/srv', '2026-11-25T08:00:00Z', { stats: { errorCount: 2 } }),
      ]),
      { value: { lastResult: 'partial' } },
      LAST,
    ],
    [
      'a newest one that was canceled',
      JSON.stringify([snapshot('/srv', '2026-11-25T08:00:00Z', { incomplete: 'canceled' })]),
      { value: { lastResult: 'failed', copies: 0 } },
      null,
    ],
    [
      'only another machine',
      JSON.stringify([snapshot('/srv', '2026-11-25T08:00:00Z', ALIEN)]),
      { code: 'empty', detail: expect.stringContaining('desk') },
      null,
    ],
    ['no snapshot', '[]', { value: { copies: 0 } }, null],
    ['not connected', { exitCode: 1, stderr: 'repository is not connected' }, { code: 'empty' }, null],
  ])('%s', async (_, answer, want, success) => {
    const { status, samples } = await collect({ exec: { kopia: answer } }, KOPIA)
    expect(status).toMatchObject(want)
    expect(samples['job:kopia:k:lastSuccessAt']).toBe(success)
  })

  it('names its configuration in the environment, and asks every 6 h', async () => {
    let seen = {}
    const kopia = (_: readonly string[], env: { readonly [name: string]: string }) => {
      seen = env
      return '[]'
    }
    const memo = new Map<string, unknown>()
    await collect({ exec: { kopia } }, KOPIA, { memo })
    expect(seen).toEqual({ KOPIA_CONFIG_PATH: '/root/k.config', KOPIA_CHECK_FOR_UPDATES: 'false' })
    expect((await collect({ exec: { kopia } }, KOPIA, { memo, now: NOW + 5 * HOUR_MS })).asked).toEqual([])
    expect((await collect({}, KOPIA)).status).toMatchObject({ code: 'tool-missing' })
    expect((await collect({ exec: { kopia } }, KOPIA, { off: ['backup/kopia-snapshots'] })).status).toMatchObject({
      code: 'disabled',
    })
  })
})
