/** Children that misbehave for real: deaf to signals, endless output, forks, unkillable. */
import { existsSync, mkdirSync, readdirSync, readFileSync, rmdirSync, writeFileSync } from 'node:fs'
import { setTimeout as sleep } from 'node:timers/promises'
import { afterEach, describe, expect, it } from 'vitest'
import { HungLedger, MAX_HUNG, startTimeOf } from '../../../agent/probe/hung-ledger.ts'
import { type ChildSpec, runChild } from '../../../agent/probe/run-child.ts'
import { describeUnless } from '../../support/loud-skip.ts'

const MIB = 1024 * 1024
const spec = (script: string, more: Partial<ChildSpec> = {}): ChildSpec => ({
  file: process.execPath,
  args: ['-e', script],
  env: { LC_ALL: 'C' },
  cwd: '/',
  timeoutMs: 20_000,
  maxBytes: MIB,
  target: 'test',
  ...more,
})

const alive = (pid: number) => startTimeOf(pid) !== null
const started: number[] = []
afterEach(() => {
  for (const pid of started.splice(0)) if (alive(pid)) process.kill(pid, 'SIGKILL')
})

describe('runChild', () => {
  it('returns what a child says, with its exit code', async () => {
    const result = await runChild(spec('console.log("out"); console.error("err"); process.exit(68)'), new HungLedger())
    expect(result).toMatchObject({ ok: true, value: { stderr: 'err\n', exitCode: 68, truncated: false } })
    expect(result.ok && Buffer.from(result.value.stdout).toString()).toBe('out\n')
  })

  it('gives the child a closed stdin, the cwd / and nothing of its own environment', async () => {
    process.env['ROUNDS_TEST_SECRET'] = 'leaked'
    const script = `process.stdin.on('end', () => console.log(JSON.stringify([process.cwd(), process.env]))).resume()`
    const result = await runChild(spec(script), new HungLedger())
    delete process.env['ROUNDS_TEST_SECRET']
    expect(JSON.parse(result.ok ? Buffer.from(result.value.stdout).toString() : 'null')).toEqual(['/', { LC_ALL: 'C' }])
  })

  it('has a null exit code for a child that a signal ended', async () => {
    const result = await runChild(spec('process.kill(process.pid, "SIGABRT")'), new HungLedger())
    expect(result).toMatchObject({ ok: true, value: { exitCode: null } })
  })

  it('names a file that is missing and one that may not be executed', async () => {
    const missing = await runChild(spec('', { file: '/nonexistent/tool' }), new HungLedger())
    expect(missing).toMatchObject({ ok: false, error: { code: 'tool-missing' } })
    const denied = await runChild(spec('', { file: '/etc/passwd', args: [] }), new HungLedger())
    expect(denied).toMatchObject({ ok: false, error: { code: 'access-denied' } })
    const bad = await runChild(spec('', { args: ['a\0b'] }), new HungLedger())
    expect(bad).toMatchObject({ ok: false, error: { code: 'exit' } })
  })

  it('ends a child that ignores SIGTERM, and says timeout', async () => {
    const script = 'process.on("SIGTERM", () => {}); setInterval(() => {}, 1000)'
    const before = performance.now()
    const result = await runChild(spec(script, { timeoutMs: 500 }), new HungLedger())
    expect(result).toMatchObject({ ok: false, error: { code: 'timeout' } })
    expect(performance.now() - before).toBeGreaterThan(2_000)
  })

  it('cuts 1 GiB of output at the cap without holding it', async () => {
    const script = `const chunk = Buffer.alloc(${MIB}, 120); let left = 1024
      const more = () => { while (left-- > 0) if (!process.stdout.write(chunk)) return process.stdout.once('drain', more) }
      more()`
    const before = process.memoryUsage().rss
    const result = await runChild(spec(script), new HungLedger())
    expect(result).toMatchObject({ ok: true, value: { truncated: true, exitCode: null } })
    expect(result.ok && result.value.stdout.length).toBe(MIB)
    expect(process.memoryUsage().rss - before).toBeLessThan(200 * MIB)
  })

  it('ends the whole tree that a child forked, and leaves no zombie', async () => {
    const script = `const { spawn } = require('node:child_process')
      const pids = [1, 2, 3].map(() => spawn(process.execPath, ['-e', 'process.on("SIGTERM", () => {}); setInterval(() => {}, 1000)'], { stdio: 'inherit' }).pid)
      console.log(JSON.stringify([process.pid, ...pids])); setInterval(() => {}, 1000)`
    const ledger = new HungLedger()
    const running = runChild(spec(script, { timeoutMs: 1_500 }), ledger)
    const result = await running
    expect(result).toMatchObject({ ok: false, error: { code: 'timeout' } })
    await sleep(300)
    expect(childrenOf(process.pid)).toEqual([])
  })

  it('does not wait for a grandchild that keeps the pipe, and ends it', async () => {
    const script = `const { spawn } = require('node:child_process')
      const kept = spawn(process.execPath, ['-e', 'setInterval(() => {}, 1000)'], { stdio: 'inherit' })
      kept.unref(); console.log(kept.pid); process.exit(0)`
    const result = await runChild(spec(script), new HungLedger())
    expect(result).toMatchObject({ ok: true, value: { exitCode: 0 } })
    const pid = Number(result.ok ? Buffer.from(result.value.stdout).toString() : 0)
    started.push(pid)
    await sleep(300)
    expect(alive(pid)).toBe(false)
  })

  it('gives up on a child that cannot be ended, and starts no other on its target until it is gone', async () => {
    const ledger = new HungLedger()
    let pid = 0
    const deaf = (group: number) => {
      pid = group
      started.push(group)
    }
    const hung = await runChild(
      spec('setInterval(() => {}, 1000)', { timeoutMs: 100, target: '/dev/sda' }),
      ledger,
      deaf,
    )
    expect(hung).toMatchObject({ ok: false, error: { code: 'hung' } })
    const again = await runChild(spec('', { target: '/dev/sda' }), ledger)
    expect(again).toMatchObject({
      ok: false,
      error: { code: 'hung', detail: expect.stringContaining(`process ${pid}`) },
    })
    expect(await runChild(spec('', { target: '/dev/sdb' }), ledger)).toMatchObject({ ok: true })
    process.kill(pid, 'SIGKILL')
    await sleep(300)
    expect(await runChild(spec('', { target: '/dev/sda' }), ledger)).toMatchObject({ ok: true })
  })

  it(`starts nothing while ${MAX_HUNG} children hang`, () => {
    const ledger = new HungLedger()
    for (let i = 0; i < MAX_HUNG; i += 1) ledger.add(process.pid, `target ${i}`)
    expect(ledger.refusal('another')).toContain(`${MAX_HUNG} processes hang`)
  })

  it('takes a reused process number for another process', () => {
    const ledger = new HungLedger()
    ledger.add(4_194_304, 'gone')
    expect(ledger.refusal('gone')).toBeNull()
  })
})

