/** Updates: a batch each Tuesday, installed on Thursday night by servers and at the next start after a day by workstations. Pure. */
import { DAY_MS, type EpochMs, HOUR_MS, MINUTE_MS } from '../../../shared/units.ts'
import { chance } from '../chance.ts'
import { atLocal, localDay, weekdayOf } from '../local-time.ts'
import { osOf } from '../scenario/operating-systems.ts'
import { type DemoMachine, SERVER_INSTALL_MINUTES } from '../scenario/world.ts'
import { stretchAt, stretchFrom } from './presence.ts'

const WEEK_MS = 7 * DAY_MS
/** Tuesday, 6 January 1970, 18:00 UTC. */
const FIRST_TUESDAY = 5 * DAY_MS + 18 * HOUR_MS
const WEEKS_BACK = 30

const LINUX_NAMES = [
  'openssl',
  'libc6',
  'curl',
  'sudo',
  'openssh-server',
  'bind9-libs',
  'libxml2',
  'git',
  'vim-common',
  'python3.11',
  'libtiff6',
  'perl-base',
  'rsync',
  'libexpat1',
  'gnutls-bin',
  'krb5-locales',
  'nginx',
  'libarchive13',
  'tar',
  'glib2.0',
  'systemd',
  'libgcrypt20',
  'wget',
  'iputils-ping',
  'libssh2-1',
  'busybox',
  'less',
  'apt',
  'ncurses-base',
  'jq',
] as const

/** When a week's batch comes out. */
export function releasedAt(week: number): EpochMs {
  return FIRST_TUESDAY + week * WEEK_MS
}

/** Number of the newest batch at an instant. */
export function newestBatch(at: EpochMs): number {
  return Math.floor((at - FIRST_TUESDAY) / WEEK_MS)
}

/** Names and versions of a batch's security updates; other weeks bring other names. */
export function batchOf(
  { spec, seed }: DemoMachine,
  week: number,
): readonly { readonly name: string; readonly version: string | null }[] {
  const { packages } = osOf(spec.os)
  if (packages === 'windows-update') return [{ name: `KB50${70_000 + week * 7}`, version: null }]
  if (packages === 'softwareupdate') return [{ name: `Security Response ${week}`, version: null }]
  const size = 1 + Math.floor(chance(seed, spec.os, week, 'batch') * 2)
  return Array.from({ length: size }, (_, at) => {
    const name = LINUX_NAMES[(week * 2 + at) % LINUX_NAMES.length] ?? 'base-files'
    return { name, version: `${1 + (week % 9)}.${week % 97}-${at + 1}` }
  })
}

const installs = new WeakMap<DemoMachine, Map<number, EpochMs | null>>()

/** When a machine installs a batch; null: not yet known, it waits. */
export function installedAt(machine: DemoMachine, week: number): EpochMs | null {
  const known = installs.get(machine) ?? new Map<number, EpochMs | null>()
  installs.set(machine, known)
  const found = known.get(week)
  if (found !== undefined) return found
  const at = afterStuck(machine, regularInstall(machine, releasedAt(week)))
  known.set(week, at)
  return at
}

function regularInstall(machine: DemoMachine, released: EpochMs): EpochMs | null {
  if (machine.spec.role !== 'server') {
    const wanted = released + 26 * HOUR_MS
    const running = stretchAt(machine, wanted)
    const next = stretchFrom(machine, running === null ? wanted : running.to)
    return next === null ? null : next.from + 20 * MINUTE_MS
  }
  let day = localDay(released)
  while (weekdayOf(day) !== 4) day += 1
  const night = atLocal(day, SERVER_INSTALL_MINUTES)
  const running = stretchFrom(machine, night)
  return running === null ? null : Math.max(night, running.from)
}

function afterStuck(machine: DemoMachine, at: EpochMs | null): EpochMs | null {
  if (at === null) return null
  const stuck = machine.happenings.find(
    ({ kind, from, to }) => kind === 'updates-stuck' && at >= from && (to === null || at < to),
  )
  if (stuck === undefined) return at
  if (stuck.to === null) return null
  const running = stretchFrom(machine, stuck.to)
  return running === null ? null : Math.max(stuck.to, running.from) + 5 * MINUTE_MS
}

/** Batches that wait at an instant, oldest first. */
export function waitingBatches(machine: DemoMachine, at: EpochMs): readonly number[] {
  const newest = newestBatch(at)
  const waiting: number[] = []
  for (let week = newest; week > newest - WEEKS_BACK; week -= 1) {
    const done = installedAt(machine, week)
    if (done === null || done > at) waiting.unshift(week)
  }
  return waiting
}

/** When updates were last installed; null: not in thirty weeks. */
export function lastInstallAt(machine: DemoMachine, at: EpochMs): EpochMs | null {
  const newest = newestBatch(at)
  let last: EpochMs | null = null
  for (let week = newest; week > newest - WEEKS_BACK; week -= 1) {
    const done = installedAt(machine, week)
    if (done !== null && done <= at && (last === null || done > last)) last = done
    // Batches are installed in order: an older one is never newer than this.
    if (last !== null) return last
  }
  return last
}
