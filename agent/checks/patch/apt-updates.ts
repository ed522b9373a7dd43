/** Simulations of apt → the disjoint buckets of the section, and the source `patch/apt`. Pure. */
import type { PatchSection, Updates } from '../../../shared/checks/patch.ts'
import { type Failure, failed, read } from '../../../shared/reading.ts'
import { err, ok, type Result } from '../../../shared/result.ts'
import type { Source } from '../collector.ts'
import { decode } from '../decode.ts'
import { firstLine } from '../parts.ts'
import { type AptInstall, type AptSimulation, parseAptSimulation } from './apt-simulation.ts'

/** What is known of holds: their names (`apt-mark showhold`) and what `--ignore-hold` would install besides. */
export type Holds = { readonly names: ReadonlySet<string>; readonly ignoring: AptSimulation }

const MAX_NAMES = 256

/**
 * Counts each waiting package in one bucket. A newly installed package counts as an update: a kernel arrives under a new
 * name, without an old version. Without `holds` (one output alone), packages that stay without being listed count as held.
 */
export function bucketUpdates(simulation: AptSimulation, holds: Holds | null): Updates {
  const security = simulation.installs.filter((install) => install.security)
  const installable = new Set(simulation.installs.map(({ name }) => name))
  const held = holds === null ? new Set<string>() : waitingHolds(simulation, holds, installable)
  const phased = simulation.phased.filter((name) => !held.has(name))
  const keptBack = simulation.keptBack.filter((name) => !held.has(name) && !simulation.phased.includes(name))
  const listed = held.size + phased.length + keptBack.length
  const unlisted = Math.max(0, (simulation.notUpgraded ?? 0) - listed)
  return {
    security: security.length,
    other: simulation.installs.length - security.length,
    phased: phased.length,
    held: held.size + (holds === null ? unlisted : 0),
    heldSecurity: (holds?.ignoring.installs ?? []).filter(({ name, security: is }) => is && held.has(name)).length,
    keptBack: keptBack.length + (holds === null ? 0 : unlisted),
    securityUpdates: listSecurity(security),
  }
}

/** Held packages for which something newer waits. */
function waitingHolds(
  simulation: AptSimulation,
  { names, ignoring }: Holds,
  installable: ReadonlySet<string>,
): Set<string> {
  const stays = new Set([...simulation.keptBack, ...simulation.phased, ...ignoring.installs.map(({ name }) => name)])
  return new Set([...names].filter((name) => stays.has(name) && !installable.has(name)))
}

/** Names sorted by code unit, so that the section does not depend on apt's order. */
export function listSecurity(installs: readonly AptInstall[]): Updates['securityUpdates'] {
  return installs
    .map(({ name, version }) => ({ name, version }))
    .sort((a, b) => (a.name < b.name ? -1 : Number(a.name > b.name)))
    .slice(0, MAX_NAMES)
}

/** Whether apt refused because the package database itself is damaged, and its words. */
export function brokenDatabase(stderr: string): string | null {
  const found = /^E: .*(?:unmet dependencies|dpkg was interrupted|needs to be reinstalled|held broken packages).*$/im
  return found.exec(stderr)?.[0].slice(0, 300) ?? null
}

/** A failed run of apt in the words of a reading. Errors: `locked` or `exit`. */
export function aptFailure(stderr: string, exitCode: number | null): Failure {
  const said = stderr.split('\n').find((line) => line.startsWith('E:')) ?? firstLine(stderr)
  const code = /could not get lock|unable to lock/i.test(said) ? 'locked' : 'exit'
  return { code, detail: `apt-get -s dist-upgrade ended with ${exitCode ?? 'a signal'}: ${said.slice(0, 300)}` }
}

/**
 * `apt-get -s -o Debug::NoLocking=true dist-upgrade`. Also says `database` broken when apt itself says so; it never says
 * that the database is healthy. Errors: `exit`, `locked`, `empty`, `parse`.
 */
export const aptSource: Source<'patch'> = {
  id: 'patch/apt',
  check: 'patch',
  parse: ({ stdout, stderr, exitCode }) => {
    if (exitCode !== 0) return failedRun(stderr, exitCode)
    const simulation = parseAptSimulation(decode(stdout))
    if (!simulation.ok) return simulation
    return ok({
      parts: {
        manager: read('patch/apt', { name: 'apt' }),
        updates: read('patch/apt', bucketUpdates(simulation.value, null)),
        ...(simulation.value.halfInstalled > 0 ? { database: BROKEN } : {}),
      },
      samples: {},
    })
  },
}

const BROKEN: PatchSection['database'] = read('patch/apt', { broken: true, problems: [] })

function failedRun(stderr: string, exitCode: number | null): ReturnType<Source<'patch'>['parse']> {
  const failure = aptFailure(stderr, exitCode)
  if (brokenDatabase(stderr) === null) return err(failure)
  const updates = failed('patch/apt', failure)
  return ok({ parts: { manager: read('patch/apt', { name: 'apt' }), updates, database: BROKEN }, samples: {} })
}

/** @returns the simulation of one run, or why there is none. Errors: `exit`, `locked`, `empty`, `parse`. */
export function simulationOf(output: {
  readonly stdout: Uint8Array
  readonly stderr: string
  readonly exitCode: number | null
}): Result<AptSimulation, Failure> {
  if (output.exitCode !== 0) return err(aptFailure(output.stderr, output.exitCode))
  return parseAptSimulation(decode(output.stdout))
}
