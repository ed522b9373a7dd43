/**
 * setup.mjs run for real in small throw-away projects, with a stand-in `npm` on the PATH that writes what npm would:
 * when it installs, when it stays silent, what it says when the Node is too old, and two set-ups at once.
 */
import { type SpawnSyncReturns, spawn, spawnSync } from 'node:child_process'
import fs from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { describe, expect, it } from 'vitest'
import { tempFolder } from '../support/tmp.ts'

const SETUP = path.resolve(import.meta.dirname, '../../setup.mjs')
const LOCK_ENTRY = { version: '1.0.0', integrity: 'sha512-AAAA' }

/** Writes packages one by one, slowly enough that a second set-up meets the first; the log has one line per run. */
const NPM = `#!/bin/sh
echo "ci $*" >> npm.log
rm -rf node_modules && mkdir -p node_modules/.bin && sleep "\${NPM_SECONDS:-0}"
[ -n "$NPM_FAILS" ] && echo "npm error code E404" >&2 && exit 1
mkdir -p node_modules/thing && echo done > node_modules/thing/done
[ -n "$NPM_NODE" ] && printf '#!/bin/sh\\necho %s\\n' "$NPM_NODE" > node_modules/.bin/node && chmod +x node_modules/.bin/node
exit 0
`

interface Project {
  readonly root: string
  readonly env: NodeJS.ProcessEnv
  readonly run: (extra?: NodeJS.ProcessEnv, ...args: string[]) => SpawnSyncReturns<string>
  readonly installs: () => number
}

function makeProject(): Project {
  const root = tempFolder('setup')
  const write = (name: string, text: string, mode = 0o644) => {
    fs.mkdirSync(path.dirname(path.join(root, name)), { recursive: true })
    fs.writeFileSync(path.join(root, name), text, { mode })
  }
  fs.copyFileSync(SETUP, path.join(root, 'setup.mjs'))
  write('bin/npm', NPM, 0o755)
  write('package.json', JSON.stringify({ dependencies: { thing: '1.0.0' } }))
  const packages = { '': { dependencies: { thing: '1.0.0' } }, 'node_modules/thing': LOCK_ENTRY }
  write('package-lock.json', JSON.stringify({ packages }))
  const { npm_execpath: _cli, npm_node_execpath: _node, npm_lifecycle_event: _event, ...rest } = process.env
  const env = { ...rest, PATH: `${path.join(root, 'bin')}:${process.env['PATH']}` }
  const run = (extra: NodeJS.ProcessEnv = {}, ...args: string[]) =>
    spawnSync(process.execPath, ['setup.mjs', ...args], { cwd: root, env: { ...env, ...extra }, encoding: 'utf8' })
  const log = path.join(root, 'npm.log')
  const installs = () => (fs.existsSync(log) ? fs.readFileSync(log, 'utf8').trim().split('\n').length : 0)
  return { root, env, run, installs }
}

const isFile = (project: Project, name: string) => fs.existsSync(path.join(project.root, name))

