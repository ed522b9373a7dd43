/** The answer of `…/history`: one sample over time, thinned to what a chart can show; gaps stay gaps. Pure. */
import type { HistoryView } from '../../shared/api/views.ts'
import type { CheckName } from '../../shared/checks/names.ts'
import type { EpochMs } from '../../shared/units.ts'
import type { SamplePoint } from '../store/store.ts'

const MOST_POINTS = 1_500
/** Rhythms without a value after which a stretch is a gap. */
const RHYTHMS_MISSED = 3

/** What is asked. `everyMs`: rhythm of the sample. */
export type HistoryQuestion = {
  readonly check: CheckName
  readonly key: string
  readonly from: EpochMs
  readonly everyMs: number
}

/** @param points oldest first. @returns at most 1,500 points: the last of each stretch, so that shown numbers are measured ones. */
export function historyView(points: readonly SamplePoint[], question: HistoryQuestion, now: EpochMs): HistoryView {
  const { check, key, from, everyMs } = question
  return { now, check, key, from, points: thin(points, from, now), gaps: findGaps(points, from, now, everyMs) }
}

function thin(points: readonly SamplePoint[], from: EpochMs, now: EpochMs): HistoryView['points'] {
  const plain = points.map(({ at, value }) => ({ at, value }))
  if (plain.length <= MOST_POINTS) return plain
  const stretchMs = Math.max(1, (now - from) / MOST_POINTS)
  const stretchOf = (at: EpochMs) => Math.floor((at - from) / stretchMs)
  return plain.filter((point, index) => {
    const next = plain[index + 1]
    return next === undefined || stretchOf(next.at) !== stretchOf(point.at)
  })
}

/** Stretches longer than three rhythms without any value; the time before the first value is none: nothing was promised then. */
function findGaps(points: readonly SamplePoint[], from: EpochMs, now: EpochMs, everyMs: number): HistoryView['gaps'] {
  const gaps: HistoryView['gaps'] = []
  const longestMs = RHYTHMS_MISSED * everyMs
  let last: EpochMs | null = null
  for (const { at, value } of points) {
    if (value === null) continue
    if (last !== null && at - last > longestMs) gaps.push({ from: last, to: at })
    last = at
  }
  if (last !== null && now - last > longestMs) gaps.push({ from: Math.max(last, from), to: now })
  return gaps
}
