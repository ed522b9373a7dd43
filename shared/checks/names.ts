/** The six checks, in the order of the attestation transcript (wire.md). Pure. */

export const CHECK_NAMES = ['antivirus', 'backup', 'disk', 'patch', 'posture', 'system'] as const
export type CheckName = (typeof CHECK_NAMES)[number]

/** Role of a machine; decides which thresholds hold. Set by the operator or, until then, guessed from the chassis. */
export const ROLES = ['server', 'desktop', 'laptop'] as const
export type Role = (typeof ROLES)[number]
