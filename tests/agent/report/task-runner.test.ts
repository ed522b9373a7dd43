/** Tasks: time-outs, defects and hung tasks become failed parts; nobody waits for a hung one. */
import { describe, expect, test } from 'vitest'
import type { Contribution } from '../../../agent/checks/collector.ts'
import { SILENT_LOG } from '../../../agent/log.ts'
import type { AnyTask } from '../../../agent/report/run-task.ts'
import { TaskRunner } from '../../../agent/report/task-runner.ts'
import { read } from '../../../shared/reading.ts'
import { fakeProbe } from '../../support/fake-probe.ts'
import { handClock } from './hand-clock.ts'

const probe = fakeProbe({})
const watch = { watches: [], hookFolder: '/nowhere' }
const value = (bootedAt: number): Contribution<'system'> => ({
  parts: { boot: read('system/proc', { bootedAt }) },
  samples: { 'uptime:seconds': bootedAt },
})

function bench(collect: () => Promise<Contribution<'system'>>) {
  const clock = handClock()
  const heard: string[] = []
  const task: AnyTask = {
    id: 'system/boot',
    check: 'system',
    cadence: 'vitals',
    parts: ['boot'],
    timeoutMs: 1_000,
    collect,
  }
  const runner = new TaskRunner({
    clock,
    log: SILENT_LOG,
    context: () => ({ probe, watch, off: new Set() }),
    onCollected: (check) => heard.push(check),
  })
  const run = () => runner.start([task], new Map())
  const part = () => runner.collected.find(({ check }) => check === 'system')?.parts['boot']
  return { clock, heard, task, runner, run, part }
}

describe('a task', () => {
  test('answers', async () => {
    const { run, runner, part, heard } = bench(async () => value(3))
    run()
    await runner.idle()
    expect(part()).toMatchObject({ state: 'value', value: { bootedAt: 3 } })
    expect(heard).toEqual(['system'])
  })

  test('that throws becomes failed parts, and its samples null', async () => {
    let calls = 0
    const { run, runner, part } = bench(async () => {
      calls += 1
      if (calls > 1) throw new Error('a defect')
      return value(3)
    })
    run()
    await runner.idle()
    run()
    await runner.idle()
    expect(part()).toMatchObject({
      state: 'failed',
      source: 'system/boot',
      code: 'parse',
      detail: expect.stringContaining('a defect'),
    })
    expect(runner.collected[0]?.samples).toEqual({ 'uptime:seconds': null })
  })

  test('that is slow becomes a time-out, is not started again while it hangs, and recovers when it is gone', async () => {
    let calls = 0
    let release = () => {}
    const { clock, run, runner, part } = bench(async () => {
      calls += 1
      if (calls === 1)
        await new Promise<void>((resolve) => {
          release = resolve
        })
      return value(calls)
    })
    run()
    await clock.advance(1_000)
    await runner.idle()
    expect(part()).toMatchObject({ state: 'failed', code: 'timeout' })
    run()
    expect(part()).toMatchObject({ state: 'failed', code: 'hung' })
    expect(calls).toBe(1)
    release()
    await clock.advance(0)
    run()
    await runner.idle()
    expect(part()).toMatchObject({ state: 'value', value: { bootedAt: 2 } })
  })

  test('of one check run one after the other, others beside them; a hung one holds up nobody', async () => {
    const { clock, runner } = bench(async () => value(1))
    const order: string[] = []
    const make = (id: string, check: 'disk' | 'system', hangs: boolean): AnyTask =>
      ({
        id,
        check,
        cadence: 'vitals',
        parts: [],
        timeoutMs: 1_000,
        collect: async () => {
          order.push(id)
          if (hangs) await new Promise(() => {})
          return { parts: {}, samples: {} }
        },
      }) as AnyTask
    runner.start(
      [make('disk/a', 'disk', true), make('disk/b', 'disk', false), make('system/c', 'system', false)],
      new Map(),
    )
    await clock.advance(10)
    expect(order).toEqual(['disk/a', 'system/c'])
    await clock.advance(1_000)
    await runner.idle()
    expect(order).toEqual(['disk/a', 'system/c', 'disk/b'])
    expect(runner.activeCount).toBe(0)
  })
})
