/** REGISTRY of rules: one line per rule. The compiler asks for the rules that are missing, a test for ids that are not their path. Pure. */
import type { CheckName } from '../../shared/checks/names.ts'
import type { RuleId } from '../../shared/rules.ts'
import { checkSilent } from './agent/check-silent.ts'
import { clockWrong } from './agent/clock-wrong.ts'
import { dataLost } from './agent/data-lost.ts'
import { futureTime } from './agent/future-time.ts'
import { outdated } from './agent/outdated.ts'
import { silent } from './agent/silent.ts'
import { expired } from './antivirus/expired.ts'
import { noneSeen } from './antivirus/none-seen.ts'
import { notRunning } from './antivirus/not-running.ts'
import { realTimeOff } from './antivirus/real-time-off.ts'
import { severalActive } from './antivirus/several-active.ts'
import { signaturesOld } from './antivirus/signatures-old.ts'
import { threatActive } from './antivirus/threat-active.ts'
import { lastRunFailed } from './backup/last-run-failed.ts'
import { neverSucceeded } from './backup/never-succeeded.ts'
import { noneKnown } from './backup/none-known.ts'
import { notAutomatic } from './backup/not-automatic.ts'
import { notOffsite } from './backup/not-offsite.ts'
import { pingLate } from './backup/ping-late.ts'
import { runningLong } from './backup/running-long.ts'
import { sameDisk } from './backup/same-disk.ts'
import { statusUnreadable } from './backup/status-unreadable.ts'
import { tooOld } from './backup/too-old.ts'
import { tooSmall } from './backup/too-small.ts'
import { cableErrors } from './disk/cable-errors.ts'
import { controllerDriveFailing } from './disk/controller-drive-failing.ts'
import { controllerFaulty } from './disk/controller-faulty.ts'
import { deviceErrors } from './disk/device-errors.ts'
import { driveFailing } from './disk/drive-failing.ts'
import { errorsUncorrected } from './disk/errors-uncorrected.ts'
import { fillingUp } from './disk/filling-up.ts'
import { gone } from './disk/gone.ts'
import { healthUnreadable } from './disk/health-unreadable.ts'
import { inodesLow } from './disk/inodes-low.ts'
import { nvmeWarning } from './disk/nvme-warning.ts'
import { poolDegraded } from './disk/pool-degraded.ts'
import { poolErrors } from './disk/pool-errors.ts'
import { poolFull } from './disk/pool-full.ts'
import { raidDegraded } from './disk/raid-degraded.ts'
import { raidMemberFailed } from './disk/raid-member-failed.ts'
import { readOnly } from './disk/read-only.ts'
import { scrubOld } from './disk/scrub-old.ts'
import { sectorsReallocated } from './disk/sectors-reallocated.ts'
import { sectorsUnreadable } from './disk/sectors-unreadable.ts'
import { selfTestFailed } from './disk/self-test-failed.ts'
import { spaceLow } from './disk/space-low.ts'
import { tooHot } from './disk/too-hot.ts'
import { volumeSilent } from './disk/volume-silent.ts'
import { worn } from './disk/worn.ts'
import { automaticOff } from './patch/automatic-off.ts'
import { databaseBroken } from './patch/database-broken.ts'
import { listStale } from './patch/list-stale.ts'
import { rebootPending } from './patch/reboot-pending.ts'
import { securityHeld } from './patch/security-held.ts'
import { securityOverdue } from './patch/security-overdue.ts'
import { securityWaiting } from './patch/security-waiting.ts'
import { updateFailing } from './patch/update-failing.ts'
import { upgradeOverdue } from './patch/upgrade-overdue.ts'
import { administratorsMany } from './posture/administrators-many.ts'
import { automaticLogin } from './posture/automatic-login.ts'
import { emptyPasswords } from './posture/empty-passwords.ts'
import { encryptionOff } from './posture/encryption-off.ts'
import { encryptionSuspended } from './posture/encryption-suspended.ts'
import { firewallNotPermanent } from './posture/firewall-not-permanent.ts'
import { firewallOff } from './posture/firewall-off.ts'
import { guardsOff } from './posture/guards-off.ts'
import { guestOn } from './posture/guest-on.ts'
import { rdpWithoutNla } from './posture/rdp-without-nla.ts'
import { screenLockOff } from './posture/screen-lock-off.ts'
import { secureBootOff } from './posture/secure-boot-off.ts'
import { smb1On } from './posture/smb1-on.ts'
import { sshPasswordLogin } from './posture/ssh-password-login.ts'
import { sshRootLogin } from './posture/ssh-root-login.ts'
import { timeUnsynchronized } from './posture/time-unsynchronized.ts'
import { upsOnBattery } from './posture/ups-on-battery.ts'
import { upsReplaceBattery } from './posture/ups-replace-battery.ts'
import type { Rule } from './rule.ts'
import { batteryWorn } from './system/battery-worn.ts'
import { crashes } from './system/crashes.ts'
import { memoryShort } from './system/memory-short.ts'
import { supportEnded } from './system/support-ended.ts'
import { uptimeLong } from './system/uptime-long.ts'

