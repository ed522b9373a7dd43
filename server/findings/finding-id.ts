/** Identity of a finding: the same machine, rule, item and opening give the same id, so that assessing twice opens one. Pure. */
import type { RuleId } from '../../shared/rules.ts'
import type { EpochMs } from '../../shared/units.ts'

/** @returns an id that is safe in every sink: items are hostile and enter only as a hash. */
export function findingId(machineId: string, rule: RuleId, item: string, openedAt: EpochMs): string {
  return `${machineId}.${rule.replace('/', '-')}.${hash(item)}.${openedAt.toString(36)}`
}

/** FNV-1a with two offsets: 64 bits that tell the items of one rule on one machine apart; not for secrets. */
function hash(text: string): string {
  let a = 0x811c9dc5
  let b = 0x01000193
  for (let at = 0; at < text.length; at++) {
    const code = text.charCodeAt(at)
    a = Math.imul(a ^ code, 0x01000193) >>> 0
    b = Math.imul(b ^ (code + at), 0x85ebca6b) >>> 0
  }
  return a.toString(36) + b.toString(36)
}
