/**
 * Installs Debian packages that a system block needs. Not pure: changes the machine, and only by adding packages.
 */
import fs from 'node:fs'
import { runProgram } from '../support/run-program.ts'

/** invoke-rc.d and deb-systemd-invoke (Debian 12) ask this file; exit 101 means "start no daemon". */
const POLICY = '/usr/sbin/policy-rc.d'
const APT_TIMEOUT_MS = 300_000
const ENV = { ...process.env, DEBIAN_FRONTEND: 'noninteractive', LC_ALL: 'C' }

/** null when the lists are fresh; else why they are not. Asked once, by the first block that lacks something. */
let lists: Promise<string | null> | null = null

async function isInstalled(name: string): Promise<boolean> {
  const { stdout } = await runProgram('dpkg', ['-s', name])
  return stdout.includes('\nStatus: install ok installed\n')
}

async function apt(...args: string[]): Promise<string | null> {
  const { code, stderr } = await runProgram('apt-get', args, { env: ENV, timeoutMs: APT_TIMEOUT_MS })
  const said = stderr.trim().split('\n').at(-1) ?? ''
  return code === 0 ? null : `apt-get ${args[0]} ended with ${code ?? 'no answer'}: ${said}`
}

/** Installs with daemons held back: a package that starts its own server would stand in a test's way. */
async function installQuietly(names: readonly string[]): Promise<string | null> {
  const isOurs = !fs.existsSync(POLICY)
  if (isOurs) fs.writeFileSync(POLICY, '#!/bin/sh\nexit 101\n', { mode: 0o755 })
  try {
    return await apt('install', '-y', '-q', '--no-install-recommends', ...names)
  } finally {
    if (isOurs) fs.rmSync(POLICY, { force: true })
  }
}

/**
 * Makes sure that the packages are there: `apt-get update` once per run, and only when something is missing.
 * @returns null when they are; else one line saying why not.
 */
export async function ensurePackages(names: readonly string[]): Promise<string | null> {
  const answers = await Promise.all(names.map(isInstalled))
  const missing = names.filter((_, at) => answers[at] === false)
  if (missing.length === 0) return null
  const what = `needs ${missing.join(' ')}`
  if (process.platform !== 'linux' || !fs.existsSync('/usr/bin/apt-get')) return `${what}, and this is no Debian`
  if (process.getuid?.() !== 0) return `${what}, and only root can install packages`
  lists ??= apt('update', '-q')
  const failed = (await lists) ?? (await installQuietly(missing))
  return failed === null ? null : `${what}; ${failed}`
}
