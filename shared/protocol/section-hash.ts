/** The hash of a section: what an unchanged section is recognised by (wire.md). Pure. */
import type { CheckName } from '../checks/names.ts'
import { ok, type Result } from '../result.ts'
import { concatBytes, lp } from './bytes.ts'
import { type CanonicalError, canonicalize } from './canonical.ts'
import { sha256 } from './crypto.ts'

const LABEL = lp('rounds/1 section')

/** h = SHA-256( LP("rounds/1 section") LP(check) LP(canonical(body)) ), 32 bytes; error: the body has no canonical form. */
export function sectionHash(check: CheckName, body: unknown): Result<Uint8Array, CanonicalError> {
  const canonical = canonicalize(body)
  if (!canonical.ok) return canonical
  return ok(sha256(concatBytes(LABEL, lp(check), lp(canonical.value))))
}
