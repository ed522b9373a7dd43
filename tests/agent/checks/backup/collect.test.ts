/** Tasks of the room backup against a probe that answers from a table. */
import { describe, expect, it } from 'vitest'
import { BACKUP_TASKS } from '../../../../agent/checks/backup/index.ts'
import type { Watch } from '../../../../agent/watch-config.ts'
import { HOUR_MS } from '../../../../shared/units.ts'
import { type FakeTable, fakeProbe } from '../../../support/fake-probe.ts'
import { fixture } from '../../../support/fixture.ts'
import { sectionOf } from '../../../support/sections.ts'

const NOW = Date.UTC(2026, 10, 25, 12)
const text = (name: string) => fixture(`backup/${name}`).toString('utf8')
const DROP: Watch = {
  kind: 'file-drop',
  name: 'db',
  folder: '/drop',
  pattern: '*.sql',
  minSizeBytes: 10,
  everyMs: null,
}
const HOOK: Watch = { kind: 'hook', name: 'nightly', everyMs: 24 * HOUR_MS, partialExits: [3] }
const RESTIC: Watch = {
  kind: 'restic',
  name: 'r',
  repository: '/repo',
  passwordFile: '/root/pw',
  everyMs: null,
  offsite: null,
}
const PG = '--\n-- PostgreSQL database dump\n--\n'
const WHOLE = `${PG}x\n-- PostgreSQL database dump complete\n`

async function collect(
  table: FakeTable,
  watches: readonly Watch[] = [],
  more: { now?: number; memo?: Map<string, unknown>; off?: readonly string[] } = {},
) {
  const probe = fakeProbe(table)
  const watch = { watches, hookFolder: '/hooks' }
  const context = { probe, now: more.now ?? NOW, off: new Set(more.off), memo: more.memo ?? new Map(), watch }
  const contributions = []
  for (const task of BACKUP_TASKS) contributions.push(await task.collect(context))
  const samples = Object.assign({}, ...contributions.map((one) => one.samples)) as { [key: string]: number | null }
  const section = sectionOf('backup', ...contributions)
  const jobs = section.jobs.state === 'value' ? section.jobs.value : []
  return { section, samples, jobs, status: jobs[0]?.status, calls: probe.calls }
}

const drop = (files: { readonly [name: string]: readonly [content: string, ageMs: number] }): FakeTable => ({
  files: Object.fromEntries(Object.entries(files).map(([name, [content]]) => [`/drop/${name}`, content])),
  stats: Object.fromEntries(
    Object.entries(files).map(([name, [content, ageMs]]) => [
      `/drop/${name}`,
      { sizeBytes: content.length, modifiedAt: NOW - ageMs },
    ]),
  ),
})

