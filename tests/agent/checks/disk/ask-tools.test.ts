/** Collectors of pools and RAID cards over tables of answers: what is asked, when, and what is said when a tool does not answer. */
import { describe, expect, it } from 'vitest'
import { askCardTool } from '../../../../agent/checks/disk/ask-card-tool.ts'
import { askControllers } from '../../../../agent/checks/disk/ask-controllers.ts'
import { askBtrfs, askLvm, askZfs } from '../../../../agent/checks/disk/ask-pools.ts'
import { DISK_TASKS } from '../../../../agent/checks/disk/index.ts'
import { readPoolSigns } from '../../../../agent/checks/disk/read-pool-signs.ts'
import { readRaidCards } from '../../../../agent/checks/disk/read-raid-cards.ts'
import { HOUR_MS } from '../../../../shared/units.ts'
import { type FakeTable, fakeProbe } from '../../../support/fake-probe.ts'
import { runTask } from '../../../support/run-task.ts'

const NOW = Date.UTC(2026, 10, 25)
const context = (table: FakeTable, { off = [] as readonly string[], now = NOW } = {}) => ({
  probe: fakeProbe(table),
  now,
  off: new Set(off),
  memo: new Map<string, unknown>(),
  watch: { watches: [], hookFolder: '/nonexistent' },
})
const children = ({ probe }: ReturnType<typeof context>) => probe.calls.filter((call) => call.startsWith('exec'))

const STATUS = `  pool: tank
 state: ONLINE
config:

	NAME        STATE     READ WRITE CKSUM
	tank        ONLINE       0     0     0
	  sda       ONLINE       0     0     0

errors: No known data errors
`
const LIST = 'tank\t1000\t870\t130\t87\t3\tONLINE\n'
const MOUNT = '36 1 0:30 / /srv rw - btrfs /dev/sdb rw\n37 1 0:30 /a /srv/sub rw - btrfs /dev/sdb rw\n'

describe('readPoolSigns', () => {
  it('sees nothing where nothing is', async () => {
    expect(await readPoolSigns(fakeProbe({}))).toMatchObject({
      hasZfs: false,
      zfs: [],
      btrfsMounts: [],
      hasLvm: false,
      bcache: [],
    })
  })

  it('reads what the kernel says, and a pool that is online there is not proven', async () => {
    const files = {
      '/proc/spl/kstat/zfs/tank/state': 'ONLINE\n',
      '/proc/spl/kstat/zfs/old/state': 'SUSPENDED\n',
      '/proc/self/mountinfo': MOUNT,
      '/sys/block/dm-0/dm/uuid': 'LVM-abc\n',
      '/sys/block/dm-1/dm/uuid': 'CRYPT-LUKS2-x\n',
      '/sys/block/bcache0/bcache/state': 'inconsistent\n',
    }
    const signs = await readPoolSigns(fakeProbe({ files }))
    expect(signs).toMatchObject({
      hasZfs: true,
      zfs: [
        { name: 'old', state: 'faulted' },
        { name: 'tank', state: 'unknown' },
      ],
      btrfsMounts: ['/srv'],
      hasLvm: true,
      bcache: [{ name: 'bcache0', state: 'faulted' }],
    })
    const worse = { ...files, '/proc/spl/kstat/zfs/tank/state': 'DEGRADED\n' }
    expect((await readPoolSigns(fakeProbe({ files: worse }))).signature).not.toBe(signs.signature)
    expect((await readPoolSigns(fakeProbe({ files }))).signature).toBe(signs.signature)
  })
})

describe('askZfs', () => {
  const list = 'zpool list -Hp -o name,size,alloc,free,cap,frag,health'
  it('puts state and fill together', async () => {
    expect(await askZfs(context({ exec: { 'zpool status -p': STATUS, [list]: LIST } }))).toMatchObject({
      ok: true,
      value: { pools: [{ name: 'tank', state: 'healthy' }], samples: { 'pool:tank:usedPermille': 870 } },
    })
  })
  it('asks a zpool that does not know -p again', async () => {
    const refused = { stdout: '', stderr: "invalid option 'p'\nusage:\n", exitCode: 2 }
    const asked = context({ exec: { 'zpool status -p': refused, 'zpool status': STATUS } })
    expect(await askZfs(asked)).toMatchObject({ ok: true, value: { pools: [{ state: 'healthy' }], samples: {} } })
    expect(children(asked)).toHaveLength(3)
  })
  it('that hangs or is switched off is a failure', async () => {
    const hung = { exec: { zpool: { code: 'timeout', detail: 'zpool did not answer' } } } as const
    expect(await askZfs(context(hung))).toMatchObject({ ok: false, error: { code: 'timeout' } })
    expect(await askZfs(context(hung, { off: ['disk/zpool-status'] }))).toMatchObject({ error: { code: 'disabled' } })
  })
})

