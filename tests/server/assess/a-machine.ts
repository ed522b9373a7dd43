/** Builds the state of one machine: the healthy server with what a test changes. */

import type { Assessment } from '../../../server/assess.ts'
import type { AgentFacts, CheckFacts, Memory, SampleFact, Trend } from '../../../server/facts/facts.ts'
import type { Ping } from '../../../server/facts/ping.ts'
import type { MachineState } from '../../../server/fleet/machine-state.ts'
import type { PolicySetting } from '../../../server/policy/policy.ts'
import type { Sections } from '../../../shared/checks/index.ts'
import { CHECK_NAMES, type CheckName, type Role } from '../../../shared/checks/names.ts'
import { DAY_MS, type EpochMs, HOUR_MS, MINUTE_MS } from '../../../shared/units.ts'
import { COLLECTED_AGO, HEALTHY, NOW, SAMPLES } from './sections.ts'

type Parts = { readonly [C in CheckName]?: Partial<Sections[C]> }
type Samples = { readonly [C in CheckName]?: { readonly [key: string]: number | null | undefined } }

export type Changes = {
  readonly now?: EpochMs
  readonly role?: Role
  readonly parts?: Parts
  /** `undefined`: the sample is not there. */
  readonly samples?: Samples
  readonly agent?: Partial<AgentFacts>
  readonly memory?: Memory
  readonly trends?: { readonly [key: string]: Trend }
  readonly policy?: { readonly [key: string]: number | boolean }
  readonly pings?: readonly Ping[]
  readonly enrolledAt?: EpochMs
  readonly collectedAt?: EpochMs
}

const AGENT: AgentFacts = {
  lastReportAt: NOW - MINUTE_MS / 2,
  connected: true,
  skewMs: 120,
  futureMs: 0,
  reportEveryMs: MINUTE_MS,
  checkEveryMs: {
    antivirus: 15 * MINUTE_MS,
    backup: 15 * MINUTE_MS,
    disk: 6 * HOUR_MS,
    patch: 6 * HOUR_MS,
    posture: 15 * MINUTE_MS,
    system: DAY_MS,
  },
  build: '0.1.0',
  gap: null,
  currentBuild: '0.1.0',
}

/** Trends of a server that does not grow and has memory enough. */
const TRENDS: { readonly [key: string]: Trend } = {
  'disk/volume:/:usedBytes': { days: 14, perDay: 0, mean: 40e9, lastAt: NOW },
  'system/memory:usedBytes': { days: 14, perDay: 0, mean: 12e9, lastAt: NOW },
}

export function checkFacts<C extends CheckName>(check: C, changes: Changes = {}): CheckFacts<C> {
  const at = changes.collectedAt ?? (changes.now ?? NOW) - COLLECTED_AGO
  const section = { ...HEALTHY[check], ...changes.parts?.[check] } as Sections[C]
  const values = { ...SAMPLES[check], ...changes.samples?.[check] }
  const samples = new Map<string, SampleFact>()
  for (const [key, value] of Object.entries(values)) if (value !== undefined) samples.set(key, { value, at })
  const keys = [...new Set([...section.samples, ...Object.keys(values)])].sort()
  const parts = Object.keys(section).filter((part) => part !== 'samples')
  const collectedAt = Object.fromEntries(parts.map((part) => [part, at])) as CheckFacts<C>['collectedAt']
  return { section: { ...section, samples: keys }, collectedAt, lastAt: at, samples }
}

export function aMachine(changes: Changes = {}): MachineState {
  const now = changes.now ?? NOW
  const setting = ([key, value]: [string, number | boolean]): PolicySetting => ({
    key,
    value,
    reason: 'asked for',
    setBy: 'ann',
    setAt: now - DAY_MS,
  })
  const checks = Object.fromEntries(CHECK_NAMES.map((check) => [check, checkFacts(check, changes)]))
  return {
    id: 'm1',
    clientId: 'c1',
    siteId: 's1',
    slug: 'srv-01',
    name: 'SRV-01',
    role: changes.role ?? 'server',
    place: '',
    person: '',
    enrolledAt: changes.enrolledAt ?? now - 200 * DAY_MS,
    agent: { ...AGENT, lastReportAt: now - MINUTE_MS / 2, ...changes.agent },
    checks: checks as MachineState['checks'],
    memory: changes.memory ?? {},
    trends: new Map(Object.entries({ ...TRENDS, ...changes.trends })),
    policy: { client: [], site: [], machine: Object.entries(changes.policy ?? {}).map(setting) },
    findings: [],
    ...(changes.pings === undefined ? {} : { pings: changes.pings }),
    acceptances: [],
    outcomes: [],
    assessedAt: null,
    dueAt: now,
    version: 1,
    assessedQ: 0,
    upTo: 1,
  }
}

/** The state after an assessment was saved. */
export function saved(state: MachineState, assessment: Assessment): MachineState {
  return {
    ...state,
    memory: assessment.memory,
    findings: assessment.open.map((finding, at) => ({ ...finding, number: finding.number || at + 1 })),
    outcomes: assessment.outcomes,
    assessedAt: assessment.assessedAt,
    dueAt: assessment.dueAt,
    version: assessment.version + 1,
  }
}
