/**
 * What each rule's finding leads to, and what that usually costs in whole euros excluding tax, per machine: parts and licenses, without
 * working time. Ranges are proposals from common prices of 2026 for small companies, to be changed by the person who writes the report.
 * Rules that are not here ask nothing of a manager. Pure data.
 */
import type { RuleId } from '../../shared/rules.ts'
import type { ProposalKind } from '../../shared/text/proposal-text.ts'

const KINDS: { readonly [R in RuleId]?: ProposalKind } = {
  'disk/drive-failing': 'replace-disk',
  'disk/sectors-unreadable': 'replace-disk',
  'disk/sectors-reallocated': 'replace-disk',
  'disk/errors-uncorrected': 'replace-disk',
  'disk/worn': 'replace-disk',
  'disk/nvme-warning': 'replace-disk',
  'disk/self-test-failed': 'replace-disk',
  'disk/raid-degraded': 'repair-array',
  'disk/raid-member-failed': 'repair-array',
  'disk/gone': 'repair-array',
  'disk/space-low': 'free-space',
  'disk/filling-up': 'free-space',
  'patch/security-overdue': 'install-updates',
  'patch/security-held': 'install-updates',
  'patch/upgrade-overdue': 'install-updates',
  'patch/automatic-off': 'automatic-updates',
  'patch/reboot-pending': 'restart',
  'antivirus/none-seen': 'install-antivirus',
  'antivirus/not-running': 'repair-antivirus',
  'antivirus/real-time-off': 'repair-antivirus',
  'antivirus/expired': 'repair-antivirus',
  'antivirus/signatures-old': 'repair-antivirus',
  'antivirus/several-active': 'repair-antivirus',
  'antivirus/threat-active': 'repair-antivirus',
  'backup/none-known': 'set-up-backup',
  'backup/never-succeeded': 'repair-backup',
  'backup/too-old': 'repair-backup',
  'backup/last-run-failed': 'repair-backup',
  'backup/too-small': 'repair-backup',
  'backup/not-automatic': 'repair-backup',
  'backup/status-unreadable': 'repair-backup',
  'backup/running-long': 'repair-backup',
  'backup/ping-late': 'repair-backup',
  'backup/same-disk': 'backup-elsewhere',
  'backup/not-offsite': 'backup-elsewhere',
  'posture/firewall-off': 'firewall',
  'posture/ssh-root-login': 'remote-login',
  'posture/ssh-password-login': 'remote-login',
  'system/support-ended': 'replace-system',
  'system/battery-worn': 'battery',
  'system/memory-short': 'memory',
}

/** `low` and `high` per machine; null: nothing has to be bought. */
const COSTS: { readonly [K in ProposalKind]: { readonly low: number; readonly high: number } | null } = {
  'replace-disk': { low: 90, high: 180 },
  'repair-array': { low: 90, high: 250 },
  'free-space': { low: 0, high: 180 },
  'install-updates': null,
  'automatic-updates': null,
  restart: null,
  'install-antivirus': { low: 25, high: 60 },
  'repair-antivirus': null,
  'set-up-backup': { low: 60, high: 220 },
  'repair-backup': null,
  'backup-elsewhere': { low: 60, high: 220 },
  firewall: null,
  'remote-login': null,
  'replace-system': { low: 700, high: 1_400 },
  battery: { low: 60, high: 120 },
  memory: { low: 40, high: 150 },
}

/** @returns what a finding of the rule leads to; null: nothing that a manager decides. */
export function proposalKindOf(rule: RuleId): ProposalKind | null {
  return KINDS[rule] ?? null
}

/** @returns the usual cost over `machines`; null: nothing has to be bought. */
export function usualCost(
  kind: ProposalKind,
  machines: number,
): { readonly low: number; readonly high: number } | null {
  const cost = COSTS[kind]
  return cost === null ? null : { low: cost.low * machines, high: cost.high * machines }
}
