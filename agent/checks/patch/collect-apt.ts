/** What waits on machines with apt, and whether the database is whole. I/O through the probe; nothing is refreshed or installed. */
import type { PatchSection } from '../../../shared/checks/patch.ts'
import { type Failure, failed, read } from '../../../shared/reading.ts'
import { err, ok, type Result } from '../../../shared/result.ts'
import { MINUTE_MS } from '../../../shared/units.ts'
import type { Probe } from '../../probe/probe.ts'
import type { CollectContext, Contribution } from '../collector.ts'
import { decode } from '../decode.ts'
import { readProcessNames } from '../processes.ts'
import { isSecurityList } from './apt-lists.ts'
import type { AptSimulation } from './apt-simulation.ts'
import { brokenDatabase, bucketUpdates, type Holds, simulationOf } from './apt-updates.ts'
import { collectFailing } from './collect-failing.ts'
import { type Lists, readLists } from './collect-lists.ts'
import { parseDpkgAudit } from './dpkg-audit.ts'

const TIMEOUT_MS = 2 * MINUTE_MS
/** The planner's log is apt's own trace for bug reports; without this each simulation by root would replace it (apt 2.6). */
const SIMULATE = [
  '-s',
  '-o',
  'Debug::NoLocking=true',
  '-o',
  'APT::Get::Show-User-Simulation-Note=false',
  '-o',
  'Dir::Log::Planner=/dev/null',
]

/** Three or four children (apt-mark, apt-get, dpkg), no network. */
export async function collectApt({ probe, now }: CollectContext): Promise<Contribution<'patch'>> {
  const simulated = await simulate(probe, ['dist-upgrade'])
  const updates = await collectUpdates(probe, simulated.result)
  const database = await collectDatabase(probe, simulated)
  const failing = await collectFailing(probe, now)
  return {
    parts: { manager: read('patch/apt', { name: 'apt' }), updates, database, ...failing.parts },
    samples: failing.samples,
  }
}

type Simulated = { readonly result: Result<AptSimulation, Failure>; readonly complaint: string | null }

async function simulate(probe: Probe, command: readonly string[]): Promise<Simulated> {
  const run = await probe.exec('apt-get', [...SIMULATE, ...command], {
    timeoutMs: TIMEOUT_MS,
    maxBytes: 4 * 1024 * 1024,
  })
  if (!run.ok) return { result: run, complaint: null }
  return { result: simulationOf(run.value), complaint: brokenDatabase(run.value.stderr) }
}

async function collectUpdates(
  probe: Probe,
  simulated: Result<AptSimulation, Failure>,
): Promise<PatchSection['updates']> {
  if (!simulated.ok) return failed('patch/apt', simulated.error)
  const lists = await readLists(probe)
  if (!lists.ok) return failed('patch/apt', lists.error)
  const holds = await readHolds(probe)
  if (!holds.ok) return failed('patch/apt', holds.error)
  const updates = bucketUpdates(simulated.value, holds.value)
  const unproven = updates.security === 0 && updates.heldSecurity === 0 ? whyNoSecurity(lists.value) : null
  if (unproven === null) return read('patch/apt', updates)
  const detail = `${unproven}; ${updates.other} other updates wait`
  return failed('patch/apt', { code: 'empty', detail })
}

/** "No security updates" needs a list in which they would stand. */
function whyNoSecurity({ releases }: Lists): string | null {
  if (releases.some(isSecurityList)) return null
  return `No list of a security source among ${releases.length} in /var/lib/apt/lists, so security updates cannot be told`
}

/** Holds cost a second simulation, made only when something is held. */
async function readHolds(probe: Probe): Promise<Result<Holds | null, Failure>> {
  const held = await probe.exec('apt-mark', ['showhold'], { timeoutMs: TIMEOUT_MS })
  if (!held.ok) return held
  const { stdout, exitCode, stderr } = held.value
  if (exitCode !== 0)
    return err({ code: 'exit', detail: `apt-mark showhold ended with ${exitCode}: ${stderr.slice(0, 200)}` })
  const names = new Set(
    decode(stdout)
      .split('\n')
      .map((line) => line.trim())
      .filter((line) => line !== ''),
  )
  const ignoring = names.size === 0 ? NOTHING_HELD : (await simulate(probe, ['--ignore-hold', 'dist-upgrade'])).result
  return ignoring.ok ? ok({ names, ignoring: ignoring.value }) : ignoring
}

const NOTHING_HELD = ok<AptSimulation>({ installs: [], keptBack: [], phased: [], notUpgraded: null, halfInstalled: 0 })

async function collectDatabase(probe: Probe, simulated: Simulated): Promise<PatchSection['database']> {
  const audit = await auditDatabase(probe)
  if (!audit.ok) return failed('patch/dpkg-audit', audit.error)
  const journal = await probe.list('/var/lib/dpkg/updates')
  if (!journal.ok && journal.error.code !== 'empty') return failed('patch/dpkg-audit', journal.error)
  // A number is an entry that dpkg has not taken over; `tmp.i` is its scratch file.
  const pending = journal.ok ? journal.value.filter(({ name }) => /^\d+$/.test(name)).length : 0
  const halfInstalled = simulated.result.ok && simulated.result.value.halfInstalled > 0
  const broken = audit.value.length > 0 || pending > 0 || halfInstalled || simulated.complaint !== null
  if (broken && (await isDpkgWorking(probe))) {
    return failed('patch/dpkg-audit', { code: 'locked', detail: 'dpkg is installing something right now' })
  }
  return read('patch/dpkg-audit', { broken, problems: [...audit.value] })
}

async function auditDatabase(probe: Probe): Promise<Result<readonly string[], Failure>> {
  const run = await probe.exec('dpkg', ['--audit'], { timeoutMs: TIMEOUT_MS })
  if (!run.ok) return run
  const { stdout, stderr, exitCode } = run.value
  const problems = parseDpkgAudit(decode(stdout))
  const isAnswer = problems.ok && (problems.value.length > 0 || (exitCode === 0 && stderr.trim() === ''))
  if (isAnswer || !problems.ok) return problems
  return err({ code: 'exit', detail: `dpkg --audit ended with ${exitCode ?? 'a signal'}: ${stderr.slice(0, 200)}` })
}

/** While dpkg works, packages are half-way without anything being broken. */
async function isDpkgWorking(probe: Probe): Promise<boolean> {
  const names = await readProcessNames(probe)
  return names.ok && ['dpkg', 'unattended-upgr'].some((name) => names.value.has(name))
}