const REGISTRY = {
  'disk/drive-failing': driveFailing,
  'disk/sectors-unreadable': sectorsUnreadable,
  'disk/sectors-reallocated': sectorsReallocated,
  'disk/errors-uncorrected': errorsUncorrected,
  'disk/cable-errors': cableErrors,
  'disk/worn': worn,
  'disk/nvme-warning': nvmeWarning,
  'disk/self-test-failed': selfTestFailed,
  'disk/too-hot': tooHot,
  'disk/gone': gone,
  'disk/health-unreadable': healthUnreadable,
  'disk/raid-degraded': raidDegraded,
  'disk/raid-member-failed': raidMemberFailed,
  'disk/space-low': spaceLow,
  'disk/filling-up': fillingUp,
  'disk/inodes-low': inodesLow,
  'disk/read-only': readOnly,
  'disk/volume-silent': volumeSilent,
  'disk/pool-degraded': poolDegraded,
  'disk/pool-errors': poolErrors,
  'disk/pool-full': poolFull,
  'disk/scrub-old': scrubOld,
  'disk/controller-faulty': controllerFaulty,
  'disk/controller-drive-failing': controllerDriveFailing,
  'disk/device-errors': deviceErrors,
  'patch/security-overdue': securityOverdue,
  'patch/security-waiting': securityWaiting,
  'patch/list-stale': listStale,
  'patch/upgrade-overdue': upgradeOverdue,
  'patch/reboot-pending': rebootPending,
  'patch/automatic-off': automaticOff,
  'patch/database-broken': databaseBroken,
  'patch/security-held': securityHeld,
  'patch/update-failing': updateFailing,
  'antivirus/threat-active': threatActive,
  'antivirus/none-seen': noneSeen,
  'antivirus/not-running': notRunning,
  'antivirus/real-time-off': realTimeOff,
  'antivirus/expired': expired,
  'antivirus/signatures-old': signaturesOld,
  'antivirus/several-active': severalActive,
  'backup/none-known': noneKnown,
  'backup/too-old': tooOld,
  'backup/never-succeeded': neverSucceeded,
  'backup/last-run-failed': lastRunFailed,
  'backup/too-small': tooSmall,
  'backup/same-disk': sameDisk,
  'backup/not-offsite': notOffsite,
  'backup/not-automatic': notAutomatic,
  'backup/status-unreadable': statusUnreadable,
  'backup/running-long': runningLong,
  'backup/ping-late': pingLate,
  'posture/firewall-off': firewallOff,
  'posture/firewall-not-permanent': firewallNotPermanent,
  'posture/ssh-root-login': sshRootLogin,
  'posture/ssh-password-login': sshPasswordLogin,
  'posture/encryption-off': encryptionOff,
  'posture/encryption-suspended': encryptionSuspended,
  'posture/rdp-without-nla': rdpWithoutNla,
  'posture/smb1-on': smb1On,
  'posture/guest-on': guestOn,
  'posture/automatic-login': automaticLogin,
  'posture/empty-passwords': emptyPasswords,
  'posture/administrators-many': administratorsMany,
  'posture/screen-lock-off': screenLockOff,
  'posture/secure-boot-off': secureBootOff,
  'posture/guards-off': guardsOff,
  'posture/ups-on-battery': upsOnBattery,
  'posture/ups-replace-battery': upsReplaceBattery,
  'posture/time-unsynchronized': timeUnsynchronized,
  'system/support-ended': supportEnded,
  'system/uptime-long': uptimeLong,
  'system/crashes': crashes,
  'system/battery-worn': batteryWorn,
  'system/memory-short': memoryShort,
  'agent/silent': silent,
  'agent/clock-wrong': clockWrong,
  'agent/future-time': futureTime,
  'agent/check-silent': checkSilent,
  'agent/data-lost': dataLost,
  'agent/outdated': outdated,
} as const satisfies { readonly [R in RuleId]: Rule & { readonly id: R } }

/** Every rule by its id. */
export const RULES_BY_ID: { readonly [R in RuleId]: Rule } = REGISTRY

/** Every rule, in the order of the registry. */
export const RULES: readonly Rule[] = Object.values(REGISTRY)

/** The rules about one check, or about the agent. */
export function rulesOf(subject: CheckName | 'agent'): readonly Rule[] {
  return RULES.filter((rule) => rule.subject === subject)
}
