/** The commands of protection products that a technician types, by the name in a finding: the same in every language. Pure data. */

/** One product's own words. null: it has no such command, or it is done in its window. */
export type ProtectionCommands = {
  readonly start: string | null
  /** What shows why it stopped or does not work. */
  readonly log: string | null
  readonly realTime: string | null
  readonly refresh: string | null
  /** What shows why its signatures were not refreshed. */
  readonly refreshLog: string | null
}

const COMMANDS: { readonly [product: string]: ProtectionCommands } = {
  // Linux only.
  ClamAV: {
    start: 'systemctl enable --now clamav-daemon',
    log: 'journalctl -u clamav-daemon',
    realTime: 'systemctl enable --now clamav-clamonacc',
    refresh: 'freshclam',
    refreshLog: 'systemctl status clamav-freshclam',
  },
  // Windows only; in PowerShell as administrator.
  'Microsoft Defender Antivirus': {
    start: 'Start-Service WinDefend',
    log: 'Get-MpComputerStatus',
    realTime: 'Set-MpPreference -DisableRealtimeMonitoring $false',
    refresh: 'Update-MpSignature',
    refreshLog: 'Get-MpComputerStatus',
  },
  // Linux and macOS.
  'Microsoft Defender for Endpoint': {
    start: null,
    log: 'mdatp health',
    realTime: 'mdatp config real-time-protection --value enabled',
    refresh: 'mdatp definitions update',
    refreshLog: 'mdatp health',
  },
}

const NONE: ProtectionCommands = { start: null, log: null, realTime: null, refresh: null, refreshLog: null }

/** @param product name as in a finding. One that is not known has no commands. */
export function protectionCommandsOf(product: string): ProtectionCommands {
  return Object.hasOwn(COMMANDS, product) ? (COMMANDS[product] ?? NONE) : NONE
}
