/** Pure parts of the room backup: restic, file drops, hook lines, places, whether data is held. */
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  deviceName,
  diskOf,
  isSameDisk,
  kindOfMount,
  mountOf,
  parseMounts,
  parseRepository,
} from '../../../../agent/checks/backup/destination.ts'
import { judgeCompleteness } from '../../../../agent/checks/backup/dump-completeness.ts'
import { isDropName, matchesGlob, settledFiles } from '../../../../agent/checks/backup/file-drop.ts'
import { judgeHoldsData, type Look, ownEntries, parseShares } from '../../../../agent/checks/backup/holds-data.ts'
import { formatHookLine, hookFileName, judgeHookRuns, parseHookLines } from '../../../../agent/checks/backup/hook.ts'
import { findTools } from '../../../../agent/checks/backup/known-tools.ts'
import { resticFailure } from '../../../../agent/checks/backup/restic-failure.ts'
import { parseResticSnapshots } from '../../../../agent/checks/backup/restic-snapshots.ts'
import { fixture } from '../../../support/fixture.ts'

const NOW = Date.UTC(2026, 10, 25, 12)
const CLOCK = { now: NOW, zone: 'UTC' }
const text = (name: string) => fixture(`backup/${name}`).toString('utf8')

describe('parseResticSnapshots', () => {
  const newestAt = Date.parse('2026-11-25T04:10:37.980Z')

  it.each(['restic-0.14-snapshots.json', 'restic-0.14-snapshots-grouped.json'])('%s', (name) => {
    expect(parseResticSnapshots(text(name), null, CLOCK)).toEqual({
      ok: true,
      value: { copies: 2, newestAt, newestBytes: null },
    })
  })

  it('tells an empty repository from no answer', () => {
    expect(parseResticSnapshots(text('restic-0.14-empty.json'), 'vm', CLOCK)).toEqual({
      ok: true,
      value: { copies: 0, newestAt: null, newestBytes: null },
    })
    expect(parseResticSnapshots('', 'vm', CLOCK)).toMatchObject({ error: { code: 'empty' } })
  })

  it('counts the copies of this machine only', () => {
    const shared = (own: string) =>
      JSON.stringify([
        { time: '2026-11-01T00:00:00+01:00', hostname: own },
        { time: '2026-11-24T00:00:00Z', hostname: 'other', summary: { total_bytes_processed: 7 } },
      ])
    expect(parseResticSnapshots(shared('VM.example.lan'), 'vm', CLOCK)).toMatchObject({
      value: { copies: 1, newestAt: Date.UTC(2026, 9, 31, 23), newestBytes: null },
    })
    expect(parseResticSnapshots(shared('web'), 'vm', CLOCK)).toMatchObject({
      error: { code: 'empty', detail: expect.stringContaining('other, web') },
    })
    expect(parseResticSnapshots(shared('web'), 'other', CLOCK)).toMatchObject({ value: { newestBytes: 7 } })
  })

  it('does not take a snapshot from the future as newest', () => {
    const list = JSON.stringify([
      { time: '2030-01-01T00:00:00Z', hostname: 'a' },
      { time: '2026-11-01T00:00:00Z', hostname: 'a' },
    ])
    expect(parseResticSnapshots(list, 'a', CLOCK)).toMatchObject({
      value: { copies: 2, newestAt: Date.UTC(2026, 10, 1) },
    })
  })

  it.each([
    ['an object', '{"message":"x"}'],
    ['an entry without time', '[{"hostname":"a"}]'],
    ['an odd time', '[{"time":"yesterday","hostname":"a"}]'],
    ['cut JSON', '[{"time":"2026-11-01T00:00:00Z"'],
    ['twice', text('restic-0.14-snapshots.json').repeat(2)],
  ])('refuses %s', (_, document) => {
    expect(parseResticSnapshots(document, null, CLOCK)).toMatchObject({ error: { code: 'parse' } })
  })
})

