/**
 * No private keys, tokens, passwords in addresses, or names of registries in any file of the project, fixtures included.
 */
import fs from 'node:fs'
import path from 'node:path'
import { describe, expect, it } from 'vitest'
import { listFiles, ROOT, type SourceFile } from '../tools/source-files.ts'

const SECRETS: readonly [what: string, pattern: RegExp][] = [
  ['a private key', /-----BEGIN (?:[A-Z]+ )*PRIVATE KEY-----/],
  ['a bearer token', /\bBearer [\w~+/.-]{24,}/],
  ['a JSON Web Token', /\beyJ[\w-]{10,}\.eyJ[\w-]{10,}\.[\w-]{10,}/],
  [
    'an access key of a cloud or forge',
    /\b(?:AKIA[A-Z\d]{16}|gh[pousr]_[A-Za-z\d]{30,}|npm_[A-Za-z\d]{30,}|xox[abprs]-[\w-]{20,})/,
  ],
  [
    'a password in an address',
    /\b[a-z][a-z\d+.-]*:\/\/[^\s/:@'"`$]+:[^\s/@'"`$]+@[\w-]+\.(?!invalid\b|test\b|example\b)[a-z]{2,}/,
  ],
  ['npm credentials', /_auth(?:Token)?\s*=\s*\S{8,}/],
  [
    'the name of a registry',
    /\b(?:registry\.(?:npmjs\.org|yarnpkg\.com|npmmirror\.com)|npm\.pkg\.github\.com|[\w-]+\.jfrog\.io)\b/,
  ],
]

/** The registry that npm uses here, if it is a private one: its name must not leak into a file. */
function privateRegistry(env: NodeJS.ProcessEnv): string | null {
  const address = env['npm_config_registry']
  const host = address !== undefined && URL.canParse(address) ? new URL(address).hostname : ''
  return host === '' || host === 'localhost' ? null : host
}

/** What stands in the file that must not: file, line and kind, never the secret itself. */
function findSecrets({ path: file, text }: SourceFile, registry: string | null): readonly string[] {
  return text.split('\n').flatMap((line, at) => {
    const found = SECRETS.filter(([, pattern]) => pattern.test(line)).map(([what]) => what)
    if (registry !== null && line.includes(registry)) found.push('the name of the registry in use')
    return found.map((what) => `${file}:${at + 1} holds ${what}`)
  })
}

/** All files with the recordings, which the other house tests leave alone; binary ones as Latin-1. */
function readEverything(): readonly SourceFile[] {
  const recorded = ['tests/fixtures', 'tests/golden'].flatMap((folder) => {
    const full = path.join(ROOT, folder)
    if (!fs.existsSync(full)) return []
    const entries = fs.readdirSync(full, { recursive: true, encoding: 'utf8' }).map((name) => path.join(folder, name))
    return entries.filter((name) => fs.statSync(path.join(ROOT, name)).isFile())
  })
  const files = [...listFiles(), ...recorded].filter((file) => fs.existsSync(path.join(ROOT, file)))
  return files.map((file) => ({ path: file, text: fs.readFileSync(path.join(ROOT, file), 'latin1') }))
}

describe('the tree', () => {
  it('holds no secrets', () => {
    const files = readEverything()
    expect(files.map((file) => file.path)).toContain('package-lock.json')
    expect(files.flatMap((file) => findSecrets(file, privateRegistry(process.env)))).toEqual([])
  })
})

describe('planted secrets', () => {
  // Joined here, so that this file does not hold what it looks for.
  it.each([
    ['private key', ['-----BEGIN', 'PRIVATE KEY-----'].join(' ')],
    ['EC private key', ['-----BEGIN EC', 'PRIVATE KEY-----'].join(' ')],
    ['bearer token', `Authorization: ${['Bearer', 'a1'.repeat(16)].join(' ')}`],
    ['JSON Web Token', [`ey${'J'}hbGciOiJIUzI1`, `ey${'J'}zdWIiOiIxMjM0`, 'c2lnbmF0dXJl'].join('.')],
    ['cloud key', `AK${'IA'}${'A1'.repeat(8)}`],
    ['forge token', `gh${'p'}_${'a1'.repeat(18)}`],
    ['address with a password', ['postgres://user', 'secret@db.company.com/x'].join(':')],
    ['npm credentials', ['_authToken', 'abcdefgh12'].join('=')],
    ['registry', ['registry', 'npmjs', 'org'].join('.')],
    ['registry in use', 'https://packages.company.invalid/a.tgz'],
  ])('%s is found, and not repeated in the complaint', (_name, secret) => {
    const found = findSecrets({ path: 'a.ts', text: `line\n${secret}` }, 'packages.company.invalid')
    expect(found).toHaveLength(1)
    expect(found[0]).toMatch(/^a\.ts:2 holds [a-zA-Z ]+$/)
  })

  it.each([
    'Authorization: Bearer <token>',
    'curl -H "Authorization: Bearer $TOKEN"',
    '-----BEGIN PUBLIC KEY-----',
    'postgres://user:secret@db.example.invalid/x',
    'https://github.com/company/project',
  ])('%s is none', (text) => {
    expect(findSecrets({ path: 'a.ts', text }, null)).toEqual([])
  })
})

describe('the registry in use', () => {
  it.each([
    [undefined, null],
    ['http://localhost:4873/', null],
    ['https://packages.company.invalid/npm/', 'packages.company.invalid'],
  ])('%s -> %s', (address, want) => {
    expect(privateRegistry(address === undefined ? {} : { npm_config_registry: address })).toBe(want)
  })
})
