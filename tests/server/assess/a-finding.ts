/** An open finding for tests that start after the judgement. */
import type { Finding } from '../../../server/findings/finding.ts'
import { HOUR_MS } from '../../../shared/units.ts'
import { NOW } from './sections.ts'

let made = 0

/** @returns an open warning about the file system `/`, with what a test changes. */
export function aFinding(change: Partial<Finding> = {}): Finding {
  made += 1
  return {
    id: `f${made}`,
    number: made,
    machineId: 'm1',
    rule: 'disk/space-low',
    item: '/',
    severity: 'warning',
    values: { volume: '/', usedPercent: 96, availableBytes: 4e9, totalBytes: 100e9 },
    openedAt: NOW - HOUR_MS,
    changedAt: NOW - HOUR_MS,
    resolvedAt: null,
    clearingSince: null,
    blind: null,
    alert: { state: 'pending', since: NOW - HOUR_MS },
    ...change,
  }
}