describe('resticFailure', () => {
  it.each<[number | null, string, string]>([
    [1, text('restic-0.14-wrong-password.stderr.txt'), 'access-denied'],
    [1, text('restic-0.14-no-repository.stderr.txt'), 'empty'],
    [1, text('restic-0.14-locked.stderr.txt'), 'locked'],
    [1, 'Resolving password failed: Fatal: /tmp/nofile does not exist', 'access-denied'],
    [10, '', 'empty'],
    [11, '', 'locked'],
    [12, '', 'access-denied'],
    [1, 'Fatal: unable to reach host', 'exit'],
    [77, '', 'exit'],
    [null, '', 'exit'],
  ])('%s %s → %s', (exitCode, stderr, code) => expect(resticFailure(exitCode, stderr).code).toBe(code))
})

describe('file drop', () => {
  it.each([
    ['*.sql.gz', 'db-2026.sql.gz', true],
    ['db-????.dump', 'db-2026.dump', true],
    ['db-????.dump', 'db-26.dump', false],
    ['*', 'x', true],
    ['', 'x', false],
    ['a*b*c', 'axxbxxbc', true],
    ['[ab].sql', 'a.sql', false],
  ])('%s fits %s: %s', (pattern, name, want) => expect(matchesGlob(name, pattern)).toBe(want))

  it('ignores what is not finished, hidden, being written or from the future', () => {
    const names = ['a.sql', 'a.sql.tmp', 'a.sql.part', 'a.filepart', '.a.sql.swp', '.~a.sql', 'a.sql~', '~$a.sql']
    expect(names.filter((name) => isDropName(name, '*'))).toEqual(['a.sql'])
    const at = (name: string, ageMs: number) => ({ name, sizeBytes: 1, modifiedAt: NOW - ageMs })
    const settled = settledFiles([at('writing', 59_000), at('old', 90_000), at('new', 60_000), at('future', -1e9)], NOW)
    expect(settled.map(({ name }) => name)).toEqual(['new', 'old'])
  })

  it('takes linear time on any pattern', () => {
    expect(matchesGlob('a'.repeat(20_000), `${'*a'.repeat(50)}*b`)).toBe(false)
    fc.assert(
      fc.property(fc.string({ maxLength: 30 }), (name) => matchesGlob(name, '*')),
      { numRuns: 100 },
    )
  })
})

describe('judgeCompleteness', () => {
  const ends = (name: string, head: string | Uint8Array, tail: string | Uint8Array = head, sizeBytes = 1_000) => ({
    name,
    sizeBytes,
    head: Buffer.from(head),
    tail: Buffer.from(tail),
  })
  const mysql = '-- MySQL dump 10.13  Distrib 8.0.36\n--\n'
  const maria = '/*M!999999\\- enable the sandbox mode */ \n-- MariaDB dump 10.19\n'
  const pg = '--\n-- PostgreSQL database dump\n--\n'
  const gzip = (size: number) =>
    Buffer.from([0x1f, 0x8b, 8, 0, size & 255, (size >> 8) & 255, (size >> 16) & 255, size >>> 24])

  it.each([
    ['mysqldump whole', ends('a.sql', mysql, 'x\n-- Dump completed on 2026-11-25\n'), 'complete'],
    ['mysqldump cut', ends('a.sql', mysql, 'INSERT INTO `t` VALUES (1'), 'cut'],
    ['mariadb-dump cut', ends('a.sql', maria, 'INSERT'), 'cut'],
    ['pg_dump whole', ends('a.sql', pg, '--\n-- PostgreSQL database dump complete\n--\n\n'), 'complete'],
    [
      'pg_dumpall whole',
      ends(
        'a.sql',
        pg.replace('dump\n', 'cluster dump\n').replace('database cluster', 'database cluster'),
        '-- PostgreSQL database cluster dump complete\n',
      ),
      'complete',
    ],
    ['pg_dump cut', ends('a.sql', pg, 'COPY public.t (a) FROM stdin;\n1\n'), 'cut'],
    ['dump without comments', ends('a.sql', 'CREATE TABLE t;', 'INSERT'), 'unknown'],
    ['pg custom format', ends('a.dump', 'PGDMP\x01\x0e'), 'unknown'],
    ['gzip that may be whole', ends('a.gz', gzip(50_000)), 'unknown'],
    ['gzip with an impossible size', ends('a.gz', gzip(2_000_000_000)), 'cut'],
    ['gzip shorter than its frame', ends('a.gz', gzip(5), gzip(5), 12), 'cut'],
    ['named gzip, is none', ends('a.sql.gz', '<html>'), 'cut'],
    ['zip with its directory', ends('a.zip', 'PK\x03\x04', 'xPK\x05\x06\0\0'), 'complete'],
    ['zip without', ends('a.zip', 'PK\x03\x04', 'xxxx'), 'cut'],
    ['xz whole', ends('a.xz', Buffer.from([0xfd, 0x37, 0x7a, 0x58, 0x5a, 0]), 'xxYZ'), 'complete'],
    ['xz cut', ends('a.xz', Buffer.from([0xfd, 0x37, 0x7a, 0x58, 0x5a, 0]), 'xxxx'), 'cut'],
    ['empty', ends('a.bak', '', '', 0), 'cut'],
    ['anything else', ends('a.bak', 'xyz'), 'unknown'],
  ])('%s', (_, file, want) => expect(judgeCompleteness(file)).toBe(want))
})

