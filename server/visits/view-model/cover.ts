/** Page 1: who, when, the headline, the dials, four figures. Pure. */
import { DAY_MS, MINUTE_MS } from '../../../shared/units.ts'
import type { Cover } from '../report/visit-report.ts'
import { dialRows } from './dial-rows.ts'
import type { Scene } from './report-input.ts'
import { verdictOf } from './verdict.ts'

/** @returns the first page. */
export function coverOf(scene: Scene): Cover {
  return {
    title: scene.texts.cover.title,
    client: scene.input.client.name,
    lines: linesOf(scene),
    verdict: verdictOf(scene),
    dials: dialRows(scene),
    figures: figuresOf(scene),
    cost: costOf(scene),
  }
}

function linesOf({ input, f, texts: { cover }, day }: Scene): readonly string[] {
  const { from } = input.since
  const days = from === null ? '' : f.span(Math.max(DAY_MS, input.frozenAt - from))
  const sites = f.list(input.sites.map(({ name }) => name))
  const second = cover.sitesLine(sites, input.visit.recipient)
  return [
    cover.visitLine(day(input.frozenAt), from === null ? null : day(from), days),
    ...(second === '' ? [] : [second]),
  ]
}

function figuresOf({ input, f, texts: { cover } }: Scene): Cover['figures'] {
  const { since, recommendations, restoreTests, visit, machines } = input
  const decided = recommendations.filter(({ decision }) => decision !== null).length
  const open = recommendations.length - decided
  const tried = restoreTests.filter(({ visitId }) => visitId === visit.id).length
  const figure = (n: number, text: string) => ({ value: f.count(n), text })
  const first =
    since.from === null
      ? [
          figure(machines.length, cover.figure_machines(machines.length, f)),
          figure(since.opened.length, cover.figure_open(since.opened.length, f)),
        ]
      : [
          figure(since.solved.length, cover.figure_solved(since.solved.length, f)),
          figure(since.opened.length, cover.figure_new(since.opened.length, f)),
        ]
  return [
    ...first,
    figure(decided + open, cover.figure_decisions(decided, open, f)),
    figure(tried, cover.figure_restores(tried, f)),
  ]
}

/** Minutes of the restore tests and of what was ticked with its time; nothing is estimated. */
function costOf(scene: Scene): string | null {
  const minutes = recordedMinutes(scene)
  if (minutes.length === 0) return null
  const sum = minutes.reduce((total, one) => total + one, 0)
  return scene.texts.cover.cost(scene.time(sum), minutes.length, scene.f)
}

/** @returns the length of a restore test in whole minutes, as part 4 says it; one that took less took one. */
export function restoreMinutes(durationMs: number): number {
  return Math.max(1, Math.floor(durationMs / MINUTE_MS))
}

/** @returns the minutes that were noted at this visit, one number per thing done. */
export function recordedMinutes({ input }: Scene): readonly number[] {
  const { actions, restoreTests, visit } = input
  return [
    ...actions.flatMap(({ doneIn, state, minutes }) =>
      doneIn === visit.id && state === 'done' ? (minutes ?? []) : [],
    ),
    ...restoreTests.flatMap(({ visitId, durationMs }) => (visitId === visit.id ? restoreMinutes(durationMs) : [])),
  ]
}
