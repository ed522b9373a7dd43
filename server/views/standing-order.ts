/** The order of standings, worst first, and the worst of several. The only place that ranks them. Pure. */
import type { Standing } from '../../shared/severity.ts'

const ORDER: readonly Standing[] = ['urgent', 'attention', 'not-proven', 'accepted', 'note', 'good']

/** @returns 0 for the worst standing, more for better ones. */
export function rankOf(standing: Standing): number {
  return ORDER.indexOf(standing)
}

/** @returns the worst of the standings; null: there are none. */
export function worstStanding(standings: Iterable<Standing | null>): Standing | null {
  let worst: Standing | null = null
  for (const one of standings) {
    if (one !== null && (worst === null || rankOf(one) < rankOf(worst))) worst = one
  }
  return worst
}
