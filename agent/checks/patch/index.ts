/** The room `patch`: its tasks and the sources its parsers stand for. Pure wiring. */
import type { Source, Task } from '../collector.ts'
import { apkSource } from './apk.ts'
import { aptCheckSource } from './apt-check.ts'
import { aptHistorySource } from './apt-history.ts'
import { aptListSource } from './apt-list.ts'
import { aptConfigSource } from './apt-periodic.ts'
import { aptSource } from './apt-updates.ts'
import { updatesTask } from './collect.ts'
import { automaticTask } from './collect-automatic.ts'
import { stateTask } from './collect-state.ts'
import { dnfAutomaticSource } from './dnf-automatic.ts'
import { dnfCheckUpdateSource } from './dnf-check-update.ts'
import { dnfUpdateinfoSource } from './dnf-updateinfo.ts'
import { dpkgAuditSource } from './dpkg-audit.ts'
import { installHistorySource } from './install-history.ts'
import { needrestartSource } from './needrestart.ts'
import { pacmanSource } from './pacman.ts'
import { rebootRequiredSource } from './reboot.ts'
import { needsRestartingSource, zypperNeedsRebootingSource } from './rpm-needs-restarting.ts'
import { rpmOstreeSource } from './rpm-ostree.ts'
import { softwareUpdateListSource } from './softwareupdate-list.ts'
import { softwareUpdatePlistSource } from './softwareupdate-plist.ts'
import { unattendedUpgradesSource } from './unattended-upgrades.ts'
import { windowsRebootSource } from './windows-reboot.ts'
import { windowsUpdateHistorySource } from './windows-update-history.ts'
import { windowsUpdatePolicySource } from './windows-update-policy.ts'
import { windowsUpdateResultsSource } from './windows-update-results.ts'
import { windowsUpdatesSource } from './windows-updates.ts'
import { zypperPatchesSource } from './zypper-patches.ts'
import { zypperUpdatesSource } from './zypper-updates.ts'

/** What the agent runs for the check `patch`. */
export const PATCH_TASKS: readonly Task<'patch'>[] = [updatesTask, automaticTask, stateTask]

/** What `agent parse patch/…` knows. */
export const PATCH_SOURCES: readonly Source<'patch'>[] = [
  aptSource,
  aptListSource,
  aptHistorySource,
  aptConfigSource,
  aptCheckSource,
  unattendedUpgradesSource,
  dpkgAuditSource,
  rebootRequiredSource,
  dnfCheckUpdateSource,
  dnfUpdateinfoSource,
  dnfAutomaticSource,
  needsRestartingSource,
  rpmOstreeSource,
  zypperPatchesSource,
  zypperUpdatesSource,
  zypperNeedsRebootingSource,
  pacmanSource,
  apkSource,
  needrestartSource,
  windowsUpdatesSource,
  windowsUpdateHistorySource,
  windowsUpdateResultsSource,
  windowsUpdatePolicySource,
  windowsRebootSource,
  softwareUpdatePlistSource,
  softwareUpdateListSource,
  installHistorySource,
]
