/** What waits by `check-update`, what of it is for security by `updateinfo`, and what the caches say, as one answer. Pure. */
import type { Updates } from '../../../shared/checks/patch.ts'
import type { Failure } from '../../../shared/reading.ts'
import type { Result } from '../../../shared/result.ts'
import type { EpochMs } from '../../../shared/units.ts'
import type { AdvisoryRow } from './advisory-row.ts'
import type { RpmUpdate } from './dnf-check-update.ts'
import { securityOf } from './dnf-updateinfo.ts'
import { updatesOf } from './waiting.ts'

/** A repository of the distribution itself. Advisories of an extra one (EPEL, a vendor's) tell nothing about the rest. */
const OWN =
  /(?:^|[-_.])(?:baseos|appstream|base|updates?|core|fedora|amazonlinux|amzn2\w*|ol\d+_\w*|rhel[-\w]*)(?:[-_.]|$)/i

/** What the caches know: ids of repositories that have advisories; whether this machine has its distribution's subscription. */
export type RpmCoverage = { readonly withAdvisories: readonly string[]; readonly isRegistered: boolean }

/**
 * Security is null, not zero, while updates wait and nothing shows that the distribution's own repositories have advisories
 * (CentOS has none, an unregistered RHEL neither).
 */
export function dnfTogether(
  waiting: readonly RpmUpdate[],
  advisories: Result<readonly AdvisoryRow[], Failure>,
  coverage: RpmCoverage,
): { readonly updates: Updates; readonly oldestAt: EpochMs | null } {
  const names = new Set(waiting.map(({ name }) => name))
  if (names.size === 0) return { updates: updatesOf({ security: [], other: 0 }), oldestAt: null }
  const found = advisories.ok ? securityOf(advisories.value) : { waiting: [], advisories: 0, oldestAt: null }
  // An advisory names every package that it repairs; those that wait here are the ones that can be installed.
  const security = found.waiting.filter(({ name }) => names.has(name))
  const isCovered = coverage.isRegistered && coverage.withAdvisories.some((id) => OWN.test(id))
  const isTold = security.length > 0 || (isCovered && (advisories.ok || advisories.error.code === 'empty'))
  if (!isTold) return { updates: updatesOf({ security: null, other: names.size }), oldestAt: null }
  for (const { name } of security) names.delete(name)
  const updates = updatesOf({ security, other: names.size, advisories: found.advisories })
  return { updates, oldestAt: security.length === 0 ? null : found.oldestAt }
}
