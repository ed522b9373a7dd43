/** Upgrades that keep failing on machines with apt: by unattended-upgrades' own log, and by the history of apt. I/O through the probe; starts nothing. */
import type { PatchSection } from '../../../shared/checks/patch.ts'
import { type Failure, failed, read } from '../../../shared/reading.ts'
import type { Result } from '../../../shared/result.ts'
import type { EpochMs } from '../../../shared/units.ts'
import type { Probe } from '../../probe/probe.ts'
import type { Contribution } from '../collector.ts'
import { decode } from '../decode.ts'
import { namedFailures } from './apt-failures.ts'
import { notInFuture, parseAptHistory } from './apt-history.ts'
import { readZone } from './collect-zone.ts'
import { parseUnattendedLog } from './unattended-upgrades.ts'

const LOG = '/var/log/unattended-upgrades/unattended-upgrades.log'
const HISTORY = '/var/log/apt/history.log'

type Failures = Extract<PatchSection['failing'], { readonly state: 'value' }>['value']
type Found = { readonly failures: Failures; readonly at: EpochMs | null }

/** Both are rotated monthly: an empty one holds no failure. Where neither is kept, nobody writes failures down. */
export async function collectFailing(probe: Probe, now: EpochMs): Promise<Contribution<'patch'>> {
  const zone = await readZone(probe)
  const automatic = await readOne(probe, LOG, (text) => {
    const runs = parseUnattendedLog(text, zone)
    if (!runs.ok) return runs
    const { failures: times, failedAt: at } = runs.value
    return { ok: true, value: { failures: times === 0 ? [] : [{ name: 'unattended-upgrades', times }], at } }
  })
  const byHand = await readOne(probe, HISTORY, (text) => {
    const history = parseAptHistory(text, zone)
    if (!history.ok) return history
    const { failures } = history.value
    return { ok: true, value: { failures: namedFailures(failures), at: failures.at } }
  })
  return together(automatic, byHand, now)
}

type Kept = Result<Found | null, Failure>

/** null: no such file. */
async function readOne(probe: Probe, path: string, parse: (text: string) => Result<Found, Failure>): Promise<Kept> {
  const file = await probe.readFile(path, { tail: true })
  if (!file.ok) return file.error.code === 'empty' ? { ok: true, value: null } : file
  const found = parse(decode(file.value))
  return !found.ok && found.error.code === 'empty' ? { ok: true, value: { failures: [], at: null } } : found
}

/** A log that cannot be read hides no failure that the other one tells, and proves none away. */
function together(automatic: Kept, byHand: Kept, now: EpochMs): Contribution<'patch'> {
  const found = [automatic, byHand].flatMap((one) => (one.ok && one.value !== null ? [one.value] : []))
  const failures = found.flatMap((one) => one.failures)
  const source = automatic.ok && automatic.value === null ? 'patch/apt-history' : 'patch/unattended-upgrades'
  const unread = [automatic, byHand].find((one) => !one.ok)
  if (failures.length === 0 && unread !== undefined && !unread.ok)
    return { parts: { failing: failed(source, unread.error) }, samples: {} }
  if (found.length === 0) {
    const detail = 'neither unattended-upgrades nor apt keeps a log here'
    return { parts: { failing: failed(source, { code: 'unsupported', detail }) }, samples: {} }
  }
  const times = found.flatMap(({ at }) => notInFuture(at, now) ?? [])
  return {
    parts: { failing: read(source, [...failures]) },
    samples: times.length === 0 ? {} : { 'failing:lastAt': Math.max(...times) },
  }
}
