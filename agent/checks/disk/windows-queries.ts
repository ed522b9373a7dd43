/** Questions to Windows about drives, volumes and Storage Spaces. Pure data. */

import type { WindowsQuery } from '../windows/query.ts'
import { RAID_CARDS_BLOCK } from './raid-cards.ts'
import { DISK_DRIVES_BLOCK } from './windows-disk-drives.ts'
import { DISK_EVENTS_BLOCK } from './windows-disk-events.ts'
import { PHYSICAL_DISKS_BLOCK } from './windows-physical-disks.ts'
import { PREDICT_FAILURE_BLOCK } from './windows-predict-failure.ts'
import { RELIABILITY_BLOCK } from './windows-reliability.ts'
import { SMART_DATA_BLOCK, SMART_THRESHOLDS_BLOCK } from './windows-smart-data.ts'
import { STORAGE_POOLS_BLOCK, VIRTUAL_DISKS_BLOCK } from './windows-storage-spaces.ts'
import { VOLUMES_BLOCK } from './windows-volumes.ts'

const STORAGE = 'root/Microsoft/Windows/Storage'

const sector = (name: string) => `
Get-CimInstance -Namespace root/wmi -ClassName ${name} | ForEach-Object {
  @{ InstanceName = $_.InstanceName; VendorSpecific = @($_.VendorSpecific | ForEach-Object { [int]$_ }) }
}`

/** Figures every 15 minutes; what wakes drives or changes slowly every 6 hours. */
export const DISK_QUERIES: readonly WindowsQuery[] = [
  {
    block: VOLUMES_BLOCK,
    rhythm: 'often',
    script: `
Get-CimInstance -ClassName Win32_Volume | ForEach-Object {
  @{ DeviceID = $_.DeviceID; Name = $_.Name; DriveLetter = $_.DriveLetter; DriveType = $_.DriveType; FileSystem = $_.FileSystem
    Capacity = $_.Capacity; FreeSpace = $_.FreeSpace; BootVolume = $_.BootVolume; DirtyBitSet = $_.DirtyBitSet }
}`,
  },
  {
    block: VIRTUAL_DISKS_BLOCK,
    rhythm: 'often',
    script: `
Get-CimInstance -Namespace ${STORAGE} -ClassName MSFT_VirtualDisk | ForEach-Object {
  @{ FriendlyName = $_.FriendlyName; HealthStatus = [int]$_.HealthStatus; OperationalStatus = @($_.OperationalStatus | ForEach-Object { [int]$_ })
    ResiliencySettingName = $_.ResiliencySettingName; PhysicalDiskRedundancy = $_.PhysicalDiskRedundancy }
}`,
  },
  {
    block: STORAGE_POOLS_BLOCK,
    rhythm: 'often',
    script: `
Get-CimInstance -Namespace ${STORAGE} -ClassName MSFT_StoragePool | ForEach-Object {
  @{ FriendlyName = $_.FriendlyName; IsPrimordial = $_.IsPrimordial; IsReadOnly = $_.IsReadOnly; HealthStatus = [int]$_.HealthStatus
    OperationalStatus = @($_.OperationalStatus | ForEach-Object { [int]$_ }); Size = $_.Size; AllocatedSize = $_.AllocatedSize }
}`,
  },
  {
    block: PHYSICAL_DISKS_BLOCK,
    rhythm: 'seldom',
    script: `
Get-CimInstance -Namespace ${STORAGE} -ClassName MSFT_PhysicalDisk | ForEach-Object {
  @{ DeviceId = $_.DeviceId; FriendlyName = $_.FriendlyName; Model = $_.Model; SerialNumber = $_.SerialNumber
    AdapterSerialNumber = $_.AdapterSerialNumber; FirmwareVersion = $_.FirmwareVersion; MediaType = [int]$_.MediaType; BusType = [int]$_.BusType
    HealthStatus = [int]$_.HealthStatus; OperationalStatus = @($_.OperationalStatus | ForEach-Object { [int]$_ }); Size = $_.Size }
}`,
  },
  {
    block: RELIABILITY_BLOCK,
    rhythm: 'seldom',
    script: `
Get-CimInstance -Namespace ${STORAGE} -ClassName MSFT_PhysicalDisk | ForEach-Object {
  $number = $_.DeviceId
  Get-CimAssociatedInstance -InputObject $_ -ResultClassName MSFT_StorageReliabilityCounter | ForEach-Object {
    @{ DeviceId = $number; Wear = $_.Wear; Temperature = $_.Temperature; PowerOnHours = $_.PowerOnHours
      ReadErrorsUncorrected = $_.ReadErrorsUncorrected; WriteErrorsUncorrected = $_.WriteErrorsUncorrected }
  }
}`,
  },
  {
    block: PREDICT_FAILURE_BLOCK,
    rhythm: 'seldom',
    script: `
Get-CimInstance -Namespace root/wmi -ClassName MSStorageDriver_FailurePredictStatus | ForEach-Object {
  @{ InstanceName = $_.InstanceName; PredictFailure = $_.PredictFailure }
}`,
  },
  { block: SMART_DATA_BLOCK, rhythm: 'seldom', script: sector('MSStorageDriver_ATAPISmartData') },
  { block: SMART_THRESHOLDS_BLOCK, rhythm: 'seldom', script: sector('MSStorageDriver_FailurePredictThresholds') },
  {
    block: DISK_DRIVES_BLOCK,
    rhythm: 'seldom',
    script: `
Get-CimInstance -ClassName Win32_DiskDrive | ForEach-Object {
  @{ Index = $_.Index; Model = $_.Model; SerialNumber = $_.SerialNumber; FirmwareRevision = $_.FirmwareRevision; MediaType = $_.MediaType
    Size = $_.Size; Status = $_.Status; InterfaceType = $_.InterfaceType; PNPDeviceID = $_.PNPDeviceID }
}`,
  },
  {
    block: DISK_EVENTS_BLOCK,
    rhythm: 'seldom',
    script: `
try {
  Get-WinEvent -FilterHashtable @{ LogName = 'System'; Id = 7, 9, 11, 15, 51, 52, 55, 98, 129, 140, 153, 154; Level = 1, 2, 3; StartTime = (Get-Date).AddDays(-7) } -MaxEvents 500 | ForEach-Object {
    @{ Id = $_.Id; ProviderName = $_.ProviderName; Level = [int]$_.Level; TimeCreated = $_.TimeCreated.ToUniversalTime().ToString('o')
      Data = @($_.Properties | Select-Object -First 4 | ForEach-Object { [string]$_.Value }) }
  }
} catch {
  if ($_.FullyQualifiedErrorId -notlike 'NoMatchingEventsFound*') { throw }
}`,
  },
  {
    block: RAID_CARDS_BLOCK,
    rhythm: 'seldom',
    // Names of drivers are never translated.
    script: `
Get-CimInstance -ClassName Win32_SCSIController | ForEach-Object {
  @{ Name = $_.Name; DriverName = $_.DriverName; PNPDeviceID = $_.PNPDeviceID }
}`,
  },
]
