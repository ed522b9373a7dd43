/** `npm start -- --demo` as a person runs it: a sign-in link at once on a folder that is full, live machines, and no real data touched. */
import { type ChildProcess, spawn } from 'node:child_process'
import fs from 'node:fs'
import path from 'node:path'
import { expect, it } from 'vitest'
import { cleanEnvironment, command } from '../support/e2e-processes.ts'
import { runProgram } from '../support/run-program.ts'
import { tempFolder } from '../support/tmp.ts'

const ROOT = path.resolve(import.meta.dirname, '../..')
const START = path.join(ROOT, 'server/start.mjs')
const PATIENCE_MS = 40_000

async function until<T>(ask: () => Promise<T | null> | T | null, what: () => string): Promise<T> {
  const deadline = performance.now() + PATIENCE_MS
  for (;;) {
    const answer = await ask()
    if (answer !== null) return answer
    if (performance.now() > deadline) throw new Error(`not in time: ${what()}`)
    await new Promise((resolve) => setTimeout(resolve, 50))
  }
}

type Demo = { readonly link: string; readonly printed: () => string; readonly stop: () => Promise<number | null> }

async function startDemo(folder: string): Promise<Demo> {
  const env = cleanEnvironment({ ROUNDS_PORT: '0', ROUNDS_DATA: folder })
  const child: ChildProcess = spawn(process.execPath, [START, '--demo'], { cwd: ROOT, env })
  let printed = ''
  for (const stream of [child.stdout, child.stderr]) {
    stream?.setEncoding('utf8').on('data', (text: string) => {
      printed += text
    })
  }
  const ended = new Promise<number | null>((resolve) => child.once('exit', resolve))
  const link = await until(
    () => {
      if (child.exitCode !== null) throw new Error(`ended with ${child.exitCode}:\n${printed}`)
      return /^ *Sign in +(\S+)$/m.exec(printed)?.[1] ?? null
    },
    () => printed,
  )
  return {
    link,
    printed: () => printed,
    stop: () => {
      child.kill('SIGTERM')
      return ended
    },
  }
}

it('starts on a full folder, lives on, and starts again', { timeout: 120_000 }, async () => {
  const folder = path.join(tempFolder('demo'), 'data')
  const world = { ROUNDS_DATA: folder }
  const made = await command('server', ['demo', '--days', '1', '--machines', '4', '--json'], world)
  const { oracle, records, isNew } = JSON.parse(made) as { oracle: string; records: number; isNew: boolean }
  expect(isNew).toBe(true)
  expect(records).toBeGreaterThan(60)
  expect(fs.existsSync(oracle)).toBe(true)

  const first = await startDemo(folder)
  const origin = new URL(first.link).origin
  expect((await fetch(`${origin}/healthz`)).status).toBe(200)
  const token = await command('server', ['token', 'new', '--role', 'viewer', '--client', 'all', '--json'], world)
  const { text: secret } = JSON.parse(token) as { text: string }
  await until(
    async () => {
      const answer = await fetch(`${origin}/metrics`, { headers: { authorization: `Bearer ${secret}` } })
      return (await answer.text()).includes('SRV-PROD') ? true : null
    },
    () => 'metrics of the simulated machines',
  )
  expect(await first.stop()).toBe(0)

  const second = await startDemo(folder)
  expect(second.printed()).not.toContain('%')
  expect(await second.stop()).toBe(0)
})

it('refuses a folder with real clients, and words that it does not know', { timeout: 120_000 }, async () => {
  const folder = path.join(tempFolder('real'), 'data')
  const world = { ROUNDS_DATA: folder }
  await command('server', ['init'], world)
  await command('server', ['client', 'add', 'A real one'], world)
  const env = cleanEnvironment({ ...world, ROUNDS_PORT: '0' })
  const refused = await runProgram(process.execPath, [START, '--demo'], { cwd: ROOT, env })
  expect(refused.code).toBe(1)
  expect(refused.stderr).toContain('holds real clients')
  const unknown = await runProgram(process.execPath, [START, '--demoo'], { cwd: ROOT, env })
  expect(unknown.code).toBe(2)
  expect(unknown.stderr).toContain('--demoo')
  const wrong = await runProgram(process.execPath, [path.join(ROOT, 'server/cli.ts'), 'demo', '--days', '0'], {
    cwd: ROOT,
    env,
  })
  expect(wrong.code).toBe(2)
})
