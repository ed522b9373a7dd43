/**
 * Names and help texts of the series of machines: base units, `_timestamp_seconds` for instants, ratios from 0 to 1. What could not be
 * read has no value; `rounds_check_readable` and `rounds_check_unreadable_reason` say why. Pure data.
 */

/** A family of series. `stays`: goes on for a machine that fell silent; all others stop. */
export type Family = { readonly name: string; readonly help: string; readonly stays: boolean }

const stays = (name: string, help: string): Family => ({ name, help, stays: true })
const stops = (name: string, help: string): Family => ({ name, help, stays: false })

/** Every family, in the order of the exposition. The key is how code names it. */
export const FAMILIES = {
  info: stays('rounds_machine_info', 'What the machine is called and runs; always 1.'),
  up: stays('rounds_machine_up', 'Whether the agent of the machine is connected.'),
  lastReport: stays('rounds_machine_last_report_timestamp_seconds', 'When the last report was received.'),
  enrolled: stays('rounds_machine_enrolled_timestamp_seconds', 'When the machine was enrolled.'),
  findings: stays('rounds_machine_findings', 'Open findings by severity, without those whose risk a person accepted.'),
  accepted: stays('rounds_machine_accepted_findings', 'Open findings whose risk a person accepted until a date.'),
  unknowns: stays('rounds_machine_unknown_outcomes', 'Outcomes of rules that could not be told.'),
  passes: stops('rounds_machine_passed_outcomes', 'Outcomes of rules that pass.'),
  readable: stays('rounds_check_readable', 'Whether every part of the check could be read.'),
  unreadable: stays('rounds_check_unreadable_reason', 'Why a part of the check could not be read; always 1.'),
  collected: stays('rounds_check_collected_timestamp_seconds', 'When the check was last collected.'),
  skew: stops('rounds_machine_clock_skew_seconds', 'Server clock minus clock of the machine.'),
  volumeSize: stops('rounds_volume_size_bytes', 'Size of the volume.'),
  volumeUsed: stops('rounds_volume_used_bytes', 'Used space of the volume.'),
  volumeAvailable: stops('rounds_volume_available_bytes', 'Space that a user can still write.'),
  volumeInodes: stops('rounds_volume_inodes_free', 'Free inodes of the volume.'),
  volumeReadOnly: stops('rounds_volume_read_only', 'Whether the volume is mounted read-only.'),
  volumeErrors: stops('rounds_volume_errors', 'Errors that the file system has counted on its device.'),
  driveTemperature: stops('rounds_drive_temperature_celsius', 'Temperature of the drive.'),
  drivePowerOn: stops('rounds_drive_power_on_seconds', 'Time the drive has been powered on.'),
  driveWear: stops('rounds_drive_wear_ratio', 'Rated life used: 0 new, 1 used up; may exceed 1.'),
  driveHealthy: stops('rounds_drive_healthy', 'Verdict of the drive on itself.'),
  driveReallocated: stops('rounds_drive_reallocated_sectors', 'Sectors that the drive has replaced.'),
  drivePending: stops('rounds_drive_pending_sectors', 'Sectors that the drive could not read.'),
  arrayActive: stops('rounds_array_active_members', 'Members of the array that work.'),
  arrayWanted: stops('rounds_array_wanted_members', 'Members that the array should have.'),
  backupSuccess: stops('rounds_backup_last_success_timestamp_seconds', 'When the newest good copy was made.'),
  backupRun: stops('rounds_backup_last_run_timestamp_seconds', 'When the job last ran, with whatever result.'),
  backupSize: stops('rounds_backup_size_bytes', 'Size of the newest copy.'),
  backupCopies: stops('rounds_backup_copies', 'Copies that are kept.'),
  updates: stops('rounds_updates_pending', 'Updates that can be installed now, by kind.'),
  updatesHeld: stops('rounds_updates_held', 'Updates held back by an administrator.'),
  updatesList: stops('rounds_updates_list_timestamp_seconds', 'When the list of updates was refreshed.'),
  updatesLast: stops('rounds_updates_installed_timestamp_seconds', 'When updates were last installed.'),
  updatesAutomatic: stops('rounds_updates_automatic', 'Whether security updates install themselves.'),
  reboot: stops('rounds_reboot_required', 'Whether the machine waits for a restart.'),
  antivirusRunning: stops('rounds_antivirus_running', 'Whether the service of the product runs.'),
  antivirusRealTime: stops('rounds_antivirus_real_time', 'Whether the product watches files as they are used.'),
  antivirusSignatures: stops('rounds_antivirus_signatures_timestamp_seconds', 'Date of the newest signatures.'),
  firewall: stops('rounds_firewall_enabled', 'Whether a firewall is active.'),
  sshPassword: stops('rounds_ssh_password_login', 'Whether remote login by password is allowed.'),
  timeSynchronized: stops('rounds_time_synchronized', 'Whether the clock is kept by a time source.'),
  timeOffset: stops('rounds_time_offset_seconds', 'Absolute offset that the time daemon states.'),
  boot: stops('rounds_machine_boot_timestamp_seconds', 'When the machine was started.'),
  memoryUsed: stops('rounds_memory_used_bytes', 'Memory in use.'),
  memorySize: stops('rounds_memory_size_bytes', 'Memory of the machine.'),
  swapUsed: stops('rounds_swap_used_bytes', 'Swap space in use.'),
  cpuBusy: stops('rounds_cpu_busy_ratio', 'Share of processor time in use since the previous reading.'),
  load: stops('rounds_load1', 'Load average over one minute.'),
  battery: stops('rounds_battery_health_ratio', 'Full charge against the capacity of a new battery.'),
} as const satisfies { readonly [key: string]: Family }

/** How code names a family. */
export type FamilyKey = keyof typeof FAMILIES

/** Every key, in the order of the exposition. */
export const FAMILY_KEYS = Object.keys(FAMILIES) as readonly FamilyKey[]
