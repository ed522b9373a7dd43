/** The task of the room antivirus against a probe that answers from a table. */
import { describe, expect, it } from 'vitest'
import { ANTIVIRUS_TASKS } from '../../../../agent/checks/antivirus/index.ts'
import { HOUR_MS } from '../../../../shared/units.ts'
import { type FakeTable, fakeProbe } from '../../../support/fake-probe.ts'
import { sectionOf } from '../../../support/sections.ts'

const NOW = Date.UTC(2026, 10, 25, 12)
const INIT = { '/proc/1/comm': 'systemd\n' }
const header = (version: number, day: number) =>
  `ClamAV-VDB:${day} Nov 2026 11-46 +0000:${version}:2:90:md5:sig:builder:`.padEnd(512, ' ')

async function collect(
  table: FakeTable,
  more: { now?: number; memo?: Map<string, unknown>; off?: readonly string[] } = {},
) {
  const probe = fakeProbe({ ...table, files: { ...INIT, ...table.files } })
  const watch = { watches: [], hookFolder: '/hooks' }
  const context = { probe, now: more.now ?? NOW, off: new Set(more.off), memo: more.memo ?? new Map(), watch }
  const contributions = []
  for (const task of ANTIVIRUS_TASKS) contributions.push(await task.collect(context))
  const section = sectionOf('antivirus', ...contributions)
  const products = section.products.state === 'value' ? section.products.value : section.products
  const samples = Object.assign({}, ...contributions.map((one) => one.samples)) as { [key: string]: number | null }
  return { section, products, samples, calls: probe.calls }
}

describe('ClamAV', () => {
  const daemon: FakeTable = {
    files: {
      '/proc/8/comm': 'clamd\n',
      '/proc/9/comm': 'freshclam\n',
      '/usr/sbin/clamd': '',
      '/var/lib/clamav/daily.cld': header(27_900, 22),
    },
    sockets: { '/run/clamav/clamd.ctl': 'PONG\0' },
  }

  it('reads daemon, updater and signatures', async () => {
    const { products, samples } = await collect(daemon)
    expect(products).toMatchObject([
      { id: 'clamav', kind: 'antivirus', running: true, realTime: null, updaterRunning: true },
    ])
    expect(samples).toEqual({
      'product:clamav:signaturesAt': Date.UTC(2026, 10, 22, 11, 46),
      'product:clamav:signatureVersion': 27_900,
    })
  })

  it.each<[string, FakeTable, object]>([
    [
      'the newer of two databases',
      { files: { ...daemon.files, '/var/lib/clamav/daily.cvd': header(27_901, 23) } },
      { 'product:clamav:signatureVersion': 27_901 },
    ],
    [
      'an unsigned one',
      { files: { '/var/lib/clamav/daily.cud': header(5, 1) } },
      { 'product:clamav:signatureVersion': 5 },
    ],
    [
      'a damaged one beside a whole one',
      { files: { ...daemon.files, '/var/lib/clamav/daily.cvd': 'noise' } },
      { 'product:clamav:signatureVersion': 27_900 },
    ],
    [
      'no signatures',
      { files: { '/usr/sbin/clamd': '' } },
      { 'product:clamav:signaturesAt': null, 'product:clamav:signatureVersion': null },
    ],
    [
      'a folder of its own',
      { files: { '/etc/clamav/clamd.conf': 'DatabaseDirectory /db\n', '/db/daily.cvd': header(7, 2) } },
      { 'product:clamav:signatureVersion': 7 },
    ],
  ])('takes %s', async (_, table, want) => expect((await collect(table)).samples).toMatchObject(want))

  it.each<[string, FakeTable, object]>([
    ['the daemon runs and does not answer', { files: daemon.files ?? {} }, { running: null }],
    ['the daemon answers something else', { ...daemon, sockets: { '/run/clamav/clamd.ctl': 'x' } }, { running: null }],
    [
      'the daemon is installed and does not run',
      { files: { '/usr/sbin/clamd': '' } },
      { kind: 'antivirus', running: false },
    ],
    [
      'a scanner alone protects nobody',
      { exec: { 'clamscan --version': 'ClamAV 1.4.6\n' } },
      { kind: 'scanner', running: false, engineVersion: '1.4.6' },
    ],
    [
      'files are watched as they are used',
      { ...daemon, files: { ...daemon.files, '/proc/7/comm': 'clamonacc\n' } },
      { realTime: true },
    ],
    ['nothing updates it', { files: { '/usr/sbin/clamd': '' } }, { updaterRunning: false }],
    [
      'a timer may update it',
      { files: { '/usr/sbin/clamd': '', '/etc/cron.d/clamav-update': '' } },
      { updaterRunning: null },
    ],
    [
      'a socket of its own',
      {
        files: { '/etc/clamav/clamd.conf': 'LocalSocket /run/my.sock\n', '/usr/sbin/clamd': '' },
        sockets: { '/run/my.sock': 'PONG\n' },
      },
      { running: true },
    ],
  ])('%s', async (_, table, want) => expect((await collect(table)).products).toMatchObject([want]))

  it('starts clamscan once in 6 h', async () => {
    const memo = new Map<string, unknown>()
    const started = async (now: number) =>
      (await collect({ exec: { clamscan: 'ClamAV 1.4.6\n' } }, { now, memo })).calls.includes('exec clamscan --version')
    expect([await started(NOW), await started(NOW + HOUR_MS), await started(NOW + 7 * HOUR_MS)]).toEqual([
      true,
      false,
      true,
    ])
  })
})

