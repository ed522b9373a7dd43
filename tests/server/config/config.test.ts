/** Configuration of the server: which source wins, and what is refused with which sentence. */
import fs from 'node:fs'
import path from 'node:path'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { isLoopback, parseConfig, readConfig } from '../../../server/config.ts'
import { describeUnknown, findNearestWord } from '../../../server/nearest-word.ts'
import { tempFolder } from '../../support/tmp.ts'

const parse = (env: Record<string, string>, toml?: string) =>
  parseConfig(env, toml === undefined ? null : { file: '/etc/rounds/rounds.toml', text: toml }, '/srv')

describe('defaults and sources', () => {
  it('listens on loopback and keeps its data beside it', () => {
    expect(parse({})).toEqual({
      ok: true,
      value: {
        host: '127.0.0.1',
        port: 8420,
        dataFolder: '/srv/data',
        publicUrl: null,
        tls: null,
        trustedProxies: [],
        logLevel: 'info',
      },
    })
  })

  it('lets the environment win over the file, and takes the file for the rest', () => {
    const result = parse(
      { ROUNDS_PORT: '9000', ROUNDS_DATA: 'here' },
      'port = 1\ndata = "there"\npublicUrl = "https://m.example.org/"\n',
    )
    expect(result).toMatchObject({
      ok: true,
      value: { port: 9000, dataFolder: '/srv/here', publicUrl: 'https://m.example.org' },
    })
  })

  it('resolves paths of the file from its own folder', () => {
    const result = parse({}, 'data = "d"\n[tls]\ncert = "c.pem"\nkey = "/k.pem"\n')
    expect(result).toMatchObject({
      ok: true,
      value: { dataFolder: '/etc/rounds/d', tls: { certFile: '/etc/rounds/c.pem', keyFile: '/k.pem' } },
    })
  })

  it('reads the file that ROUNDS_CONFIG names, and says so when it cannot', () => {
    const folder = tempFolder('config')
    fs.writeFileSync(path.join(folder, 'rounds.toml'), 'port = 4242\n')
    expect(readConfig({ ROUNDS_CONFIG: 'rounds.toml' }, folder)).toMatchObject({ ok: true, value: { port: 4242 } })
    const absent = readConfig({ ROUNDS_CONFIG: 'absent.toml' }, folder)
    expect(absent).toMatchObject({ ok: false, error: { code: 'unreadable' } })
  })
})

const REFUSED: readonly [string, Record<string, string>, string | undefined, string, RegExp][] = [
  ['a misspelled variable', { ROUNDS_PROT: '1' }, undefined, 'unknown-key', /ROUNDS_PROT.*did you mean "ROUNDS_PORT"/],
  ['a variable near nothing', { ROUNDS_WHATEVER_ELSE: '1' }, undefined, 'unknown-key', /known: ROUNDS_PORT/],
  ['a misspelled key', {}, 'prot = 1', 'unknown-key', /"prot".*did you mean "port"/],
  ['a misspelled key of tls', {}, '[tls]\ncertt = "a"', 'unknown-key', /"certt".*did you mean "cert"/],
  ['half a tls', {}, '[tls]\ncert = "a"', 'invalid', /both cert and key/],
  ['broken TOML', {}, 'port = ', 'invalid', /not valid TOML/],
  ['a port that is none', { ROUNDS_PORT: '84x' }, undefined, 'invalid', /ROUNDS_PORT/],
  ['a port too high', { ROUNDS_PORT: '65536' }, undefined, 'invalid', /ROUNDS_PORT/],
  ['PostgreSQL', { ROUNDS_STORE: 'postgres://u:secret@h/db' }, undefined, 'unsupported', /SQLite files only/],
  ['another store', { ROUNDS_STORE: 'mysql' }, undefined, 'invalid', /ROUNDS_STORE/],
  ['a clear-text public address', { ROUNDS_PUBLIC_URL: 'http://m.example.org' }, undefined, 'invalid', /https/],
  ['a public address with a path', { ROUNDS_PUBLIC_URL: 'https://m.example.org/x' }, undefined, 'invalid', /path/],
  [
    'every address in clear text',
    { ROUNDS_HOST: '0.0.0.0' },
    undefined,
    'unsafe-host',
    /clear text.*tls.*trustedProxies/,
  ],
  ['a LAN address in clear text', { ROUNDS_HOST: '192.168.1.5' }, undefined, 'unsafe-host', /192\.168\.1\.5/],
  ['a proxy that is no address', {}, 'trustedProxies = ["all"]', 'invalid', /"all"/],
  ['a proxy that is everybody', {}, 'trustedProxies = ["0.0.0.0/0"]', 'invalid', /0\.0\.0\.0/],
  ['a proxy without an address for people', {}, 'trustedProxies = ["10.0.0.1"]', 'invalid', /ROUNDS_PUBLIC_URL/],
  ['an unknown level', { ROUNDS_LOG: 'loud' }, undefined, 'invalid', /level/],
]

describe('refusals', () => {
  it.each(REFUSED)('%s', (_, env, toml, code, sentence) => {
    const result = parse(env, toml)
    expect(result).toMatchObject({ ok: false, error: { code } })
    expect(result.ok ? '' : result.error.message).toMatch(sentence)
  })

  it('never repeats the password of a store address', () => {
    const result = parse({ ROUNDS_STORE: 'postgres://u:hunter2@h/db' })
    expect(JSON.stringify(result)).not.toContain('hunter2')
  })

  it('listens beyond loopback with its own certificate or behind a named proxy', () => {
    expect(parse({ ROUNDS_HOST: '0.0.0.0' }, '[tls]\ncert = "a"\nkey = "b"').ok).toBe(true)
    expect(
      parse({ ROUNDS_HOST: '0.0.0.0', ROUNDS_PUBLIC_URL: 'https://m.example.org' }, 'trustedProxies = ["10.0.0.0/8"]')
        .ok,
    ).toBe(true)
  })

  it('accepts variables of the agent and of the browser tests', () => {
    expect(parse({ ROUNDS_AGENT_DATA: '/x', ROUNDS_CHROMIUM: '/y' }).ok).toBe(true)
  })

  it('answers any environment and any file with a result', () => {
    fc.assert(
      fc.property(
        fc.dictionary(fc.constantFrom('ROUNDS_PORT', 'ROUNDS_HOST', 'ROUNDS_PUBLIC_URL'), fc.string()),
        fc.string(),
        (env, toml) => {
          expect(typeof parse(env, toml).ok).toBe('boolean')
        },
      ),
    )
  })
})

describe('words', () => {
  it('knows loopback from the rest', () => {
    for (const host of ['127.0.0.1', '127.9.9.9', 'localhost', '::1', '[::1]']) expect(isLoopback(host)).toBe(true)
    for (const host of ['0.0.0.0', '::', '10.0.0.1', '127.0.0.1.example.org', 'localhost.evil']) {
      expect(isLoopback(host)).toBe(false)
    }
  })

  it('suggests the nearest word only when it is near', () => {
    expect(findNearestWord('sevre', ['serve', 'user'])).toBe('serve')
    expect(findNearestWord('zzzzzzz', ['serve', 'user'])).toBe(null)
    expect(describeUnknown('key', '\u001b[31mx', ['port'])).not.toContain('\u001b')
  })
})
