/** What Windows is asked about backups: event logs, registry and CIM, numbers and UTC times only. Pure data. */
import type { WindowsQuery } from '../windows/query.ts'
import { backupDataScript } from './windows-data-query.ts'
import { eventObject, eventQuery } from './windows-event-query.ts'

/** Registry roots of the accounts whose hives are loaded; other hives are never loaded (collectors.md 1.2). */
const HIVES = `Get-ChildItem 'Registry::HKEY_USERS' -ErrorAction SilentlyContinue |
  Where-Object { $_.PSChildName -match '^S-1-(5-21|12-1)-[0-9-]+$' } | ForEach-Object { $_.PSChildName }`

const SUMMARY = `if (Test-Path -LiteralPath "$env:SystemRoot\\System32\\WindowsPowerShell\\v1.0\\Modules\\WindowsServerBackup") {
  $summary = Get-WBSummary
  $utc = { param($time) if ($null -eq $time) { $null } elseif ($time.Year -lt 1601) { '0001-01-01T00:00:00Z' } else { $time.ToUniversalTime().ToString('o') } }
  [pscustomobject]@{
    NextBackupTime = & $utc $summary.NextBackupTime
    NumberOfVersions = $summary.NumberOfVersions
    LastSuccessfulBackupTime = & $utc $summary.LastSuccessfulBackupTime
    LastSuccessfulBackupTargetPath = [string]$summary.LastSuccessfulBackupTargetPath
    LastBackupTime = & $utc $summary.LastBackupTime
    LastBackupResultHR = $summary.LastBackupResultHR
    LastBackupResultDetailedHR = $summary.LastBackupResultDetailedHR
    DetailedMessage = [string]$summary.DetailedMessage
  }
}`

const FILE_HISTORY = `foreach ($sid in @(${HIVES})) {
  $value = $null
  $key = Get-ItemProperty -LiteralPath "Registry::HKEY_USERS\\$sid\\Software\\Microsoft\\Windows\\CurrentVersion\\FileHistory" -ErrorAction SilentlyContinue
  if ($null -ne $key) { $value = $key.ProtectedUpToTime }
  $list = Get-ItemProperty -LiteralPath "HKLM:\\SOFTWARE\\Microsoft\\Windows NT\\CurrentVersion\\ProfileList\\$sid" -ErrorAction SilentlyContinue
  $target = $null
  $status = $null
  if ($null -ne $list) {
    $file = Join-Path $list.ProfileImagePath 'AppData\\Local\\Microsoft\\Windows\\FileHistory\\Configuration\\Config1.xml'
    if (Test-Path -LiteralPath $file) {
      $config = [xml](Get-Content -LiteralPath $file -Raw)
      $target = [string]($config.GetElementsByTagName('TargetUrl') | ForEach-Object { $_.InnerText } | Select-Object -First 1)
      $status = [string]($config.GetElementsByTagName('DPStatus') | ForEach-Object { $_.InnerText } | Select-Object -First 1)
    }
  }
  if ($null -ne $value -or $null -ne $target) {
    [pscustomobject]@{ Rid = ($sid -split '-')[-1]; ProtectedUpToTime = [string]$value; TargetUrl = $target; Status = $status }
  }
}`

const ONEDRIVE = `foreach ($sid in @(${HIVES})) {
  Get-ChildItem "Registry::HKEY_USERS\\$sid\\Software\\Microsoft\\OneDrive\\Accounts" -ErrorAction SilentlyContinue | ForEach-Object {
    $account = Get-ItemProperty -LiteralPath $_.PSPath
    [pscustomobject]@{
      Rid = ($sid -split '-')[-1]
      Account = $_.PSChildName
      SignedIn = [bool]$account.UserFolder
      KfmFoldersProtectedNow = $account.KfmFoldersProtectedNow
    }
  }
}`

const SHADOW_COPIES = `Get-CimInstance -ClassName Win32_ShadowCopy | ForEach-Object {
  $made = $null
  if ($null -ne $_.InstallDate) { $made = $_.InstallDate.ToUniversalTime().ToString('o') }
  [pscustomobject]@{ VolumeName = $_.VolumeName; InstallDate = $made; ClientAccessible = $_.ClientAccessible; Persistent = $_.Persistent }
}`

const VENDORS = `[pscustomobject]@{ LogExists = $true }
$names = @(Get-ChildItem 'HKLM:\\SYSTEM\\CurrentControlSet\\Services\\EventLog\\Application' -ErrorAction SilentlyContinue |
  ForEach-Object { $_.PSChildName } | Where-Object { $_ -match 'acronis|macrium|synology' -and $_ -notmatch "['&<>]" })
if ($names.Count -gt 0) {
  $any = ($names | ForEach-Object { "@Name='$_'" }) -join ' or '
  $found = @()
  try { $found = @(Get-WinEvent -LogName Application -FilterXPath "*[System[Provider[$any]]]" -MaxEvents 60) }
  catch { if ($_.FullyQualifiedErrorId -notlike 'NoMatchingEventsFound*') { throw } }
  foreach ($one in $found) {
    ${eventObject([])}
  }
}`

const WINDOWS7 = `[pscustomobject]@{ LogExists = $true }
if (Test-Path -LiteralPath 'HKLM:\\SOFTWARE\\Microsoft\\Windows\\CurrentVersion\\WindowsBackup\\ScheduleParams') {
  $found = @()
  try { $found = @(Get-WinEvent -LogName Application -FilterXPath "*[System[Provider[@Name='Windows Backup']]]" -MaxEvents 20) }
  catch { if ($_.FullyQualifiedErrorId -notlike 'NoMatchingEventsFound*') { throw } }
  foreach ($one in $found) {
    ${eventObject([])}
  }
}`