describe('hook lines', () => {
  const run = (exit: number, at: number, bytes: number | null = null, job = 'db') => ({
    job,
    exit,
    at,
    bytes,
    durationSeconds: 1,
  })

  it('reads back what it writes, and counts what it cannot read', () => {
    const runs = [run(0, NOW - 5, 9), run(1, NOW)]
    const lines = `${runs.map(formatHookLine).join('')}{"job":"db","ex\nnoise\n${formatHookLine(run(0, NOW + 3_600_000))}`
    expect(parseHookLines(lines, NOW)).toEqual({ runs, malformed: 3 })
  })

  it.each([
    ['success', [run(0, 10, 5)], [], { lastResult: 'success', lastRunAt: 10, lastSuccessAt: 10, bytes: 5 }],
    [
      'failed after success',
      [run(0, 10, 5), run(2, 20)],
      [],
      { lastResult: 'failed', lastRunAt: 20, lastSuccessAt: 10, bytes: 5 },
    ],
    ['partial is no success', [run(3, 20)], [3], { lastResult: 'partial', lastRunAt: 20, lastSuccessAt: null }],
    ['an unlisted code failed', [run(3, 20)], [1], { lastResult: 'failed' }],
    ['order of lines does not matter', [run(2, 20), run(0, 10)], [], { lastResult: 'failed', lastRunAt: 20 }],
    ['nothing', [], [], { lastResult: null, lastRunAt: null, lastSuccessAt: null, bytes: null }],
  ])('%s', (_, runs, partial, want) => expect(judgeHookRuns(runs, partial)).toMatchObject(want))

  it('keeps file names inside the folder', () => {
    fc.assert(fc.property(fc.string(), (job) => /^[A-Za-z0-9_-][A-Za-z0-9._-]*\.jsonl$/.test(hookFileName(job))))
    expect(hookFileName('../../etc/x')).toBe('__.._etc_x.jsonl')
  })
})