describe('askBtrfs', () => {
  const stats =
    '[/dev/sdb].write_io_errs    0\n[/dev/sdb].read_io_errs     0\n[/dev/sdb].flush_io_errs    0\n[/dev/sdb].corruption_errs  0\n[/dev/sdb].generation_errs  0\n'
  const show =
    'Label: none  uuid: 01234567-89ab-cdef-0123-456789abcdef\n\tTotal devices 1 FS bytes used 144.00KiB\n\tdevid    1 size 1.00GiB used 126.00MiB path /dev/sdb\n\n'
  it('names the pool after its mount; without the list of devices nothing is proven', async () => {
    const whole = { 'btrfs device stats -- /srv': stats, 'btrfs filesystem show -- /srv': show }
    expect(await askBtrfs(context({ exec: whole }), '/srv')).toMatchObject({ value: { pools: [{ name: '/srv' }] } })
    const { 'btrfs filesystem show -- /srv': _, ...less } = whole
    expect(await askBtrfs(context({ exec: less }), '/srv')).toMatchObject({ value: { pools: [{ state: 'unknown' }] } })
    expect(await askBtrfs(context({}), '/srv')).toMatchObject({ ok: false, error: { code: 'tool-missing' } })
  })
})

describe('askLvm', () => {
  it('asks a version without JSON for its table', async () => {
    const table = '  LV   VG  Attr       Data%  Meta%  Cpy%Sync\n  root vg0 -wi-ao----                       \n'
    const exec = {
      lvs: (args: readonly string[]) =>
        args.includes('--reportformat')
          ? { stdout: '', stderr: "lvs: unrecognized option '--reportformat'\n", exitCode: 3 }
          : table,
    }
    expect(await askLvm(context({ exec }))).toMatchObject({ value: { pools: [{ name: 'vg0', state: 'healthy' }] } })
  })
})

const PCI = (driver: string) => ({
  files: {
    '/sys/bus/pci/devices/0000:01:00.0/class': '0x010400\n',
    '/sys/bus/pci/devices/0000:00:1f.2/class': '0x060100\n',
  },
  links: { '/sys/bus/pci/devices/0000:01:00.0/driver': `../../../bus/pci/drivers/${driver}` },
})
const SHOW =
  '\nSmart Array P410i in Slot 0 (Embedded)\n\n   array A\n\n      logicaldrive 1 (279.4 GB, RAID 1, OK)\n\n      physicaldrive 1I:1:1 (port 1I:box 1:bay 1, SAS, 300 GB, OK)\n      physicaldrive 1I:1:2 (port 1I:box 1:bay 2, SAS, 300 GB, OK)\n\n'

describe('readRaidCards', () => {
  it('knows cards by their drivers, and leaves out what hides no drive', async () => {
    expect(await readRaidCards(context(PCI('hpsa')))).toEqual({
      ok: true,
      value: [{ family: 'smartarray', name: 'hpsa', place: 'pci:0000:01:00.0' }],
    })
    expect(await readRaidCards(context(PCI('ahci')))).toEqual({ ok: true, value: [] })
    expect(await readRaidCards(context({ platform: 'darwin' }))).toEqual({ ok: true, value: [] })
  })
  it('asks Windows, whose failure is no "no cards"', async () => {
    const cards = [
      { Name: 'PERC H730', DriverName: 'percsas2' },
      { Name: 'AHCI', DriverName: 'storahci' },
    ]
    const powershell = JSON.stringify({ rounds: 1, blocks: { 'raid-cards': { ok: cards } } })
    expect(await readRaidCards(context({ platform: 'win32', exec: { powershell } }))).toMatchObject({
      value: [{ family: 'megaraid', name: 'PERC H730' }],
    })
    expect(await readRaidCards(context({ platform: 'win32' }))).toMatchObject({
      ok: false,
      error: { code: 'tool-missing' },
    })
  })
})

describe('askCardTool', () => {
  it('needs an answer to every question', async () => {
    const ld =
      '\nAdapter 0 -- Virtual Drive Information:\nVirtual Drive: 0 (Target Id: 0)\nRAID Level : Primary-1, Secondary-0, RAID Level Qualifier-0\nState : Optimal\n\nExit Code: 0x00\n'
    const none =
      '\nAdapter 0: Get BBU Status Failed.\n\nFW error description: \n The required hardware component is not present.  \n\nExit Code: 0x22\n'
    const pd =
      '\nAdapter #0\n\nEnclosure Device ID: 252\nSlot Number: 0\nMedia Error Count: 0\nPredictive Failure Count: 0\nFirmware state: Online, Spun Up\n\nExit Code: 0x00\n'
    const answers = (drives: string) => ({
      'MegaCli64 -LDInfo -LAll -aAll -NoLog': ld,
      'MegaCli64 -PDList -aAll -NoLog': drives,
      'MegaCli64 -AdpBbuCmd -GetBbuStatus -aAll -NoLog': { stdout: none, exitCode: 34 },
    })
    expect(await askCardTool(context({ exec: answers(pd) }), 'MegaCli64')).toMatchObject({
      value: { parts: { controllers: { value: [{ state: 'healthy' }] }, arrays: { value: [{ state: 'healthy' }] } } },
    })
    expect(await askCardTool(context({ exec: answers('') }), 'MegaCli64')).toMatchObject({ error: { code: 'empty' } })
    expect(await askCardTool(context({ exec: {} }), 'storcli64')).toMatchObject({ error: { code: 'tool-missing' } })
    expect(await askCardTool(context({}, { off: ['disk/ssacli'] }), 'ssacli')).toMatchObject({
      error: { code: 'disabled' },
    })
  })
})

