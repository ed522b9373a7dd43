/** Accepted risks of a client by the machine that they are about. Pure. */
import type { Acceptance } from '../visits/visit.ts'

/** Those taken back count no more. */
export function acceptancesByMachine(acceptances: readonly Acceptance[]): ReadonlyMap<string, readonly Acceptance[]> {
  return Map.groupBy(
    acceptances.filter(({ revokedAt }) => revokedAt === null),
    ({ machineId }) => machineId,
  )
}
