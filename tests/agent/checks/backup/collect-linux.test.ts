/** Jobs that a Linux machine tells without a watch, against a probe that answers from a table. */
import { describe, expect, it } from 'vitest'
import { collectLinuxJobs } from '../../../../agent/checks/backup/linux/collect-linux-jobs.ts'
import { parseRsnapshotConf } from '../../../../agent/checks/backup/linux/rsnapshot-conf.ts'
import { HOUR_MS } from '../../../../shared/units.ts'
import { type FakeTable, fakeProbe } from '../../../support/fake-probe.ts'
import { fixture } from '../../../support/fixture.ts'
import { NOW } from './parse-source.ts'

const LOG = fixture('backup/rsnapshot-1.4.5.log').toString()
const CONF =
  'config_version\t1.2\nsnapshot_root\t/backup/\n#retain\tx\t1\nretain\talpha\t3\nretain\tbeta\t2\nlogfile\t/var/log/rs.log\n'

async function collect(
  table: FakeTable,
  more: { memo?: Map<string, unknown>; now?: number; off?: readonly string[] } = {},
) {
  const probe = fakeProbe({ links: { '/etc/localtime': '/usr/share/zoneinfo/Europe/Paris' }, ...table })
  const watch = { watches: [], hookFolder: '/hooks' }
  const context = { probe, now: more.now ?? NOW, off: new Set(more.off), memo: more.memo ?? new Map(), watch }
  const { jobs } = await collectLinuxJobs(context)
  const samples: { readonly [key: string]: number | null } = Object.assign({}, ...jobs.map((one) => one.samples))
  return { jobs: jobs.map(({ job }) => job), samples, calls: probe.calls }
}

describe('jobs of a Linux machine', () => {
  it('a machine without any of the tools has none, and no child is started', async () => {
    const { jobs, calls } = await collect({})
    expect(jobs).toEqual([])
    expect(calls.filter((call) => call.startsWith('exec'))).toEqual([])
  })

  it('reads the log that rsnapshot.conf names, in the zone of the machine', async () => {
    const good = LOG.split('\n').slice(0, 12).join('\n')
    const { jobs, samples } = await collect({ files: { '/etc/rsnapshot.conf': CONF, '/var/log/rs.log': good } })
    expect(jobs).toMatchObject([
      { id: 'rsnapshot:rsnapshot', destination: { encrypted: false }, status: { value: { lastResult: 'success' } } },
    ])
    expect(samples['job:rsnapshot:rsnapshot:lastSuccessAt']).toBe(Date.parse('2026-11-25T13:58:50Z'))
  })

  it('a configuration that nobody uses is no job; a log that cannot be read is one that is unknown', async () => {
    expect((await collect({ files: { '/etc/rsnapshot.conf': CONF } })).jobs).toEqual([])
    const denied = { code: 'access-denied', detail: 'no' } as const
    const { jobs } = await collect({ files: { '/etc/rsnapshot.conf': CONF, '/var/log/rs.log': denied } })
    expect(jobs[0]?.status).toMatchObject({ state: 'failed', code: 'access-denied' })
    const off = await collect(
      { files: { '/etc/rsnapshot.conf': CONF, '/var/log/rs.log': LOG } },
      { off: ['backup/rsnapshot-log'] },
    )
    expect(off.jobs[0]?.status).toMatchObject({ state: 'failed', code: 'disabled' })
  })

  it('reads the tasks of Proxmox VE', async () => {
    const task = 'UPID:pve:00001234:0012ABCD:6B066D10:vzdump::root@pam: 6B067418 OK\n'
    const index = '/var/log/pve/tasks/index'
    expect((await collect({ files: { [index]: task } })).jobs).toMatchObject([
      { tool: 'vzdump', status: { value: { lastResult: 'success' } } },
    ])
    expect((await collect({ files: { [index]: task.replace('vzdump', 'qmstart') } })).jobs).toEqual([])
    expect((await collect({ files: { [index]: task.slice(0, 60) } })).jobs[0]?.status).toMatchObject({ code: 'parse' })
  })

  it('asks clients every six hours, and again after an hour when they did not answer', async () => {
    const memo = new Map<string, unknown>()
    const exec = { 'urbackupclientctl status': '{"last_backup_time":1795572600,"running_processes":[]}' }
    const count = async (now: number, table: FakeTable = { exec }) =>
      (await collect(table, { memo, now })).calls.filter((call) => call.startsWith('exec')).length
    expect(await count(NOW)).toBe(1)
    expect(await count(NOW + 5 * HOUR_MS)).toBe(0)
    expect(await count(NOW + 6 * HOUR_MS)).toBe(1)
    const hung = { exec: { veeamconfig: { code: 'timeout', detail: 'took long' } } } as const
    const { jobs } = await collect(hung)
    expect(jobs).toMatchObject([{ id: 'veeam:Veeam Agent', status: { state: 'failed', code: 'timeout' } }])
  })
})

describe('parseRsnapshotConf', () => {
  it('reads what copies and where', () => {
    expect(parseRsnapshotConf(CONF)).toEqual({ logFile: '/var/log/rs.log', lowest: 'alpha', root: '/backup/' })
    expect(parseRsnapshotConf('sync_first\t1\ninterval\thourly\t6\n').lowest).toBe('sync')
    expect(parseRsnapshotConf('')).toEqual({ logFile: null, lowest: null, root: null })
  })
})
