/** The real probe on this machine: what it starts, what it refuses, what it reads. */
import { chmodSync, mkdirSync, symlinkSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:net'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { LINUX_SEARCH } from '../../../agent/probe/programs.ts'
import { createSystemProbe } from '../../../agent/probe/system.ts'
import { trustedPath } from '../../../agent/probe/trusted-path.ts'
import { tempFolder } from '../../support/tmp.ts'

const text = (bytes: Uint8Array) => Buffer.from(bytes).toString('utf8')
const folder = tempFolder('probe')
const probe = createSystemProbe()

describe('exec', () => {
  it('never runs a program of that name in PATH, in the working folder or in a folder that others can change', async () => {
    const bait = join(folder, 'bait')
    mkdirSync(bait)
    const mark = join(folder, 'ran')
    writeFileSync(join(bait, 'smartctl'), `#!/bin/sh\ntouch ${mark}\n`, { mode: 0o755 })
    const [path, cwd] = [process.env['PATH'], process.cwd()]
    process.env['PATH'] = `${bait}:${path}`
    process.chdir(bait)
    try {
      await createSystemProbe().exec('smartctl', ['--version'])
      const refused = await createSystemProbe({ search: [bait] }).exec('smartctl', ['--version'])
      // Below a temporary folder somebody else can always put another file in its place.
      expect(refused).toMatchObject({
        ok: false,
        error: { code: 'access-denied', detail: expect.stringContaining('/tmp') },
      })
    } finally {
      process.env['PATH'] = path
      process.chdir(cwd)
    }
    expect(await probe.stat(mark)).toMatchObject({ ok: false, error: { code: 'empty' } })
  })

  it('says tool-missing for a program that is in none of the folders', async () => {
    const missing = await createSystemProbe({ search: ['/nonexistent'] }).exec('dpkg', ['--version'])
    expect(missing).toMatchObject({ ok: false, error: { code: 'tool-missing' } })
    expect(await createSystemProbe({ search: ['/nonexistent'] }).has('dpkg')).toBe(false)
  })

  it('runs a real program in the C locale, whatever the agent runs in', async () => {
    if (!(await probe.has('dpkg'))) return
    process.env['LC_ALL'] = 'fr_FR.UTF-8'
    const output = await probe.exec('dpkg', ['--version'], { env: { LC_ALL: 'fr_FR.UTF-8', PATH: folder } })
    delete process.env['LC_ALL']
    expect(output.ok && text(output.value.stdout)).toContain('package management program')
  })

  it('gives its own children a fixed environment and their script', async () => {
    const script = join(folder, 'child.mjs')
    writeFileSync(
      script,
      'console.log(JSON.stringify({ env: process.env, args: process.argv.slice(2), cwd: process.cwd() }))',
    )
    const own = createSystemProbe({ children: { 'rounds-inventory': script } })
    const output = await own.exec('rounds-inventory', ['a b'], { env: { RESTIC_REPOSITORY: '/srv/r', LANGUAGE: 'fr' } })
    const said = JSON.parse(output.ok ? text(output.value.stdout) : '{}')
    expect(said.args).toEqual(['a b'])
    expect(said.cwd).toBe('/')
    expect(said.env).toEqual({
      RESTIC_REPOSITORY: '/srv/r',
      LC_ALL: 'C',
      LANG: 'C',
      LANGUAGE: '',
      COLUMNS: '1000',
      NO_COLOR: '1',
      TERM: 'dumb',
      HOME: '/root',
      DEBIAN_FRONTEND: 'noninteractive',
      PATH: LINUX_SEARCH.join(':'),
    })
  })
})

describe('trustedPath', () => {
  it('follows links through folders of root to the real file', async () => {
    expect(await trustedPath('/bin/sh')).toMatchObject({
      ok: true,
      value: expect.stringMatching(/^\/usr\/bin\/|^\/bin\//),
    })
  })

  it.each([
    ['a missing file', '/usr/bin/no-such-program', 'tool-missing'],
    ['a file below a file', '/etc/passwd/x', 'tool-missing'],
  ])('%s', async (_, path, code) => {
    expect(await trustedPath(path)).toMatchObject({ ok: false, error: { code } })
  })

  it('refuses a link that leads into a folder which everybody can write to', async () => {
    const target = join(folder, 'tool')
    writeFileSync(target, '#!/bin/sh\n', { mode: 0o755 })
    symlinkSync(target, join(folder, 'link'))
    expect(await trustedPath(join(folder, 'link'))).toMatchObject({ ok: false, error: { code: 'access-denied' } })
  })
})

describe('files', () => {
  beforeAll(() => {
    writeFileSync(join(folder, 'ten'), '0123456789')
    symlinkSync('ten', join(folder, 'to-ten'))
    symlinkSync('round', join(folder, 'round'))
    mkdirSync(join(folder, 'sub'))
  })

  it('reads files of /proc, which say that they are empty', async () => {
    const stat = await probe.readFile('/proc/stat')
    expect(stat.ok && text(stat.value)).toMatch(/^btime \d+$/m)
  })

  it('reads the beginning, or the end', async () => {
    const path = join(folder, 'ten')
    const head = await probe.readFile(path, { maxBytes: 4 })
    const tail = await probe.readFile(path, { maxBytes: 4, tail: true })
    expect([head.ok && text(head.value), tail.ok && text(tail.value)]).toEqual(['0123', '6789'])
  })

  it('follows a link of its own user, and no circle', async () => {
    const linked = await probe.readFile(join(folder, 'to-ten'))
    expect(linked.ok && text(linked.value)).toBe('0123456789')
    expect(await probe.readFile(join(folder, 'round'))).toMatchObject({ ok: false, error: { code: 'access-denied' } })
  })

  it.each([
    ['a missing file', '/nonexistent', 'empty'],
    ['a folder', '/etc', 'unsupported'],
    ['a device', '/dev/zero', 'unsupported'],
  ])('%s is a failure with a reason', async (_, path, code) => {
    expect(await probe.readFile(path)).toMatchObject({ ok: false, error: { code } })
  })

  it('lists a folder sorted, with kinds', async () => {
    const listed = await probe.list(folder)
    const entries = listed.ok ? listed.value : []
    expect(entries.map((entry) => entry.name)).toEqual(entries.map((entry) => entry.name).toSorted())
    expect(entries).toContainEqual({ name: 'sub', kind: 'folder' })
    expect(entries).toContainEqual({ name: 'to-ten', kind: 'link' })
    expect(await probe.list('/nonexistent')).toMatchObject({ ok: false, error: { code: 'empty' } })
  })

  it('tells facts of a link or of what it leads to', async () => {
    const path = join(folder, 'to-ten')
    chmodSync(join(folder, 'ten'), 0o640)
    expect(await probe.stat(path)).toMatchObject({ ok: true, value: { kind: 'link' } })
    expect(await probe.stat(path, { follow: true })).toMatchObject({
      ok: true,
      value: { kind: 'file', sizeBytes: 10, mode: 0o640, uid: process.getuid?.() },
    })
    expect(await probe.readLink(path)).toEqual({ ok: true, value: 'ten' })
  })

  it('measures a volume in this process, and in a child as for a network mount, with one answer', async () => {
    const [here, child] = [
      await probe.statVolume('/', { network: false }),
      await probe.statVolume('/', { network: true }),
    ]
    expect(here).toMatchObject({ ok: true })
    if (!here.ok || !child.ok) throw new Error('both must answer')
    expect(child.value.totalBytes).toBe(here.value.totalBytes)
    expect(here.value.freeBytes).toBeGreaterThanOrEqual(here.value.availableBytes)
    expect(await probe.statVolume('/nonexistent', { network: true })).toMatchObject({
      ok: false,
      error: { code: 'empty' },
    })
  })
})

describe('ask', () => {
  const path = join(folder, 'socket')
  const server = createServer((socket) => {
    socket.on('error', () => {})
    socket.on('data', (data) => (data.toString() === 'PING' ? socket.end('PONG\0') : socket.write('x'.repeat(1_000))))
  })
  beforeAll(() => new Promise<void>((resolve) => void server.listen(path, resolve)))
  afterAll(() => new Promise<void>((resolve) => void server.close(() => resolve())))

  it('sends a request and returns the answer, cut at the cap', async () => {
    expect(await probe.ask(path, Buffer.from('PING'))).toEqual({ ok: true, value: Buffer.from('PONG\0') })
    const cut = await probe.ask(path, Buffer.from('FLOOD'), { maxBytes: 10 })
    expect(cut.ok && cut.value.length).toBe(10)
  })

  it('says that nobody is there', async () => {
    const missing = await probe.ask(join(folder, 'none'), Buffer.from('PING'))
    expect(missing).toMatchObject({ ok: false, error: { code: 'empty' } })
  })
})
