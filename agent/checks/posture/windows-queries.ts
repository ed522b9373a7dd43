/** What is asked of Windows about access and encryption: numbers, RIDs and registry values; no names of people. Pure data. */
import type { WindowsQuery } from '../windows/query.ts'

/** Values of registry keys that may be missing; the names are constants of the fragments below. */
const READ_KEY = `function Read-Key([string]$path, [string[]]$names) {
  $k = Get-Item -LiteralPath "HKLM:\\$path" -ErrorAction SilentlyContinue
  $o = [ordered]@{ Key = "HKLM\\$path"; Exists = [bool]$k }
  if ($k) { foreach ($n in $names) { $o[$n] = $k.GetValue($n) } }
  [pscustomobject]$o
}
function Read-Service([string]$name) {
  $s = Get-Service -Name $name -ErrorAction SilentlyContinue
  if ($s) { [pscustomobject]@{ Service = $name; State = [int]$s.Status } }
}
`

const FIREWALL_REGISTRY = `${READ_KEY}
foreach ($base in 'SOFTWARE\\Policies\\Microsoft\\WindowsFirewall', 'SYSTEM\\CurrentControlSet\\Services\\SharedAccess\\Parameters\\FirewallPolicy') {
  foreach ($profile in 'DomainProfile', 'StandardProfile', 'PrivateProfile', 'PublicProfile') {
    Read-Key "$base\\$profile" @('EnableFirewall', 'DefaultInboundAction')
  }
}
Read-Service 'mpssvc'
Read-Service 'BFE'`

const FIREWALL_PROFILES = `Get-NetFirewallProfile -PolicyStore ActiveStore | ForEach-Object {
  [pscustomobject]@{ Name = [string]$_.Name; Enabled = [int]$_.Enabled; DefaultInboundAction = [int]$_.DefaultInboundAction }
}`

const RDP = `${READ_KEY}
Read-Key 'SOFTWARE\\Policies\\Microsoft\\Windows NT\\Terminal Services' @('fDenyTSConnections', 'UserAuthentication')
Read-Key 'SYSTEM\\CurrentControlSet\\Control\\Terminal Server' @('fDenyTSConnections')
Read-Key 'SYSTEM\\CurrentControlSet\\Control\\Terminal Server\\WinStations\\RDP-Tcp' @('UserAuthentication', 'PortNumber')
Read-Service 'TermService'`

const UAC = `${READ_KEY}
Read-Key 'SOFTWARE\\Microsoft\\Windows\\CurrentVersion\\Policies\\System' @('EnableLUA')`

const SECURE_BOOT = `${READ_KEY}
Read-Key 'SYSTEM\\CurrentControlSet\\Control\\SecureBoot\\State' @('UEFISecureBootEnabled')`

/** People who are signed in are numbered, so that no SID leaves the script. */
const SCREEN_LOCK = `${READ_KEY}
Read-Key 'SOFTWARE\\Microsoft\\Windows\\CurrentVersion\\Policies\\System' @('InactivityTimeoutSecs')
$names = @('ScreenSaveActive', 'ScreenSaverIsSecure', 'ScreenSaveTimeOut')
$number = 0
foreach ($hive in @(Get-ChildItem -LiteralPath 'Registry::HKEY_USERS' -ErrorAction SilentlyContinue)) {
  if ($hive.PSChildName -notmatch '^S-1-(5-21|12-1)-[0-9-]+$') { continue }
  $number++
  foreach ($place in 'Control Panel\\Desktop', 'Software\\Policies\\Microsoft\\Windows\\Control Panel\\Desktop') {
    $k = Get-Item -LiteralPath "Registry::HKEY_USERS\\$($hive.PSChildName)\\$place" -ErrorAction SilentlyContinue
    if ($k) {
      $o = [ordered]@{ Key = "HKU\\$number\\$place" }
      foreach ($n in $names) { $o[$n] = $k.GetValue($n) }
      [pscustomobject]$o
    }
  }
}`