describe('file drop', () => {
  it('takes the newest whole file', async () => {
    const { status, samples } = await collect(
      drop({ 'a.sql': [WHOLE, HOUR_MS], 'b.sql': [WHOLE, 9 * HOUR_MS], 'c.txt': ['no', 1] }),
      [DROP],
    )
    expect(status).toMatchObject({ value: { lastResult: 'success', copies: null, tooSmall: false } })
    expect(samples).toMatchObject({
      'job:file-drop:db:lastSuccessAt': NOW - HOUR_MS,
      'job:file-drop:db:bytes': WHOLE.length,
      'job:file-drop:db:copies': 2,
    })
  })

  it('falls back to the last good one when the newest is cut', async () => {
    const { status, samples } = await collect(
      drop({ 'a.sql': [`${PG}COPY`, HOUR_MS], 'b.sql': [WHOLE, 9 * HOUR_MS] }),
      [DROP],
    )
    expect(status).toMatchObject({ value: { lastResult: 'failed' } })
    expect(samples['job:file-drop:db:lastSuccessAt']).toBe(NOW - 9 * HOUR_MS)
    expect(samples['job:file-drop:db:lastRunAt']).toBe(NOW - HOUR_MS)
  })

  it.each<[string, FakeTable, object, number | null]>([
    ['too small', drop({ 'a.sql': ['short', HOUR_MS] }), { value: { tooSmall: true } }, null],
    ['no file fits', drop({ 'a.txt': [WHOLE, HOUR_MS] }), { value: { copies: 0, lastResult: null } }, null],
    ['still written', drop({ 'a.sql': [WHOLE, 1_000] }), { value: { copies: 0 } }, null],
    ['dated in the future', drop({ 'a.sql': [WHOLE, -HOUR_MS] }), { value: { copies: 0 } }, null],
    ['no folder', {}, { state: 'failed', code: 'empty' }, null],
    [
      'folder refused',
      { folders: { '/drop': { code: 'access-denied', detail: 'no' } } },
      { code: 'access-denied' },
      null,
    ],
    ['a link out of the folder', { links: { '/drop/a.sql': '/etc/passwd' } }, { value: { copies: 0 } }, null],
    [
      'a file that became a link meanwhile',
      {
        files: { '/drop/a.sql': WHOLE },
        stats: { '/drop/a.sql': { kind: 'link', modifiedAt: NOW - HOUR_MS, sizeBytes: 99 } },
      },
      { value: { copies: 0 } },
      null,
    ],
  ])('%s', async (_, table, want, success) => {
    const { status, samples } = await collect(table, [DROP])
    expect(status).toMatchObject(want)
    expect(samples['job:file-drop:db:lastSuccessAt']).toBe(success)
  })

  it.each<[string, number, string | null, boolean | null]>([
    ['the same file system', 0x801, null, true],
    ['another partition of the disk', 0x802, '../../devices/pci0/block/sda/sda2', true],
    ['another disk', 0x811, '../../devices/pci0/usb1/1-1/block/sdb/sdb1', false],
    ['a stacked device', 0xfd00, '../../devices/virtual/block/dm-0', null],
  ])('says whether the disk is the same: %s', async (_, device, sysPath, want) => {
    const table = drop({ 'a.sql': [WHOLE, HOUR_MS] })
    const links = { '/sys/dev/block/8:1': '../../devices/pci0/block/sda/sda1' }
    const name = device === 0x811 ? '8:17' : device === 0x802 ? '8:2' : '253:0'
    const { jobs } = await collect(
      {
        ...table,
        stats: { ...table.stats, '/': { kind: 'folder', device: 0x801 }, '/drop': { kind: 'folder', device } },
        links: sysPath === null ? links : { ...links, [`/sys/dev/block/${name}`]: sysPath },
      },
      [DROP],
    )
    expect(jobs[0]?.destination.sameDisk).toBe(want)
  })
})

describe('hook', () => {
  const line = (exit: number, at: number) =>
    `{"job":"nightly","exit":${exit},"at":${at},"bytes":5,"durationSeconds":2}\n`

  it.each([
    ['success', line(0, NOW - 5), { value: { lastResult: 'success', tooSmall: false } }],
    ['partial', line(3, NOW - 5), { value: { lastResult: 'partial' } }],
    ['failed', line(0, NOW - 9) + line(1, NOW - 5), { value: { lastResult: 'failed' } }],
    ['never ran', '', { state: 'failed', code: 'empty' }],
    ['only noise', 'x\ny\n', { code: 'empty', detail: expect.stringContaining('2 lines') }],
    ['another job', line(0, NOW).replace('nightly', 'weekly'), { code: 'empty' }],
  ])('%s', async (_, content, want) => {
    const { status, jobs } = await collect({ files: { '/hooks/nightly.jsonl': content } }, [HOOK])
    expect(status).toMatchObject(want)
    expect(jobs[0]?.expectedEveryMs).toBe(24 * HOUR_MS)
  })

  it('is unknown, not healthy, when the folder is refused', async () => {
    const files = { '/hooks/nightly.jsonl': { code: 'access-denied', detail: 'no' } } as const
    expect((await collect({ files }, [HOOK])).status).toMatchObject({ code: 'access-denied' })
  })
})

