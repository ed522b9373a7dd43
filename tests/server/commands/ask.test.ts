/** Who answers a command: the running server over its socket, or the data folder itself, never both. */
import fs from 'node:fs'
import net from 'node:net'
import path from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { controlAddress } from '../../../server/control/control-address.ts'
import { lockData } from '../../../server/store/data-lock.ts'
import { tempFolder } from '../../support/tmp.ts'
import { type OpenSocket, openSocket } from '../control/open-socket.ts'
import { commandHere } from './command-here.ts'

describe('with a server running', () => {
  let open: OpenSocket
  beforeAll(async () => {
    open = await openSocket()
  })
  afterAll(() => open.close())

  it('the server itself does it: it knows at once, and its lock stays', async () => {
    const lock = fs.readFileSync(path.join(open.folder, 'lock'), 'utf8')
    expect(await commandHere(open.folder, ['client', 'add', 'Bakery'])).toMatchObject({ code: 0, err: '' })
    expect(open.house.services.directory.client('bakery')?.client.name).toBe('Bakery')
    expect(fs.readFileSync(path.join(open.folder, 'lock'), 'utf8')).toBe(lock)
  })

  it('a refusal is a sentence on stderr and exit 1; with --json also an object on stdout', async () => {
    const refused = await commandHere(open.folder, ['site', 'list', 'nobody'])
    expect(refused).toEqual({ code: 1, out: '', err: 'There is no client "nobody". See: client list\n' })
    const json = await commandHere(open.folder, ['site', 'list', 'nobody', '--json'])
    expect(json.code).toBe(1)
    expect(JSON.parse(json.out)).toEqual({ error: { code: 'absent', message: refused.err.trimEnd() } })
  })
})

describe('with no server running', () => {
  it('the command takes the folder, does it, and gives the folder free', async () => {
    const folder = path.join(tempFolder('ask'), 'data')
    expect(await commandHere(folder, ['client', 'add', 'Bakery'])).toMatchObject({ code: 0, err: '' })
    expect(fs.existsSync(path.join(folder, 'lock'))).toBe(false)
    expect(fs.existsSync(path.join(folder, 'control.sock'))).toBe(false)
    const listed = await commandHere(folder, ['client', 'list', '--json'])
    expect(JSON.parse(listed.out)).toMatchObject([{ slug: 'bakery', name: 'Bakery', machines: 0 }])
  })

  it('a socket that a killed server left behind is no server', async () => {
    const folder = path.join(tempFolder('ask'), 'data')
    fs.mkdirSync(folder)
    // Bound and given up without removing its name, as by kill -9.
    const dead = net.createServer()
    await new Promise<void>((resolve) => dead.listen(path.join(folder, 'elsewhere'), resolve))
    fs.linkSync(path.join(folder, 'elsewhere'), path.join(folder, 'control.sock'))
    await new Promise((resolve) => dead.close(resolve))
    expect(await commandHere(folder, ['client', 'list'])).toEqual({
      code: 0,
      out: 'No client yet. Add one: client add NAME\n',
      err: '',
    })
  })

  it('a folder that another process holds is left alone: exit 1 and its process id', async () => {
    const folder = path.join(tempFolder('ask'), 'data')
    const locked = lockData(folder)
    if (!locked.ok) throw new Error(locked.error)
    const refused = await commandHere(folder, ['client', 'add', 'Bakery', '--json'])
    expect(refused.code).toBe(1)
    expect(refused.err).toContain(`in use by process ${process.pid}`)
    expect(JSON.parse(refused.out)).toMatchObject({ error: { code: 'folder' } })
    expect(fs.readdirSync(folder)).toEqual(['lock'])
    locked.value()
  })

  it('a lock that a killed process left behind is taken over', async () => {
    const folder = path.join(tempFolder('ask'), 'data')
    fs.mkdirSync(folder)
    fs.writeFileSync(path.join(folder, 'lock'), `${process.pid} some-other-boot:1\n`)
    expect(await commandHere(folder, ['user', 'list'])).toMatchObject({ code: 0, err: '' })
  })

  it('a wrong environment is exit 2 and named, and no folder is made', async () => {
    const folder = path.join(tempFolder('ask'), 'data')
    const wrong = await commandHere(folder, ['client', 'list'], { environment: { ROUNDS_PROT: '1' } })
    expect(wrong).toMatchObject({ code: 2, out: '' })
    expect(wrong.err).toContain('did you mean "ROUNDS_PORT"?')
    expect(fs.existsSync(folder)).toBe(false)
  })
})

describe('with something else behind the socket', () => {
  const pretend = async (answer: (socket: net.Socket) => void) => {
    const folder = path.join(tempFolder('ask'), 'data')
    fs.mkdirSync(folder)
    const server = net.createServer((socket) => answer(socket.resume()))
    await new Promise<void>((resolve) => server.listen(path.join(folder, 'control.sock'), resolve))
    const ended = await commandHere(folder, ['client', 'list'])
    await new Promise((resolve) => server.close(resolve))
    // Nothing was opened behind the back of whoever listens.
    expect(fs.readdirSync(folder).filter((name) => name !== 'control.sock')).toEqual([])
    return ended
  }

  it.each<[string, (socket: net.Socket) => void, string]>([
    ['that goes away', (socket) => socket.end(), 'The running server ended before it answered.'],
    ['that ends in the middle', (socket) => socket.end('{"ok":'), 'The running server ended before it answered.'],
    [
      'that is no Rounds',
      (socket) => socket.write('hello\n'),
      'The control socket answered something that is not JSON.',
    ],
  ])('%s: exit 1 and a sentence', async (_name, answer, message) => {
    expect(await pretend(answer)).toEqual({ code: 1, out: '', err: `${message}\n` })
  })
})

describe('the address of a folder', () => {
  it('is the file in it, or the shorter way to it', () => {
    expect(controlAddress('/srv/rounds')).toBe('/srv/rounds/control.sock')
    const deep = path.join(process.cwd(), 'x'.repeat(90))
    expect(controlAddress(deep)).toBe(`${'x'.repeat(90)}/control.sock`)
    expect(controlAddress(path.join(process.cwd(), 'x'.repeat(91)))).toBeNull()
  })

  it('too long for any socket: commands work without one, a server says so', async () => {
    const folder = path.join(tempFolder('ask'), 'x'.repeat(120))
    expect(await commandHere(folder, ['client', 'add', 'Bakery'])).toMatchObject({ code: 0, err: '' })
    await expect(openSocket(folder)).rejects.toThrow('is too long for the control socket')
  })
})
