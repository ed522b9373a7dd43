/** Tasks about encryption, accounts, start, remote access and UPS against a probe that answers from a table. */
import { describe, expect, it } from 'vitest'
import { POSTURE_TASKS } from '../../../../agent/checks/posture/index.ts'
import { type FakeTable, fakeProbe } from '../../../support/fake-probe.ts'
import { runTask } from '../../../support/run-task.ts'

const LINUX = { '/proc/1/comm': 'systemd\n', '/proc/self/mountinfo': '25 1 8:2 / / rw - ext4 /dev/sda2 rw\n' }
const run = (id: string, table: FakeTable, options = {}) =>
  runTask(POSTURE_TASKS, `posture/${id}`, fakeProbe({ ...table, files: { ...LINUX, ...table.files } }), options)
const OPEN = JSON.stringify({
  blockdevices: [{ name: 'sda', type: 'disk', children: [{ name: 'sda2', type: 'part', mountpoint: '/' }] }],
})
/** The whole document of the script of a rhythm. */
const windows = (blocks: object): FakeTable => ({
  platform: 'win32',
  exec: { powershell: JSON.stringify({ rounds: 1, blocks }) },
})

describe('encryption', () => {
  it('asks an old lsblk again with the column that it knows', async () => {
    const exec = {
      lsblk: (args: readonly string[]) =>
        args.at(-1)?.includes('MOUNTPOINTS') ? { exitCode: 1, stderr: 'unknown column' } : OPEN,
    }
    const { section } = await run('encryption', { exec })
    expect(section.encryption).toMatchObject({ value: [{ mount: '/', system: true, state: 'off' }] })
  })
  it('takes the system from ZFS when lsblk shows none', async () => {
    const zfs = 'r/ROOT\tencryption\taes-256-gcm\nr/ROOT\tkeystatus\tavailable\nr/ROOT\tmountpoint\t/\n'
    const files = { '/proc/self/mountinfo': '25 1 0:2 / / rw - zfs r/ROOT rw\n' }
    const { section } = await run('encryption', {
      exec: { lsblk: '{"blockdevices":[{"name":"sda","type":"disk"}]}', zfs },
      files,
    })
    expect(section.encryption).toMatchObject({
      source: 'posture/zfs-encryption',
      value: [{ mount: '/', state: 'protected' }],
    })
  })
  it('says of a Windows without BitLocker that it could not tell', async () => {
    const { section } = await run(
      'encryption',
      windows({ 'encryptable-volumes': { error: -2147217394, message: 'x' } }),
    )
    expect(section.encryption).toMatchObject({ state: 'failed', code: 'tool-missing' })
  })
  it('starts no child while nothing changed', async () => {
    const probe = fakeProbe({ exec: { lsblk: OPEN }, files: LINUX })
    const memo = new Map<string, unknown>()
    for (let at = 0; at < 24; at += 1) await runTask(POSTURE_TASKS, 'posture/encryption', probe, { memo })
    expect(probe.calls.filter((call) => call.startsWith('exec'))).toHaveLength(1)
    await runTask(POSTURE_TASKS, 'posture/encryption', probe, { memo })
    expect(probe.calls.filter((call) => call.startsWith('exec'))).toHaveLength(2)
  })
})

describe('accounts, start and remote access', () => {
  it('counts the accounts of Linux, and knows a machine without a screen', async () => {
    const files = {
      '/etc/passwd': 'root:x:0:0:root:/root:/bin/sh\n',
      '/etc/group': 'sudo:x:27:ann\n',
      '/etc/shadow': 'root:*:1:0:9:7:::\n',
    }
    const { section } = await run('accounts', { files })
    expect(section.accounts).toMatchObject({
      value: { administrators: 1, emptyPasswords: 0, builtinAdministratorEnabled: false, automaticLogin: null },
    })
    expect(section.screenLock).toMatchObject({ value: { state: 'no-screen' } })
  })
  it('leaves untold what it may not read', async () => {
    const shadow = { code: 'access-denied', detail: 'no' } as const
    const { section } = await run('accounts', {
      files: { '/etc/passwd': 'root:x:0:0:root:/root:/bin/sh\n', '/etc/group': 'sudo:x:27:\n', '/etc/shadow': shadow },
    })
    expect(section.accounts).toMatchObject({ value: { administrators: 0, emptyPasswords: null } })
  })
  it('reads the start of Linux from files', async () => {
    const variable = '/sys/firmware/efi/efivars/SecureBoot-8be4df61-93ca-11d2-aa0d-00e098032b8c'
    const { section } = await run('boot', {
      files: { [variable]: Uint8Array.from([6, 0, 0, 0, 1]), '/sys/class/tpm/tpm0/tpm_version_major': '2\n' },
    })
    expect(section.bootTrust).toMatchObject({ value: { secureBoot: true, tpm: '2.0' } })
    expect((await run('boot', {})).section.bootTrust).toMatchObject({ value: { secureBoot: null, tpm: 'none' } })
  })
  it('sees an old Samba and tools for remote control', async () => {
    const files = {
      '/proc/9/comm': 'smbd\n',
      '/etc/samba/smb.conf': '[global]\n server min protocol = NT1\n',
      '/etc/systemd/system/anydesk.service': '',
    }
    const { section } = await run('remote', { files })
    expect(section.smb1).toMatchObject({ value: { enabled: true } })
    expect(section.remoteDesktop).toMatchObject({ value: { enabled: false, tools: ['anydesk'] } })
  })
  it('reads Remote Desktop of Windows with the tools beside it', async () => {
    const rdp = {
      ok: [{ Key: 'HKLM\\SYSTEM\\CurrentControlSet\\Control\\Terminal Server', Exists: true, fDenyTSConnections: 0 }],
    }
    const { section } = await run(
      'remote',
      windows({
        rdp,
        'remote-services': { ok: [{ Service: 'TeamViewer', State: 4 }] },
        smb1: { ok: [{ EnableSMB1Protocol: false }] },
      }),
    )
    expect(section.remoteDesktop).toMatchObject({ value: { enabled: true, tools: ['teamviewer'] } })
    expect(section.smb1).toMatchObject({ value: { enabled: false } })
  })
})

describe('UPS', () => {
  const conf = { '/etc/nut/ups.conf': '[cellar]\n driver = usbhid-ups\n' }
  it('has none', async () => expect((await run('ups', {})).section.ups).toMatchObject({ value: [] }))
  it('asks NUT for each by its name', async () => {
    const { section, samples } = await run('ups', {
      files: conf,
      exec: { 'upsc cellar@localhost': 'ups.status: OB LB\nbattery.charge: 9\n' },
    })
    expect(section.ups).toMatchObject({ value: [{ name: 'cellar', status: 'low-battery' }] })
    expect(samples).toEqual({ 'ups:cellar:chargePercent': 9 })
  })
  it('does not take silence for none', async () =>
    expect((await run('ups', { files: conf })).section.ups).toMatchObject({ state: 'failed', code: 'tool-missing' }))
})
