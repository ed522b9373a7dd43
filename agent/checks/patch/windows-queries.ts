/** Questions to Windows about updates. Registry, WMI and the Windows Update Agent only; values that are not set are told as -1. Pure data. */
import type { WindowsQuery } from '../windows/query.ts'

/** -1 stands for "not set", so that a value that is missing from the answer can be told from one that nobody set. */
const REGISTRY = `
function Read-Value($path, $name) {
  $item = Get-ItemProperty -LiteralPath $path -Name $name -ErrorAction SilentlyContinue
  if ($null -eq $item -or $null -eq $item.$name) { -1 } else { $item.$name }
}
`

/** One search as flat objects: a heading with its result, then one object for each update. `Categories` are GUIDs. */
const search = (online: string) => `
$session = New-Object -ComObject Microsoft.Update.Session
$searcher = $session.CreateUpdateSearcher()
$searcher.Online = ${online}
$result = $searcher.Search("IsInstalled=0")
[pscustomobject]@{ Kind = 'search'; Online = ${online}; ResultCode = [int]$result.ResultCode; Count = [int]$result.Updates.Count; At = [DateTime]::UtcNow.ToString('o') }
$at = 0
while ($at -lt $result.Updates.Count -and $at -lt 500) {
  $update = $result.Updates.Item($at)
  $categories = @()
  foreach ($category in $update.Categories) { $categories += [string]$category.CategoryID }
  $kb = @()
  foreach ($article in $update.KBArticleIDs) { $kb += [string]$article }
  $changed = $null
  if ($update.LastDeploymentChangeTime) { $changed = [DateTime]::SpecifyKind($update.LastDeploymentChangeTime, 'Utc').ToString('o') }
  [pscustomobject]@{
    Kind = 'update'; Title = [string]$update.Title; KBArticleIDs = ($kb -join ','); MsrcSeverity = [string]$update.MsrcSeverity
    Categories = ($categories -join ','); Type = [int]$update.Type; IsHidden = [bool]$update.IsHidden; IsDownloaded = [bool]$update.IsDownloaded
    BrowseOnly = [bool]$update.BrowseOnly; AutoSelectOnWebSites = [bool]$update.AutoSelectOnWebSites; RebootRequired = [bool]$update.RebootRequired
    LastDeploymentChangeTime = $changed
  }
  $at++
}
`

