/** A recommendation as the API says it. Pure. */
import type { RecommendationView } from '../../shared/api/visits.ts'
import type { Recommendation } from '../visits/visit.ts'
import type { VisitNames } from './visit-names.ts'

/** @returns the recommendation with names and the date of the visit that made it. */
export function recommendationView(
  { visitId, about, decision, ...rest }: Recommendation,
  names: VisitNames,
  dateOf: (visitId: string) => string | null,
): RecommendationView {
  return {
    ...rest,
    visitDate: dateOf(visitId),
    about: about.map(({ machineId, rule, item }) => ({ machine: names.machine(machineId), rule, item })),
    decision: decision === null ? null : { ...decision },
  }
}
