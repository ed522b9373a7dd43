/** Which part of a section each rule looks at: links outcomes to fact rows, sources and collection times. Pure data. */
import type { PartName } from '../../shared/checks/index.ts'
import type { CheckName } from '../../shared/checks/names.ts'
import type { RuleId } from '../../shared/rules.ts'

/** Part by rule; null: about the agent, no part of a section. The compiler asks for every rule. */
export const RULE_PARTS: { readonly [R in RuleId]: PartOfRule<R> } = {
  'disk/drive-failing': 'drives',
  'disk/sectors-unreadable': 'drives',
  'disk/sectors-reallocated': 'drives',
  'disk/errors-uncorrected': 'drives',
  'disk/cable-errors': 'drives',
  'disk/worn': 'drives',
  'disk/nvme-warning': 'drives',
  'disk/self-test-failed': 'drives',
  'disk/too-hot': 'drives',
  'disk/gone': 'drives',
  'disk/health-unreadable': 'drives',
  'disk/raid-degraded': 'arrays',
  'disk/raid-member-failed': 'arrays',
  'disk/space-low': 'volumes',
  'disk/filling-up': 'volumes',
  'disk/inodes-low': 'volumes',
  'disk/read-only': 'volumes',
  'disk/volume-silent': 'volumes',
  'patch/security-overdue': 'updates',
  'patch/security-waiting': 'updates',
  'patch/list-stale': 'updates',
  'patch/upgrade-overdue': 'updates',
  'patch/reboot-pending': 'reboot',
  'patch/automatic-off': 'automatic',
  'patch/database-broken': 'database',
  'patch/security-held': 'updates',
  'patch/update-failing': 'failing',
  'antivirus/none-seen': 'products',
  'antivirus/not-running': 'products',
  'antivirus/real-time-off': 'products',
  'antivirus/signatures-old': 'products',
  'backup/none-known': 'jobs',
  'backup/too-old': 'jobs',
  'backup/never-succeeded': 'jobs',
  'backup/last-run-failed': 'jobs',
  'backup/too-small': 'jobs',
  'backup/same-disk': 'jobs',
  'backup/not-offsite': 'jobs',
  'posture/firewall-off': 'firewall',
  'posture/firewall-not-permanent': 'firewall',
  'posture/ssh-root-login': 'sshd',
  'posture/ssh-password-login': 'sshd',
  'posture/time-unsynchronized': 'time',
  'system/support-ended': 'os',
  'system/uptime-long': 'boot',
  'system/battery-worn': 'batteries',
  'system/memory-short': 'hardware',
  'agent/silent': null,
  'agent/clock-wrong': null,
  'agent/future-time': null,
  'agent/check-silent': null,
  'agent/data-lost': null,
  'agent/outdated': null,
}

type PartOfRule<R extends RuleId> = R extends `${infer C}/${string}`
  ? C extends CheckName
    ? PartName<C>
    : null
  : never

/** Rules by fact: which outcomes speak of `patch.list` when several facts come from one part. Others go by part and item. */
export const FACT_RULES: { readonly [key: string]: readonly RuleId[] } = {
  'patch.updates': ['patch/security-overdue', 'patch/security-waiting', 'patch/security-held'],
  'patch.list': ['patch/list-stale'],
  'patch.upgrade': ['patch/upgrade-overdue'],
  'system.memory': ['system/memory-short'],
  'system.hardware': [],
}
