/** Enrollment over a real WebSocket on loopback: an identity for the right code and server, a sentence for every wrong one. */
import { readFileSync } from 'node:fs'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import type { DataFolder } from '../../../agent/data-folder.ts'
import { readIdentity, readLease } from '../../../agent/identity.ts'
import { pinOf } from '../../../shared/protocol/code.ts'
import { randomBytes } from '../../../shared/protocol/crypto.ts'
import type { FakeServer } from './fake-server.ts'
import { LinkBench } from './link-bench.ts'

let bench: LinkBench
let server: FakeServer
let folder: DataFolder

beforeEach(async () => {
  bench = await new LinkBench().open()
  server = bench.server
  folder = bench.folder
})
afterEach(() => bench.close())

const enroll = (code?: string) => bench.enroll(code)

describe('enroll', () => {
  test('writes an identity that a real handshake has proven', async () => {
    const enrolled = await enroll()
    expect(enrolled.ok).toBe(true)
    const identity = readIdentity(folder)
    expect(identity.ok && identity.value?.agentId).toEqual(server.agentId)
    expect(readLease(folder).leaseN).toBe(1)
    expect(readFileSync(folder.config, 'utf8')).toContain(server.url)
    expect(server.last.accepted?.kind).toBe('enroll')
    expect(server.last.accepted?.info.os).toBe('linux')
  })

  test('again with the same code gives the same key', async () => {
    await enroll()
    const first = server.agentPub
    await enroll()
    expect(server.agentPub).toBe(first)
  })

  test('a wrong pin: nothing about the machine leaves', async () => {
    const result = await enroll(server.code({ pinS: pinOf(randomBytes(32)) }))
    expect(!result.ok && result.error.code).toBe('wrong-server')
    expect(server.last.texts).toHaveLength(1)
    expect(JSON.parse(server.last.texts[0] ?? '{}').t).toBe('hello')
    expect(server.last.texts.join()).not.toMatch(/hostname|info|stream/)
    expect(readIdentity(folder)).toEqual({ ok: true, value: null })
  })

  test.each([
    ['code-used', 'used already'],
    ['code-expired', 'expired'],
    ['code-net', 'this network'],
  ] as const)('%s, said with a MAC, is told to the person', async (code, sentence) => {
    server.manners.macErr = code
    const result = await enroll()
    expect(!result.ok && result.error.code).toBe(code)
    expect(!result.ok && result.error.sentence).toContain(sentence)
  })

  test('a code of another secret is refused', async () => {
    const result = await enroll(server.code({ secret: randomBytes(16) }))
    expect(!result.ok && result.error).toMatchObject({ code: 'refused', sentence: expect.stringContaining('code') })
  })

  test('a server that is away, a damaged code and plain http to elsewhere each get their sentence', async () => {
    const code = server.code()
    await server.stop()
    const away = await enroll(code)
    expect(!away.ok && away.error.sentence).toContain('ECONNREFUSED')
    const damaged = await enroll(`${code.slice(0, 30)}${code[30] === 'A' ? 'B' : 'A'}${code.slice(31)}`)
    expect(!damaged.ok && damaged.error).toMatchObject({
      code: 'bad-code',
      sentence: expect.stringContaining('damaged'),
    })
    const plain = await enroll(server.code({ url: 'http://192.0.2.7:80' }))
    expect(!plain.ok && plain.error.sentence).toContain('http only to this machine itself')
  })
})