describe('restic', () => {
  const table = (answer: string | { exitCode: number; stderr: string }, host = 'vm\n'): FakeTable => ({
    exec: { restic: answer },
    files: { '/proc/sys/kernel/hostname': host },
    stats: { '/repo/snapshots': { kind: 'folder', modifiedAt: 1 } },
  })

  it('reads without a lock, with the password in a file', async () => {
    const { status, samples, calls } = await collect(table(text('restic-0.14-snapshots.json')), [RESTIC])
    expect(status).toMatchObject({ value: { lastResult: null, copies: null } })
    expect(samples).toMatchObject({
      'job:restic:r:copies': 2,
      'job:restic:r:lastSuccessAt': Date.parse('2026-11-25T04:10:37.980Z'),
    })
    expect(calls.filter((call) => call.startsWith('exec'))).toEqual(['exec restic --no-lock --json snapshots'])
  })

  it('names the repository where other users cannot read it: an address may hold a password', async () => {
    const secret: Watch = { ...RESTIC, repository: 'rest:https://anna:s3cret@backup.example/r' }
    let seen = {}
    const snapshots = (_: readonly string[], env: { readonly [name: string]: string }) => {
      seen = env
      return '[]'
    }
    const { calls } = await collect({ ...table(''), exec: { restic: snapshots } }, [secret])
    expect(seen).toEqual({ RESTIC_REPOSITORY: secret.repository, RESTIC_PASSWORD_FILE: RESTIC.passwordFile })
    expect(calls.join()).not.toContain('s3cret')
  })

  it.each([
    [
      'wrong password',
      { exitCode: 1, stderr: text('restic-0.14-wrong-password.stderr.txt') },
      { code: 'access-denied' },
    ],
    ['no repository', { exitCode: 1, stderr: text('restic-0.14-no-repository.stderr.txt') }, { code: 'empty' }],
    ['locked', { exitCode: 11, stderr: '' }, { code: 'locked' }],
    ['nothing on stdout', '', { code: 'empty' }],
    ['empty repository', text('restic-0.14-empty.json'), { value: { copies: 0 } }],
  ])('%s', async (_, answer, want) => expect((await collect(table(answer), [RESTIC])).status).toMatchObject(want))

  it('asks again only when the repository changed or after 6 h', async () => {
    const memo = new Map<string, unknown>()
    const asked = async (now: number, changedAt: number) => {
      const one = {
        ...table(text('restic-0.14-snapshots.json')),
        stats: { '/repo/snapshots': { modifiedAt: changedAt } },
      }
      return (await collect(one, [RESTIC], { now, memo })).calls.some((call) => call.startsWith('exec restic'))
    }
    expect([
      await asked(NOW, 1),
      await asked(NOW + HOUR_MS, 1),
      await asked(NOW + HOUR_MS, 2),
      await asked(NOW + 8 * HOUR_MS, 2),
    ]).toEqual([true, false, true, true])
  })

  it('does not take the copies of another machine for its own', async () => {
    const { status } = await collect(table(text('restic-0.14-snapshots.json'), 'fileserver\n'), [RESTIC])
    expect(status).toMatchObject({ code: 'empty', detail: expect.stringContaining('none of fileserver') })
    const named = await collect(table(text('restic-0.14-snapshots.json'), 'fileserver\n'), [{ ...RESTIC, host: 'vm' }])
    expect(named.status).toMatchObject({ state: 'value' })
  })

  it('is tool-missing without restic, disabled when switched off', async () => {
    expect((await collect({ files: { '/proc/sys/kernel/hostname': 'vm' } }, [RESTIC])).status).toMatchObject({
      code: 'tool-missing',
    })
    expect((await collect({}, [RESTIC], { off: ['backup/restic-snapshots'] })).status).toMatchObject({
      code: 'disabled',
    })
  })
})

describe('an unchanged machine', () => {
  it('gives the same section when only runs, sizes and the clock moved', async () => {
    const at = async (now: number, size: number) => {
      const content = WHOLE + 'x'.repeat(size)
      const files = {
        '/drop/a.sql': `${PG}${'x'.repeat(size)}\n-- PostgreSQL database dump complete\n`,
        '/hooks/nightly.jsonl': `{"job":"nightly","exit":0,"at":${now - 5},"bytes":${size}}\n`,
        '/proc/sys/kernel/hostname': 'vm',
      }
      const snapshots = JSON.stringify([{ time: new Date(now - 60_000).toISOString(), hostname: 'vm' }])
      const stats = { '/drop/a.sql': { sizeBytes: content.length, modifiedAt: now - HOUR_MS }, '/': { device: 1 } }
      return collect({ files, stats, exec: { restic: snapshots } }, [DROP, HOOK, RESTIC], { now })
    }
    const [one, two] = [await at(NOW, 10), await at(NOW + 24 * HOUR_MS, 99)]
    expect(JSON.stringify(two.section)).toBe(JSON.stringify(one.section))
    expect(two.samples).not.toEqual(one.samples)
  })
})
