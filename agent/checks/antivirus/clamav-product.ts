/** The entry `clamav` of the section. Pure. */
import type { Product } from '../../../shared/checks/antivirus.ts'

/** What was found out about ClamAV; absent: could not be told. */
export type ClamavEvidence = Partial<
  Pick<Product, 'kind' | 'running' | 'realTime' | 'engineVersion' | 'updaterRunning' | 'mode'>
>

/** ClamAV without a proven daemon is a scanner: it protects nobody by being there. */
export function clamavProduct(evidence: ClamavEvidence): Product {
  return {
    id: 'clamav',
    name: 'ClamAV',
    kind: 'scanner',
    running: null,
    realTime: null,
    engineVersion: null,
    updaterRunning: null,
    ...evidence,
  }
}
