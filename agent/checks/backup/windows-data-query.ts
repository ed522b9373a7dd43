/** The PowerShell that looks whether a Windows machine holds data: counts and places, no file names and no names of people. Pure text. */

/** Known folders by their names in "User Shell Folders" (Desktop, Documents, Pictures, Downloads). */
const SHELL_FOLDERS = "@('Desktop', 'Personal', 'My Pictures', '{374DE290-123F-4565-9164-39C4925E467B}')"

/** Folders that Windows itself makes in the root of a volume. */
const ROOT_FOLDERS =
  "@('Windows', 'Users', 'Program Files', 'Program Files (x86)', 'ProgramData', 'PerfLogs', 'Recovery', 'inetpub', 'Intel', 'AMD', 'NVIDIA', 'Dell', 'HP', 'Drivers', 'Boot', 'EFI', 'MSOCache', 'OneDriveTemp', 'Config.Msi', '$Recycle.Bin', 'System Volume Information', 'Documents and Settings', '$WinREAgent', '$SysReset', 'Windows.old')"

const SERVICES = `Get-CimInstance -ClassName Win32_Service -Property Name | ForEach-Object { [pscustomobject]@{ Service = $_.Name } }
[pscustomobject]@{ Looked = 'services' }`

/** Type 0 is a disk share that somebody made; administrative shares have the highest bit. */
const SHARES = `Get-CimInstance -ClassName Win32_Share -Property @('Name', 'Type') | Where-Object { $_.Type -eq 0 -and $_.Name -notin @('SYSVOL', 'NETLOGON') } |
  ForEach-Object { [pscustomobject]@{ Share = 1 } }
[pscustomobject]@{ Looked = 'shares' }`

/** Accounts whose hive is not loaded are counted in the usual places of their profile. Counting ends at six files. */
const PROFILES = `$key = 'HKLM:\\SOFTWARE\\Microsoft\\Windows NT\\CurrentVersion\\ProfileList'
foreach ($entry in @(Get-ChildItem $key | Where-Object { $_.PSChildName -match '^S-1-(5-21|12-1)-[0-9-]+$' } | Select-Object -First 100)) {
  $base = [string](Get-ItemProperty -LiteralPath $entry.PSPath).ProfileImagePath
  $shell = Get-ItemProperty -LiteralPath ('Registry::HKEY_USERS\\' + $entry.PSChildName + '\\Software\\Microsoft\\Windows\\CurrentVersion\\Explorer\\User Shell Folders') -ErrorAction SilentlyContinue
  $folders = @()
  foreach ($name in ${SHELL_FOLDERS}) { if ($null -ne $shell -and $shell.$name) { $folders += ([string]$shell.$name).Replace('%USERPROFILE%', $base) } }
  if ($folders.Count -eq 0) { foreach ($name in @('Desktop', 'Documents', 'Pictures', 'Downloads')) { $folders += (Join-Path $base $name) } }
  $files = 0
  $remote = 0
  $cloud = 0
  foreach ($folder in $folders) {
    if ($folder.StartsWith('\\\\')) { $remote += 1; continue }
    if ($folder -match '\\\\OneDrive( - [^\\\\]+)?\\\\') { $cloud += 1 }
    if ($files -gt 5 -or -not (Test-Path -LiteralPath $folder)) { continue }
    $files += @(Get-ChildItem -LiteralPath $folder -File -Recurse -Depth 2 -ErrorAction SilentlyContinue | Where-Object { $_.Name -ne 'desktop.ini' -and $_.Extension -ne '.lnk' } | Select-Object -First 6).Count
  }
  $mail = 0
  foreach ($place in @('Documents\\Outlook Files', 'AppData\\Local\\Microsoft\\Outlook')) {
    $path = Join-Path $base $place
    if (Test-Path -LiteralPath $path) { $mail += @(Get-ChildItem -LiteralPath $path -Filter '*.pst' -File -ErrorAction SilentlyContinue | Select-Object -First 6).Count }
  }
  $bird = Join-Path $base 'AppData\\Roaming\\Thunderbird\\Profiles'
  if (Test-Path -LiteralPath $bird) { $mail += @(Get-ChildItem -LiteralPath $bird -Directory -ErrorAction SilentlyContinue | Where-Object { Test-Path -LiteralPath (Join-Path $_.FullName 'Mail') } | Select-Object -First 6).Count }
  [pscustomobject]@{ Files = $files; Redirected = $remote; OneDrive = $cloud; MailStores = $mail }
}
[pscustomobject]@{ Looked = 'profiles' }`

const VOLUMES = `foreach ($volume in @(Get-CimInstance -ClassName Win32_LogicalDisk -Filter 'DriveType = 3' -Property DeviceID)) {
  $own = @(Get-ChildItem -LiteralPath ($volume.DeviceID + '\\') -Directory -ErrorAction SilentlyContinue | Where-Object { ${ROOT_FOLDERS} -notcontains $_.Name })
  [pscustomobject]@{ OwnFolders = $own.Count }
}
[pscustomobject]@{ Looked = 'volumes' }`

/** Each place in its own try: one that cannot be read is named in Refused, and Looked does not name it. */
export const backupDataScript = [
  ['services', SERVICES],
  ['shares', SHARES],
  ['profiles', PROFILES],
  ['volumes', VOLUMES],
]
  .map(([place, script]) => `try {\n${script}\n} catch { [pscustomobject]@{ Refused = '${place}' } }`)
  .join('\n')
