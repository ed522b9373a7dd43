/** Part 4: the backup truth table, and for each server what would happen in three disasters. Pure. */
import type { Standing } from '../../../shared/severity.ts'
import { reasonText } from '../../../shared/text/reason-catalogue.ts'
import { MINUTE_MS } from '../../../shared/units.ts'
import type { MachineState } from '../../fleet/machine-state.ts'
import { type BackupPlace, type BackupTruth, backupTruth } from '../../views/backup-truth.ts'
import { rankOf } from '../../views/standing-order.ts'
import { workLost } from '../../views/work-lost.ts'
import type { BackupPart, BackupRow, MarkedText } from '../report/report-parts.ts'
import type { RestoreTest } from '../visit.ts'
import { countDial } from './dial-rows.ts'
import type { Scene } from './report-input.ts'
import { workText } from './work-text.ts'

type Known = { readonly state: MachineState; readonly truth: BackupTruth; readonly tests: readonly RestoreTest[] }

/** @returns the part: one row per machine, worst first; a machine without a backup is never a blank. */
export function backupPart(scene: Scene): BackupPart {
  const { input, texts } = scene
  const { parts } = texts
  const known = input.machines.map((state) => ({
    state,
    truth: backupTruth(state, input.frozenAt),
    tests: input.restoreTests.filter(({ machineId }) => machineId === state.id).sort((a, b) => b.at - a.at),
  }))
  const sorted = known.sort((a, b) => rankOf(standingIn(a)) - rankOf(standingIn(b)))
  return {
    heading: parts.backup,
    columns: {
      state: parts.col_state,
      machine: parts.col_machine,
      tool: parts.col_tool,
      lastGood: parts.col_lastGood,
      workLost: parts.col_workLost,
      copies: parts.col_copies,
      where: parts.col_where,
      encrypted: parts.col_encrypted,
      restoreTest: parts.col_restoreTest,
    },
    rows: sorted.filter((one) => !holdsNothing(one)).map((one) => rowOf(scene, one)),
    note: [...nothingToLose(scene, sorted), noteOf(scene)].join(' '),
    disasters: sorted
      .filter((one) => one.state.role === 'server' && !holdsNothing(one))
      .map((one) => disasterOf(scene, one)),
  }
}

/** A machine on which nothing would be missed is outside the dial. */
const standingIn = ({ truth }: Known): Standing => truth.mark ?? 'note'

const holdsNothing = ({ truth }: Known): boolean => truth.mark === null && truth.known.kind === 'no-data'

/** Those machines in one sentence: a row each would hide the rows that matter. */
function nothingToLose({ f, texts: { parts } }: Scene, known: readonly Known[]): readonly string[] {
  const names = known.filter(holdsNothing).map(({ state }) => state.name)
  return names.length === 0 ? [] : [parts.nothingToLose(f.list(names), names.length, f)]
}

function noteOf({ input, f, texts: { cover, parts }, clock }: Scene): string {
  const { good, urgent, attention, unknown, accepted } = countDial(input.machines, 'backup', input.frozenAt)
  const counts = cover.dialCounts(good, urgent + attention, unknown, accepted, f)
  return parts.backupNote(counts, good + urgent + attention + unknown + accepted, clock(input.frozenAt), f)
}

function rowOf(scene: Scene, known: Known): BackupRow {
  const { f, texts } = scene
  const { parts } = texts
  const { state, truth, tests } = known
  const hasJobs = truth.known.kind === 'jobs'
  return {
    state: standingIn(known),
    machine: state.name,
    tool: truth.tools.length > 0 ? f.list(truth.tools) : parts.dash,
    lastGood: truth.lastGoodAt !== null ? f.moment(truth.lastGoodAt) : hasJobs ? parts.notProven : parts.dash,
    workLost: lostOf(scene, truth),
    copies: truth.copies === null ? (hasJobs ? parts.notProven : parts.dash) : f.count(truth.copies),
    where: hasJobs ? whereOf(scene, truth) : parts.dash,
    note: noteUnder(scene, truth),
    encrypted: hasJobs ? flag(scene, truth.encrypted) : parts.dash,
    restoreTest: tests[0] === undefined ? parts.never : testText(scene, tests[0]),
  }
}

