/** Calls of a ping and what they make of it; pings as jobs beside those of the agent. */
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { deriveFacts } from '../../../server/facts/derive.ts'
import { afterSignal, isRunning, type Ping, parseSignal, type Signal } from '../../../server/facts/ping.ts'
import type { MachineState } from '../../../server/fleet/machine-state.ts'
import { resolvePolicy } from '../../../server/policy/resolve.ts'
import { backupTruth } from '../../../server/views/backup-truth.ts'
import { backupRows } from '../../../server/views/facts/backup-rows.ts'
import { freezeMachine, thawMachine } from '../../../server/visits/snapshot.ts'
import { failed, NEVER, read } from '../../../shared/reading.ts'
import { DAY_MS, HOUR_MS } from '../../../shared/units.ts'
import { aPing } from '../../support/a-ping.ts'
import { NOON } from '../../support/store-samples.ts'
import { aMachine } from '../assess/a-machine.ts'
import { aJob, NOW } from '../assess/sections.ts'

const GOOD: Signal = { kind: 'success', exitStatus: null }
const BAD: Signal = { kind: 'fail', exitStatus: 1 }
const START: Signal = { kind: 'start' }
const told = (...calls: readonly (readonly [Signal, number])[]): Ping =>
  calls.reduce((ping, [signal, at]) => afterSignal(ping, signal, '', NOON + at), aPing())

describe('what stands behind the secret', () => {
  it.each([
    [null, GOOD],
    ['start', START],
    ['fail', { kind: 'fail', exitStatus: null }],
    ['0', { kind: 'success', exitStatus: 0 }],
    ['1', BAD],
    ['255', { kind: 'fail', exitStatus: 255 }],
  ])('%s', (word, want) => expect(parseSignal(word)).toEqual(want))
  it.each(['256', '-1', '00', '01', '1.5', '', 'START', 'success', '1e2', '٣'])('%s is none', (word) =>
    expect(parseSignal(word)).toBeNull(),
  )
})

describe('calls', () => {
  it('a start is no life, and runs until an end is told', () => {
    const started = told([START, 10])
    expect(started).toMatchObject({ succeededAt: null, failedAt: null, startedAt: NOON + 10 })
    expect(isRunning(started)).toBe(true)
    expect(isRunning(told([START, 10], [GOOD, 40]))).toBe(false)
    expect(told([START, 10], [GOOD, 40]).durationMs).toBe(30)
  })
  it('a failure told twice is one failed run; another begins, or comes half a period later', () => {
    expect(told([BAD, 0], [BAD, 5_000]).failedInRow).toBe(1)
    expect(told([BAD, 0], [START, 5_000], [BAD, 6_000]).failedInRow).toBe(2)
    expect(told([BAD, 0], [BAD, DAY_MS]).failedInRow).toBe(2)
    expect(told([BAD, 0], [BAD, DAY_MS], [GOOD, DAY_MS + 1]).failedInRow).toBe(0)
  })
  it('whatever comes in whatever order is taken, and only success counts as one', () => {
    const signal = fc.constantFrom(GOOD, BAD, START)
    fc.assert(
      fc.property(fc.array(fc.tuple(signal, fc.integer({ min: 0, max: 9 * DAY_MS }))), (calls) => {
        const ping = told(...calls)
        const ends = calls.filter(([{ kind }]) => kind !== 'start')
        expect(ping.succeededAt === null).toBe(!ends.some(([{ kind }]) => kind === 'success'))
        expect(ping.failedInRow > 0).toBe(ends.at(-1)?.[0].kind === 'fail')
        expect(ping.durationMs ?? 0).toBeGreaterThanOrEqual(0)
      }),
    )
  })
})

const good = aPing({
  succeededAt: NOW - HOUR_MS,
  startedAt: NOW - 2 * HOUR_MS,
  durationMs: HOUR_MS,
  createdAt: NOW - DAY_MS,
})
const factsOf = (state: MachineState, now = NOW) =>
  deriveFacts(state, state.memory, resolvePolicy(state.policy, state.role), now).checks.backup
const ITEM = 'ping:NAS to cloud'

describe('pings as jobs', () => {
  it('stand beside those of the agent, which stay as they were', () => {
    const { section, samples } = factsOf(aMachine({ pings: [good] }))
    expect(section.jobs).toEqual(
      read('backup/restic', [
        aJob(),
        {
          ...{ id: ITEM, tool: 'ping', name: 'NAS to cloud', expectedEveryMs: DAY_MS },
          destination: { kind: 'unknown', label: null, sameDisk: null, offsite: null, encrypted: null },
          status: read('backup/ping', { lastResult: 'success', copies: null, tooSmall: null }),
        },
      ]),
    )
    expect(samples.get(`job:${ITEM}:lastSuccessAt`)?.value).toBe(NOW - HOUR_MS)
    expect(samples.get(`job:${ITEM}:startedAt`)).toBeUndefined()
    expect(samples.get('job:restic:nightly:lastSuccessAt')?.value).toBe(NOW - 9 * HOUR_MS)
  })

  it('their times are the server’s: the skew of the agent does not move them', () => {
    const { samples } = factsOf(aMachine({ pings: [good], agent: { skewMs: 3 * HOUR_MS } }))
    expect(samples.get(`job:${ITEM}:lastSuccessAt`)?.value).toBe(NOW - HOUR_MS)
  })

  it('never hide jobs that the agent cannot read, and need no agent', () => {
    const jobs = failed('backup/jobs', { code: 'access-denied', detail: '' })
    expect(factsOf(aMachine({ pings: [good], parts: { backup: { jobs } } })).unread).toEqual({ jobs })
    expect(factsOf(aMachine({ pings: [good] }), NOW + 30 * DAY_MS).unread?.jobs).toMatchObject({ code: 'stale' })
    const silent = factsOf(aMachine({ pings: [aPing()], parts: { backup: { jobs: NEVER } } }))
    expect(silent.section.jobs).toMatchObject({ state: 'value', value: [{ id: ITEM, status: NEVER }] })
  })

  it('a job of the agent that bears the name of a ping is not believed', () => {
    const mine = aJob({ id: ITEM, tool: 'ping', name: 'NAS to cloud' })
    const state = aMachine({
      pings: [aPing()],
      parts: { backup: { jobs: read('backup/jobs', [mine]) } },
      samples: { backup: { [`job:${ITEM}:lastSuccessAt`]: NOW } },
    })
    const { section, samples } = factsOf(state)
    expect(section.jobs).toMatchObject({ value: [{ id: ITEM, status: NEVER }] })
    expect(samples.has(`job:${ITEM}:lastSuccessAt`)).toBe(false)
  })

  it('are shown like any job: fact rows, truth table, and both in a snapshot of a visit', () => {
    const state = aMachine({ pings: [good] })
    for (const one of [state, thawMachine(JSON.parse(JSON.stringify(freezeMachine(state))))]) {
      const facts = deriveFacts(one, one.memory, resolvePolicy(one.policy, one.role), NOW)
      const row = backupRows(facts).find(({ item }) => item === ITEM)
      expect(row).toMatchObject({ key: 'backup.job', values: { tool: 'ping', lastSuccessAt: NOW - HOUR_MS } })
      expect(backupTruth(one, NOW)).toMatchObject({
        lastGoodAt: NOW - HOUR_MS,
        places: [{}, { job: 'NAS to cloud', kind: 'unknown', offsite: null, lastGoodAt: NOW - HOUR_MS }],
      })
    }
  })
})
