/** Every source of patch on every recording, as it is and damaged: nothing throws, nothing becomes better, nothing is slow. */
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Contribution } from '../../../../agent/checks/collector.ts'
import { PATCH_SOURCES } from '../../../../agent/checks/patch/index.ts'
import { fixture } from '../../../support/fixture.ts'
import { HARMLESS, lineCuts, mutations } from '../../../support/mutations.ts'
import { describeWithSamples, listSamples, sample } from '../../../support/samples.ts'
import { sectionOf } from '../../../support/sections.ts'
import { WRITTEN } from './written-outputs.ts'

const NOW = Date.UTC(2026, 10, 25)
const sourceOf = (id: string) => {
  const found = PATCH_SOURCES.find((source) => source.id === id)
  if (found === undefined) throw new Error(id)
  return found
}
const parse = (id: string, stdout: Uint8Array, exitCode: number | null = 0, stderr = '') => {
  const result = sourceOf(id).parse({ stdout, stderr, exitCode, platform: 'linux', now: NOW })
  return result.ok ? result.value : null
}
/** As `parse`; what it says must hold to the schema too, which takes longer than parsing does. */
const parseWhole = (id: string, stdout: Uint8Array, exitCode: number | null = 0, stderr = '') => {
  const told = parse(id, stdout, exitCode, stderr)
  if (told !== null) sectionOf<'patch'>('patch', told)
  return told
}
/** Headings and first rows, last rows and sentences after them, and some of the rows between, which are all of one form. */
const ENDS = 8
const BETWEEN = 6
function someOf<T>(lines: readonly T[]): readonly T[] {
  const step = Math.max(1, Math.ceil((lines.length - 2 * ENDS) / BETWEEN))
  return lines.filter((_, at) => at < ENDS || at >= lines.length - ENDS || (at - ENDS) % step === 0)
}

/** How bad a contribution is, part by part: what must never become less. null: not told. */
function badness(told: Contribution<'patch'> | null): { readonly [part: string]: number | null } {
  const { updates, reboot, automatic, failing } = told?.parts ?? {}
  const value = updates?.state === 'value' ? updates.value : null
  return {
    security: value?.security ?? null,
    waiting: value === null ? null : Math.min(1, (value.security ?? 0) + (value.other ?? 0)),
    reboot: reboot?.state === 'value' ? Number(reboot.value.required) : null,
    automatic: automatic?.state === 'value' ? Number(!automatic.value.enabled) : null,
    failing: failing?.state === 'value' ? Math.min(1, failing.value.length) : null,
  }
}

/** A part that was good may stay good; one that was bad or not told may not become good. */
function expectNoBetter(before: Contribution<'patch'> | null, after: Contribution<'patch'> | null, what: string): void {
  const [was, is] = [badness(before), badness(after)]
  for (const [part, value] of Object.entries(is)) {
    if (value === 0) expect(was[part], `${part} became good by: ${what}`).toBe(0)
  }
}

const RECORDED: readonly (readonly [id: string, name: string, exitCode: number])[] = [
  ['patch/dnf-check-update', 'dnf4-check-update.txt', 100],
  ['patch/dnf-check-update', 'dnf4-check-update-fr.txt', 100],
  ['patch/dnf-updateinfo', 'dnf4-updateinfo-list.txt', 0],
  ['patch/dnf-updateinfo', 'dnf4-updateinfo-security.txt', 0],
  ['patch/dnf-updateinfo', 'dnf4-updateinfo-summary.txt', 0],
  ['patch/dnf-automatic', 'dnf-automatic.conf', 0],
  ['patch/zypper-patches', 'zypper-list-patches.txt', 0],
  ['patch/zypper-patches', 'zypper-list-patches-fr.txt', 0],
  ['patch/zypper-patches', 'zypper-list-patches.xml', 0],
  ['patch/zypper-patches', 'zypper-patch-check.txt', 101],
  ['patch/zypper-updates', 'zypper-list-updates.txt', 0],
  ['patch/zypper-updates', 'zypper-list-updates.xml', 0],
  ['patch/zypper-needs-rebooting', 'zypper-needs-rebooting.txt', 0],
  ['patch/pacman', 'pacman-qu.txt', 0],
  ['patch/pacman', 'pacman-qu-ignored.txt', 0],
  ['patch/needrestart', 'needrestart-b.txt', 0],
]

/** As the noise of `mutations`, and short: 64 KiB of it before each of 50 outputs took most of the time of this file. */
const NOISE = Buffer.alloc(1_024, Uint8Array.from([0x41, 0x00, 0xff, 0x1b, 0x5b, 0x0a, 0x80]))
const noises = (bytes: Uint8Array): readonly (readonly [string, Uint8Array])[] => [
  ['noise before', Buffer.concat([NOISE, bytes])],
  ['noise after', Buffer.concat([bytes, NOISE])],
  ['noise alone', NOISE],
]

function judgeDamage(id: string, bytes: Uint8Array, exitCode: number): void {
  const before = parseWhole(id, bytes, exitCode)
  // A log has no end: one that lost its last runs looks like one before them.
  const kinds = [...mutations(bytes).filter(([what]) => !what.startsWith('noise')), ...noises(bytes)].filter(
    ([what]) => id !== 'patch/unattended-upgrades' || what !== 'first half',
  )
  for (const [what, damaged] of kinds) {
    const after = HARMLESS.has(what) ? parse(id, damaged, exitCode) : parseWhole(id, damaged, exitCode)
    expectNoBetter(before, after, what)
    if (HARMLESS.has(what)) expect(after, what).toEqual(before)
  }
  for (const [line, damaged] of someOf(lineCuts(bytes))) expectNoBetter(before, parse(id, damaged, exitCode), line)
  for (const code of [2, 3, 7, 8, 255, null]) expectNoBetter(before, parse(id, bytes, code), `exit ${code}`)
}