/** All questions of this room. */
export const PATCH_QUERIES: readonly WindowsQuery[] = [
  { block: 'windows-updates', rhythm: 'updates', script: search('$false') },
  { block: 'windows-updates-online', rhythm: 'updates-online', script: search('$true') },
  {
    block: 'windows-update-history',
    rhythm: 'updates',
    script: `
$searcher = (New-Object -ComObject Microsoft.Update.Session).CreateUpdateSearcher()
$total = $searcher.GetTotalHistoryCount()
[pscustomobject]@{ Kind = 'history'; Count = [int]$total }
if ($total -gt 0) {
  $entries = $searcher.QueryHistory(0, [Math]::Min($total, 1000))
  $told = 0
  foreach ($entry in $entries) {
    if ($told -ge 300) { break }
    if ([string]$entry.Title -match 'KB2267602|KB890830|KB4052623') { continue }
    $told++
    [pscustomobject]@{
      Kind = 'entry'; Title = [string]$entry.Title; Operation = [int]$entry.Operation; ResultCode = [int]$entry.ResultCode
      HResult = [int]$entry.HResult; Date = [DateTime]::SpecifyKind($entry.Date, 'Utc').ToString('o')
    }
  }
}
`,
  },
  {
    block: 'windows-update-results',
    rhythm: 'updates',
    script: `
$results = (New-Object -ComObject Microsoft.Update.AutoUpdate).Results
$search = $null
if ($results.LastSearchSuccessDate) { $search = [DateTime]::SpecifyKind($results.LastSearchSuccessDate, 'Utc').ToString('o') }
$install = $null
if ($results.LastInstallationSuccessDate) { $install = [DateTime]::SpecifyKind($results.LastInstallationSuccessDate, 'Utc').ToString('o') }
[pscustomobject]@{ Kind = 'results'; LastSearchSuccessDate = $search; LastInstallationSuccessDate = $install }
`,
  },
  {
    block: 'windows-update-policy',
    rhythm: 'seldom',
    script: `${REGISTRY}
$policy = 'HKLM:\\SOFTWARE\\Policies\\Microsoft\\Windows\\WindowsUpdate'
$settings = 'HKLM:\\SOFTWARE\\Microsoft\\WindowsUpdate\\UX\\Settings'
$manager = Get-CimInstance -ClassName Win32_Service -Filter "Name='CcmExec'" -ErrorAction SilentlyContinue
[pscustomobject]@{
  InstallationType = [string](Read-Value 'HKLM:\\SOFTWARE\\Microsoft\\Windows NT\\CurrentVersion' 'InstallationType')
  UsesServer = [int](Read-Value "$policy\\AU" 'UseWUServer')
  NoAutoUpdate = [int](Read-Value "$policy\\AU" 'NoAutoUpdate')
  AUOptions = [int](Read-Value "$policy\\AU" 'AUOptions')
  LocalAUOptions = [int](Read-Value 'HKLM:\\SOFTWARE\\Microsoft\\Windows\\CurrentVersion\\WindowsUpdate\\Auto Update' 'AUOptions')
  AllowAutoUpdate = [int](Read-Value 'HKLM:\\SOFTWARE\\Microsoft\\PolicyManager\\current\\device\\Update' 'AllowAutoUpdate')
  PauseUpdatesExpiryTime = [string](Read-Value $settings 'PauseUpdatesExpiryTime')
  ServiceStart = [int](Read-Value 'HKLM:\\SYSTEM\\CurrentControlSet\\Services\\wuauserv' 'Start')
  ManagedByCcm = [bool]($null -ne $manager)
}
`,
  },
  {
    block: 'windows-reboot',
    rhythm: 'often',
    script: `
$cbs = 'HKLM:\\SOFTWARE\\Microsoft\\Windows\\CurrentVersion\\Component Based Servicing'
$names = 'HKLM:\\SYSTEM\\CurrentControlSet\\Control\\ComputerName'
$session = Get-ItemProperty -LiteralPath 'HKLM:\\SYSTEM\\CurrentControlSet\\Control\\Session Manager' -Name PendingFileRenameOperations -ErrorAction SilentlyContinue
$renames = 0
if ($session) { $renames = @($session.PendingFileRenameOperations | Where-Object { $_ }).Count }
$netlogon = Get-Item -LiteralPath 'HKLM:\\SYSTEM\\CurrentControlSet\\Services\\Netlogon' -ErrorAction SilentlyContinue
$join = $false
if ($netlogon) { $join = ($netlogon.GetValueNames() -contains 'JoinDomain') -or ($netlogon.GetValueNames() -contains 'AvoidSpnSet') }
[pscustomobject]@{
  CbsRebootPending = [bool](Test-Path -LiteralPath "$cbs\\RebootPending")
  CbsRebootInProgress = [bool](Test-Path -LiteralPath "$cbs\\RebootInProgress")
  CbsPackagesPending = [bool](Test-Path -LiteralPath "$cbs\\PackagesPending")
  WindowsUpdateRebootRequired = [bool](Test-Path -LiteralPath 'HKLM:\\SOFTWARE\\Microsoft\\Windows\\CurrentVersion\\WindowsUpdate\\Auto Update\\RebootRequired')
  ComputerRenamePending = [bool]((Get-ItemProperty -LiteralPath "$names\\ActiveComputerName").ComputerName -ne (Get-ItemProperty -LiteralPath "$names\\ComputerName").ComputerName)
  DomainJoinPending = [bool]$join
  PendingFileRenames = [int]$renames
}
`,
  },
]
