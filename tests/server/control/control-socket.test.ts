/** The control socket: closed to others, one line asks, one line answers, and nothing that is said to it hurts. */
import fs from 'node:fs'
import net from 'node:net'
import path from 'node:path'
import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import { StoreError } from '../../../server/store/store.ts'
import { line, type OpenSocket, openSocket, say } from './open-socket.ts'

let open: OpenSocket
beforeAll(async () => {
  open = await openSocket()
})
afterAll(() => open.close())

const LIST = line('client.list', {})
const EMPTY = { ok: true, value: [] }
const invalid = (message: string) => ({ ok: false, error: { code: 'invalid', message } })

describe('the file', () => {
  it('is a socket that only its owner may open, in a folder that only its owner may enter', () => {
    const found = fs.statSync(path.join(open.folder, 'control.sock'))
    expect(found.isSocket()).toBe(true)
    expect(found.mode & 0o777).toBe(0o600)
    expect(fs.statSync(open.folder).mode & 0o777).toBe(0o700)
  })

  it('is never open to others, not even for a moment, whatever the umask', async () => {
    const before = process.umask(0)
    const modes: number[] = []
    const chmod = fs.chmodSync
    const spy = vi.spyOn(fs, 'chmodSync').mockImplementation((file, mode) => {
      if (String(file).endsWith('control.sock')) modes.push(fs.statSync(file).mode & 0o777)
      chmod(file, mode)
    })
    try {
      await (await openSocket()).close()
      expect(modes).toEqual([0o600])
      expect(process.umask()).toBe(0)
    } finally {
      spy.mockRestore()
      process.umask(before)
    }
  })

  it('of a server that crashed is replaced', async () => {
    const first = await openSocket()
    const { folder } = first
    await first.close()
    fs.writeFileSync(path.join(folder, 'control.sock'), 'left behind')
    const second = await openSocket(folder)
    expect((await say(folder, [LIST], 1)).answers).toEqual([EMPTY])
    await second.close()
    expect(fs.existsSync(path.join(folder, 'control.sock'))).toBe(false)
  })
})

describe('a request', () => {
  it('is answered on one line', async () => {
    expect(await say(open.folder, [LIST], 1)).toEqual({ answers: [EMPTY], isEnded: false })
  })

  it('may come in pieces, cut within a character', async () => {
    const bytes = Buffer.from(line('client.rename', { client: 'é', name: 'ü' }))
    const pieces = [...bytes].map((byte) => Uint8Array.of(byte))
    const { answers } = await say(open.folder, pieces, 1)
    expect(answers).toEqual([
      { ok: false, error: { code: 'absent', message: 'There is no client "é". See: client list' } },
    ])
  })

  it('is answered in order with others of the same connection', async () => {
    const { answers } = await say(open.folder, [`${line('none', {})}${LIST}${line('user.list', {})}not JSON\n`], 4)
    expect(answers).toMatchObject([{ ok: false }, EMPTY, EMPTY, { ok: false }])
  })

  it('of one connection does not wait for a silent one', async () => {
    const silent = net.connect(path.join(open.folder, 'control.sock'))
    await new Promise((resolve) => silent.once('connect', resolve))
    silent.write('{"name":"client.li')
    expect((await say(open.folder, [LIST], 1)).answers).toEqual([EMPTY])
    silent.destroy()
  })
})

describe('what is no request', () => {
  it.each<[string, string, string]>([
    ['an empty line', '\n', 'A request is one line of JSON.'],
    ['half of one', '{"name":\n', 'A request is one line of JSON.'],
    ['a list', '[]\n', 'A request has a name and args.'],
    ['null', 'null\n', 'A request has a name and args.'],
    ['a name that is a number', '{"name":1,"args":{}}\n', 'A request has a name and args.'],
    ['no args', '{"name":"client.list"}\n', 'A request has a name and args.'],
    ['one key too many', '{"name":"client.list","args":{},"as":"root"}\n', 'A request has a name and args.'],
    ['a long name', line('x'.repeat(65), {}), 'A request has a name and args.'],
    ['a name that nobody knows', line('client.drop', {}), 'This server does not know the request "client.drop".'],
    ['a name of every object', line('constructor', {}), 'This server does not know the request "constructor".'],
    ['its prototype', line('__proto__', {}), 'This server does not know the request "__proto__".'],
    ['args of another shape', line('client.list', []), 'The request client.list has another shape in this version.'],
    [
      'args with more in them',
      line('client.list', { all: true }),
      'The request client.list has another shape in this version.',
    ],
    [
      'args that lack one',
      line('client.rename', { client: 'a' }),
      'The request client.rename has another shape in this version.',
    ],
    [
      'a text beyond its limit',
      line('client.rename', { client: 'a', name: 'x'.repeat(257) }),
      'The request client.rename has another shape in this version.',
    ],
  ])('%s is refused with a sentence, and the next request is answered', async (_name, said, message) => {
    expect(await say(open.folder, [said, LIST], 2)).toEqual({ answers: [invalid(message), EMPTY], isEnded: false })
  })

  it('without an end is cut at a megabyte, and others are served', async () => {
    const chunks = Array.from({ length: 20 }, () => 'x'.repeat(65_536))
    expect(await say(open.folder, chunks, 1)).toEqual({ answers: [], isEnded: true })
    expect((await say(open.folder, [LIST], 1)).answers).toEqual([EMPTY])
  })

  it('whatever its bytes: each line gets a refusal, and nothing changes', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(fc.uint8Array({ maxLength: 60 }), { minLength: 1, maxLength: 6 }), async (chunks) => {
        const lines = Buffer.concat([...chunks, Buffer.from('\n')]).filter((byte) => byte === 10).length
        const heard = await say(open.folder, [...chunks, '\n', LIST], lines + 1)
        expect(heard.answers).toHaveLength(lines + 1)
        expect(heard.answers.slice(0, -1)).toEqual(Array(lines).fill(expect.objectContaining({ ok: false })))
        expect(heard.answers.at(-1)).toEqual(EMPTY)
      }),
      { numRuns: 40 },
    )
  })
})

describe('an operation that fails', () => {
  const failing = (error: Error) => vi.spyOn(open.house.services.store.hub, 'people').mockRejectedValueOnce(error)

  it('for the store says what the store said', async () => {
    failing(new StoreError('full', 'store: no space left in /srv'))
    expect((await say(open.folder, [line('user.list', {})], 1)).answers).toEqual([
      {
        ok: false,
        error: { code: 'refused', message: 'user.list failed: the store refused: store: no space left in /srv' },
      },
    ])
  })

  it('for a bug says nothing of it but where to look, and the connection goes on', async () => {
    failing(new TypeError('cannot read secret of undefined'))
    const { answers } = await say(open.folder, [line('user.list', {}), LIST], 2)
    expect(answers).toEqual([
      { ok: false, error: { code: 'refused', message: 'user.list failed: see the log of the server' } },
      EMPTY,
    ])
  })
})

it('closing ends who is connected', async () => {
  const own = await openSocket()
  const client = net.connect(path.join(own.folder, 'control.sock'))
  await new Promise((resolve) => client.once('connect', resolve))
  client.resume()
  const ended = new Promise((resolve) => client.once('close', resolve))
  await own.close()
  await ended
  await own.socket.close()
})