/** Get-LocalGroupMember fails on orphaned and Entra SIDs (error 1789); ADSI with the translated name then does not. */
const ACCOUNTS = `Get-CimInstance -ClassName Win32_UserAccount -Filter 'LocalAccount=True' | ForEach-Object {
  [pscustomobject]@{ Kind = 'account'; Rid = [int64](($_.SID -split '-')[-1]); Disabled = [bool]$_.Disabled; LocalAccount = $true }
}
$members = @()
try { $members = @(Get-LocalGroupMember -SID 'S-1-5-32-544' | ForEach-Object { [string]$_.SID }) }
catch {
  $account = (New-Object Security.Principal.SecurityIdentifier 'S-1-5-32-544').Translate([Security.Principal.NTAccount]).Value
  $group = [ADSI]"WinNT://./$($account.Split('\\')[-1]),group"
  $members = @($group.psbase.Invoke('Members') | ForEach-Object {
    $bytes = $_.GetType().InvokeMember('objectSid', 'GetProperty', $null, $_, $null)
    (New-Object Security.Principal.SecurityIdentifier($bytes, 0)).Value
  })
}
foreach ($sid in $members) { [pscustomobject]@{ Kind = 'administrator'; Rid = [int64](($sid -split '-')[-1]) } }
$logon = Get-Item -LiteralPath 'HKLM:\\SOFTWARE\\Microsoft\\Windows NT\\CurrentVersion\\Winlogon'
[pscustomobject]@{ Kind = 'winlogon'; Told = $true; AutoAdminLogon = [string]$logon.GetValue('AutoAdminLogon') }`

/** Partitions without a letter hold the recovery system; only the system volume counts without one. */
const VOLUMES = `Get-CimInstance -Namespace 'root/CIMV2/Security/MicrosoftVolumeEncryption' -ClassName Win32_EncryptableVolume | ForEach-Object {
  if ($_.DriveLetter -or $_.VolumeType -eq 0) {
    [pscustomobject]@{ DriveLetter = $_.DriveLetter; VolumeType = $_.VolumeType; ProtectionStatus = $_.ProtectionStatus; ConversionStatus = $_.ConversionStatus; EncryptionMethod = $_.EncryptionMethod }
  }
}`

const SMB1 = `Get-SmbServerConfiguration | ForEach-Object { [pscustomobject]@{ EnableSMB1Protocol = [bool]$_.EnableSMB1Protocol } }
$k = Get-Item -LiteralPath 'HKLM:\\SYSTEM\\CurrentControlSet\\Services\\LanmanServer\\Parameters' -ErrorAction SilentlyContinue
if ($k -and $null -ne $k.GetValue('SMB1')) { [pscustomobject]@{ SMB1 = [int]$k.GetValue('SMB1') } }`

const TPM = `Get-CimInstance -Namespace 'root/CIMV2/Security/MicrosoftTpm' -ClassName Win32_Tpm | ForEach-Object {
  [pscustomobject]@{ SpecVersion = $_.SpecVersion; IsEnabled_InitialValue = $_.IsEnabled_InitialValue; IsActivated_InitialValue = $_.IsActivated_InitialValue }
}`

const UPS = `Get-CimInstance -ClassName Win32_Battery | ForEach-Object {
  [pscustomobject]@{
    Name = $_.Name; DeviceID = $_.DeviceID; Chemistry = $_.Chemistry; BatteryStatus = $_.BatteryStatus
    EstimatedChargeRemaining = $_.EstimatedChargeRemaining; EstimatedRunTime = $_.EstimatedRunTime
  }
}`

const SERVICES = `Get-Service | ForEach-Object { [pscustomobject]@{ Service = [string]$_.Name; State = [int]$_.Status } }`

/** Blocks of the check `posture`; the registry and light classes come often, what loads a module comes every six hours. */
export const POSTURE_QUERIES: readonly WindowsQuery[] = [
  { block: 'firewall-registry', rhythm: 'often', script: FIREWALL_REGISTRY },
  { block: 'rdp', rhythm: 'often', script: RDP },
  { block: 'uac', rhythm: 'often', script: UAC },
  { block: 'screen-lock', rhythm: 'often', script: SCREEN_LOCK },
  { block: 'ups', rhythm: 'often', script: UPS },
  { block: 'firewall-profiles', rhythm: 'seldom', script: FIREWALL_PROFILES },
  { block: 'encryptable-volumes', rhythm: 'seldom', script: VOLUMES },
  { block: 'accounts', rhythm: 'seldom', script: ACCOUNTS },
  { block: 'smb1', rhythm: 'seldom', script: SMB1 },
  { block: 'remote-services', rhythm: 'seldom', script: SERVICES },
  { block: 'secure-boot', rhythm: 'seldom', script: SECURE_BOOT },
  { block: 'tpm', rhythm: 'seldom', script: TPM },
]
