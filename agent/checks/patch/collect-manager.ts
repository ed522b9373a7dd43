/** Finds the package manager of a Linux machine. I/O through the probe; starts nothing. */
import type { Failure } from '../../../shared/reading.ts'
import { err, ok, type Result } from '../../../shared/result.ts'
import type { Probe } from '../../probe/probe.ts'
import type { ProgramName } from '../../probe/programs.ts'
import { decode } from '../decode.ts'
import { chooseManager, LINUX_MANAGERS, type LinuxManager } from './managers.ts'

const PROGRAM: { readonly [M in LinuxManager]: ProgramName } = {
  apt: 'apt-get',
  dnf: 'dnf',
  yum: 'yum',
  zypper: 'zypper',
  pacman: 'pacman',
  apk: 'apk',
  'rpm-ostree': 'rpm-ostree',
}

/** Errors: `unsupported`, naming what was looked for. */
export async function findManager(probe: Probe): Promise<Result<LinuxManager, Failure>> {
  const found = new Set<LinuxManager>()
  for (const manager of LINUX_MANAGERS) if (await probe.has(PROGRAM[manager])) found.add(manager)
  const isOstree = (await probe.stat('/run/ostree-booted')).ok
  const chosen = chooseManager(await readRelease(probe), found, isOstree)
  if (chosen !== null) return ok(chosen)
  return err({
    code: 'unsupported',
    detail: `No known package manager here; looked for ${Object.values(PROGRAM).join(', ')}`,
  })
}

async function readRelease(probe: Probe): Promise<string> {
  for (const path of ['/etc/os-release', '/usr/lib/os-release']) {
    const file = await probe.readFile(path, { maxBytes: 16_384 })
    if (file.ok) return decode(file.value)
  }
  return ''
}