const freezer = '/sys/fs/cgroup/freezer'
const canFreeze = process.getuid?.() === 0 && existsSync(`${freezer}/cgroup.procs`)
describeUnless(
  canFreeze ? null : 'needs root and a cgroup v1 freezer',
  'a process that the kernel itself holds back',
  () => {
    it('is hung: not even SIGKILL ends it before it is let go', async () => {
      const group = `${freezer}/rounds-test-${process.pid}`
      mkdirSync(group)
      try {
        const ledger = new HungLedger()
        const running = runChild(spec('setInterval(() => {}, 1000)', { timeoutMs: 700 }), ledger)
        const [child] = childrenOf(process.pid)
        writeFileSync(`${group}/cgroup.procs`, String(child))
        writeFileSync(`${group}/freezer.state`, 'FROZEN')
        expect(await running).toMatchObject({ ok: false, error: { code: 'hung' } })
        expect(ledger.refusal('test')).not.toBeNull()
        writeFileSync(`${group}/freezer.state`, 'THAWED')
        await sleep(500)
        expect(ledger.refusal('test')).toBeNull()
      } finally {
        writeFileSync(`${group}/freezer.state`, 'THAWED')
        await sleep(200)
        rmdirSync(group)
      }
    })
  },
)

/** Children of a process that are there, zombies included. */
function childrenOf(parent: number): number[] {
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .filter((name) => {
      try {
        const text = readFileSync(`/proc/${name}/stat`, 'latin1')
        return Number(text.slice(text.lastIndexOf(')') + 2).split(' ')[1]) === parent
      } catch {
        return false
      }
    })
    .map(Number)
}
