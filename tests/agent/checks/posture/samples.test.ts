/** Recordings of other projects through the sources of posture: damage never improves one, any bytes give a result. */
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { POSTURE_SOURCES } from '../../../../agent/checks/posture/index.ts'
import { HARMLESS, lineCuts, mutations } from '../../../support/mutations.ts'
import { describeWithSamples, sample } from '../../../support/samples.ts'
import { sectionOf } from '../../../support/sections.ts'

const parse = (id: string, stdout: Uint8Array | string, exitCode: number | null = 0, stderr = '') => {
  const source = POSTURE_SOURCES.find((one) => one.id === id)
  if (source === undefined) throw new Error(id)
  return source.parse({ stdout: Buffer.from(stdout), stderr, exitCode, platform: 'linux', now: 0 })
}
/** The reading of the source's part, or the error of the parser. */
const reading = (id: string, stdout: Uint8Array | string, exitCode: number | null = 0, stderr = '') => {
  const parsed = parse(id, stdout, exitCode, stderr)
  if (!parsed.ok) return parsed.error
  sectionOf<'posture'>('posture', parsed.value)
  return Object.values(parsed.value.parts)[0]
}

const RECORDED: readonly (readonly [string, string, object])[] = [
  ['security/firewall/ufw-status-on.txt', 'posture/ufw', { enabled: true, inbound: null }],
  ['security/firewall/ufw-status-verbose.txt', 'posture/ufw', { enabled: true, inbound: 'drop' }],
  ['security/firewall/firewalld-systemctl-on.txt', 'posture/firewalld', { enabled: true, startsAtBoot: true }],
  ['security/time/chronyc-tracking-synced.txt', 'posture/chronyc', { synchronized: true, tool: 'chrony' }],
  ['security/time/timedatectl-20201026-nok.txt', 'posture/timedatectl', { synchronized: false, enabled: false }],
  ['security/time/timedatectl-centos7.txt', 'posture/timedatectl', { synchronized: true, enabled: true }],
]
/** Whether a reading is what a rule could pass. */
const isGood = (part: unknown) => {
  const value =
    typeof part === 'object' && part !== null && 'value' in part ? (part.value as { [key: string]: unknown }) : {}
  return value['enabled'] === true
    ? value['inbound'] !== 'accept' && value['synchronized'] !== false
    : value['synchronized'] === true
}

describeWithSamples('recorded outputs', () => {
  it.each(RECORDED)('%s', (name, id, value) => expect(reading(id, sample(name))).toMatchObject({ value }))

  it.each(RECORDED)('%s: damage never improves it', (name, id, value) => {
    const good = isGood({ value })
    for (const [damage, bytes] of [...mutations(sample(name)), ...lineCuts(sample(name))]) {
      if (HARMLESS.has(damage)) expect(reading(id, bytes), damage).toMatchObject({ value })
      else if (!good) expect(isGood(reading(id, bytes)), damage).toBe(false)
    }
    expect(isGood(reading(id, new Uint8Array()))).toBe(false)
    expect(isGood(reading(id, sample(name), 4))).toBe(false)
  })
})

describe('any bytes', () => {
  it.each(POSTURE_SOURCES.map(({ id }) => id))('%s gives a result', (id) => {
    const words = fc.constantFrom(
      'Status: active',
      'running',
      '*filter',
      ':INPUT DROP [0:0]',
      'COMMIT',
      'port 22',
      'permitrootlogin no',
      'NTPSynchronized=yes',
      '{"nftables":[{"metainfo":{}},{"chain":{"hook":"input","family":"ip"}},{"rule":{"chain":3}}]}',
    )
    const bytes = fc.oneof(
      fc.uint8Array({ maxLength: 300 }),
      fc.array(fc.oneof(words, fc.string()), { maxLength: 8 }).map((lines) => Buffer.from(lines.join('\n'))),
      fc.json().map((text) => Buffer.from(`{"nftables":[{"metainfo":{}},${text}]}`)),
    )
    fc.assert(
      fc.property(bytes, fc.option(fc.integer()), fc.string(), (stdout, exitCode, stderr) => {
        reading(id, stdout, exitCode, stderr)
      }),
      { numRuns: 200 },
    )
  })
})
