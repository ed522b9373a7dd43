/** Values of a failing outcome for every rule, in the shapes that matter for its texts. */
import type { RuleId, RuleValues } from '../../../shared/rules.ts'
import { DAY_MS, GB, HOUR_MS } from '../../../shared/units.ts'
import { STORAGE_VALUES } from './storage-rule-values.ts'

export const NOW = Date.UTC(2026, 10, 24, 12)
const drive = { drive: 'WD Red 123', device: '/dev/sda' }
const at = NOW - 5 * DAY_MS

/** At least one set of values per rule. */
export const VALUES: { readonly [R in RuleId]: readonly [RuleValues[R], ...RuleValues[R][]] } = {
  'disk/drive-failing': [
    { ...drive, when: 'now', attributes: 'Reallocated_Sector_Ct (5)' },
    { ...drive, when: 'past', attributes: '' },
  ],
  'disk/sectors-unreadable': [
    { ...drive, pending: 1, uncorrectable: 0, grewBy: null },
    { ...drive, pending: 24, uncorrectable: 3, grewBy: 9 },
  ],
  'disk/sectors-reallocated': [
    { ...drive, sectors: 1, grewBy: null },
    { ...drive, sectors: 60, grewBy: 12 },
  ],
  'disk/errors-uncorrected': [
    { ...drive, errors: 1, kind: 'reported', grewBy: null },
    { ...drive, errors: 5, kind: 'media', grewBy: 2 },
    { ...drive, errors: 5, kind: 'scsi', grewBy: null },
    { ...drive, errors: 5, kind: 'end-to-end', grewBy: null },
    { ...drive, errors: 5, kind: 'spin', grewBy: null },
  ],
  'disk/cable-errors': [{ ...drive, errors: 300, grewBy: 6 }],
  'disk/worn': [
    { ...drive, wearPercent: 82 },
    { ...drive, wearPercent: 101 },
  ],
  'disk/nvme-warning': [
    { ...drive, warnings: 'temperature', sparePercent: 100, thresholdPercent: 10 },
    { ...drive, warnings: 'spare, read-only', sparePercent: null, thresholdPercent: null },
    { ...drive, warnings: '', sparePercent: 8, thresholdPercent: 10 },
  ],
  'disk/self-test-failed': [drive],
  'disk/too-hot': [{ ...drive, celsius: 63, limitCelsius: 60 }],
  'disk/gone': [{ drive: 'WD Red 123', lastSeenAt: at }],
  'disk/health-unreadable': [drive],
  'disk/raid-degraded': [
    { array: 'md0', level: 'raid1', active: 1, wanted: 2, state: 'degraded', redundancyLeft: 0 },
    { array: 'md0', level: '', active: null, wanted: null, state: 'degraded', redundancyLeft: null },
    { array: 'md0', level: 'raid1', active: 1, wanted: 2, state: 'rebuilding', redundancyLeft: 0 },
    { array: 'md0', level: 'raid5', active: null, wanted: null, state: 'inactive', redundancyLeft: null },
  ],
  'disk/raid-member-failed': [{ array: 'md0', members: 'sda1, sdb1' }],
  'disk/space-low': [{ volume: '/srv', usedPercent: 96.2, availableBytes: 3.8 * GB, totalBytes: 100 * GB }],
  'disk/filling-up': [{ volume: '/srv', daysUntilFull: 6.4, bytesPerDay: 2 * GB, availableBytes: 13 * GB }],
  'disk/inodes-low': [{ volume: '/srv', freePercent: 4.4, inodesFree: 12_000 }],
  'disk/read-only': [
    { volume: '/srv', errors: null },
    { volume: '/srv', errors: 3 },
  ],
  'disk/volume-silent': [{ volume: '/mnt/nas', device: 'nas:/export' }],
  ...STORAGE_VALUES,
  'patch/security-overdue': [
    { count: 3, oldestSince: at, ageMs: 15 * DAY_MS, names: 'openssl, libc6', manager: 'apt' },
  ],
  'patch/security-waiting': [
    { count: 21, names: 'openssl, libc6', manager: 'windows-update' },
    { count: 21, names: 'openssl, libc6', manager: '' },
  ],
  'patch/list-stale': [
    { ageMs: 9 * DAY_MS, refreshedAt: at, manager: 'zypper' },
    { ageMs: 9 * DAY_MS, refreshedAt: at, manager: 'pacman' },
    { ageMs: 9 * DAY_MS, refreshedAt: at, manager: '' },
  ],
  'patch/upgrade-overdue': [{ ageMs: 50 * DAY_MS, lastAt: at, manager: 'dnf' }],
  'patch/reboot-pending': [
    { forMs: 8 * DAY_MS, since: at, reasons: 'kernel', running: '6.1', installed: '6.2', manager: 'apt' },
    { forMs: 8 * DAY_MS, since: at, reasons: 'flag', running: '', installed: '', manager: '' },
  ],
  'patch/automatic-off': [
    { mechanism: '', manager: 'pacman' },
    { mechanism: 'unattended-upgrades', manager: 'apt' },
    { mechanism: 'Windows Update', manager: 'windows-update' },
  ],
  'patch/database-broken': [
    { problems: '', manager: 'softwareupdate' },
    { problems: 'libc6', manager: 'apt' },
  ],
  'patch/security-held': [
    { count: 1, manager: 'apt' },
    { count: 2, manager: 'windows-update' },
  ],
  'patch/update-failing': [
    { count: 1, times: 3, names: 'KB5063878', manager: 'windows-update' },
    { count: 2, times: 4, names: 'apt', manager: 'apt' },
    { count: 2, times: 4, names: 'x', manager: '' },
  ],
  'antivirus/threat-active': [
    { active: 1, failed: 0, withinDays: 30 },
    { active: 3, failed: 1, withinDays: 30 },
    { active: 0, failed: 2, withinDays: 30 },
    { active: 2, failed: null, withinDays: 30 },
  ],
  'antivirus/none-seen': [{}],
  'antivirus/not-running': [{ product: 'ClamAV' }],
  'antivirus/real-time-off': [
    { product: 'ClamAV', mode: null },
    { product: 'ClamAV', mode: 'passive' },
    { product: 'ClamAV', mode: 'reduced' },
    { product: 'ClamAV', mode: 'snoozed' },
    { product: 'ClamAV', mode: 'unregistered' },
    { product: 'ClamAV', mode: 'off' },
  ],
  'antivirus/expired': [{ product: 'ESET' }],
  'antivirus/signatures-old': [
    { product: 'ClamAV', ageMs: 4 * DAY_MS, signaturesAt: at },
    { product: 'ESET', ageMs: null, signaturesAt: null },
  ],
  'antivirus/several-active': [{ products: 'Avast, ESET' }],
  'backup/none-known': [
    { reason: 'databases', detail: 'postgresql' },
    { reason: 'not-known', detail: '' },
  ],
  'backup/too-old': [{ job: 'nightly', ageMs: 52 * HOUR_MS, lastSuccessAt: NOW - 52 * HOUR_MS, everyMs: DAY_MS }],
  'backup/never-succeeded': [{ job: 'nightly' }],
  'backup/last-run-failed': [
    { job: 'nightly', result: 'failed', lastRunAt: at },
    { job: 'nightly', result: 'partial', lastRunAt: null },
  ],
  'backup/too-small': [
    { job: 'nightly', bytes: 0, usualBytes: GB },
    { job: 'nightly', bytes: 5, usualBytes: null },
    { job: 'nightly', bytes: GB, usualBytes: 40 * GB },
  ],
  'backup/same-disk': [
    { job: 'nightly', destination: '/backup' },
    { job: 'nightly', destination: '' },
  ],
  'backup/not-offsite': [{ jobs: 1 }, { jobs: 2 }],
  'backup/not-automatic': [{ job: 'Backup 2' }],
  'backup/status-unreadable': [{ job: 'nightly' }],
  'backup/running-long': [{ job: 'nightly', ageMs: 7 * HOUR_MS, startedAt: NOW - 7 * HOUR_MS }],
  'backup/ping-late': [
    {
      ...{ job: 'NAS', ageMs: 30 * HOUR_MS, lastSuccessAt: NOW - 30 * HOUR_MS, createdAt: NOW - 300 * HOUR_MS },
      ...{ everyMs: 24 * HOUR_MS, graceMs: 2 * HOUR_MS },
    },
    {
      ...{ job: 'NAS', ageMs: 30 * HOUR_MS, lastSuccessAt: null, createdAt: NOW - 30 * HOUR_MS },
      ...{ everyMs: 24 * HOUR_MS, graceMs: 2 * HOUR_MS },
    },
  ],
  'posture/firewall-off': [
    { tool: 'ufw' },
    { tool: 'firewalld' },
    { tool: 'nftables' },
    { tool: 'windows-firewall', profile: 'public' },
    { tool: 'application-firewall' },
  ],
  'posture/firewall-not-permanent': [{ tool: 'firewalld' }],
  'posture/ssh-root-login': [{ ports: '22' }, { ports: '' }],
  'posture/ssh-password-login': [{ ports: '22, 2222' }],
  'posture/encryption-off': [
    { volume: 'C:', state: 'off' },
    { volume: '/', state: 'partial' },
    { volume: 'C:', state: 'encrypting' },
    { volume: 'C:', state: 'decrypting' },
  ],
  'posture/encryption-suspended': [{ volume: 'C:' }],
  'posture/rdp-without-nla': [{ port: 3389 }, { port: null }],
  'posture/smb1-on': [{}],
  'posture/guest-on': [{}],
  'posture/automatic-login': [{}],
  'posture/empty-passwords': [{ count: 1 }, { count: 2 }],
  'posture/administrators-many': [{ count: 5, most: 2 }],
  'posture/screen-lock-off': [{}],
  'posture/secure-boot-off': [{}],
  'posture/guards-off': [{ guard: 'gatekeeper' }, { guard: 'sip' }, { guard: 'uac' }],
  'posture/ups-on-battery': [
    { ups: 'cellar', status: 'on-battery' },
    { ups: 'cellar', status: 'low-battery' },
    { ups: 'cellar', status: 'bypass' },
    { ups: 'cellar', status: 'off' },
  ],
  'posture/ups-replace-battery': [{ ups: 'cellar' }],
  'posture/time-unsynchronized': [
    { tool: '', offsetMs: null },
    { tool: 'chrony', offsetMs: 812.4 },
    { tool: 'w32time', offsetMs: null },
  ],
  'system/support-ended': [
    { os: 'Debian 10', endsAt: at, extendedAt: null, tableAt: at },
    { os: 'Ubuntu 22.04', endsAt: NOW + 90 * DAY_MS, extendedAt: NOW + 900 * DAY_MS, tableAt: at },
  ],
  'system/uptime-long': [{ bootedAt: at, forMs: 200 * DAY_MS }],
  'system/crashes': [
    { ends: 1, stops: 0, withinDays: 7 },
    { ends: 6, stops: 4, withinDays: 7 },
  ],
  'system/battery-worn': [
    { battery: 'BAT0', healthPercent: 38.2 },
    { battery: 'InternalBattery', healthPercent: null },
  ],
  'system/memory-short': [{ usedPercent: 94, totalBytes: 8.3 * GB }],
  'agent/silent': [{ lastReportAt: at, forMs: 5 * DAY_MS }],
  'agent/clock-wrong': [{ skewMs: 90_000 }, { skewMs: -400_000 }],
  'agent/future-time': [{ aheadMs: 3 * HOUR_MS }],
  'agent/check-silent': [{ check: 'backup', lastAt: at, everyMs: 15 * 60_000 }],
  'agent/data-lost': [
    { from: 4, to: 4, why: 'disk full' },
    { from: 4, to: 90, why: 'disk full' },
  ],
  'agent/outdated': [{ build: '0.1.0', current: '0.4.0' }],
}
