/** The details by which the server's own rules and facts say why they could not tell; texts know each by its word. Pure. */

/**
 * Closed list. Any other detail of an unknown comes from a machine and is hostile; a machine may use these words too, since they
 * carry nothing but our own text.
 */
export const RULE_DETAILS = [
  'never-read',
  'no-backup-tool',
  'no-backup-job',
  'only-lookalikes',
  'not-pinged',
  'no-firewall',
  'not-in-support-table',
  'needs-smartctl-windows',
  'needs-smartctl-macos',
  'general-status-windows',
  'general-status-macos',
] as const
export type RuleDetail = (typeof RULE_DETAILS)[number]

/** @returns true for a word of the list. */
export function isRuleDetail(detail: string): detail is RuleDetail {
  return RULE_DETAILS.some((known) => known === detail)
}

const FUTURE = 'future-time '

/** Detail of an instant that lies in the future. @param iso ISO 8601. */
export function futureDetail(iso: string): string {
  return `${FUTURE}${iso}`
}

/** @returns the ISO instant of such a detail; null for any other. */
export function futureInstant(detail: string): string | null {
  return detail.startsWith(FUTURE) ? detail.slice(FUTURE.length) : null
}
