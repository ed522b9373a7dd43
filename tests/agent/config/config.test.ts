/** agent.toml and the data folder: every wrong key is named, edits keep what a person wrote, loose permissions are refused. */
import { chmodSync, mkdirSync, readFileSync, statSync, symlinkSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { writeFileAtomic } from '../../../agent/atomic-file.ts'
import { parseConfig, parseEnvironment } from '../../../agent/config.ts'
import { addWatch, removeWatch, setServerUrl } from '../../../agent/config-edit.ts'
import { dataFolderAt, defaultDataRoot, openDataFolder } from '../../../agent/data-folder.ts'
import { formatDuration, parseDuration } from '../../../agent/duration.ts'
import { fingerprintOf, openKey, readIdentity, readLease, saveIdentity, saveLease } from '../../../agent/identity.ts'
import { findRunning, takeLock } from '../../../agent/single-instance.ts'
import type { Watch } from '../../../agent/watch-config.ts'
import { randomBytes } from '../../../shared/protocol/crypto.ts'
import { tempFolder } from '../../support/tmp.ts'

const GOOD = `
[server]
url = "https://monitor.example.org"

# the dumps of the accounting program
[[watch]]
kind = "file-drop"
name = "dumps"
folder = "/srv/dumps"
pattern = "*.dump"
minSizeBytes = 1000
every = "24h"

[[watch]]
kind = "hook"
name = "nightly"
partialExits = [1]
`

describe('agent.toml', () => {
  test('is read', () => {
    const parsed = parseConfig(GOOD)
    expect(parsed).toMatchObject({ ok: true, value: { server: { host: 'monitor.example.org:443' }, caFile: null } })
    expect(parsed.ok && parsed.value.watches).toEqual([
      {
        kind: 'file-drop',
        name: 'dumps',
        folder: '/srv/dumps',
        pattern: '*.dump',
        minSizeBytes: 1000,
        everyMs: 86_400_000,
      },
      { kind: 'hook', name: 'nightly', everyMs: null, partialExits: [1] },
    ])
    expect(parseConfig('')).toEqual({ ok: true, value: { server: null, caFile: null, watches: [] } })
  })

  test.each([
    ['servr = 1', 'unknown key "servr"; did you mean "server"?'],
    ['[server]\nurll = "x"', 'unknown key "urll"; did you mean "url"?'],
    ['[server]\nurl = "http://example.org"', 'http only to this machine itself'],
    ['[server]\n', '"url" is missing'],
    ['[[watch]]\nkind = "rsync"', '"kind" must be'],
    [
      '[[watch]]\nkind = "hook"\nname = "a"\nforlder = "/x"',
      'unknown key "forlder"; known: kind, name, every, partialExits',
    ],
    ['[[watch]]\nkind = "file-drop"\nname = "a"\nforlder = "/x"', 'did you mean "folder"?'],
    ['[[watch]]\nkind = "hook"\nname = "../x"', '"name" must be'],
    ['[[watch]]\nkind = "file-drop"\nname = "a"\nfolder = "srv"', 'absolute path'],
    ['[[watch]]\nkind = "file-drop"\nname = "a"\nfolder = "/a"\npattern = "../*"', '"pattern"'],
    ['[[watch]]\nkind = "restic"\nname = "a"\nrepository = "--repo"\npasswordFile = "/p"', '"repository"'],
    ['[[watch]]\nkind = "hook"\nname = "a"\nevery = "soon"', '"every" must be a duration'],
    ['[[watch]]\nkind = "hook"\nname = "a"\n[[watch]]\nkind = "hook"\nname = "a"', 'stands twice'],
    ['watch = 5', 'list of tables'],
    ['a = ', 'not valid TOML'],
  ])('%s', (content, sentence) => {
    const parsed = parseConfig(content)
    expect(!parsed.ok && parsed.error).toContain(sentence)
  })

  test('any text gives a result', () => {
    fc.assert(fc.property(fc.string({ unit: 'binary' }), (content) => typeof parseConfig(content).ok === 'boolean'))
  })

  test('edits keep comments and order', () => {
    const hook: Watch = { kind: 'hook', name: 'weekly', everyMs: 604_800_000, partialExits: [] }
    const added = addWatch(GOOD, hook)
    expect(added.startsWith(GOOD)).toBe(true)
    const parsed = parseConfig(added)
    expect(parsed.ok && parsed.value.watches.at(-1)).toEqual(hook)
    const removed = removeWatch(added, 'nightly') ?? ''
    expect(removed).toContain('# the dumps of the accounting program')
    const left = parseConfig(removed)
    expect(left.ok && left.value.watches.map(({ name }) => name)).toEqual(['dumps', 'weekly'])
    expect(removeWatch(added, 'nothing')).toBeNull()
    const moved = parseConfig(setServerUrl(added, 'https://other.example.org'))
    expect(moved).toMatchObject({ ok: true, value: { server: { host: 'other.example.org:443' } } })
    expect(parseConfig(setServerUrl('', 'http://localhost:1'))).toMatchObject({
      ok: true,
      value: { server: { host: 'localhost:1' } },
    })
    expect(parseConfig(setServerUrl('# mine\n[[watch]]\nkind = "hook"\nname = "a"\n', 'http://localhost:1')).ok).toBe(
      true,
    )
    expect(setServerUrl('[server]\ncaFile = "/ca.pem"\n', 'https://a.example')).toContain('caFile = "/ca.pem"')
  })

  test('any watch that is added is read back the same', () => {
    const everyMs = fc.option(fc.integer({ min: 1, max: 9_000 }).map((s) => s * 1_000))
    const name = fc.stringMatching(/^[A-Za-z0-9][A-Za-z0-9._-]{0,20}$/)
    const path = fc.string({ unit: 'binary' }).map((rest) => `/${rest.toWellFormed().replaceAll('\0', '')}`)
    const watch: fc.Arbitrary<Watch> = fc.oneof(
      fc.record({ kind: fc.constant('hook' as const), name, everyMs, partialExits: fc.array(fc.nat(255)) }),
      fc.record({
        kind: fc.constant('restic' as const),
        name,
        everyMs,
        repository: path,
        passwordFile: path,
        offsite: fc.option(fc.boolean()),
      }),
      fc.record({
        kind: fc.constant('file-drop' as const),
        name,
        everyMs,
        folder: path,
        pattern: fc.constant('*.gz'),
        minSizeBytes: fc.nat(),
      }),
    )
    fc.assert(
      fc.property(watch, (one) => {
        const parsed = parseConfig(addWatch('', one))
        expect(parsed.ok && parsed.value.watches).toEqual([one])
      }),
    )
  })
})

describe('environment', () => {
  test('levels, unknown names', () => {
    expect(parseEnvironment({ ROUNDS_LOG: 'debug', ROUNDS_PORT: '1' })).toEqual({ ok: true, value: 'debug' })
    expect(parseEnvironment({ ROUNDS_LOG: 'loud' })).toMatchObject({
      ok: false,
      error: expect.stringContaining('loud'),
    })
    expect(parseEnvironment({ ROUNDS_AGENT_DAT: '/x' })).toMatchObject({
      ok: false,
      error: expect.stringContaining('ROUNDS_AGENT_DATA'),
    })
  })
  test('the data folder', () => {
    expect(defaultDataRoot({ ROUNDS_AGENT_DATA: '/x' })).toBe('/x')
    expect(defaultDataRoot({})).toMatch(/rounds-agent$/)
  })
  test('durations', () => {
    expect(['90s', '15m', '24h', '7d', '1d'].map((text) => parseDuration(text))).toEqual([
      90_000, 900_000, 86_400_000, 604_800_000, 86_400_000,
    ])
    expect(['', '1', 'h', '1w', '0s', '-1h', '999999d'].map((text) => parseDuration(text))).toEqual(Array(7).fill(null))
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 400 * 86_400 }),
        (s) => parseDuration(formatDuration(s * 1_000)) === s * 1_000,
      ),
    )
  })
})

