/** Numbers in the sentences of findings, worked out from the simulator: each as the words that may stand there; null: not told by the oracle. Pure. */
import type { OracleLook } from '../../../server/demo/oracle/oracle.ts'
import type { VisitReport } from '../../../server/visits/report/visit-report.ts'
import { shortDay, spanWords } from './calendar.ts'
import { lookOf, type Point, type Scene } from './truth.ts'
import { SUPPORT_DAYS } from './words.ts'

const HOUR_MS = 3_600_000
type Options = readonly string[] | null

/**
 * @param isOver numbers of what ended are those of its end, which the oracle tells of silence only.
 * @returns in the order of the sentence. Signatures and lists are read hours apart: both words count.
 */
export function numbersOf(
  scene: Scene,
  point: Point,
  language: VisitReport['language'],
  isOver: boolean,
): readonly Options[] {
  const { machine, rule } = point
  const look = lookOf(scene, machine)
  if (rule === 'system/support-ended') return [[supportDay(scene, machine.os, language)]]
  if (isOver) return silence(point, language)
  if (look === undefined) return []
  const since: Since = (from, slackMs = HOUR_MS) =>
    from == null ? null : [-slackMs, 0, slackMs].map((more) => spanWords(scene.at - from + more, language))
  return [...agesOf(look, point, since), ...amountsOf(look, point)]
}

type Since = (from: number | null | undefined, slackMs?: number) => Options

function agesOf(look: OracleLook, { rule, item }: Point, since: Since): readonly Options[] {
  switch (rule) {
    case 'agent/silent':
      return [since(look.lastSaidAt, 60_000)]
    case 'antivirus/signatures-old':
      return [since(look.signaturesAt, 3 * HOUR_MS)]
    case 'patch/list-stale':
      return [since(look.listAt)]
    case 'patch/upgrade-overdue':
      return [since(look.lastInstallAt)]
    case 'patch/security-overdue':
      return [[String(look.updates.waiting)], since(look.updates.oldestSeenAt)]
    case 'backup/too-old':
      return [since(look.jobs.find(({ job }) => job === item)?.lastGoodAt)]
    default:
      return []
  }
}

const around = (number: number | null | undefined, slack: number): Options =>
  number == null ? null : Array.from({ length: 2 * slack + 1 }, (_, at) => String(Math.round(number) - slack + at))

function amountsOf(look: OracleLook, { machine, rule, item }: Point): readonly Options[] {
  const drive = look.drives.find((one) => one.drive === item)
  switch (rule) {
    case 'patch/security-waiting':
      return [[String(look.updates.waiting)]]
    case 'backup/not-offsite':
      return [[String(look.jobs.length)]]
    // Read once a day, and whole percents: one more or less.
    case 'system/battery-worn':
      return [around(look.batteryPercent, 1)]
    case 'disk/worn':
      return [around(drive?.wearPercent, 1)]
    // A mean over a week, and how busy a machine is moves it.
    case 'system/memory-short':
      return [around(look.memoryPercent, 3), [String(Math.round(machine.memoryBytes / 1e9))]]
    case 'disk/sectors-reallocated':
      return [around(drive?.counters.filter(({ field }) => field === 'reallocatedSectors').at(-1)?.value, 0)]
    case 'disk/filling-up':
      return fillingUp(look.volumes.find(({ mount }) => mount === item))
    default:
      return []
  }
}

/** The trend is drawn through a day's readings: two days more or less, and what is free by a gigabyte. */
function fillingUp(
  volume: { readonly availableBytes: number; readonly bytesPerDay: number } | undefined,
): readonly Options[] {
  if (volume === undefined) return []
  const days = volume.availableBytes / volume.bytesPerDay
  const free = Math.round(volume.availableBytes / 1e9)
  return [
    [-2, -1, 0, 1, 2].map((more) => `${Math.floor(days) + more} jours`),
    [`${Math.round(volume.bytesPerDay / 1e9)} Go`],
    [-1, 0, 1].map((more) => `${free + more} Go`),
  ]
}

/** From its last word to its return; of other things that ended the oracle does not say how old they grew. */
function silence({ rule, showing: { levels, endsAt } }: Point, language: VisitReport['language']): readonly Options[] {
  const first = levels[0]
  if (rule !== 'agent/silent' || endsAt === null || first === undefined) return []
  // Found ten minutes (server), three working days (desktop) or a week (laptop) after the last word; a weekend may lie between.
  const shortest = endsAt - first.at
  const options = Array.from({ length: 9 * 24 * 6 }, (_, at) => spanWords(shortest + (at * HOUR_MS) / 6, language))
  return [[...new Set(options)]]
}

function supportDay({ at, client: { timeZone } }: Scene, os: string, language: VisitReport['language']): string {
  const day = SUPPORT_DAYS[os]
  return day == null ? '' : shortDay(Date.parse(`${day}T10:00:00Z`), at, language, timeZone).replace(/\.$/, '')
}