describe('destination', () => {
  it.each([
    ['sftp:admin@nas.lan:/backup', { kind: 'sftp', label: 'nas.lan' }],
    ['sftp://admin@nas.lan:2222//backup', { kind: 'sftp', label: 'nas.lan' }],
    ['rest:https://user:secret@host:8000/repo', { kind: 'server', label: 'host:8000/repo' }],
    ['s3:https://s3.example.net/bucket?key=secret', { kind: 's3', label: 's3.example.net/bucket' }],
    ['b2:bucket:path', { kind: 'cloud', label: 'b2:bucket' }],
    ['rclone:remote:path', { kind: 'cloud', label: 'rclone:remote' }],
    ['weird:thing', { kind: 'unknown', label: null }],
    ['/srv/restic', null],
  ])('%s', (repository, want) => expect(parseRepository(repository)).toEqual(want))

  it('never shows a secret', () => {
    const word = fc.stringMatching(/^[a-z0-9]{8,12}$/)
    fc.assert(
      fc.property(word, fc.constantFrom('rest:https://', 's3:https://', 'sftp://'), (secret, scheme) => {
        expect(JSON.stringify(parseRepository(`${scheme}u:${secret}@host/x`))).not.toContain(secret)
      }),
    )
  })

  it('knows mounts, disks and device numbers', () => {
    const mounts = parseMounts(
      '/dev/sda1 / ext4 rw 0 0\nnas:/b /mnt/my\\040nas nfs4 rw 0 0\n//nas/b /mnt/smb cifs rw 0 0\nbroken\n',
    )
    expect(mountOf('/mnt/my nas/x', mounts)).toMatchObject({ fsType: 'nfs4' })
    expect(mountOf('/mnt/smbx', mounts)).toMatchObject({ point: '/' })
    expect(kindOfMount(mountOf('/mnt/smb', mounts), null)).toBe('smb')
    expect(kindOfMount(mountOf('/x', mounts), '../../devices/pci0/usb2/2-1/block/sdb/sdb1')).toBe('usb')
    expect(kindOfMount(null, null)).toBe('unknown')
    expect([deviceName(0x801), deviceName(0x10300), deviceName(66_308)]).toEqual(['8:1', '259:0', '259:4'])
    expect(diskOf('../../devices/pci0/block/sda/sda1')).toBe('sda')
    expect(diskOf('../../devices/virtual/block/dm-0')).toBeNull()
    const [a, b, c] = [
      { device: 1, disk: 'sda' },
      { device: 2, disk: 'sda' },
      { device: 3, disk: null },
    ]
    expect([isSameDisk(a, a, true), isSameDisk(a, b, false), isSameDisk(a, c, false), isSameDisk(a, c, true)]).toEqual([
      true,
      true,
      null,
      false,
    ])
    expect(isSameDisk(a, { device: 4, disk: 'sdb' }, false)).toBe(false)
  })
})

describe('data', () => {
  const nothing: Look = { state: 'nothing', place: '/srv' }
  const refused: Look = { state: 'refused', place: '/home', failure: { code: 'access-denied', detail: 'no' } }
  const found = (reason: 'mail' | 'databases'): Look => ({ state: 'found', reason, label: reason })

  it.each<[string, readonly Look[], object]>([
    ['nothing seen, everything read', [nothing], { value: { holds: false, reason: 'none-seen' } }],
    ['something not readable', [nothing, refused], { state: 'failed', code: 'access-denied' }],
    ['found although something is not readable', [refused, found('mail')], { value: { holds: true, reason: 'mail' } }],
    ['the weightiest reason', [found('mail'), found('databases')], { value: { reason: 'databases' } }],
  ])('%s', (_, looks, want) => expect(judgeHoldsData(looks)).toMatchObject(want))

  it('does not take what a package brings for data', () => {
    expect(ownEntries(['html', 'index.nginx-debian.html', 'lost+found', 'metadata.db'])).toBe(0)
    expect(ownEntries(['html', 'shop'])).toBe(1)
    expect(parseShares('[global]\n[homes]\n [Data]\n;[off]\n[print$]\n')).toEqual(['data'])
  })

  it('does not take rsync for a backup tool', () => {
    expect(findTools(new Set(['rsync', 'tar', 'cp']))).toEqual([])
    expect(findTools(new Set(['restic', 'veeamconfig'])).map(({ id }) => id)).toEqual(['restic', 'veeam'])
  })
})