describe('recordings of our own, damaged', () => {
  it.each(RECORDED)('%s %s', (id, name, exitCode) => judgeDamage(id, fixture(`patch/${name}`), exitCode))
  it.each(WRITTEN.map(({ id, name, text, exitCode = 0 }) => [id, name, text, exitCode] as const))(
    '%s: %s',
    (id, _name, text, exitCode) => judgeDamage(id, Buffer.from(text), exitCode),
  )
})

const OTHERS: readonly (readonly [id: string, name: string, exitCode: number])[] = [
  ['patch/dnf-check-update', 'rpm/dnf-check-update-rocky8.txt', 100],
  ['patch/dnf-check-update', 'rpm/yum-check-update-rhel7-wrapped-obsoletes.txt', 100],
  ['patch/dnf-check-update', 'rpm/dnf4-upgrades-fedora30.txt', 0],
  ['patch/dnf-check-update', 'rpm/dnf5-upgrades-fedora42.txt', 0],
  ['patch/dnf-updateinfo', 'rpm/dnf4-updateinfo-fedora30.txt', 0],
  ['patch/dnf-updateinfo', 'rpm/dnf5-updateinfo-fedora42.txt', 0],
  ['patch/dnf-updateinfo', 'rpm/rhel9-updateinfo-unregistered.txt', 0],
  ['patch/zypper-patches', 'zypper/list-patches-sles15sp5.txt', 0],
  ['patch/zypper-updates', 'zypper/list-updates-sles15sp5.txt', 0],
  ['patch/zypper-updates', 'zypper/list-updates-empty.txt', 0],
  ['patch/needrestart', 'reboot/needrestart-b-kernel-pending.txt', 0],
  ['patch/rpm-needs-restarting', 'reboot/needs-restarting-r-required.txt', 1],
  ['patch/windows-updates', 'windows/updates-three-pending.txt', 0],
]

describeWithSamples('recordings of others, damaged', () => {
  const ALL = listSamples('patch').map((name) => [name, sample(name)] as const)
  it.each(OTHERS)('%s %s', (id, name, exitCode) => judgeDamage(id, sample(`patch/${name}`), exitCode))

  it.each(PATCH_SOURCES)('$id holds to the schema on every recording of patch', ({ id }) => {
    for (const [name, bytes] of ALL) expect(() => parseWhole(id, bytes), name).not.toThrow()
  })
})

describe('any bytes', () => {
  const lines = fc.constantFrom(...WRITTEN.flatMap(({ text }) => text.split('\n')), '\0', '{', '[', '<stream>', 'i')
  const bytes = fc.oneof(
    fc.uint8Array({ maxLength: 300 }),
    fc.array(fc.oneof(lines, fc.string()), { maxLength: 8 }).map((all) => Buffer.from(all.join('\n'))),
  )
  it.each(PATCH_SOURCES)('$id gives a result', ({ id }) => {
    fc.assert(
      fc.property(bytes, fc.option(fc.integer({ min: 0, max: 103 })), fc.string(), (stdout, exitCode, stderr) => {
        parseWhole(id, stdout, exitCode, stderr)
      }),
      { numRuns: 40 },
    )
  })

  const PIECES = [
    'a',
    ' ',
    '-',
    '-a',
    'a.noarch ',
    'a.noarch\n',
    '  1-1 r\n',
    'a-1-1.noarch ',
    'A-1 b/c ',
    'A-1 b/c a-1-1.noarch\n',
    '|',
    ' | ',
    '-+-',
    '<update ',
    '<update a="b"',
    '<update kind="patch" name="a" category="security" status="needed"/></update>',
    '1 a (',
    '{"a":',
    '[[',
    '(KB5063878) ',
    'KB',
    '2026-01-01 01:01:01,000 ERROR x\n',
    '* Label: a\n',
    '\tTitle: a, Version: ',
    'a -> b ',
    'a-1-r0 < 2\n',
    'NEEDRESTART-VER: ',
    'Title=',
    'Title : a\n',
    '1;',
    '\n',
    ' a\n',
    '\r\n',
    'a::b "c";\n',
    'Start-Date: \n',
    'Inst a [1] (2 D:1/s [all])\n',
    '[[[[{"a":',
    'error ',
    '[x] ',
    ' 0:00:01 ',
    'B/s ',
  ]
  // What grows with the square of 32 KiB takes half a second; what is linear takes 1 ms. Time of the processor, not of the clock.
  it.each(PATCH_SOURCES)('$id takes no time on text made to backtrack', ({ id }) => {
    const started = process.cpuUsage()
    for (const piece of PIECES) {
      const text = piece.repeat(Math.ceil((32 * 1024) / piece.length))
      parse(id, Buffer.from(text))
      parse(id, new Uint8Array(), 1, text)
    }
    const { user, system } = process.cpuUsage(started)
    expect((user + system) / 1_000).toBeLessThan(500)
  })
})
