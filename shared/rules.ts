/**
 * Every rule by its id, with the values that its failing outcome carries. One line per rule: the server's registry, the texts of
 * every language and this list must agree, and the compiler or a test says so. Values are raw (bytes, ms, epoch ms); texts format them. Pure.
 */
import type { CheckName } from './checks/names.ts'
import type { EpochMs } from './units.ts'

/** Values of each rule's failing outcome. Strings come from PCs and are hostile in every sink. */
export interface RuleValues {
  'disk/drive-failing': { drive: string; device: string; when: 'now' | 'past'; attributes: string }
  'disk/sectors-unreadable': {
    drive: string
    device: string
    pending: number
    uncorrectable: number
    grewBy: number | null
  }
  'disk/sectors-reallocated': { drive: string; device: string; sectors: number; grewBy: number | null }
  'disk/errors-uncorrected': {
    drive: string
    device: string
    errors: number
    kind: 'reported' | 'media' | 'scsi' | 'end-to-end' | 'spin'
    grewBy: number | null
  }
  'disk/cable-errors': { drive: string; device: string; errors: number; grewBy: number }
  'disk/worn': { drive: string; device: string; wearPercent: number }
  'disk/nvme-warning': {
    drive: string
    device: string
    warnings: string
    sparePercent: number | null
    thresholdPercent: number | null
  }
  'disk/self-test-failed': { drive: string; device: string }
  'disk/too-hot': { drive: string; device: string; celsius: number; limitCelsius: number }
  'disk/gone': { drive: string; lastSeenAt: EpochMs }
  'disk/health-unreadable': { drive: string; device: string }
  'disk/raid-degraded': {
    array: string
    level: string
    active: number | null
    wanted: number | null
    state: string
    redundancyLeft: number | null
  }
  'disk/raid-member-failed': { array: string; members: string }
  'disk/space-low': { volume: string; usedPercent: number; availableBytes: number; totalBytes: number }
  'disk/filling-up': { volume: string; daysUntilFull: number; bytesPerDay: number; availableBytes: number }
  'disk/inodes-low': { volume: string; freePercent: number; inodesFree: number }
  'disk/read-only': { volume: string; errors: number | null }
  'disk/volume-silent': { volume: string; device: string }
  'disk/pool-degraded': { pool: string; kind: string; state: string; members: string }
  'disk/pool-errors': {
    pool: string
    kind: string
    readErrors: number | null
    writeErrors: number | null
    checksumErrors: number | null
    dataErrors: number | null
    lastScrub: string | null
    grewBy: number | null
  }
  'disk/pool-full': { pool: string; kind: string; usedPercent: number; what: 'data' | 'metadata' }
  'disk/scrub-old': { pool: string; kind: string; scrubbedAt: EpochMs | null; ageMs: number }
  'disk/controller-faulty': {
    controller: string
    model: string
    state: string
    battery: string
    chargePercent: number | null
  }
  'disk/controller-drive-failing': {
    controller: string
    drive: string
    model: string
    state: string
    mediaErrors: number | null
    grewBy: number | null
  }
  'disk/device-errors': { device: string; kind: string; count: number; withinHours: number }
  'patch/security-overdue': { count: number; oldestSince: EpochMs; ageMs: number; names: string; manager: string }
  'patch/security-waiting': { count: number; names: string; manager: string }
  'patch/list-stale': { ageMs: number; refreshedAt: EpochMs; manager: string }
  'patch/upgrade-overdue': { ageMs: number; lastAt: EpochMs; manager: string }
  'patch/reboot-pending': {
    forMs: number
    since: EpochMs
    reasons: string
    running: string
    installed: string
    manager: string
  }
  'patch/automatic-off': { mechanism: string; manager: string }
  'patch/database-broken': { problems: string; manager: string }
  'patch/security-held': { count: number; manager: string }
  'patch/update-failing': { count: number; times: number; names: string; manager: string }
  'antivirus/threat-active': { active: number; failed: number | null; withinDays: number }
  'antivirus/none-seen': Record<never, never>
  'antivirus/not-running': { product: string }
  /** `mode`: as the product says of itself (`passive`, `off`, `snoozed`, `reduced`, `unregistered`); null: not told. */
  'antivirus/real-time-off': { product: string; mode: string | null }
  'antivirus/expired': { product: string }
  /** null: only the product itself says that they are old. */
  'antivirus/signatures-old': { product: string; ageMs: number | null; signaturesAt: EpochMs | null }
  'antivirus/several-active': { products: string }
  'backup/none-known': { reason: string; detail: string }
  'backup/too-old': { job: string; ageMs: number; lastSuccessAt: EpochMs; everyMs: number }
  'backup/never-succeeded': { job: string }
  'backup/last-run-failed': { job: string; result: 'partial' | 'failed'; lastRunAt: EpochMs | null }
  'backup/too-small': { job: string; bytes: number; usualBytes: number | null }
  'backup/same-disk': { job: string; destination: string }
  'backup/not-offsite': { jobs: number }
  'backup/not-automatic': { job: string }
  'backup/status-unreadable': { job: string }
  'backup/running-long': { job: string; ageMs: number; startedAt: EpochMs }
  /** `lastSuccessAt` null: never heard since `createdAt`; the age counts from there then. */
  'backup/ping-late': {
    job: string
    ageMs: number
    lastSuccessAt: EpochMs | null
    createdAt: EpochMs
    everyMs: number
    graceMs: number
  }
  /** `profile`: of Windows, where each kind of network has its own; absent elsewhere. */
  'posture/firewall-off': { tool: string; profile?: 'domain' | 'private' | 'public' }
  'posture/firewall-not-permanent': { tool: string }
  'posture/ssh-root-login': { ports: string }
  'posture/ssh-password-login': { ports: string }
  'posture/encryption-off': { volume: string; state: 'off' | 'partial' | 'encrypting' | 'decrypting' }
  'posture/encryption-suspended': { volume: string }
  'posture/rdp-without-nla': { port: number | null }
  'posture/smb1-on': Record<never, never>
  'posture/guest-on': Record<never, never>
  'posture/automatic-login': Record<never, never>
  'posture/empty-passwords': { count: number }
  'posture/administrators-many': { count: number; most: number }
  'posture/screen-lock-off': Record<never, never>
  'posture/secure-boot-off': Record<never, never>
  'posture/guards-off': { guard: 'gatekeeper' | 'sip' | 'uac' }
  'posture/ups-on-battery': { ups: string; status: 'on-battery' | 'low-battery' | 'bypass' | 'off' }
  'posture/ups-replace-battery': { ups: string }
  'posture/time-unsynchronized': { tool: string; offsetMs: number | null }
  'system/support-ended': { os: string; endsAt: EpochMs; extendedAt: EpochMs | null; tableAt: EpochMs }
  'system/uptime-long': { bootedAt: EpochMs; forMs: number }
  'system/crashes': { ends: number; stops: number; withinDays: number }
  'system/battery-worn': { battery: string; healthPercent: number | null }
  'system/memory-short': { usedPercent: number; totalBytes: number }
  'agent/silent': { lastReportAt: EpochMs; forMs: number }
  'agent/clock-wrong': { skewMs: number }
  'agent/future-time': { aheadMs: number }
  'agent/check-silent': { check: CheckName; lastAt: EpochMs; everyMs: number }
  'agent/data-lost': { from: number; to: number; why: string }
  'agent/outdated': { build: string; current: string }
}

/** Id of a rule: `<subject>/<name>`, which is also the path of its file. */
export type RuleId = keyof RuleValues & string

/** The check of a rule, or `agent`: facts that the server itself writes about the agent. */
export type RuleSubject = CheckName | 'agent'

/** @returns the part of a rule's id before the slash. */
export function subjectOf(rule: RuleId): RuleSubject {
  return rule.slice(0, rule.indexOf('/')) as RuleSubject
}
