/** The series of one machine at one moment, from its state. Pure. */
import type { CheckName } from '../../shared/checks/names.ts'
import { CHECK_NAMES } from '../../shared/checks/names.ts'
import { SEVERITIES } from '../../shared/severity.ts'
import type { EpochMs } from '../../shared/units.ts'
import { MINUTE_MS } from '../../shared/units.ts'
import { cadenceOfSample, PART_CADENCES, staleAfterMs } from '../facts/rhythms.ts'
import { acceptanceOf, nextAcceptanceChange } from '../findings/accepted.ts'
import { type Policy, resolvePolicy } from '../policy/resolve.ts'
import type { MachineEntry } from '../views/machine-entry.ts'
import { checkSeries } from './check-series.ts'
import { labelText } from './exposition.ts'
import type { FamilyKey } from './names.ts'

/** Takes one value. `more`: labels beyond those of the machine, as text; empty: none. */
export type Put = (family: FamilyKey, more: string, value: number | null) => void

/** What of a machine can be read now. `blind`: check and part → reason. */
export type Readable = {
  readonly isSilent: boolean
  readonly blind: ReadonlyMap<string, string>
  readonly policy: Policy
  /** First moment at which this answer changes by time alone. */
  readonly until: EpochMs
}

/** Reports missed after which a machine counts as silent here, and the least time. */
const REPORTS_MISSED = 3
const LEAST_SILENCE_MS = 3 * MINUTE_MS

/** @returns the labels that every series of a machine carries. */
export function machineLabels({ state, client, site }: MachineEntry): string {
  return labelText({ client: client.slug, site: site?.slug ?? '', machine: state.slug })
}

/** Puts every series of a machine. @returns the first moment at which they change by time alone. */
export function machineSeries(entry: MachineEntry, now: EpochMs, put: Put): EpochMs {
  const readable = readableOf(entry, now)
  putAlways(entry, now, put)
  putReadable(entry, readable, put)
  let until = Math.min(readable.until, nextAcceptanceChange(entry.state.acceptances, now))
  const sampleOf = (check: CheckName, key: string): number | null => {
    const fact = entry.state.checks[check].samples.get(key)
    if (fact === undefined || fact.value === null) return null
    const staleAt = fact.at + staleAfterMs(readable.policy, cadenceOfSample(check, key))
    if (now > staleAt) return null
    until = Math.min(until, staleAt + 1)
    return fact.value
  }
  if (!readable.isSilent) checkSeries(entry.state, (part) => !readable.blind.has(part), sampleOf, put)
  return until
}

function putAlways({ state, client }: MachineEntry, now: EpochMs, put: Put): void {
  const { os } = state.checks.system.section
  const info = {
    name: state.name,
    client_name: client.name,
    role: state.role,
    os: os.state === 'value' ? os.value.id : '',
    os_version: os.state === 'value' ? (os.value.version ?? '') : '',
    build: state.agent.build ?? '',
  }
  put('info', labelText(info), 1)
  put('up', '', state.agent.connected ? 1 : 0)
  put('lastReport', '', seconds(state.agent.lastReportAt))
  put('enrolled', '', seconds(state.enrolledAt))
  const counts = { critical: 0, warning: 0, info: 0 }
  let accepted = 0
  for (const finding of state.findings) {
    if (finding.resolvedAt !== null) continue
    if (acceptanceOf(state.acceptances, finding, now) === null) counts[finding.severity] += 1
    else accepted += 1
  }
  put('accepted', '', accepted)
  for (const severity of SEVERITIES) put('findings', SEVERITY_LABELS[severity], counts[severity])
  let unknown = 0
  for (const outcome of state.outcomes) if (outcome.state === 'unknown') unknown += 1
  put('unknowns', '', unknown)
}

const SEVERITY_LABELS = { critical: 'severity="critical"', warning: 'severity="warning"', info: 'severity="info"' }
const CHECK_LABELS = Object.fromEntries(CHECK_NAMES.map((check) => [check, `check="${check}"`])) as {
  readonly [C in CheckName]: string
}

function putReadable({ state }: MachineEntry, { isSilent, blind }: Readable, put: Put): void {
  const blindChecks = new Set<string>()
  for (const [part, reason] of blind) {
    const [check = '', name = ''] = part.split('/')
    blindChecks.add(check)
    put('unreadable', `check="${check}",part="${name}",reason="${reason}"`, 1)
  }
  for (const check of CHECK_NAMES) {
    put('readable', CHECK_LABELS[check], blindChecks.has(check) ? 0 : 1)
    put('collected', CHECK_LABELS[check], seconds(state.checks[check].lastAt))
  }
  if (isSilent) return
  let passes = 0
  for (const outcome of state.outcomes) if (outcome.state === 'pass') passes += 1
  put('passes', '', passes)
  put('skew', '', state.agent.skewMs === null ? null : state.agent.skewMs / 1_000)
}

/** A machine is silent when reports are missing; its parts are then stale, whatever they said. */
function readableOf({ state }: MachineEntry, now: EpochMs): Readable {
  const { lastReportAt, reportEveryMs } = state.agent
  const silentAt = lastReportAt === null ? 0 : lastReportAt + Math.max(LEAST_SILENCE_MS, REPORTS_MISSED * reportEveryMs)
  const isSilent = now > silentAt
  const policy = resolvePolicy(state.policy, state.role)
  const blind = new Map<string, string>()
  let until = isSilent ? Number.POSITIVE_INFINITY : silentAt + 1
  for (const check of CHECK_NAMES)
    until = Math.min(until, noteBlind(state.checks[check], check, policy, now, isSilent, blind))
  return { isSilent, blind, policy, until }
}

type Checked = {
  readonly section: { readonly [part: string]: unknown }
  readonly collectedAt: { readonly [part: string]: EpochMs | undefined }
  readonly lastAt: EpochMs | null
}

function noteBlind(
  { section, collectedAt, lastAt }: Checked,
  check: CheckName,
  policy: Policy,
  now: EpochMs,
  isSilent: boolean,
  blind: Map<string, string>,
): EpochMs {
  let until = Number.POSITIVE_INFINITY
  for (const [part, cadence] of CADENCES[check]) {
    const reason = reasonOf(section[part])
    if (reason !== null) blind.set(`${check}/${part}`, reason)
    else if (isSilent) blind.set(`${check}/${part}`, 'stale')
    else {
      const staleAt = (collectedAt[part] ?? lastAt ?? 0) + staleAfterMs(policy, cadence)
      if (now > staleAt) blind.set(`${check}/${part}`, 'stale')
      else until = Math.min(until, staleAt + 1)
    }
  }
  return until
}

type Cadence = Parameters<typeof staleAfterMs>[1]
const CADENCES = Object.fromEntries(
  CHECK_NAMES.map((check) => [check, Object.entries(PART_CADENCES[check])]),
) as unknown as { readonly [C in CheckName]: readonly (readonly [string, Cadence])[] }

/** null: it was read. */
function reasonOf(reading: unknown): string | null {
  if (typeof reading !== 'object' || reading === null || !('state' in reading)) return 'never'
  if (reading.state === 'value') return null
  return reading.state === 'failed' && 'code' in reading ? String(reading.code) : 'never'
}

/** Epoch seconds of an instant; null stays null. */
export function seconds(at: EpochMs | null): number | null {
  return at === null ? null : at / 1_000
}
