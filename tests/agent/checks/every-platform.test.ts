/**
 * Every part is asked for on every system, and a machine on which nothing answers is nowhere called good: neither when every tool and file is
 * missing, nor when everything is refused, hangs, or talks nonsense.
 */
import { describe, expect, it } from 'vitest'
import type { Contribution, Task } from '../../../agent/checks/collector.ts'
import { TASKS } from '../../../agent/checks/tasks.ts'
import type { Platform, Probe } from '../../../agent/probe/probe.ts'
import { judgeSection } from '../../../server/judge.ts'
import { emptySection } from '../../../shared/checks/index.ts'
import { CHECK_NAMES, type CheckName } from '../../../shared/checks/names.ts'
import type { Failure } from '../../../shared/reading.ts'
import { err, ok, type Result } from '../../../shared/result.ts'
import { fakeProbe } from '../../support/fake-probe.ts'
import { sectionOf } from '../../support/sections.ts'

const NOW = Date.UTC(2026, 10, 25, 9)
const PLATFORMS: readonly Platform[] = ['linux', 'win32', 'darwin']
const quiet = { now: NOW, watch: { watches: [], hookFolder: '/nonexistent' }, off: new Set<string>() }

/** A probe that answers every question alike. */
function answeringAll(platform: Platform, answer: <T>(value: T) => Result<T, Failure>): Probe {
  const noise = Buffer.from('\ufeffThe operation could not be completed. 0x80070005\r\n\0\u001b[31m{"a":')
  const facts = { kind: 'file', sizeBytes: 0, modifiedAt: NOW, device: 1, mode: 0o644, uid: 0 } as const
  const volume = { totalBytes: 0, freeBytes: 0, availableBytes: 0, inodesTotal: 0, inodesFree: 0 }
  return {
    platform,
    exec: async () => answer({ stdout: noise, stderr: 'error', exitCode: 1, truncated: false }),
    has: async () => true,
    readFile: async () => answer(noise),
    list: async () => answer([]),
    stat: async () => answer(facts),
    readLink: async () => answer(''),
    statVolume: async () => answer(volume),
    ask: async () => answer(noise),
  }
}
const failing = (code: Failure['code']) => (platform: Platform) =>
  answeringAll(platform, () => err({ code, detail: 'as the test wants it' }))

const MACHINES: { readonly [what: string]: (platform: Platform) => Probe } = {
  'on which nothing is there': (platform) => fakeProbe({ platform }),
  'on which everything is refused': failing('access-denied'),
  'on which everything takes too long': failing('timeout'),
  'on which everything talks nonsense': (platform) => answeringAll(platform, (value) => ok(value)),
}

async function collectAll<C extends CheckName>(check: C, probe: Probe): Promise<Contribution<C>> {
  let parts: Contribution<C>['parts'] = {}
  let samples: Contribution<C>['samples'] = {}
  for (const task of TASKS[check] as unknown as readonly Task<C>[]) {
    const told = await task.collect({ ...quiet, probe, memo: new Map() })
    parts = { ...parts, ...told.parts }
    samples = { ...samples, ...told.samples }
  }
  return { parts, samples }
}

/**
 * What may be called good where nothing answers, because a missing file proves it: a kernel without /proc/mdstat runs no array and so on.
 * Rules without any item yield nothing at all.
 */
const PROVEN_BY_ABSENCE: ReadonlySet<string> = new Set([])

describe.each(PLATFORMS)('%s', (platform) => {
  it.each(CHECK_NAMES)('%s: the tasks together answer for every part', async (check) => {
    const { parts } = await collectAll(check, fakeProbe({ platform }))
    const wanted = Object.keys(emptySection(check)).filter((part) => part !== 'samples')
    expect(Object.keys(parts).sort()).toEqual(wanted.sort())
    for (const [part, reading] of Object.entries(parts))
      expect((reading as { state: string }).state, part).not.toBe('never')
  })

  describe.each(Object.keys(MACHINES))('a machine %s', (what) => {
    it.each(CHECK_NAMES)('%s: no rule passes', async (check) => {
      const probe = MACHINES[what]?.(platform) ?? fakeProbe({ platform })
      const section = sectionOf(check, await collectAll(check, probe))
      const judged = judgeSection(check, JSON.stringify(section), { now: NOW, role: 'server' })
      const passed = judged.ok
        ? judged.value.filter(({ state, rule }) => state === 'pass' && !PROVEN_BY_ABSENCE.has(rule))
        : []
      expect(judged.ok).toBe(true)
      expect(passed.map(({ rule, item }) => `${rule} ${item}`)).toEqual([])
    })
  })
})
