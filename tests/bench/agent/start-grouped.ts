/** Starts the agent in a memory group of its own where the machine has one, so that its clean pages can be dropped from outside once. I/O. */
import { type ChildProcess, spawn } from 'node:child_process'
import fs from 'node:fs'
import { setTimeout as sleep } from 'node:timers/promises'
import { cleanEnvironment } from '../../support/e2e-processes.ts'
import type { BundledAgent } from './bundle-agent.ts'
import { memoryOf } from './read-proc.ts'

/** One mebibyte, which is what tools of Linux print as MB. */
export const MIB = 1024 * 1024

/** The running agent. */
export type Grouped = {
  readonly pid: number
  /** Drops what can be read again, waits two minutes, and says what came back (bytes); null: no group here to do it with. */
  readonly trim: () => Promise<number | null>
  readonly stop: () => Promise<void>
}

const V1 = '/sys/fs/cgroup/memory'

function makeGroup(): string | null {
  const group = `${V1}/rounds-bench-${process.pid}`
  try {
    fs.mkdirSync(group)
    return group
  } catch {
    // No root, or cgroup v2, where the memory controller is not ours: figures without a trim.
    return null
  }
}

function start(agent: BundledAgent, env: NodeJS.ProcessEnv, group: string | null): ChildProcess {
  const join = group === null ? '' : `echo $$ > ${group}/cgroup.procs; `
  const args = ['-c', `${join}exec "$0" "$@"`, agent.node, agent.script, 'run']
  return spawn('/bin/sh', args, { env: { ...cleanEnvironment(env), NODE_COMPILE_CACHE: undefined }, stdio: 'ignore' })
}

/** Starts `agent run`. @throws when it ends at once. */
export async function startGrouped(agent: BundledAgent, env: NodeJS.ProcessEnv): Promise<Grouped> {
  const group = makeGroup()
  const child = start(agent, env, group)
  const { pid } = child
  if (pid === undefined) throw new Error('the agent did not start')
  await sleep(5_000)
  if (child.exitCode !== null) throw new Error(`the agent ended with ${child.exitCode}`)
  return {
    pid,
    trim: async () => {
      if (group === null) return null
      fs.writeFileSync(`${group}/memory.force_empty`, '0')
      await sleep(120_000)
      return memoryOf(pid).pss
    },
    stop: async () => {
      child.kill('SIGTERM')
      await Promise.race([new Promise((resolve) => child.once('exit', resolve)), sleep(10_000)])
      child.kill('SIGKILL')
      await sleep(500)
      if (group !== null) fs.rmdirSync(group)
    },
  }
}
