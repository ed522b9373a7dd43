/** Parsers of every tool of the room: what each output says, and that no damage to it ever improves a verdict. */
import { describe, expect, it, test } from 'vitest'
import { ANTIVIRUS_SOURCES } from '../../../../agent/checks/antivirus/index.ts'
import { HARMLESS, lineCuts, mutations } from '../../../support/mutations.ts'
import { describeWithSamples, sample } from '../../../support/samples.ts'
import { type Case, named } from './case.ts'
import { DEFENDER } from './defender-outputs.ts'
import { type Circumstances, improved, told, verdicts } from './parse.ts'
import { SECURITY_CENTER } from './security-center-outputs.ts'
import { UNIX } from './unix-outputs.ts'
import { WINDOWS } from './windows-outputs.ts'

const CASES = named([...SECURITY_CENTER, ...DEFENDER, ...WINDOWS, ...UNIX])

const first = (found: unknown) => (found as { products?: readonly object[] }).products?.[0] ?? found

describe('an output', () => {
  it.each(CASES)('$name ($id)', ({ id, text, want, circumstances }) => {
    const found = told(id, text, circumstances)
    if (typeof want === 'number') expect((found as { products: readonly object[] }).products).toHaveLength(want)
    else expect(first(found)).toMatchObject(want)
  })
})

it('thousands of services of one product are one product', () => {
  const found = told('windows-services', 'Running  AVP21.3  x\n'.repeat(20_000))
  expect(found).toMatchObject({ products: [{ id: 'kaspersky', running: true }] })
})

it.each([0, 1])('Falcon on macOS that was not loaded says so, with exit code %s', (exitCode) => {
  const wanted = { products: [{ id: 'crowdstrike', running: false, realTime: false, mode: 'off' }] }
  const words = 'Error: The sensor has not loaded.\n'
  expect(told('crowdstrike', words, { exitCode })).toMatchObject(wanted)
  expect(told('crowdstrike', '', { exitCode, stderr: words })).toMatchObject(wanted)
})

describe('threats of Defender', () => {
  const threats = (...records: object[]) => told('windows-defender-threats', JSON.stringify(records))
  const counts = (active: number, handled: number, failed: number) => ({
    threats: { active, handled, failed, withinDays: 30 },
  })
  const at = '2026-11-20T08:00:00.0000000Z'
  it.each<[string, readonly object[], object]>([
    ['none', [], counts(0, 0, 0)],
    ['quarantined', [{ ThreatID: 1, ThreatStatusID: 3, LastThreatStatusChangeTime: at }], counts(0, 1, 0)],
    ['detected and no more', [{ ThreatID: 1, ThreatStatusID: 1, LastThreatStatusChangeTime: at }], counts(1, 0, 0)],
    ['removal failed', [{ ThreatID: 1, ThreatStatusID: 103, LastThreatStatusChangeTime: at }], counts(1, 0, 1)],
    [
      'removal failed, then it went away',
      [
        { ThreatID: 1, IsActive: false },
        { ThreatID: 1, ThreatStatusID: 103, InitialDetectionTime: at },
      ],
      counts(0, 0, 1),
    ],
    [
      'still active',
      [
        { ThreatID: 1, IsActive: true },
        { ThreatID: 2, IsActive: false },
      ],
      counts(1, 0, 0),
    ],
    ['allowed by somebody', [{ ThreatID: 1, ThreatStatusID: 5 }], counts(0, 0, 0)],
    ['a status that nobody knows', [{ ThreatID: 1, ThreatStatusID: 0 }], counts(1, 0, 0)],
    [
      'of last year',
      [{ ThreatID: 1, ThreatStatusID: 3, LastThreatStatusChangeTime: '2025-11-20T08:00:00Z' }],
      counts(0, 0, 0),
    ],
    ['no state', [{ ThreatID: 1, Resources: ['C:\\Users\\anna\\x.exe'] }], { code: 'parse' }],
  ])('%s', (_, records, want) => expect(threats(...records)).toMatchObject(want))

  it('keeps no path', () => {
    const found = threats({ ThreatID: 1, ThreatStatusID: 3, Resources: ['C:\\Users\\anna\\x.exe'] })
    expect(JSON.stringify(found)).not.toContain('anna')
  })

  it('counts what SentinelOne and Sophos say', () => {
    expect(told('sentinelone', 'Version: 1\nAgent Operational State: enabled\nInfected: yes\n')).toMatchObject({
      threats: { active: 1 },
    })
    expect(told('sophos-health', '{"health":3,"service":1,"threat":3}')).toMatchObject({ threats: { active: 1 } })
  })
})