const VEEAM_LOG = `$root = Join-Path $env:ProgramData 'Veeam\\Endpoint'
if (Test-Path -LiteralPath $root) {
  $culture = [Globalization.CultureInfo]::InvariantCulture
  $pattern = '\\[(\\d\\d\\.\\d\\d\\.\\d{4} \\d\\d:\\d\\d:\\d\\d)[^\\]\\r\\n]*\\][^\\r\\n]*Job session [^\\r\\n]{1,90} has been completed, status: .?([A-Za-z]+)'
  Get-ChildItem -LiteralPath $root -Filter '*.Backup.log' -File -Recurse -Depth 1 |
    Sort-Object LastWriteTimeUtc -Descending | Select-Object -First 8 | ForEach-Object {
      $stream = [IO.File]::Open($_.FullName, 'Open', 'Read', 'ReadWrite, Delete')
      try {
        $size = [int][Math]::Min($stream.Length, 1048576)
        [void]$stream.Seek(-$size, 'End')
        $buffer = New-Object byte[] $size
        $got = $stream.Read($buffer, 0, $size)
        $text = [Text.Encoding]::UTF8.GetString($buffer, 0, $got)
      } finally { $stream.Dispose() }
      $job = $_.Directory.Name
      foreach ($match in @([regex]::Matches($text, $pattern))) {
        $at = [datetime]::ParseExact($match.Groups[1].Value, 'dd.MM.yyyy HH:mm:ss', $culture)
        [pscustomobject]@{ Job = $job; Status = $match.Groups[2].Value; At = $at.ToUniversalTime().ToString('o') }
      }
    }
}`

const PRODUCTS = `Get-CimInstance -ClassName Win32_Service -Property @('Name', 'State', 'StartMode') | ForEach-Object {
  [pscustomobject]@{ Name = $_.Name; State = $_.State; StartMode = $_.StartMode }
}
foreach ($root in @('HKLM:\\SOFTWARE\\Microsoft\\Windows\\CurrentVersion\\Uninstall', 'HKLM:\\SOFTWARE\\WOW6432Node\\Microsoft\\Windows\\CurrentVersion\\Uninstall')) {
  Get-ChildItem $root -ErrorAction SilentlyContinue | ForEach-Object { Get-ItemProperty -LiteralPath $_.PSPath -ErrorAction SilentlyContinue } |
    Where-Object { $_.DisplayName } | ForEach-Object { [pscustomobject]@{ Program = [string]$_.DisplayName } }
}
if (Test-Path -LiteralPath "$env:SystemRoot\\System32\\WindowsPowerShell\\v1.0\\Modules\\WindowsServerBackup") {
  [pscustomobject]@{ Program = 'Windows Server Backup' }
}`

const VOLUMES = `$disks = @{}
Get-CimInstance -Namespace 'root/Microsoft/Windows/Storage' -ClassName MSFT_Disk | ForEach-Object { $disks[[string]$_.Number] = $_ }
Get-CimInstance -Namespace 'root/Microsoft/Windows/Storage' -ClassName MSFT_Partition | ForEach-Object {
  $disk = $disks[[string]$_.DiskNumber]
  $letter = $null
  if ([int]$_.DriveLetter -gt 0) { $letter = [string][char]$_.DriveLetter + ':' }
  $volume = @($_.AccessPaths | Where-Object { $_ -like '*Volume{*' })[0]
  if ($null -ne $disk) {
    [pscustomobject]@{ Letter = $letter; Volume = $volume; BusType = $disk.BusType; IsSystem = ($disk.IsSystem -or $disk.IsBoot) }
  }
}`

const BACKUP_NAMES = ['HRESULT', 'DetailedHRESULT', 'BackupTarget']
const VEEAM_NAMES = ['JobSessionID', 'JobResult', 'JobName', 'Status']

/** Blocks by the names of the sources that read them. */
export const BACKUP_QUERIES: readonly WindowsQuery[] = [
  {
    block: 'windows-backup-events',
    rhythm: 'often',
    script: eventQuery({ log: 'Microsoft-Windows-Backup', ids: [], names: BACKUP_NAMES, max: 60 }),
  },
  {
    block: 'veeam-windows-events',
    rhythm: 'often',
    script: eventQuery({ log: 'Veeam Agent', ids: [190, 191], names: VEEAM_NAMES, max: 40 }),
  },
  {
    block: 'veeam-br-events',
    rhythm: 'often',
    script: eventQuery({ log: 'Veeam Backup', ids: [150, 190, 490, 790], names: VEEAM_NAMES, max: 200 }),
  },
  {
    block: 'azure-backup',
    rhythm: 'often',
    script: eventQuery({ log: 'CloudBackup/Operational', ids: [], names: [], max: 40 }),
  },
  { block: 'file-history', rhythm: 'often', script: FILE_HISTORY },
  { block: 'windows-backup-summary', rhythm: 'seldom', script: SUMMARY },
  { block: 'windows7-backup', rhythm: 'seldom', script: WINDOWS7 },
  { block: 'backup-vendors', rhythm: 'seldom', script: VENDORS },
  { block: 'veeam-log', rhythm: 'seldom', script: VEEAM_LOG },
  { block: 'onedrive', rhythm: 'seldom', script: ONEDRIVE },
  { block: 'shadow-copies', rhythm: 'seldom', script: SHADOW_COPIES },
  { block: 'backup-volumes', rhythm: 'seldom', script: VOLUMES },
  { block: 'backup-products', rhythm: 'seldom', script: PRODUCTS },
  { block: 'backup-data', rhythm: 'daily', script: backupDataScript },
]
