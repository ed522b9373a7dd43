/** What a visit report is made from, and the scene that every part looks at. The input is data; nothing here reads a clock. Pure. */
import { createFormatter } from '../../../shared/text/create-formatter.ts'
import { sayFirstOfMonth } from '../../../shared/text/first-of-month.ts'
import type { Formatter, Language } from '../../../shared/text/format.ts'
import { VISIT_REPORT } from '../../../shared/text/visit-report-catalogue.ts'
import type { VisitReportText } from '../../../shared/text/visit-report-text.ts'
import { DAY_MS, type EpochMs, HOUR_MS, MINUTE_MS } from '../../../shared/units.ts'
import type { WorkingCalendar } from '../../facts/working-hours.ts'
import type { MachineState } from '../../fleet/machine-state.ts'
import type { Site } from '../../store/store.ts'
import type { ReportOperator } from '../report/visit-report.ts'
import type { SinceVisit } from '../since-visit.ts'
import type { Acceptance, Action, Recommendation, RestoreTest, SnapshotAttestation, Visit } from '../visit.ts'

/** Everything that one revision of a report says. */
export type ReportInput = {
  readonly operator: ReportOperator
  readonly client: {
    readonly name: string
    readonly timeZone: string
    readonly language: Language
  }
  readonly sites: readonly Site[]
  readonly visit: Visit
  /** Number of this revision, from 1, and when it was made. */
  readonly revision: number
  readonly createdAt: EpochMs
  /** Machines of the frozen snapshot with the acceptances in force when the report was made, and when it was frozen. */
  readonly machines: readonly MachineState[]
  readonly frozenAt: EpochMs
  /** SHA-256 of the snapshot, hex. */
  readonly snapshotHash: string
  readonly attestations: readonly SnapshotAttestation[]
  /** The last sent visit before: its machines as frozen then. null: there was none. */
  readonly previous: { readonly frozenAt: EpochMs; readonly machines: readonly MachineState[] } | null
  readonly since: SinceVisit
  /** Actions of the client: open ones, those done or dropped at this visit, and those that an answer told here led to. */
  readonly actions: readonly Action[]
  /** Of this visit, by rank; then of earlier ones what is asked again, and what was answered since the last report. */
  readonly recommendations: readonly Recommendation[]
  /** Of this visit and known from before, newest first. */
  readonly restoreTests: readonly RestoreTest[]
  /** In force when the report was made. */
  readonly acceptances: readonly Acceptance[]
  /** Of earlier visits: put off until a date that is still to come. */
  readonly deferred: readonly Recommendation[]
  readonly nextVisitAt: EpochMs | null
  readonly calendar: WorkingCalendar
  /** Version of the server that wrote it. */
  readonly serverVersion: string
}

/** The input with what every part needs. */
export type Scene = {
  readonly input: ReportInput
  readonly f: Formatter
  readonly texts: VisitReportText
  readonly nameOf: (machineId: string) => string
  /** Dates of documents always carry the year. */
  readonly day: (at: EpochMs) => string
  /** `24 November 2026, 17:10`. */
  readonly clock: (at: EpochMs) => string
  /** Order of machines by name, as people sort: `PC-2` before `PC-10`. */
  readonly compareNames: (a: { readonly name: string }, b: { readonly name: string }) => number
  /** `1 h 20`. */
  readonly time: (minutes: number) => string
  /** `14 minutes`, `1 h 35`, `6 days`. */
  readonly lasting: (ms: number) => string
}

const LOCALES = { en: 'en-GB', fr: 'fr-FR' } as const

/** @returns the scene of a report. Ages are as of the moment that the snapshot was frozen. */
export function sceneOf(input: ReportInput): Scene {
  const { language, timeZone } = input.client
  const f = createFormatter({ language, timeZone, now: input.frozenAt })
  const options = { timeZone, day: 'numeric', month: 'long', year: 'numeric' } as const
  const day = new Intl.DateTimeFormat(LOCALES[language], options)
  const clock = new Intl.DateTimeFormat(LOCALES[language], {
    ...options,
    hour: '2-digit',
    minute: '2-digit',
    hourCycle: 'h23',
  })
  const collator = new Intl.Collator(LOCALES[language], { numeric: true })
  const compareNames: Scene['compareNames'] = (a, b) => collator.compare(a.name, b.name)
  const past = input.previous?.machines ?? []
  const names = new Map([...past, ...input.machines].map(({ id, name }) => [id, name]))
  const machines = [...input.since.appeared, ...input.since.vanished]
  for (const { machineId, name } of machines) if (!names.has(machineId)) names.set(machineId, name)
  return {
    // Rows and lists that stand alike stand in the order of names.
    input: { ...input, machines: [...input.machines].sort(compareNames) },
    f,
    texts: VISIT_REPORT[language],
    nameOf: (machineId) => names.get(machineId) ?? machineId,
    compareNames,
    day: (at) => sayFirstOfMonth(day.format(at), language),
    clock: (at) => sayFirstOfMonth(clock.format(at), language),
    time: (minutes) => timeOf(minutes, f),
    lasting: (ms) => (ms < HOUR_MS || ms >= 3 * DAY_MS ? f.span(ms) : timeOf(Math.floor(ms / MINUTE_MS), f)),
  }
}

function timeOf(minutes: number, f: Formatter): string {
  const whole = Math.round(minutes)
  const [hours, rest] = [Math.floor(whole / 60), whole % 60]
  if (hours === 0) return `${f.count(rest)}\u00a0min`
  return rest === 0 ? `${f.count(hours)}\u00a0h` : `${f.count(hours)}\u00a0h\u00a0${String(rest).padStart(2, '0')}`
}
