/** The five dials of a report: where they stand, how they moved, and counts that add up to the machines in scope. Pure. */

import type { DialState } from '../../../shared/charts/dial.ts'
import type { Standing } from '../../../shared/severity.ts'
import type { EpochMs } from '../../../shared/units.ts'
import type { MachineState } from '../../fleet/machine-state.ts'
import { countMark, DIALS, type Dial, type DialCount, emptyDial, standingOfDial } from '../../views/dials.ts'
import { markOfMachine } from '../../views/machine-summary.ts'
import { rankOf } from '../../views/standing-order.ts'
import type { ReportDial } from '../report/visit-report.ts'
import type { Scene } from './report-input.ts'

/** @returns the counts of one dial over machines, as the dashboard counts them. */
export function countDial(machines: readonly MachineState[], dial: Dial, at: EpochMs): DialCount {
  const count = emptyDial()
  for (const state of machines) countMark(count, markOfMachine(state, dial, at), state.role === 'server')
  return count
}

/** A dial has four states and no finer: a note is good, an accepted risk is attention. */
function stateOf(standing: Standing): DialState {
  if (standing === 'note') return 'good'
  return standing === 'accepted' ? 'attention' : standing
}

/** @returns the dials in the order of the page. */
export function dialRows(scene: Scene): readonly ReportDial[] {
  return DIALS.map((dial) => dialRow(scene, dial))
}

function dialRow({ input, f, texts: { cover } }: Scene, dial: Dial): ReportDial {
  const count = countDial(input.machines, dial, input.frozenAt)
  const state = stateOf(standingOfDial(count))
  const { previous } = input
  const past = previous === null ? null : stateOf(standingOfDial(countDial(previous.machines, dial, previous.frozenAt)))
  const [good, bad, unknown, accepted] = [count.good, count.urgent + count.attention, count.unknown, count.accepted]
  const word = capital(cover[`word_${state}`])
  const movement = past === null ? '' : movementOf(state, past, cover)
  const countsText = cover.dialCounts(good, bad, unknown, accepted, f)
  return {
    name: cover[`dial_${dial}`],
    state,
    before: past === 'not-proven' ? null : past,
    word,
    movement,
    counts: { good, bad, unknown, accepted },
    countsText,
    alt: cover.dialAlt(cover[`dial_${dial}`], word, movement, countsText),
  }
}

function movementOf(state: DialState, before: DialState, cover: Scene['texts']['cover']): string {
  if (state === before) return cover.movement_same
  const word = cover[`word_${before}`]
  // From or to "not proven" is neither better nor worse: nobody knows.
  if (state === 'not-proven' || before === 'not-proven') return cover.movement_other(word)
  return rankOf(state) > rankOf(before) ? cover.movement_better(word) : cover.movement_worse(word)
}

/** @returns the word with a capital. */
export function capital(word: string): string {
  return word.charAt(0).toLocaleUpperCase('fr') + word.slice(1)
}
