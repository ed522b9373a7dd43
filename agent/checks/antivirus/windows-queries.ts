/** Questions to Windows about protection against malware. Pure data. */
import type { WindowsQuery } from '../windows/query.ts'
import { SOPHOS_BLOCK } from './sophos-health.ts'
import { DEFENDER_BLOCK } from './windows-defender.ts'
import { DEFENDER_REGISTRY_BLOCK } from './windows-defender-registry.ts'
import { DEFENDER_THREATS_BLOCK } from './windows-defender-threats.ts'
import { WINDOWS_PRODUCTS } from './windows-products.ts'
import { SECURITY_CENTER_BLOCK } from './windows-security-center.ts'
import { SERVICES_BLOCK } from './windows-services.ts'

const DEFENDER_SPACE = 'root/Microsoft/Windows/Defender'

/** The service names as a filter of WQL; `*` of the table is `%` there. */
const FILTER = WINDOWS_PRODUCTS.flatMap(({ services }) => services)
  .map((name) => `Name LIKE '${name.replace('*', '%')}'`)
  .join(' OR ')

/**
 * A Windows Server has no Security Center: the block then tells the kind of installation, which is never translated. A registration
 * whose program is gone is left out: it is what an uninstaller forgot.
 */
const SECURITY_CENTER = `
$type = (Get-ItemProperty -LiteralPath 'HKLM:\\SOFTWARE\\Microsoft\\Windows NT\\CurrentVersion').InstallationType
if ($type -like 'Server*') { @{ InstallationType = $type } }
else {
  Get-CimInstance -Namespace root/SecurityCenter2 -ClassName AntiVirusProduct | ForEach-Object {
    $path = [Environment]::ExpandEnvironmentVariables([string]$_.pathToSignedReportingExe).Trim('"')
    if ($path -eq '' -or (Test-Path -LiteralPath $path)) {
      @{ displayName = $_.displayName; instanceGuid = $_.instanceGuid; productState = $_.productState; timestamp = $_.timestamp }
    }
  }
}`

const DEFENDER = `
$utc = { param($at) if ($null -eq $at) { $null } else { $at.ToUniversalTime().ToString('o') } }
Get-CimInstance -Namespace ${DEFENDER_SPACE} -ClassName MSFT_MpComputerStatus -OperationTimeoutSec 8 | ForEach-Object {
  @{ AMRunningMode = $_.AMRunningMode; AMServiceEnabled = $_.AMServiceEnabled; AntivirusEnabled = $_.AntivirusEnabled
    RealTimeProtectionEnabled = $_.RealTimeProtectionEnabled; OnAccessProtectionEnabled = $_.OnAccessProtectionEnabled
    AntivirusSignatureAge = $_.AntivirusSignatureAge; AntivirusSignatureLastUpdated = (& $utc $_.AntivirusSignatureLastUpdated)
    DefenderSignaturesOutOfDate = $_.DefenderSignaturesOutOfDate; AMEngineVersion = $_.AMEngineVersion
    QuickScanEndTime = (& $utc $_.QuickScanEndTime); FullScanEndTime = (& $utc $_.FullScanEndTime)
    QuickScanAge = $_.QuickScanAge; FullScanAge = $_.FullScanAge }
}`

/** Numbers only: the paths that Defender keeps may name people. */
const THREATS = `
$utc = { param($at) if ($null -eq $at) { $null } else { $at.ToUniversalTime().ToString('o') } }
Get-CimInstance -Namespace ${DEFENDER_SPACE} -ClassName MSFT_MpThreat -OperationTimeoutSec 8 | Select-Object -First 200 | ForEach-Object {
  @{ ThreatID = [string]$_.ThreatID; IsActive = $_.IsActive }
}
Get-CimInstance -Namespace ${DEFENDER_SPACE} -ClassName MSFT_MpThreatDetection -OperationTimeoutSec 8 | Sort-Object LastThreatStatusChangeTime -Descending | Select-Object -First 500 | ForEach-Object {
  @{ ThreatID = [string]$_.ThreatID; ThreatStatusID = [int]$_.ThreatStatusID
    LastThreatStatusChangeTime = (& $utc $_.LastThreatStatusChangeTime); InitialDetectionTime = (& $utc $_.InitialDetectionTime) }
}`

const REGISTRY = `
$base = 'HKLM:\\SOFTWARE\\Microsoft\\Windows Defender'
$policy = 'HKLM:\\SOFTWARE\\Policies\\Microsoft'
foreach ($key in @("$base\\Signature Updates", "$base\\Real-Time Protection", $base, "$policy\\Windows Defender", "$policy\\Windows Defender\\Real-Time Protection", "$policy\\Windows Advanced Threat Protection")) {
  $values = Get-ItemProperty -LiteralPath $key -ErrorAction SilentlyContinue
  if ($null -eq $values) { continue }
  @{ AVSignatureVersion = $values.AVSignatureVersion; EngineVersion = $values.EngineVersion; DisableAntiSpyware = $values.DisableAntiSpyware
    DisableRealtimeMonitoring = $values.DisableRealtimeMonitoring; ForceDefenderPassiveMode = $values.ForceDefenderPassiveMode
    PassiveMode = $values.PassiveMode; SignaturesLastUpdated = @($values.SignaturesLastUpdated | Where-Object { $null -ne $_ } | ForEach-Object { [int]$_ }) }
}`

const SOPHOS = `
Get-ItemProperty -LiteralPath 'HKLM:\\SOFTWARE\\WOW6432Node\\Sophos\\Health\\Status' -ErrorAction SilentlyContinue | ForEach-Object {
  @{ health = $_.health; service = $_.service; threat = $_.threat }
}`

/** What may change within minutes every quarter of an hour; what Defender remembers every 6 hours. */
export const ANTIVIRUS_QUERIES: readonly WindowsQuery[] = [
  { block: SECURITY_CENTER_BLOCK, rhythm: 'often', script: SECURITY_CENTER },
  { block: DEFENDER_BLOCK, rhythm: 'often', script: DEFENDER },
  {
    block: SERVICES_BLOCK,
    rhythm: 'often',
    script: `
Get-CimInstance -Query "SELECT Name, State FROM Win32_Service WHERE ${FILTER}" | ForEach-Object { @{ Name = $_.Name; State = $_.State } }`,
  },
  { block: DEFENDER_REGISTRY_BLOCK, rhythm: 'often', script: REGISTRY },
  { block: SOPHOS_BLOCK, rhythm: 'often', script: SOPHOS },
  { block: DEFENDER_THREATS_BLOCK, rhythm: 'seldom', script: THREATS },
]
