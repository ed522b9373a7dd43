/** The sources of Windows and macOS that read a recording; one line each. Pure wiring. */
import type { Source } from '../collector.ts'
import { timeMachineDestinationsSource } from './macos/time-machine-destinations.ts'
import { timeMachineLatestSource } from './macos/time-machine-latest.ts'
import { timeMachinePlistSource } from './macos/time-machine-plist.ts'
import { timeMachineSnapshotsSource } from './macos/time-machine-snapshots.ts'
import { timeMachinePhaseSource, timeMachineStatusSource } from './macos/time-machine-status.ts'
import { cobianSource } from './windows/cobian-log.ts'
import { eventlogSource } from './windows/eventlog.ts'
import { fileHistorySource } from './windows/file-history.ts'
import { onedriveSource } from './windows/onedrive.ts'
import { shadowCopiesSource } from './windows/shadow-copies.ts'
import { veeamBrEventsSource, veeamWindowsEventsSource } from './windows/veeam-events.ts'
import { veeamLogSource } from './windows/veeam-log.ts'
import { VENDOR_SOURCES } from './windows/vendor-events.ts'
import { wbadminVersionsSource } from './windows/wbadmin-versions.ts'
import { windowsBackupEventsSource } from './windows/windows-backup-events.ts'
import { windowsBackupSummarySource } from './windows/windows-backup-summary.ts'
import { windowsDataSource } from './windows/windows-data.ts'
import { windowsProductsSource } from './windows/windows-products.ts'
import { windows7BackupSource } from './windows/windows7-backup.ts'

/** What `agent parse backup/…` knows of Windows and macOS. */
export const SYSTEM_BACKUP_SOURCES: readonly Source<'backup'>[] = [
  windowsBackupEventsSource,
  windowsBackupSummarySource,
  wbadminVersionsSource,
  fileHistorySource,
  windows7BackupSource,
  onedriveSource,
  shadowCopiesSource,
  veeamWindowsEventsSource,
  veeamBrEventsSource,
  veeamLogSource,
  ...VENDOR_SOURCES,
  cobianSource,
  eventlogSource,
  windowsProductsSource,
  windowsDataSource,
  timeMachinePlistSource,
  timeMachineDestinationsSource,
  timeMachineStatusSource,
  timeMachineLatestSource,
  timeMachineSnapshotsSource,
  timeMachinePhaseSource,
]