describe('setup.mjs installs', () => {
  it('once, without install scripts, and is silent afterwards', () => {
    const project = makeProject()
    const first = project.run()
    expect(first.status).toBe(0)
    expect(first.stderr).toContain('Setting up, once: about 20 s')
    expect(first.stdout).toBe('')
    expect(fs.readFileSync(path.join(project.root, 'npm.log'), 'utf8')).toContain('ci --ignore-scripts')
    const second = project.run()
    expect([second.status, second.stdout, second.stderr]).toEqual([0, '', ''])
    expect(project.installs()).toBe(1)
  })

  it('again when the lockfile has changed', () => {
    const project = makeProject()
    project.run()
    const packages = { '': { dependencies: { thing: '1.0.0' } }, 'node_modules/thing': { version: '1.0.1' } }
    fs.writeFileSync(path.join(project.root, 'package-lock.json'), JSON.stringify({ packages }))
    expect(project.run().status).toBe(0)
    expect(project.installs()).toBe(2)
  })

  it.each([
    ['the same packages', { 'node_modules/thing': LOCK_ENTRY }, 0],
    ['another version', { 'node_modules/thing': { version: '0.9.0' } }, 1],
    ['a package too many', { 'node_modules/thing': LOCK_ENTRY, 'node_modules/more': LOCK_ENTRY }, 1],
  ])('only what an earlier `npm ci` by hand did not: %s', (_name, packages, want) => {
    const project = makeProject()
    fs.mkdirSync(path.join(project.root, 'node_modules/thing'), { recursive: true })
    fs.writeFileSync(path.join(project.root, 'node_modules/.package-lock.json'), JSON.stringify({ packages }))
    expect(project.run().status).toBe(0)
    expect(project.installs()).toBe(want)
  })

  it('nothing by halves: a failed install is said in a sentence and tried again', () => {
    const project = makeProject()
    const failed = project.run({ NPM_FAILS: '1' })
    expect(failed.status).toBe(1)
    expect(failed.stderr).toContain('Installing the packages failed: `npm ci` ended with 1')
    expect(failed.stderr).toContain('npm error code E404')
    expect(isFile(project, '.setup-lock')).toBe(false)
    expect(project.run().status).toBe(0)
    expect(project.installs()).toBe(2)
  })
})

describe('setup.mjs and the Node of the next step', () => {
  it.each([
    ['v20.20.2', 1],
    ['v22.17.1', 1],
    ['v22.18.0', 0],
    ['v24.0.0', 0],
    ['v26.10.0', 0],
  ])('%s -> exit %i', (version, want) => {
    const result = makeProject().run({ NPM_NODE: version })
    expect(result.status).toBe(want)
    if (want === 1)
      expect(result.stderr).toMatch(/Rounds would run on Node [\d.]+, which is too old.*Looked .*Install Node 22\.18/)
  })

  it('falls back to the running Node and clears the way when the packaged one cannot run (musl)', () => {
    const project = makeProject()
    project.run({ NPM_NODE: 'v26.10.0' })
    fs.writeFileSync(path.join(project.root, 'node_modules/.bin/node'), '#!/no/such/loader\n', { mode: 0o755 })
    expect(project.run().status).toBe(0)
    expect(isFile(project, 'node_modules/.bin/node')).toBe(false)
  })
})

describe('setup.mjs and other set-ups', () => {
  const start = (project: Project): Promise<number | null> => {
    const child = spawn(process.execPath, ['setup.mjs'], {
      cwd: project.root,
      env: { ...project.env, NPM_SECONDS: '1' },
    })
    return new Promise((resolve) => child.on('close', resolve))
  }

  it('lets one of three install while the others wait', async () => {
    const project = makeProject()
    expect(await Promise.all([start(project), start(project), start(project)])).toEqual([0, 0, 0])
    expect(project.installs()).toBe(1)
    expect(isFile(project, 'node_modules/thing/done')).toBe(true)
    expect(isFile(project, '.setup-lock')).toBe(false)
  })

  it('takes over the lock of a process that is gone', () => {
    const project = makeProject()
    const gone = spawnSync(process.execPath, ['--version']).pid
    fs.mkdirSync(path.join(project.root, '.setup-lock'))
    const owner = JSON.stringify({ pids: [gone], host: os.hostname() })
    fs.writeFileSync(path.join(project.root, '.setup-lock/owner.json'), owner)
    expect(project.run().status).toBe(0)
    expect(project.installs()).toBe(1)
  })
})

describe('setup.mjs --dashboard', () => {
  it('says in one line that there is nothing to build yet', () => {
    const project = makeProject()
    project.run()
    const result = project.run({}, '--dashboard')
    expect([result.status, result.stderr]).toEqual([0, 'No dashboard/index.html yet: nothing to build.\n'])
  })

  it('turns a missing vite into a sentence', () => {
    const project = makeProject()
    fs.mkdirSync(path.join(project.root, 'dashboard'))
    fs.writeFileSync(path.join(project.root, 'dashboard/index.html'), '<!doctype html>')
    const result = project.run({}, '--dashboard')
    expect(result.status).toBe(1)
    expect(result.stderr).toContain('Building the dashboard failed')
  })
})
