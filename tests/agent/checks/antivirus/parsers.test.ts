/** Parsers of the room antivirus. The headers of ClamAV are written after its documentation (collectors.md 4.5); the rest is recorded. */
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { parseClamavConfig } from '../../../../agent/checks/antivirus/clamav-config.ts'
import { parseClamavHeader } from '../../../../agent/checks/antivirus/clamav-database.ts'
import { parseClamavVersion } from '../../../../agent/checks/antivirus/clamav-version.ts'
import { KNOWN_PRODUCTS } from '../../../../agent/checks/antivirus/edr-products.ts'
import { ANTIVIRUS_SOURCES } from '../../../../agent/checks/antivirus/index.ts'
import { HARMLESS, mutations } from '../../../support/mutations.ts'
import { describeWithSamples, sample } from '../../../support/samples.ts'
import { sectionOf } from '../../../support/sections.ts'

const NOW = Date.UTC(2026, 10, 25, 12)
const header = (text: string) => Buffer.from(text.padEnd(512, ' '))
const DAILY = 'ClamAV-VDB:22 Nov 2026 11-46 +0000:27900:2:90:d41d8cd98f00b204e9800998ecf8427e:sig:builder:1795347991'
const parse = (id: string, stdout: Uint8Array | string, exitCode: number | null = 0, stderr = '') => {
  const source = ANTIVIRUS_SOURCES.find((one) => one.id === id)
  if (source === undefined) throw new Error(id)
  return source.parse({ stdout: Buffer.from(stdout), stderr, exitCode, platform: 'linux', now: NOW })
}
/** The one product that the source tells of, or the error of the parser. */
const product = (id: string, stdout: Uint8Array | string, exitCode: number | null = 0, stderr = '') => {
  const parsed = parse(id, stdout, exitCode, stderr)
  if (!parsed.ok) return parsed.error
  const { products } = sectionOf<'antivirus'>('antivirus', parsed.value)
  return products.state === 'value' ? products.value[0] : products
}

describe('parseClamavHeader', () => {
  it.each<[string, string, object]>([
    ['daily', DAILY, { value: { version: 27_900, builtAt: Date.UTC(2026, 10, 22, 11, 46) } }],
    [
      'another zone',
      'ClamAV-VDB:16 Sep 2021 08-32 -0400:26295:1:90:md5:sig:builder:1631795520',
      { value: { version: 26_295, builtAt: Date.UTC(2021, 8, 16, 12, 32) } },
    ],
    ['the epoch alone', DAILY.replace('22 Nov 2026 11-46 +0000', '?'), { value: { builtAt: 1_795_347_991_000 } }],
    ['the text alone', DAILY.replace('1795347991', ''), { value: { builtAt: Date.UTC(2026, 10, 22, 11, 46) } }],
    ['two times that differ', DAILY.replace('1795347991', '1631795520'), { error: { code: 'parse' } }],
    [
      'from the future',
      DAILY.replace('22 Nov 2026', '22 Nov 2027').replace('1795347991', ''),
      { error: { code: 'parse' } },
    ],
    ['no time', DAILY.replace('22 Nov 2026 11-46 +0000', '?').replace('1795347991', ''), { error: { code: 'parse' } }],
    ['no version', DAILY.replace('27900', 'x'), { error: { code: 'parse' } }],
    ['another file', 'PK\x03\x04', { error: { code: 'parse' } }],
    ['a header cut short', DAILY.slice(0, 40), { error: { code: 'parse' } }],
  ])('%s', (_, text, want) => expect(parseClamavHeader(header(text), NOW)).toMatchObject(want))

  it('takes an empty file for what it is', () => {
    expect(parseClamavHeader(new Uint8Array(), NOW)).toMatchObject({ error: { code: 'empty' } })
  })
})

describe('versions and settings', () => {
  it.each<[string, object]>([
    [
      'ClamAV 1.4.6/27900/Sun Nov 22 11:46:31 2026\n',
      { value: { engine: '1.4.6', signatureVersion: 27_900, signaturesAt: Date.UTC(2026, 10, 22, 11, 46, 31) } },
    ],
    ['ClamAV 0.104.3/26598/Mon Jul 11 07:56:26 2022', { value: { engine: '0.104.3', signatureVersion: 26_598 } }],
    ['ClamAV 1.4.6', { value: { engine: '1.4.6', signatureVersion: null, signaturesAt: null } }],
    ['ClamAV 1.4.6/27900/Sun Nov 22 11:46:31 2099', { value: { signaturesAt: null } }],
    ['ClamAV update process started', { error: { code: 'parse' } }],
    ['', { error: { code: 'empty' } }],
  ])('%s', (line, want) => expect(parseClamavVersion(line, NOW)).toMatchObject(want))

  it('reads paths of clamd.conf only when they are absolute', () => {
    expect(parseClamavConfig('# LocalSocket /no\nLocalSocket /run/x.sock\nDatabaseDirectory /db # here\n')).toEqual({
      localSocket: '/run/x.sock',
      databaseFolder: '/db',
    })
    expect(parseClamavConfig('LocalSocket x.sock\nDatabaseDirectory /a/../b\n')).toEqual({
      localSocket: null,
      databaseFolder: null,
    })
  })

  it('keeps its list of products unambiguous', () => {
    const ids = KNOWN_PRODUCTS.map(({ id }) => id)
    expect(new Set(ids).size).toBe(ids.length)
    const processes = KNOWN_PRODUCTS.flatMap((known) => known.processes.map((name) => name.slice(0, 15)))
    expect(new Set(processes).size).toBe(processes.length)
  })
})

