/** The tasks disk/arrays and disk/volumes against tables of answers, and all of them for real on this machine. */
import { spawnSync } from 'node:child_process'
import { rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeEach, describe, expect, it } from 'vitest'
import { DISK_TASKS } from '../../../../agent/checks/disk/index.ts'
import { createSystemProbe } from '../../../../agent/probe/system.ts'
import { type FakeTable, fakeProbe } from '../../../support/fake-probe.ts'
import { describeUnless } from '../../../support/loud-skip.ts'
import { type RunOptions, runTask } from '../../../support/run-task.ts'
import { tempFolder } from '../../../support/tmp.ts'

const NOW = Date.UTC(2026, 0, 15, 9)
let memo = new Map<string, unknown>()
beforeEach(() => {
  memo = new Map()
})

const context = (table: FakeTable, more: RunOptions = {}) => ({ now: NOW, memo, ...more, probe: fakeProbe(table) })
const run = (id: string, { probe, ...options }: ReturnType<typeof context>) => runTask(DISK_TASKS, id, probe, options)

describe('disk/arrays', () => {
  const MDSTAT =
    'Personalities : [raid1]\nmd0 : active raid1 sda1[0] sdb1[1]\n  9 blocks [2/2] [UU]\n\nunused devices: <none>\n'
  it('adds the figures of /sys to the table', async () => {
    const files = {
      '/proc/mdstat': MDSTAT,
      '/sys/block/md0/md/degraded': '1\n',
      '/sys/block/md0/md/mismatch_cnt': '256\n',
    }
    const { section } = await run('disk/arrays', context({ files }))
    expect(section.arrays).toMatchObject({
      state: 'value',
      value: [{ name: 'md0', state: 'degraded', mismatchCount: 256 }],
    })
  })

  it.each([
    ['no RAID code in the kernel', {}, { state: 'value', value: [] }],
    [
      'a table that may not be read',
      { '/proc/mdstat': { code: 'access-denied' as const, detail: 'x' } },
      { state: 'failed', code: 'access-denied' },
    ],
    ['a table that is no table', { '/proc/mdstat': 'x' }, { state: 'failed', code: 'parse' }],
  ])('%s', async (_, files, want) => {
    expect((await run('disk/arrays', context({ files }))).section.arrays).toMatchObject(want)
  })
})

