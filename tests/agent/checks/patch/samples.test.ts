/** Recordings of other projects and our own fixtures through the sources of patch: facts by hand after SOURCES.md; damage never improves one. */
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { PATCH_SOURCES } from '../../../../agent/checks/patch/index.ts'
import type { PatchSection } from '../../../../shared/checks/patch.ts'
import { fixture } from '../../../support/fixture.ts'
import { HARMLESS, lineCuts, mutations } from '../../../support/mutations.ts'
import { describeWithSamples, listSamples, sample } from '../../../support/samples.ts'
import { sectionOf } from '../../../support/sections.ts'

const NOW = Date.UTC(2026, 10, 25)
const sourceOf = (id: string) => {
  const found = PATCH_SOURCES.find((source) => source.id === id)
  if (found === undefined) throw new Error(id)
  return found
}
const parse = (id: string, stdout: Uint8Array, exitCode: number | null = 0, stderr = '') =>
  sourceOf(id).parse({ stdout, stderr, exitCode, platform: 'linux', now: NOW })
const updatesOf = (id: string, bytes: Uint8Array, exitCode = 0) => {
  const parsed = parse(id, bytes, exitCode)
  const part = parsed.ok ? parsed.value.parts.updates : undefined
  return part?.state === 'value' ? part.value : null
}

/** Security updates and others by hand: `grep -c` on the recording. */
const RECORDED: readonly (readonly [string, string, number, number])[] = [
  ['patch/apt/apt-get-s-full-upgrade-debian12.txt', 'patch/apt', 0, 15],
  ['patch/apt/apt-get-s-full-upgrade-ubuntu22.txt', 'patch/apt', 0, 42],
  ['patch/apt/recorded-debian12-apt-get-s-upgrade.txt', 'patch/apt', 70, 55],
  ['patch/apt/apt-list-upgradable-debian12.txt', 'patch/apt-list', 3, 34],
  ['patch/apt/apt-list-upgradable-ubuntu2204.txt', 'patch/apt-list', 27, 6],
  ['patch/apt/recorded-debian12-apt-list-upgradable.txt', 'patch/apt-list', 70, 55],
]

describeWithSamples('recorded outputs of apt', () => {
  it('judges every recording of apt', () => {
    expect(RECORDED.map(([name]) => name).sort()).toEqual(listSamples('patch/apt'))
  })

  it.each(RECORDED)('%s', (name, id, security, other) => {
    const parsed = parse(id, sample(name))
    if (!parsed.ok) throw new Error(parsed.error.detail)
    const section = sectionOf<'patch'>('patch', parsed.value)
    expect(section.updates).toMatchObject({ value: { security, other, phased: 0, held: 0, keptBack: 0 } })
  })

  it.each(RECORDED)('%s: damage never improves it', (name, id, security, other) => {
    for (const [damage, bytes] of mutations(sample(name))) {
      const updates = updatesOf(id, bytes)
      if (HARMLESS.has(damage)) expect(updates, damage).toMatchObject({ security, other })
      else if (updates !== null) expect(updates.security, damage).toBeGreaterThanOrEqual(security)
    }
    expect(updatesOf(id, sample(name), 100), 'wrong exit code').toBeNull()
  })

  it.each(RECORDED.filter(([, id]) => id === 'patch/apt'))('%s: no line can be lost', (name, id, security, other) => {
    for (const [line, bytes] of lineCuts(sample(name))
      .filter(([one]) => /^(?:Inst|Conf) /.test(one))
      .slice(0, 40)) {
      const updates = updatesOf(id, bytes)
      if (updates !== null) expect(updates, line).toMatchObject({ security, other })
    }
  })
})

describe('fixtures as sources', () => {
  const whole = (id: string, name: string): PatchSection => {
    const parsed = parse(id, fixture(`patch/${name}`))
    if (!parsed.ok) throw new Error(parsed.error.detail)
    return sectionOf('patch', parsed.value)
  }

  it('reads each of them', () => {
    expect(whole('patch/apt', 'apt-simulate-mixed.txt').updates).toMatchObject({ value: { security: 3, other: 2 } })
    expect(whole('patch/apt', 'apt-simulate-half-configured.txt').database).toMatchObject({ value: { broken: true } })
    expect(whole('patch/apt-list', 'apt-list-mixed.txt').updates).toMatchObject({ value: { security: 3, other: 3 } })
    expect(whole('patch/dpkg-audit', 'dpkg-audit-broken.txt').database).toMatchObject({ value: { broken: true } })
    expect(whole('patch/apt-history', 'apt-history.log').samples).toEqual(['upgrade:lastAt'])
    expect(whole('patch/apt-config', 'apt-config-no-origins.txt').automatic).toMatchObject({
      value: { enabled: false },
    })
  })

  it('says only what an output proves', () => {
    expect(parse('patch/apt-config', fixture('patch/apt-config-unattended.txt'))).toMatchObject({ ok: false })
    expect(parse('patch/reboot-required', new Uint8Array())).toMatchObject({ error: { code: 'empty' } })
    const flag = parse('patch/reboot-required', Buffer.from('*** System restart required ***\n'))
    expect(flag).toMatchObject({ value: { parts: { reboot: { value: { required: true } } } } })
    const unmet = parse('patch/apt', new Uint8Array(), 100, fixture('patch/apt-unmet.stderr.txt').toString())
    expect(unmet).toMatchObject({
      value: { parts: { updates: { code: 'exit' }, database: { value: { broken: true } } } },
    })
    expect(parse('patch/dpkg-audit', new Uint8Array(), 2)).toMatchObject({ error: { code: 'exit' } })
    expect(parse('patch/apt', new Uint8Array(), 100, 'E: Could not get lock /x')).toMatchObject({
      error: { code: 'locked' },
    })
  })
})

describe('any bytes', () => {
  it.each(PATCH_SOURCES.map(({ id }) => id))('%s gives a result', (id) => {
    const lines = fc.constantFrom(
      'Inst a [1] (2 D:1/s [all])',
      'Conf a (2 D:1/s [all])',
      'Listing...',
      'End-Date: 2026',
      '\0',
    )
    const bytes = fc.oneof(
      fc.uint8Array({ maxLength: 400 }),
      fc.array(fc.oneof(lines, fc.string()), { maxLength: 8 }).map((all) => Buffer.from(all.join('\n'))),
    )
    fc.assert(
      fc.property(bytes, fc.option(fc.integer()), fc.string(), (stdout, exitCode, stderr) => {
        const parsed = parse(id, stdout, exitCode, stderr)
        if (parsed.ok) sectionOf<'patch'>('patch', parsed.value)
      }),
      { numRuns: 200 },
    )
  })
})