describe('other products', () => {
  const falcon = `aid="${'a'.repeat(32)}", rfm-state=false, version = 7.10\n`

  it.each<[string, FakeTable, object]>([
    ['none of the known ones', {}, []],
    [
      'CrowdStrike protects',
      { files: { '/proc/5/comm': 'falcon-sensor\n' }, exec: { falconctl: falcon } },
      [{ id: 'crowdstrike', running: true, realTime: true }],
    ],
    [
      'CrowdStrike in reduced mode',
      { files: { '/proc/5/comm': 'falcon-sensor\n' }, exec: { falconctl: falcon.replace('false', 'true') } },
      [{ realTime: false }],
    ],
    [
      'CrowdStrike runs, its tool does not',
      { files: { '/proc/5/comm': 'falcon-sensor\n' } },
      [{ running: true, realTime: null }],
    ],
    [
      'CrowdStrike is stopped',
      { files: { '/opt/CrowdStrike/falconctl': '' }, exec: { falconctl: falcon } },
      [{ running: false, realTime: null }],
    ],
    [
      'SentinelOne',
      {
        files: { '/proc/5/comm': 's1-agent\n' },
        exec: {
          'sentinelctl version': 'Agent version: 24.1\n',
          'sentinelctl control status': 'Agent state   Enabled\n',
        },
      },
      [{ id: 'sentinelone', realTime: true, engineVersion: '24.1' }],
    ],
    [
      'Defender for Endpoint by its process',
      { files: { '/proc/5/comm': 'wdavdaemon\n' } },
      [{ id: 'mdatp', kind: 'edr', running: true, realTime: null }],
    ],
    [
      'a scanner is listed',
      { files: { '/usr/bin/rkhunter': '' } },
      [{ id: 'rkhunter', kind: 'scanner', running: null }],
    ],
    [
      'processes are hidden',
      { files: { '/proc/1/comm': { code: 'access-denied', detail: 'no' } } },
      { code: 'access-denied' },
    ],
    [
      'a folder is refused',
      { stats: { '/opt/CrowdStrike': { code: 'access-denied', detail: 'no' } } },
      { code: 'access-denied' },
    ],
  ])('%s', async (_, table, want) => expect((await collect(table)).products).toMatchObject(want))

  it('cannot tell on a Mac without its tools, and is disabled when switched off', async () => {
    expect((await collect({ platform: 'darwin' })).products).toMatchObject({ code: 'tool-missing' })
    expect((await collect({}, { off: ['antivirus/products'] })).products).toMatchObject({ code: 'disabled' })
  })

  it('does not take ClamAV off the list because nobody may look at it: that would end its findings', async () => {
    const { products } = await collect({ files: { '/proc/8/comm': 'clamd\n' } }, { off: ['antivirus/clamav-database'] })
    expect(products).toMatchObject({ state: 'failed', code: 'disabled' })
  })
})

describe('an unchanged machine', () => {
  it('gives the same section when only the signatures moved', async () => {
    const at = (version: number, day: number, now: number) =>
      collect(
        {
          files: {
            '/usr/sbin/clamd': '',
            '/proc/8/comm': 'clamd\n',
            '/var/lib/clamav/daily.cld': header(version, day),
          },
        },
        { now },
      )
    const [one, two] = [await at(27_900, 22, NOW), await at(27_903, 25, NOW + 72 * HOUR_MS)]
    expect(JSON.stringify(two.section)).toBe(JSON.stringify(one.section))
    expect(two.samples).not.toEqual(one.samples)
  })
})
