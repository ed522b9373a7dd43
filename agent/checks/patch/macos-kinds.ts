/** Which updates of Apple close holes. Apple gives updates no category; its releases of the system, of Safari and its responses do. Pure. */
import type { Waiting } from './waiting.ts'

/** One update that Apple offers. `version` null: not told. */
export type AppleUpdate = Waiting & { readonly label: string }

const SYSTEM = /^(?:macOS|OS X|Mac OS X)\b/i
const SECURITY = /\bSecurity (?:Update|Response)\b|^Safari\b|\bRapid Security\b|^(?:XProtect|MRT|Gatekeeper)/i

/** Major release of the system that an update brings; null: it is none of the system. `10.15` and older count their second number. */
export function majorOf({ name, version, label }: AppleUpdate): number | null {
  if (!SYSTEM.test(name) && !SYSTEM.test(label)) return null
  const [, first = '', second = ''] =
    /(\d{1,3})(?:\.(\d{1,3}))?/.exec(version ?? '') ?? /\b(\d{2})(?:\.(\d{1,3}))?\b/.exec(name) ?? []
  if (first === '') return null
  return first === '10' ? 10 + Number(second || 0) / 100 : Number(first)
}

/**
 * Security updates and others. A release of the system is one of security, unless it is a newer major one than another that is offered
 * beside it, or than `installed` (null: not known): moving to it is a decision.
 */
export function splitApple(
  updates: readonly AppleUpdate[],
  installed: number | null,
): { readonly security: readonly AppleUpdate[]; readonly other: number } {
  const majors = updates.flatMap((update) => majorOf(update) ?? [])
  const own = installed ?? (majors.length === 0 ? null : Math.min(...majors))
  const security = updates.filter((update) => {
    const major = majorOf(update)
    return SECURITY.test(update.name) || (isSystem(update) && (major === null || own === null || major <= own))
  })
  return { security, other: updates.length - security.length }
}

function isSystem({ name, label }: AppleUpdate): boolean {
  return SYSTEM.test(name) || SYSTEM.test(label)
}

/** `14.6.1` → 14, `10.15.7` → 10.15; null: not a version. */
export function majorOfVersion(version: string | null): number | null {
  return majorOf({ name: 'macOS', label: '', version })
}