describe('disk/volumes', () => {
  const ROOT = '26 1 254:0 / / rw - ext4 /dev/vda1 rw'
  const facts = (more = {}) => ({
    totalBytes: 1_000,
    freeBytes: 400,
    availableBytes: 300,
    inodesTotal: 50,
    inodesFree: 20,
    ...more,
  })
  const table = (lines: string[], more: FakeTable = {}): FakeTable => ({
    ...more,
    files: { '/proc/self/mountinfo': lines.join('\n'), ...more.files },
  })

  it('tells sizes in the section and what moves in samples', async () => {
    const what = context(
      table([ROOT], {
        volumes: { '/': facts() },
        links: { '/sys/dev/block/254:0': '../../devices/x/block/vda/vda1' },
        files: { '/sys/fs/ext4/vda1/errors_count': '4\n', '/etc/fstab': '/dev/vda1 / ext4 defaults 0 1\n' },
      }),
    )
    const { section, samples } = await run('disk/volumes', what)
    expect(section.volumes).toMatchObject({
      value: [
        {
          mount: '/',
          errorCount: 4,
          readOnly: false,
          readOnlyExpected: false,
          size: { value: { totalBytes: 1_000, inodesTotal: 50 } },
        },
      ],
    })
    expect(samples).toEqual({ 'volume:/:usedBytes': 600, 'volume:/:availableBytes': 300, 'volume:/:inodesFree': 20 })
    expect(what.probe.calls.some((call) => call.startsWith('exec'))).toBe(false)
  })

  it('keeps a dead network mount in the list, with its keys and without numbers', async () => {
    const dead = table([ROOT, '40 26 0:45 / /srv/nas rw - nfs4 nas:/x rw'], {
      volumes: { '/': facts(), '/srv/nas': { code: 'timeout', detail: '5 s' } },
    })
    const { section, samples } = await run('disk/volumes', context(dead))
    expect(section.volumes).toMatchObject({
      value: [{ mount: '/' }, { mount: '/srv/nas', network: true, size: { state: 'failed', code: 'timeout' } }],
    })
    expect(samples).toMatchObject({ 'volume:/srv/nas:usedBytes': null, 'volume:/srv/nas:availableBytes': null })
  })

  it('does not count inodes that the file system makes as needed', async () => {
    const { section, samples } = await run(
      'disk/volumes',
      context(table(['26 1 8:1 / / rw - xfs /dev/sda1 rw'], { volumes: { '/': facts() } })),
    )
    expect(section.volumes).toMatchObject({ value: [{ size: { value: { inodesTotal: null } } }] })
    expect(Object.keys(samples)).not.toContain('volume:/:inodesFree')
  })

  it('does not change a section because somebody else wrote to the same pool', async () => {
    const pool = (totalBytes: number) =>
      context(table(['26 1 0:30 / / rw - zfs tank/root rw'], { volumes: { '/': facts({ totalBytes }) } }))
    const first = (await run('disk/volumes', pool(100_000))).section
    expect((await run('disk/volumes', pool(99_500))).section).toEqual(first)
    expect((await run('disk/volumes', pool(90_000))).section).not.toEqual(first)
  })

  it('leaves out a single file that an engine mounted from the host', async () => {
    const lines = [ROOT, '41 26 8:1 /x/ca.pem /etc/ca.pem rw - ext4 /dev/sda1 rw']
    const what = context(
      table(lines, { volumes: { '/': facts(), '/etc/ca.pem': facts() }, files: { '/etc/ca.pem': 'x' } }),
    )
    expect((await run('disk/volumes', what)).section.volumes).toMatchObject({ value: [{ mount: '/' }] })
  })

  it.each([
    ['no table', {}, 'empty'],
    ['a table that is none', { '/proc/self/mountinfo': 'x' }, 'parse'],
  ])('%s is a failure, not "no volumes"', async (_, files, code) => {
    expect((await run('disk/volumes', context({ files }))).section.volumes).toMatchObject({ state: 'failed', code })
  })

  it('tells no size of 0', async () => {
    const what = context(table([ROOT], { volumes: { '/': facts({ totalBytes: 0 }) } }))
    expect((await run('disk/volumes', what)).section.volumes).toMatchObject({
      value: [{ size: { state: 'failed', code: 'unsupported' } }],
    })
  })
})

const elsewhere = process.platform === 'linux' ? null : 'reads Linux itself'
describeUnless(elsewhere, 'on this machine', () => {
  it.each(DISK_TASKS)('$id says something that holds to the schema', async (task) => {
    const { section, samples } = await runTask(DISK_TASKS, task.id, createSystemProbe(), { now: Date.now() })
    for (const part of task.parts) expect(section[part].state).not.toBe('never')
    if (section.volumes.state !== 'value') return
    const root = section.volumes.value.find((volume) => volume.mount === '/')
    expect(root).toMatchObject({ system: true, size: { state: 'value' } })
    expect(samples['volume:/:usedBytes']).toBeGreaterThan(0)
  })
})

const mountPoint = tempFolder('tmpfs')
const mounted = elsewhere ?? mountTmpfs()

/** @returns why it cannot be done here; null: it is mounted. */
function mountTmpfs(): string | null {
  const made = spawnSync('/usr/bin/mount', ['-t', 'tmpfs', '-o', 'size=1m', 'rounds', mountPoint], { encoding: 'utf8' })
  return made.status === 0 ? null : `cannot mount a tmpfs: ${made.error?.message ?? made.stderr.trim()}`
}

describeUnless(mounted, 'a small tmpfs below a temporary folder', () => {
  afterAll(() => {
    spawnSync('/usr/bin/umount', [mountPoint])
  })

  it('is seen, and so is what is written to it and removed from it', async () => {
    const used = async () => {
      const { section, samples } = await runTask(DISK_TASKS, 'disk/volumes', createSystemProbe())
      const found = section.volumes.state === 'value' && section.volumes.value.find((one) => one.mount === mountPoint)
      expect(found).toMatchObject({ fsType: 'tmpfs', system: false, size: { value: { totalBytes: 1024 * 1024 } } })
      return samples[`volume:${mountPoint}:usedBytes`]
    }
    const file = join(mountPoint, 'filler')
    expect(await used()).toBe(0)
    writeFileSync(file, Buffer.alloc(900 * 1024))
    expect(await used()).toBe(900 * 1024)
    rmSync(file)
    expect(await used()).toBe(0)
  })
})
