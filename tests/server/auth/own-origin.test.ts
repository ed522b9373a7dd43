/** Which origin is the server's own, by its configuration and the Host header. The table names each way in that must stay shut. */
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { isOwnOrigin, isSecure, type OriginConfig, ownOrigin } from '../../../server/auth/own-origin.ts'

const LOCAL: OriginConfig = { host: '127.0.0.1', publicUrl: null, tls: null }
const PUBLIC: OriginConfig = { ...LOCAL, publicUrl: 'https://m.example.org' }
const TLS: OriginConfig = { host: '0.0.0.0', publicUrl: null, tls: { certFile: 'c', keyFile: 'k' } }
const NAMED: OriginConfig = { ...TLS, publicUrl: 'https://m.example.org:8420' }

const TABLE: readonly [string, OriginConfig, host: string | undefined, own: string | null][] = [
  ['localhost', LOCAL, 'localhost:8420', 'http://localhost:8420'],
  ['a loopback address', LOCAL, '127.0.0.1:8420', 'http://127.0.0.1:8420'],
  ['IPv6 loopback', LOCAL, '[::1]:8420', 'http://[::1]:8420'],
  ['capitals', LOCAL, 'LOCALHOST:8420', 'http://localhost:8420'],
  ['the default port', LOCAL, 'localhost:80', 'http://localhost'],
  ['no Host', LOCAL, undefined, null],
  ['an empty Host', LOCAL, '', null],
  ['a name that was bound to loopback', LOCAL, 'evil.example:8420', null],
  ['a name that begins like ours', LOCAL, 'localhost.evil.example', null],
  ['a name with a user', LOCAL, 'evil@localhost:8420', null],
  ['a Host with a path', LOCAL, 'localhost/x', null],
  ['two Hosts in one', LOCAL, 'localhost,evil.example', null],
  ['the public name', PUBLIC, 'm.example.org', 'https://m.example.org'],
  ['loopback beside the public name', PUBLIC, 'localhost:8420', 'http://localhost:8420'],
  ['another name beside the public one', PUBLIC, 'evil.example', null],
  ['the public name at another port', PUBLIC, 'm.example.org:444', null],
  ['any name under its own certificate', TLS, 'pc7.lan:8420', 'https://pc7.lan:8420'],
  ['only the public name where one is set', NAMED, 'pc7.lan:8420', null],
]

describe('ownOrigin', () => {
  it.each(TABLE)('%s', (_, config, host, own) => {
    expect(ownOrigin(config, host)).toBe(own)
    for (const origin of [undefined, 'null', '', 'http://evil.example', 'https://m.example.org.evil.example']) {
      expect(isOwnOrigin(config, host, origin), String(origin)).toBe(false)
    }
    if (own !== null) expect(isOwnOrigin(config, host, own)).toBe(true)
  })

  it('tells http from https', () => {
    expect(isOwnOrigin(LOCAL, 'localhost:8420', 'https://localhost:8420')).toBe(false)
    expect(isOwnOrigin(PUBLIC, 'm.example.org', 'http://m.example.org')).toBe(false)
    expect(isSecure(LOCAL, 'localhost:8420')).toBe(false)
    expect(isSecure(PUBLIC, 'm.example.org')).toBe(true)
    expect(isSecure(TLS, 'pc7.lan')).toBe(true)
  })

  it('answers any two headers, and never takes one origin for two hosts', () => {
    fc.assert(
      fc.property(fc.constantFrom(LOCAL, PUBLIC, TLS), fc.string(), fc.string(), (config, host, origin) => {
        if (isOwnOrigin(config, host, origin)) expect(new URL(origin).host).toBe(new URL(`http://${host}`).host)
      }),
    )
  })
})