describe('tools of products', () => {
  const falcon = (aid: string, rfm: string) => `${aid}, rfm-state=${rfm}, version = 7.10.16303.0\n`
  const AID = `aid="${'0123456789abcdef'.repeat(2)}"`

  it.each<[string, string, string | Uint8Array, number, string, object]>([
    [
      'CrowdStrike works',
      'crowdstrike',
      falcon(AID, 'false'),
      0,
      '',
      { realTime: true, engineVersion: '7.10.16303.0' },
    ],
    ['CrowdStrike in reduced mode', 'crowdstrike', falcon(AID, 'true'), 0, '', { realTime: false }],
    ['CrowdStrike not registered', 'crowdstrike', falcon('aid is not set', 'false'), 0, '', { realTime: false }],
    ['CrowdStrike does not say', 'crowdstrike', `${AID}, rfm-state is not set`, 0, '', { realTime: null }],
    ['CrowdStrike refuses', 'crowdstrike', '', 1, 'ERROR: must be run as root', { code: 'access-denied' }],
    ['CrowdStrike prints something else', 'crowdstrike', 'hello', 0, '', { code: 'parse' }],
    [
      'SentinelOne works',
      'sentinelone',
      'Agent version: 24.1\nAgent state      Enabled\n',
      0,
      '',
      { realTime: true, engineVersion: '24.1' },
    ],
    [
      'SentinelOne is off',
      'sentinelone',
      'Agent version: 24.1\nAgent state      Disabled\n',
      0,
      '',
      { realTime: false },
    ],
    ['SentinelOne tells its version only', 'sentinelone', 'Agent version: 24.1\n', 0, '', { realTime: null }],
    [
      'SentinelOne on macOS half off',
      'sentinelone',
      'Agent Operational State:  enabled\nProtection:  disabled\n',
      0,
      '',
      { realTime: false },
    ],
    [
      'SentinelOne without its process',
      'sentinelone',
      'Process Name     PID\nnetwork 5\nagent\nAgent state      Enabled\n',
      0,
      '',
      { running: false },
    ],
    [
      'Cortex stopped',
      'cortex',
      '  Name   PID   User    Status   Command\n  pmd   0   root   Stopped   /opt/traps/bin/pmd\n',
      0,
      '',
      { running: false },
    ],
    ['Cortex prints something else', 'cortex', 'pmd Running', 0, '', { code: 'parse' }],
    ['Cortex fails', 'cortex', '', 1, 'x', { code: 'exit' }],
  ])('%s', (_, id, stdout, exitCode, stderr, want) =>
    expect(product(`antivirus/${id}`, stdout, exitCode, stderr)).toMatchObject(want),
  )

  it('never keeps an id of the product', () => {
    expect(JSON.stringify(parse('antivirus/crowdstrike', falcon(AID, 'false')))).not.toContain('0123456789abcdef')
  })
})

const RECORDED: readonly (readonly [string, string, object])[] = [
  [
    'antivirus/sentinelone/linux-30.1.1.txt',
    'antivirus/sentinelone',
    { running: true, realTime: true, engineVersion: '30.1.1.10' },
  ],
  [
    'antivirus/sentinelone/macos-24.1.2-status.txt',
    'antivirus/sentinelone',
    { running: true, realTime: true, engineVersion: '24.1.2.7444' },
  ],
  ['antivirus/cortex/linux-8.2.1-runtime-query.txt', 'antivirus/cortex', { running: true, realTime: null }],
]

describeWithSamples('recorded outputs', () => {
  it.each(RECORDED)('%s', (name, id, want) => expect(product(id, sample(name))).toMatchObject(want))

  it.each(RECORDED)('%s: harmless damage changes nothing, an exit code proves nothing', (name, id, want) => {
    for (const [damage, bytes] of mutations(sample(name))) {
      if (HARMLESS.has(damage)) expect(product(id, bytes), damage).toMatchObject(want)
    }
    expect(product(id, sample(name), 1)).toMatchObject({ code: 'exit' })
    expect(product(id, new Uint8Array())).toMatchObject({ code: 'empty' })
  })
})

describe('any bytes', () => {
  it.each(ANTIVIRUS_SOURCES.map(({ id }) => id))('%s gives a result', (id) => {
    const words = fc.constantFrom(
      'Agent state  Enabled',
      'Process Name     PID',
      'pmd  1  root  Running',
      'aid="x"',
      'ClamAV 1',
      DAILY,
      'ClamAV-VDB:::::::::',
    )
    const bytes = fc.oneof(
      fc.uint8Array({ maxLength: 600 }),
      fc.array(fc.oneof(words, fc.string()), { maxLength: 8 }).map((lines) => Buffer.from(lines.join('\n'))),
    )
    fc.assert(
      fc.property(bytes, fc.option(fc.integer()), fc.string(), (stdout, exitCode, stderr) => {
        product(id, stdout, exitCode, stderr)
      }),
      { numRuns: 200 },
    )
  })
})
