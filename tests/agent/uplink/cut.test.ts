/** What the agent does not stand from a server: the link is cut with a code, and nothing unsigned has lasting effect. */
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { type FakeServer, until } from './fake-server.ts'
import { LinkBench } from './link-bench.ts'

let bench: LinkBench
let server: FakeServer

beforeEach(async () => {
  bench = await new LinkBench().open()
  server = bench.server
})
afterEach(() => bench.close())

const enroll = (code?: string) => bench.enroll(code)
const startAgent = () => bench.startAgent()

describe('a link is cut by the agent', () => {
  async function connected(): Promise<void> {
    await enroll()
    await startAgent()
    await until('a session', () => server.have >= 1)
  }

  test.each([
    ['a message type that is not on the list', { t: 'exec', command: 'reboot' }, 4400],
    ['a message with a key too many', { t: 'ack', upTo: 1, path: '/etc/passwd' }, 4400],
    ['an ack of what was never sent', { t: 'ack', upTo: 99 }, 4400],
    ['a second welcome', { t: 'welcome' }, 4400],
  ])('%s', async (_name, message, code) => {
    await connected()
    const session = server.last
    session.say(message)
    await until('the close', () => session.closeCode !== null)
    expect(session.closeCode).toBe(code)
  })

  test('a frame with a wrong MAC', async () => {
    await connected()
    const session = server.last
    const sealed = session.sealer?.seal({ t: 'ack', upTo: 1 })
    const bytes = Buffer.from(sealed?.ok ? sealed.value : [])
    bytes[12] = (bytes[12] ?? 0) ^ 1
    session.socket.send(bytes)
    await until('the close', () => session.closeCode !== null)
    expect(session.closeCode).toBe(4400)
  })

  test('a replayed frame and a text after the keys', async () => {
    await connected()
    const first = server.last
    const sealed = first.sealer?.seal({ t: 'slow', ms: 0 })
    const bytes = sealed?.ok ? sealed.value : new Uint8Array()
    first.socket.send(bytes)
    first.socket.send(bytes)
    await until('the close', () => first.closeCode !== null)
    expect(first.closeCode).toBe(4400)
    await until('a new session', () => server.last !== first && server.last.sealer !== null)
    const second = server.last
    second.socket.send('{"t":"ack","upTo":1}')
    await until('the close', () => second.closeCode !== null)
    expect(second.closeCode).toBe(4400)
  })

  test('a frame above the limit', async () => {
    await connected()
    const session = server.last
    session.socket.send(Buffer.alloc(300_000))
    await until('the close', () => session.closeCode !== null)
    // ws itself refuses it (1009) before a byte reaches the codec.
    expect(session.closeCode).toBe(1009)
  })

  test('another identity than the pinned one, on a later connect too', async () => {
    await connected()
    server.manners.impostor = true
    server.last.socket.terminate()
    await until('the impostor was met', () => server.sessions.length >= 3 && server.last.closeCode !== null)
    expect(server.last.texts).toHaveLength(1)
  })

  test('an unsigned "revoked" has no lasting effect: the agent comes back', async () => {
    await connected()
    server.manners.textErr = 'revoked'
    server.last.socket.terminate()
    await until('a refusal', () => server.sessions.length >= 3 && server.last.closeCode !== null)
    delete server.manners.textErr
    const count = server.sessions.length
    await until('a session after it', () => server.sessions.length > count && server.last.sealer !== null)
  })
})