function flag({ texts: { parts } }: Scene, value: boolean | null): string {
  return value === null ? parts.notProven : value ? parts.yes : parts.no
}

function testText({ f, texts: { parts }, lasting }: Scene, { at, durationMs, isUsable }: RestoreTest): string {
  return isUsable
    ? parts.restored(f.date(at), lasting(Math.max(MINUTE_MS, durationMs)))
    : parts.restoreFailed(f.date(at))
}

/** Working hours of the client's calendar since the last good copy; "everything" needs proof that there is none. */
function lostOf({ input, f, texts: { parts } }: Scene, truth: BackupTruth): string {
  const lost = workLost(truth, input.calendar, input.client.timeZone, input.frozenAt)
  if (lost.kind === 'work') return workText(lost.ms, lost.dayMs, parts, f)
  if (lost.kind === 'nothing') return parts.lostNothing
  return lost.kind === 'everything' ? parts.lostEverything : parts.notProven
}

function whereOf({ f, texts: { parts } }: Scene, { media, offsite }: BackupTruth): string {
  const kinds = f.list([...new Set(media.map((kind) => parts[`place_${kind}`]))])
  if (offsite === null) return kinds
  return `${kinds} (${offsite ? parts.offsite : parts.onsite})`
}

function noteUnder({ f, texts: { parts } }: Scene, { known }: BackupTruth): string | null {
  if (known.kind === 'jobs') return null
  if (known.kind !== 'unread' || known.code === null) return parts[`known_${known.kind}`]
  const { why } = reasonText({ subject: 'backup', part: 'jobs', code: known.code, detail: '', source: null }, f)
  return parts.about(parts.known_unread, why)
}

/** What is left after a disaster: the newest good copy that survives it. */
function disasterOf(scene: Scene, { state, truth, tests }: Known): BackupPart['disasters'][number] {
  const { parts } = scene.texts
  const elsewhere = newest(truth.places.filter(({ offsite }) => offsite === true))
  // A restore that failed since takes the proof of an older one away.
  const usable = tests[0]?.isUsable === true ? tests[0] : undefined
  const row = (event: string, place: BackupPlace | null) => ({
    event,
    restoredFrom: marked(scene, place === null ? null : placeText(scene, place)),
    keptUntil: marked(scene, place?.lastGoodAt == null ? null : scene.f.moment(place.lastGoodAt)),
    backAfter: marked(
      scene,
      place === null || usable === undefined
        ? null
        : parts.measuredOn(scene.lasting(Math.max(MINUTE_MS, usable.durationMs)), scene.f.date(usable.at)),
    ),
  })
  return {
    heading: parts.disaster(state.name),
    columns: {
      event: parts.col_event,
      restoredFrom: parts.col_restoredFrom,
      keptUntil: parts.col_keptUntil,
      backAfter: parts.col_backAfter,
    },
    rows: [
      row(parts.event_fire, elsewhere),
      // No source tells yet whether a copy is offline, and only an offline one survives an attacker with the server's rights.
      row(parts.event_ransom, null),
      row(parts.event_theft, elsewhere),
    ],
  }
}

function newest(places: readonly BackupPlace[]): BackupPlace | null {
  let best: BackupPlace | null = null
  for (const place of places) {
    if (place.lastGoodAt !== null && place.lastGoodAt > (best?.lastGoodAt ?? Number.NEGATIVE_INFINITY)) best = place
  }
  return best
}

function placeText({ texts: { parts } }: Scene, { job, kind }: BackupPlace): string {
  return `${job}, ${parts[`place_${kind}`]}`
}

function marked({ texts: { parts } }: Scene, text: string | null): MarkedText {
  return text === null ? { state: 'not-proven', text: parts.notProven } : { state: null, text }
}
