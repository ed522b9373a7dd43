/** Questions to Windows about the machine itself. Pure data. */
import type { WindowsQuery } from '../windows/query.ts'
import { BATTERY_BLOCK } from './windows-battery.ts'
import { COMPUTER_BLOCK } from './windows-computer.ts'
import { EVENTS_BLOCK } from './windows-events.ts'
import { VERSION_BLOCK } from './windows-version.ts'

/** Block of the one question that is asked often. */
export const MEMORY_BLOCK = 'system-memory'

/** Every 6 hours: all of it stays as it is until a restart, with which the agent begins anew. */
export const SYSTEM_QUERIES: readonly WindowsQuery[] = [
  {
    block: MEMORY_BLOCK,
    rhythm: 'often',
    script: `
Get-CimInstance -ClassName Win32_OperatingSystem | ForEach-Object {
  @{ TotalVisibleMemorySize = $_.TotalVisibleMemorySize; FreePhysicalMemory = $_.FreePhysicalMemory
    At = (Get-Date).ToUniversalTime().ToString('o') }
}`,
  },
  {
    block: VERSION_BLOCK,
    rhythm: 'seldom',
    script: `
$key = Get-ItemProperty -LiteralPath 'HKLM:\\SOFTWARE\\Microsoft\\Windows NT\\CurrentVersion'
@{ CurrentMajorVersionNumber = $key.CurrentMajorVersionNumber; CurrentMinorVersionNumber = $key.CurrentMinorVersionNumber
  CurrentVersion = $key.CurrentVersion; CurrentBuildNumber = $key.CurrentBuildNumber; UBR = $key.UBR; DisplayVersion = $key.DisplayVersion
  ReleaseId = $key.ReleaseId; EditionID = $key.EditionID; InstallationType = $key.InstallationType; ProductName = $key.ProductName }`,
  },
  {
    block: COMPUTER_BLOCK,
    rhythm: 'seldom',
    script: `
Get-CimInstance -ClassName Win32_ComputerSystem | ForEach-Object {
  @{ Manufacturer = $_.Manufacturer; Model = $_.Model; TotalPhysicalMemory = $_.TotalPhysicalMemory; PCSystemType = [int]$_.PCSystemType
    NumberOfLogicalProcessors = $_.NumberOfLogicalProcessors }
}
Get-CimInstance -ClassName Win32_BIOS | Select-Object -First 1 | ForEach-Object {
  @{ SMBIOSBIOSVersion = [string]$_.SMBIOSBIOSVersion; Version = $_.Version; SerialNumber = $_.SerialNumber
    ReleaseDate = $(if ($_.ReleaseDate) { $_.ReleaseDate.ToUniversalTime().ToString('o') }) }
}
Get-CimInstance -ClassName Win32_OperatingSystem | ForEach-Object {
  @{ LastBootUpTime = $_.LastBootUpTime.ToUniversalTime().ToString('o') }
}
Get-CimInstance -ClassName Win32_Processor | Select-Object -First 1 | ForEach-Object {
  @{ ProcessorName = $_.Name; MaxClockSpeed = $_.MaxClockSpeed }
}
Get-CimInstance -ClassName Win32_SystemEnclosure | Select-Object -First 1 | ForEach-Object {
  @{ ChassisTypes = @($_.ChassisTypes | ForEach-Object { [int]$_ }) }
}`,
  },
  {
    block: BATTERY_BLOCK,
    rhythm: 'seldom',
    script: `
Get-CimInstance -Namespace root/wmi -ClassName BatteryStaticData | ForEach-Object {
  @{ InstanceName = $_.InstanceName; DeviceName = $_.DeviceName; DesignedCapacity = $_.DesignedCapacity }
}
Get-CimInstance -Namespace root/wmi -ClassName BatteryFullChargedCapacity | ForEach-Object {
  @{ InstanceName = $_.InstanceName; FullChargedCapacity = $_.FullChargedCapacity }
}
try {
  Get-CimInstance -Namespace root/wmi -ClassName BatteryCycleCount | ForEach-Object {
    @{ InstanceName = $_.InstanceName; CycleCount = $_.CycleCount }
  }
} catch { }`,
  },
  {
    block: EVENTS_BLOCK,
    rhythm: 'seldom',
    script: `
try {
  Get-WinEvent -FilterHashtable @{ LogName = 'System'; Id = 41, 1001, 6008; StartTime = (Get-Date).AddDays(-7) } -MaxEvents 200 | ForEach-Object {
    @{ Id = $_.Id; ProviderName = $_.ProviderName; Level = [int]$_.Level; TimeCreated = $_.TimeCreated.ToUniversalTime().ToString('o')
      Data = @($_.Properties | Select-Object -First 1 | ForEach-Object { [string]$_.Value }) }
  }
} catch {
  if ($_.FullyQualifiedErrorId -notlike 'NoMatchingEventsFound*') { throw }
}`,
  },
]