describe('askCardTool of Adaptec', () => {
  const card = (status: string) =>
    `Controllers found: 2\n-----\nController information\n-----\n   Controller Status : ${status}\n   Logical devices/Failed/Degraded : 0/0/0\n\n\nCommand completed successfully.\n`
  it('asks for every card that it counts', async () => {
    const exec = {
      'arcconf getconfig 1 nologs': card('Optimal'),
      'arcconf getconfig 2 nologs': card('Failed'),
    }
    expect(await askCardTool(context({ exec }), 'arcconf')).toMatchObject({
      value: {
        parts: {
          controllers: {
            value: [
              { id: 'arcconf:1', state: 'healthy' },
              { id: 'arcconf:2', state: 'failed' },
            ],
          },
        },
      },
    })
    const { 'arcconf getconfig 2 nologs': _, ...one } = exec
    expect(await askCardTool(context({ exec: one }), 'arcconf')).toMatchObject({ ok: false })
  })
})

describe('askControllers', () => {
  it('asks once for both tasks, and again after six hours', async () => {
    const table = { ...PCI('hpsa'), exec: { ssacli: SHOW } }
    const asked = context(table)
    expect(await askControllers(asked)).toMatchObject({
      value: {
        source: 'disk/ssacli',
        controllers: [{ state: 'healthy' }],
        arrays: [{ state: 'healthy' }],
        blind: null,
      },
    })
    await askControllers({ ...asked, now: NOW + 5 * HOUR_MS })
    expect(children(asked)).toHaveLength(1)
    await askControllers({ ...asked, now: NOW + 6 * HOUR_MS })
    expect(children(asked)).toHaveLength(2)
  })

  it.each([
    ['whose tool is missing', PCI('hpsa'), 'tool-missing'],
    ['that nothing can ask', PCI('arcmsr'), 'unsupported'],
    ['that its tool does not find', { ...PCI('hpsa'), exec: { ssacli: 'Error: No controllers detected.\n' } }, 'exit'],
  ] as const)('a card %s is unknown, never absent', async (_, table, code) => {
    const { section } = await runTask(DISK_TASKS, 'disk/controllers', fakeProbe(table))
    expect(section.controllers).toMatchObject({ state: 'failed', code })
  })

  it('a machine without a card has none', async () => {
    const { section } = await runTask(DISK_TASKS, 'disk/controllers', fakeProbe({}))
    expect(section.controllers).toMatchObject({ state: 'value', value: [] })
  })
})

describe('disk/pools', () => {
  const table: FakeTable = {
    files: { '/proc/spl/kstat/zfs/tank/state': 'ONLINE\n' },
    exec: { 'zpool status -p': STATUS, zpool: LIST },
  }
  it('starts no child while the kernel says nothing new, and asks again after a failure within the hour', async () => {
    const memo = new Map<string, unknown>()
    const count = async (more: FakeTable, now: number) => {
      const probe = fakeProbe({ ...table, ...more })
      await runTask(DISK_TASKS, 'disk/pools', probe, { memo, now })
      return probe.calls.filter((call) => call.startsWith('exec')).length
    }
    expect(await count({}, NOW)).toBe(2)
    expect(await count({}, NOW + 5 * HOUR_MS)).toBe(0)
    expect(
      await count({ files: { '/proc/spl/kstat/zfs/tank/state': 'DEGRADED\n' }, exec: {} }, NOW + 5 * HOUR_MS),
    ).toBe(1)
    expect(await count({ files: { '/proc/spl/kstat/zfs/tank/state': 'DEGRADED\n' } }, NOW + 6 * HOUR_MS)).toBe(2)
  })
  it('a tool that hangs leaves what the kernel says', async () => {
    const files = { '/proc/spl/kstat/zfs/tank/state': 'SUSPENDED\n' }
    const probe = fakeProbe({ files, exec: { zpool: { code: 'hung', detail: 'zpool hangs' } } })
    const { section } = await runTask(DISK_TASKS, 'disk/pools', probe)
    expect(section.pools).toMatchObject({ state: 'value', value: [{ name: 'tank', state: 'faulted' }] })
  })
})
