/** Recording and replaying: the same answers come back, without what identifies the machine. */
import { readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { createRecordProbe } from '../../../agent/probe/record.ts'
import { createRedactor } from '../../../agent/probe/redact.ts'
import { createReplayProbe } from '../../../agent/probe/replay.ts'
import { fakeProbe } from '../../support/fake-probe.ts'
import { tempFolder } from '../../support/tmp.ts'

const text = (bytes: Uint8Array) => Buffer.from(bytes).toString('utf8')
const BINARY = Uint8Array.from([0, 255, 254, 1, 128, 10, 13])

const table = () =>
  fakeProbe({
    exec: {
      'smartctl --scan-open --json=c': {
        stdout: '{"serial_number":"S3CRET01","devices":[]}',
        stderr: 'on pc-anna',
        exitCode: 4,
      },
      dpkg: { code: 'timeout', detail: 'no answer on pc-anna' },
    },
    files: {
      '/etc/os-release': 'ID=debian\n',
      '/sys/class/dmi/id/product_serial': 'S3CRET02\n',
      '/home/anna/backup.log': 'from 10.1.2.3 aa:bb:cc:dd:ee:ff to /home/anna/x\n',
      '/var/lib/clamav/daily.cvd': BINARY,
    },
    links: { '/sys/dev/block/8:0': '../../devices/sda' },
    volumes: { '/': { totalBytes: 10, freeBytes: 5, availableBytes: 4, inodesTotal: 0, inodesFree: 0 } },
    sockets: { '/run/clamd.ctl': 'PONG\0' },
  })

describe('record and replay', () => {
  it('answers as before and leaks nothing', async () => {
    const folder = join(tempFolder('record'), 'rec')
    const recorder = createRecordProbe(table(), folder, createRedactor('pc-anna.example.test'))
    const scan = await recorder.exec('smartctl', ['--scan-open', '--json=c'])
    expect(scan.ok && text(scan.value.stdout)).toContain('S3CRET01')
    await recorder.exec('dpkg', ['--audit'])
    await recorder.has('dpkg')
    await recorder.readFile('/etc/os-release')
    await recorder.readFile('/sys/class/dmi/id/product_serial')
    await recorder.list('/home')
    await recorder.readFile('/home/anna/backup.log')
    await recorder.readFile('/var/lib/clamav/daily.cvd')
    await recorder.readFile('/nonexistent')
    await recorder.stat('/etc/os-release')
    await recorder.readLink('/sys/dev/block/8:0')
    await recorder.statVolume('/', { network: false })
    await recorder.ask('/run/clamd.ctl', Buffer.from('zPING\0'))

    const written = readdirSync(folder)
      .map((name) => readFileSync(join(folder, name), 'latin1'))
      .join('\n')
    for (const secret of ['S3CRET', 'anna', '10.1.2.3', 'aa:bb:cc']) expect(written).not.toContain(secret)

    const replay = createReplayProbe(folder)
    const again = await replay.exec('smartctl', ['--scan-open', '--json=c'])
    expect(again).toMatchObject({ ok: true, value: { exitCode: 4, stderr: 'on machine1', truncated: false } })
    expect(again.ok && text(again.value.stdout)).toBe('{"serial_number":"SERIAL-1","devices":[]}')
    expect(await replay.exec('dpkg', ['--audit'])).toEqual({
      ok: false,
      error: { code: 'timeout', detail: 'no answer on machine1' },
    })
    expect(await replay.has('dpkg')).toBe(true)
    const os = await replay.readFile('/etc/os-release')
    expect(os.ok && text(os.value)).toBe('ID=debian\n')
    expect(await replay.list('/home')).toEqual({ ok: true, value: [{ name: 'user1', kind: 'folder' }] })
    expect(await replay.readFile('/home/user1/backup.log')).toEqual(await replay.readFile('/home/anna/backup.log'))
    expect(await replay.readFile('/var/lib/clamav/daily.cvd')).toEqual({ ok: true, value: Buffer.from(BINARY) })
    expect(await replay.readFile('/nonexistent')).toMatchObject({ ok: false, error: { code: 'empty' } })
    expect(await replay.stat('/etc/os-release')).toMatchObject({ ok: true, value: { sizeBytes: 10 } })
    expect(await replay.readLink('/sys/dev/block/8:0')).toEqual({ ok: true, value: '../../devices/sda' })
    expect(await replay.statVolume('/', { network: false })).toMatchObject({ ok: true, value: { totalBytes: 10 } })
    const pong = await replay.ask('/run/clamd.ctl', Buffer.from('zPING\0'))
    expect(pong.ok && text(pong.value)).toBe('PONG\0')
  })

  it('says of what was not recorded that it is not there', async () => {
    const folder = join(tempFolder('record'), 'rec')
    createRecordProbe(table(), folder)
    const replay = createReplayProbe(folder)
    expect(await replay.exec('smartctl', [])).toMatchObject({ ok: false, error: { code: 'tool-missing' } })
    expect(await replay.readFile('/etc/os-release')).toMatchObject({ ok: false, error: { code: 'empty' } })
    expect(await replay.has('dpkg')).toBe(false)
  })

  it('gives the answers of a repeated question in their order, the last one from then on', async () => {
    const folder = join(tempFolder('record'), 'rec')
    const said = ['1', '2']
    const recorder = createRecordProbe(fakeProbe({ exec: { dpkg: () => said.shift() ?? '' } }), folder)
    await recorder.exec('dpkg', [])
    await recorder.exec('dpkg', [])
    const replay = createReplayProbe(folder)
    const answers = [await replay.exec('dpkg', []), await replay.exec('dpkg', []), await replay.exec('dpkg', [])]
    expect(answers.map((answer) => answer.ok && text(answer.value.stdout))).toEqual(['1', '2', '2'])
  })

  it('refuses a folder that holds something, and one that is no recording', () => {
    const folder = tempFolder('record')
    writeFileSync(join(folder, 'calls.jsonl'), '{}\n')
    expect(() => createRecordProbe(table(), folder)).toThrow('not empty')
    expect(() => createReplayProbe(folder)).toThrow('first line')
  })

  it('opens no file outside its folder for a hand-made line', async () => {
    const folder = tempFolder('record')
    const call = { key: 'readFile /x', failure: null, facts: null, body: '../../etc/passwd' }
    writeFileSync(
      join(folder, 'calls.jsonl'),
      `{"format":"rounds-recording","version":1,"platform":"linux"}\n${JSON.stringify(call)}\nnot json\n`,
    )
    expect(await createReplayProbe(folder).readFile('/x')).toMatchObject({ ok: false, error: { code: 'empty' } })
  })
})

describe('createRedactor', () => {
  const redact = createRedactor('pc-anna.example.test')
  it.each([
    ['"serial_number": "WD-123"', '"serial_number": "SERIAL-1"'],
    ['Serial Number:    WD-123', 'Serial Number:    SERIAL-1'],
    ['"serial":"-","serialNum":"Default string"', '"serial":"-","serialNum":"Default string"'],
    ['E:ID_SERIAL_SHORT=ABC9', 'E:ID_SERIAL_SHORT=SERIAL-2'],
    ['"hostname":"web01","username":"bert"', '"hostname":"user1","username":"user2"'],
    ['/home/bert/.cache and /home/carl', '/home/user2/.cache and /home/user3'],
    ['link 52:54:00:12:34:56 up', 'link 02:00:00:00:00:01 up'],
    ['from 192.168.1.20 and 127.0.0.1', 'from 192.0.2.1 and 127.0.0.1'],
    ['inet6 fe80::5054:ff:fe12:3456/64', 'inet6 2001:db8::1/64'],
    ['PC-ANNA.example.test: mail from pc-anna; pc-annabel', 'machine1: mail from machine1; pc-annabel'],
    ['at 12:34:56 Debian-Security:12/oldstable-security', 'at 12:34:56 Debian-Security:12/oldstable-security'],
  ])('%s', (before, after) => {
    expect(redact(before)).toBe(after)
  })

  it('replaces the whole of a file that is a serial number', () => {
    expect(createRedactor('x')('  PF2ABCDE \n', '/sys/class/dmi/id/product_serial')).toBe('SERIAL-1\n')
  })

  it('does not take a distribution for a host name', () => {
    expect(createRedactor('debian')('ID=debian')).toBe('ID=debian')
  })
})
