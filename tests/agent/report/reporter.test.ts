/** The reporter: the first full record leaves quickly, slow results follow, an unchanged machine writes no section, a full disk loses nothing that is new. */
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { SILENT_LOG } from '../../../agent/log.ts'
import { GRACE_MS, Reporter } from '../../../agent/report/reporter.ts'
import type { AnyTask } from '../../../agent/report/run-task.ts'
import { Spool } from '../../../agent/spool/spool.ts'
import type { AgentConfig } from '../../../shared/protocol/agent-config.ts'
import type { WireRecord } from '../../../shared/protocol/record.ts'
import { read } from '../../../shared/reading.ts'
import { DAY_MS, HOUR_MS, MINUTE_MS } from '../../../shared/units.ts'
import { fakeProbe } from '../../support/fake-probe.ts'
import { tempFolder } from '../../support/tmp.ts'
import { type HandClock, handClock } from './hand-clock.ts'

let clock: HandClock
let spool: Spool
let records: WireRecord[]
let reporter: Reporter
let usedBytes: number

const ROOMY = () => ({ freeBytes: 10_000_000_000, totalBytes: 20_000_000_000 })

function tasks(patchMs: number): readonly AnyTask[] {
  return [
    {
      id: 'system/vitals',
      check: 'system',
      cadence: 'vitals',
      parts: ['boot'],
      timeoutMs: 5_000,
      collect: async () => ({
        parts: { boot: read('system/proc', { bootedAt: 5 }) },
        samples: { 'memory:usedBytes': usedBytes },
      }),
    },
    {
      id: 'patch/apt',
      check: 'patch',
      cadence: 'patch',
      parts: ['manager'],
      timeoutMs: 120_000,
      collect: async () => {
        await new Promise<void>((resolve) => void clock.setTimer(resolve, patchMs))
        return { parts: { manager: read('patch/apt', { name: 'apt' }) }, samples: {} }
      },
    },
  ]
}

function make(config: AgentConfig = {}, patchMs = 10_000): Reporter {
  return new Reporter(
    {
      clock,
      log: SILENT_LOG,
      ticks: () => () => {},
      probe: fakeProbe({}),
      tasks: tasks(patchMs),
      readWatch: () => ({ watches: [], hookFolder: '/nowhere' }),
      spool,
      seed: 0,
      onRecord: (bytes, made) => {
        expect(JSON.parse(bytes.toString('utf8'))).toEqual(made.record)
        records.push(made.record)
      },
    },
    config,
  )
}

beforeEach(() => {
  clock = handClock(1_790_000_000_000 - (1_790_000_000_000 % MINUTE_MS))
  spool = new Spool(tempFolder('reporter'), { readFreeSpace: ROOMY })
  records = []
  usedBytes = 1
  reporter = make()
})
afterEach(() => {
  reporter.stop()
  spool.close()
})

/** A minute passes and a tick comes. */
async function minute(count = 1): Promise<void> {
  for (let i = 0; i < count; i++) {
    await clock.advance(MINUTE_MS)
    await reporter.tick()
    await clock.advance(0)
  }
}

describe('reporter', () => {
  test('the first full record leaves within two seconds, the slow result follows as soon as it is there', async () => {
    reporter.start()
    await clock.advance(GRACE_MS)
    expect(records).toHaveLength(1)
    expect(records[0]).toMatchObject({ q: 1, f: 1, c: { system: GRACE_MS } })
    expect(records[0]?.s?.patch?.b).toMatchObject({ manager: { state: 'never' } })
    await clock.advance(10_000 - GRACE_MS)
    expect(records).toHaveLength(2)
    expect(records[1]?.s?.patch?.b).toMatchObject({ manager: { state: 'value' } })
    expect(records[1]?.f).toBeUndefined()
    expect(Object.keys(records[1]?.s ?? {})).toEqual(['patch'])
  })

  test('a day of an unchanged machine: every minute a record, every hour a full one, no body at all', async () => {
    reporter = make({}, 0)
    reporter.start()
    await clock.advance(GRACE_MS)
    records.length = 0
    for (let i = 0; i < 24 * 60; i += 1) {
      usedBytes += 1
      await clock.advance(MINUTE_MS)
      await reporter.tick()
      await clock.advance(0)
    }
    const bodies = records.filter((record) => Object.values(record.s ?? {}).some((entry) => entry.b !== undefined))
    expect(bodies).toHaveLength(0)
    expect(records.length).toBe(DAY_MS / MINUTE_MS)
    const full = records.filter((record) => record.f === 1).length
    expect(full).toBeGreaterThanOrEqual(DAY_MS / HOUR_MS - 1)
    expect(full).toBeLessThanOrEqual(DAY_MS / HOUR_MS)
  })

  test('a check that is switched off says disabled and is not run', async () => {
    reporter = make({ checks: { patch: false } })
    reporter.start()
    await clock.advance(GRACE_MS)
    expect(records[0]?.s?.patch?.b).toMatchObject({ manager: { state: 'failed', code: 'disabled' } })
    const before = records.length
    await minute(3)
    expect(records.slice(before).filter((record) => record.c?.['patch'] !== undefined)).toEqual([])
  })

  test('another cadence holds at once', async () => {
    reporter = make({}, 0)
    reporter.start()
    await clock.advance(GRACE_MS)
    const before = records.length
    reporter.configure({ cadenceMs: { vitals: 2_000 } })
    await reporter.tick()
    await clock.advance(0)
    for (let i = 0; i < 5; i++) {
      await clock.advance(2_000)
      await reporter.tick()
      await clock.advance(0)
    }
    expect(records.length - before).toBe(6)
  })

  test('a disk that refuses: what is new stays new, and the next record stands alone', async () => {
    reporter = make({}, 0)
    reporter.start()
    await clock.advance(GRACE_MS)
    const append = spool.append.bind(spool)
    let refusals = 0
    spool.append = () => {
      refusals += 1
      throw new Error('ENOSPC')
    }
    usedBytes = 77
    await minute()
    expect(refusals).toBe(1)
    const before = records.length
    spool.append = append
    await minute()
    expect(records.length).toBe(before + 1)
    expect(records.at(-1)?.v?.system).toEqual([0, 77])
  })
})
