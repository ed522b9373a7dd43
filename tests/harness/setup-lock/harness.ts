/**
 * Two set-ups at once, one of them killed at a random moment: the other, or the next one, must end with whole packages,
 * no lock left, and never two `npm ci` at the same time.
 */
import { deepStrictEqual, ok, strictEqual } from 'node:assert/strict'
import { type ChildProcess, spawn } from 'node:child_process'
import fs from 'node:fs'
import path from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { randomFrom } from '../../support/random.ts'
import type { Harness } from '../harness.ts'

const SETUP = path.resolve(import.meta.dirname, '../../../setup.mjs')
/** A stand-in for npm that takes 0.3 s, and notes when it finds another one at work. */
const NPM = `#!/bin/sh
mkdir working 2>/dev/null || echo clash >> clashes
rm -rf node_modules && mkdir -p node_modules/a && sleep 0.15
mkdir -p node_modules/b && sleep 0.15
rmdir working 2>/dev/null
echo done > node_modules/b/done
`

function makeProject(folder: string): NodeJS.ProcessEnv {
  fs.mkdirSync(path.join(folder, 'bin'), { recursive: true })
  fs.copyFileSync(SETUP, path.join(folder, 'setup.mjs'))
  fs.writeFileSync(path.join(folder, 'bin/npm'), NPM, { mode: 0o755 })
  fs.writeFileSync(path.join(folder, 'package.json'), '{}')
  fs.writeFileSync(path.join(folder, 'package-lock.json'), '{"packages":{"":{}}}')
  const { npm_execpath: _cli, npm_node_execpath: _node, npm_lifecycle_event: _event, ...rest } = process.env
  return { ...rest, PATH: `${path.join(folder, 'bin')}:${process.env['PATH']}` }
}

/** Resolves with the exit code, or with the signal that ended the process. */
const ended = (child: ChildProcess) =>
  new Promise<number | string | null>((resolve) => child.on('exit', (code, signal) => resolve(code ?? signal)))

/**
 * `withNpm`: the kill takes the victim's npm too, as a power cut does; else that npm lives on, and the survivor must wait
 * for it.
 */
async function runOnce(folder: string, killAfterMs: number, withNpm: boolean): Promise<void> {
  const env = makeProject(folder)
  const start = (detached: boolean) =>
    spawn(process.execPath, ['setup.mjs'], { cwd: folder, env, stdio: 'inherit', detached })
  const victim = start(true)
  const survivor = start(false)
  const ends = Promise.all([ended(victim), ended(survivor)])
  await sleep(killAfterMs)
  const isAlive = victim.pid !== undefined && victim.exitCode === null
  if (isAlive) process.kill(withNpm ? -victim.pid : victim.pid, 'SIGKILL')
  if (isAlive && withNpm) fs.rmSync(path.join(folder, 'working'), { recursive: true, force: true })
  const [, code] = await ends
  strictEqual(code, 0, 'the surviving set-up failed')
  ok(fs.existsSync(path.join(folder, 'node_modules/b/done')), 'the packages are not whole')
  ok(fs.existsSync(path.join(folder, 'node_modules/.rounds-setup')), 'the stamp is missing')
  deepStrictEqual(
    fs.readdirSync(folder).filter((name) => name.startsWith('.setup-lock') || name === 'clashes'),
    [],
    'a lock was left, or two installs met',
  )
}

/** The harness. */
export const harness: Harness = {
  name: 'setup-lock',
  nCi: 5,
  nDefault: 10,
  nFull: 100,
  onceMs: 40_000,
  async run({ n, seed, folder, log }) {
    const random = randomFrom(seed)
    for (let i = 0; i < n; i++) {
      const killAfterMs = Math.round(random() * 600)
      log(`run ${i + 1}: killed after ${killAfterMs} ms`)
      await runOnce(path.join(folder, String(i)), killAfterMs, random() < 0.5)
    }
  },
}
