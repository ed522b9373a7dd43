/**
 * What package.json and the lockfile may contain: exact versions, an integrity hash for everything npm fetches here, no
 * install script in what ships, licences from a list. Reads the installed packages; needs no network.
 */
import fs from 'node:fs'
import path from 'node:path'
import { describe, expect, it } from 'vitest'
import { ROOT } from '../tools/source-files.ts'

/** Licences that go with Apache-2.0 in a product that is given away; each was read once. */
const LICENCES = new Set([
  '0BSD',
  'Apache-2.0',
  'BSD-2-Clause',
  'BSD-3-Clause',
  'BlueOak-1.0.0',
  'ISC',
  'MIT',
  'MIT-0',
  'MPL-2.0', // file-level copyleft; lightningcss, unchanged, behind vite
  'OFL-1.1', // fonts
])
const DEPENDENCY_KINDS = ['dependencies', 'optionalDependencies', 'devDependencies'] as const

/** The fields of a lockfile entry (npm 11, lockfileVersion 3) that are looked at. */
interface Entry {
  readonly version?: string
  readonly resolved?: string
  readonly integrity?: string
  readonly hasInstallScript?: boolean
  readonly dev?: boolean
  readonly optional?: boolean
  readonly os?: readonly string[]
  readonly cpu?: readonly string[]
}

type Packages = Readonly<Record<string, Entry>>

const readJson = (file: string): unknown => JSON.parse(fs.readFileSync(path.join(ROOT, file), 'utf8'))
const entriesOf = (packages: Packages) => Object.entries(packages).filter(([name]) => name !== '')

function findScripts(packages: Packages): readonly string[] {
  return entriesOf(packages).flatMap(([name, entry]) => (entry.hasInstallScript && !entry.dev ? [name] : []))
}

/** Optional packages of foreign platforms may lack a hash: the registry in use did not offer them (complete-lock.mjs). */
function findUnhashed(packages: Packages): readonly string[] {
  return entriesOf(packages).flatMap(([name, entry]) => {
    const isForeign = entry.optional === true && (entry.os !== undefined || entry.cpu !== undefined)
    return /^sha512-/.test(entry.integrity ?? '') || isForeign ? [] : [name]
  })
}

/** An entry with an address would tie the lockfile to one registry. */
function findAddresses(packages: Packages): readonly string[] {
  return entriesOf(packages).flatMap(([name, entry]) => (entry.resolved === undefined ? [] : [name]))
}

function findLooseVersions(manifest: Readonly<Record<string, unknown>>): readonly string[] {
  return DEPENDENCY_KINDS.flatMap((kind) =>
    Object.entries(manifest[kind] ?? {}).flatMap(([name, version]) =>
      /^\d+\.\d+\.\d+(?:-[\w.]+)?$/.test(String(version)) ? [] : [`${name} ${version}`],
    ),
  )
}

/** True when an SPDX expression can be met with the list: one side of an OR, both sides of an AND. */
function isAllowed(expression: string): boolean {
  return expression
    .replace(/[()]/g, '')
    .split(/ OR /i)
    .some((side) => side.split(/ AND /i).every((name) => LICENCES.has(name.trim())))
}

function licenceOf(folder: string): string {
  const found = readJson(`${folder}/package.json`)
  const licence = found !== null && typeof found === 'object' && 'license' in found ? found.license : undefined
  return typeof licence === 'string' ? licence : 'none'
}

// package.json and the lockfile are npm's own formats; a wrong shape fails the tests below.
const PACKAGES = (readJson('package-lock.json') as { packages: Packages }).packages
const MANIFEST = readJson('package.json') as Record<string, unknown>

describe('the lockfile', () => {
  it('has no install script in what ships', () => {
    expect(entriesOf(PACKAGES).length).toBeGreaterThan(100)
    expect(findScripts(PACKAGES)).toEqual([])
  })

  it('has a hash for everything but packages of foreign platforms', () => {
    expect(findUnhashed(PACKAGES)).toEqual([])
  })

  it('names no registry', () => {
    expect(findAddresses(PACKAGES)).toEqual([])
  })

  it('belongs to package.json', () => {
    const root = PACKAGES[''] as Record<string, unknown>
    for (const kind of DEPENDENCY_KINDS) expect(root[kind]).toEqual(MANIFEST[kind])
  })
})

describe('package.json', () => {
  it('pins each version exactly', () => {
    expect(findLooseVersions(MANIFEST)).toEqual([])
  })
})

describe('licences of what ships', () => {
  const shipped = entriesOf(PACKAGES).filter(([name, { dev }]) => !dev && fs.existsSync(path.join(ROOT, name)))

  it('are on the list', () => {
    expect(shipped.length).toBeGreaterThan(50)
    const refused = shipped
      .map(([name]) => `${name}: ${licenceOf(name)}`)
      .filter((line) => !isAllowed(line.split(': ')[1] ?? ''))
    expect(refused).toEqual([])
  })
})

describe('planted faults are caught', () => {
  const hash = 'sha512-AAAA'
  it('install scripts, in development packages not', () => {
    expect(findScripts({ a: { hasInstallScript: true }, b: { hasInstallScript: true, dev: true } })).toEqual(['a'])
  })

  it('missing and weak hashes, save of foreign platforms', () => {
    const foreign = { optional: true, os: ['darwin'], cpu: ['x64'] }
    const packages = { a: {}, b: { integrity: 'sha1-x' }, c: { integrity: hash }, d: foreign, e: { optional: true } }
    expect(findUnhashed(packages)).toEqual(['a', 'b', 'e'])
  })

  it('addresses', () => {
    expect(findAddresses({ a: { resolved: 'https://registry.invalid/a.tgz' } })).toEqual(['a'])
  })

  it.each(['^1.0.0', '~1.0.0', '1', '*', 'latest', '>=1.0.0', 'file:../a'])('version %s', (version) => {
    expect(findLooseVersions({ dependencies: { a: version } })).toEqual([`a ${version}`])
  })

  it.each([
    ['MIT', true],
    ['(MIT OR GPL-3.0-only)', true],
    ['MIT AND ISC', true],
    ['MIT AND GPL-3.0-only', false],
    ['GPL-3.0-only', false],
    ['none', false],
    ['UNLICENSED', false],
  ])('licence %s: %s', (expression, want) => {
    expect(isAllowed(expression)).toBe(want)
  })
})