describe('data folder', () => {
  const open = () => {
    const folder = dataFolderAt(join(tempFolder('agent-data'), 'agent'))
    expect(openDataFolder(folder).ok).toBe(true)
    return folder
  }

  test('keys are closed, what is shown is open, over a strict umask too', () => {
    const folder = open()
    openKey(folder)
    const mode = (path: string) => (statSync(path).mode & 0o777).toString(8)
    expect([mode(folder.keys), mode(folder.spool), mode(folder.hooks), mode(folder.shown), mode(folder.key)]).toEqual([
      '700',
      '700',
      '700',
      '755',
      '600',
    ])
  })

  test.each<[string, (folder: ReturnType<typeof open>) => void, string]>([
    ['an open key folder', (folder) => chmodSync(folder.keys, 0o755), 'chmod 700'],
    ['an open key', (folder) => chmodSync(folder.key, 0o644), 'chmod 600'],
    ['a spool that others may read', (folder) => chmodSync(folder.spool, 0o750), 'chmod 700'],
    ['a folder that others may write', (folder) => chmodSync(folder.root, 0o777), 'chmod go-w'],
    ['an agent.toml that others may read', (folder) => writeFileSync(folder.config, '', { mode: 0o644 }), 'chmod 600'],
  ])('%s is refused with a sentence', (_name, loosen, remedy) => {
    const folder = open()
    openKey(folder)
    loosen(folder)
    const opened = openDataFolder(folder)
    expect(!opened.ok && opened.error).toContain(remedy)
  })

  test('a symbolic link in the place of the key folder is refused', () => {
    const root = join(tempFolder('agent-link'), 'agent')
    mkdirSync(root)
    mkdirSync(join(root, 'elsewhere'), { mode: 0o700 })
    symlinkSync(join(root, 'elsewhere'), join(root, 'keys'))
    const opened = openDataFolder(dataFolderAt(root))
    expect(!opened.ok && opened.error).toContain('symbolic link')
  })

  test('identity and lease are read back; require is never taken back', () => {
    const folder = open()
    const key = openKey(folder)
    if (!key.ok) throw new Error(key.error)
    expect(readIdentity(folder)).toEqual({ ok: true, value: null })
    const identity = {
      agentId: randomBytes(16),
      key: key.value,
      pins: { server: randomBytes(16), recovery: randomBytes(16) },
      salt: randomBytes(16),
      enrolledAt: 5,
    }
    saveIdentity(folder, identity)
    const stored = readIdentity(folder)
    expect(stored.ok && stored.value).toMatchObject({ agentId: identity.agentId, pins: identity.pins, enrolledAt: 5 })
    expect(stored.ok && stored.value?.key.pub).toEqual(key.value.pub)
    saveLease(folder, { lease: randomBytes(16), leaseN: 4, bindingRequired: true })
    saveLease(folder, { lease: randomBytes(16), leaseN: 5, bindingRequired: false })
    expect(readLease(folder)).toMatchObject({ leaseN: 5, bindingRequired: true })
    writeFileSync(folder.identity, '{')
    expect(readIdentity(folder)).toMatchObject({ ok: false, error: expect.stringContaining('damaged') })
  })

  test('a fingerprint is 20 digits', () => {
    expect(fingerprintOf(randomBytes(32))).toMatch(/^\d{4}(-\d{4}){4}$/)
  })

  test('one agent at a time; a lock of a process that is gone is taken over', () => {
    const folder = open()
    const lock = takeLock(folder.lock)
    expect(lock.ok).toBe(true)
    expect(findRunning(folder.lock)).toBe(process.pid)
    expect(takeLock(folder.lock)).toMatchObject({ ok: false, error: expect.stringContaining(String(process.pid)) })
    if (lock.ok) lock.value()
    writeFileAtomic(folder.lock, JSON.stringify({ pid: process.pid, startedAt: 'an earlier boot/1' }), { mode: 0o600 })
    expect(findRunning(folder.lock)).toBeNull()
    expect(takeLock(folder.lock).ok).toBe(true)
    expect(JSON.parse(readFileSync(folder.lock, 'utf8')).pid).toBe(process.pid)
  })
})