const RECORDED = named([
  [
    'antivirus/bitdefender/bduitool-7.0.3.txt',
    'bduitool',
    '',
    {
      id: 'bitdefender',
      running: true,
      realTime: true,
      engineVersion: '7.95171',
      signaturesCurrent: true,
      mode: 'active',
      signaturesAt: Date.UTC(2023, 7, 24, 9, 44, 37),
    },
  ],
  [
    'antivirus/mdatp/linux-health-101.23062.json',
    'mdatp',
    '',
    {
      id: 'mdatp',
      running: true,
      realTime: false,
      mode: 'passive',
      engineVersion: '1.1.23070.1002',
      signaturesCurrent: true,
      updaterRunning: true,
      signaturesAt: 1_691_587_153_787,
    },
  ],
  [
    'antivirus/windows/Get-MpComputerStatus-2022.extract.txt',
    'windows-defender',
    '',
    {
      id: 'windows-defender',
      running: true,
      realTime: true,
      mode: 'active',
      engineVersion: '1.1.24050.5',
      signaturesCurrent: true,
      signaturesAt: Date.UTC(2024, 5, 5, 12),
    },
  ],
  ['antivirus/sentinelone/linux-30.1.1.txt', 'sentinelone', '', { running: true, realTime: true, mode: 'active' }],
  ['antivirus/sentinelone/macos-24.1.2-status.txt', 'sentinelone', '', { realTime: true, mode: 'active' }],
  ['antivirus/cortex/linux-8.2.1-runtime-query.txt', 'cortex', '', { running: true, realTime: null }],
] satisfies readonly Case[])
const THEN: { readonly [id: string]: number } = { 'windows-defender': Date.UTC(2024, 5, 6, 12) }

/** Values after a colon or an equals sign, each emptied in turn. */
function blanks(bytes: Uint8Array): readonly Buffer[] {
  const lines = Buffer.from(bytes).toString('utf8').split('\n')
  return lines.flatMap((line, index) => {
    // An empty list of missing rights is its healthy form: there is nothing to tell the two apart by.
    if (/Missing Authorizations/.test(line)) return []
    const blank = line.replace(/([:=])\s*\S.*$/, '$1')
    return blank === line ? [] : [Buffer.from(lines.with(index, blank).join('\n'))]
  })
}

function checkDamage(id: string, bytes: Uint8Array, circumstances: Circumstances): void {
  const before = verdicts(id, bytes, circumstances)
  const damaged = [...mutations(bytes), ...lineCuts(bytes), ...blanks(bytes).map((one) => ['blank', one] as const)]
  for (const [what, output] of damaged) {
    expect(improved(before, verdicts(id, output, circumstances)), `${id} without ${what}`).toEqual([])
    if (HARMLESS.has(what)) expect(told(id, output, circumstances), what).toEqual(told(id, bytes, circumstances))
  }
  const wrong = verdicts(id, bytes, { ...circumstances, exitCode: 3 })
  expect(
    [...wrong.values()].filter((verdict) => verdict === 'pass'),
    'a wrong exit code proves nothing',
  ).toEqual([])
}

describe('damage never improves a verdict:', () => {
  test.each(CASES)('$name ($id)', ({ id, text, circumstances }) => checkDamage(id, Buffer.from(text), circumstances))
})

describe('1 MiB made to backtrack', () => {
  const pieces = [
    '[',
    'a: ',
    'Name : ',
    '   : ',
    '  x  REG_DWORD  ',
    '--- a [',
    'a.b.c.d (',
    'Running  ',
    'Version: ',
    '{"a":',
    '<dict>',
    'EM002 1 (',
    '\t\t ',
    'Missing Authorizations:  ',
    '-aA_',
    'x[y',
  ]
  it.each(ANTIVIRUS_SOURCES.map(({ id }) => id))('%s is quick', (id) => {
    for (const piece of pieces) {
      const text = `${piece.repeat(Math.ceil((1024 * 1024) / piece.length))}`
      const before = performance.now()
      told(id.slice('antivirus/'.length), text)
      expect(performance.now() - before, piece).toBeLessThan(2_000)
    }
  })
})

describeWithSamples('recorded', () => {
  test.each(RECORDED)('$name', ({ name, id, want }) => {
    const now = THEN[id]
    expect([first(told(id, sample(name), now === undefined ? {} : { now }))]).toMatchObject([want])
  })
  test.each(RECORDED)('$name damaged', ({ name, id }) => checkDamage(id, sample(name), {}))
})
