/** The PowerShell that reads one event log: numbers, UTC times and the named values that parsers ask for. Pure text. */

/** What one log is asked for. `ids` empty: whatever number. `names`: values of EventData that are kept. */
export type EventQuery = {
  readonly log: string
  readonly ids: readonly number[]
  readonly names: readonly string[]
  readonly max: number
}

/**
 * Leaves `{LogExists}` and one object for each event. A log that does not exist and a log without a matching event are answers; every
 * other error ends the question. Unnamed values stand in Text, cut at 400 characters.
 */
export function eventQuery({ log, ids, names, max }: EventQuery): string {
  const filter = ids.length === 0 ? `LogName = '${log}'` : `LogName = '${log}'; Id = ${ids.join(', ')}`
  return `$info = Get-WinEvent -ListLog '${log}' -ErrorAction SilentlyContinue
if ($null -eq $info) { [pscustomobject]@{ LogExists = $false } }
else {
  [pscustomobject]@{ LogExists = $true }
  $found = @()
  try { $found = @(Get-WinEvent -FilterHashtable @{ ${filter} } -MaxEvents ${max}) }
  catch { if ($_.FullyQualifiedErrorId -notlike 'NoMatchingEventsFound*') { throw } }
  foreach ($one in $found) {
    ${eventObject(names)}
  }
}`
}

/** The object of one event in `$one`. */
export function eventObject(names: readonly string[]): string {
  const wanted = names.length === 0 ? '@()' : `@(${names.map((name) => `'${name}'`).join(', ')})`
  return `$data = @{}
    $text = ''
    foreach ($node in ([xml]$one.ToXml()).GetElementsByTagName('Data')) {
      $name = $node.GetAttribute('Name')
      if ($name -eq '') { $text = ($text + ' ' + $node.InnerText) }
      elseif (${wanted} -contains $name) { $data[$name] = [string]$node.InnerText }
    }
    $text = $text.Trim()
    if ($text.Length -gt 400) { $text = $text.Substring(0, 400) }
    [pscustomobject]@{
      Id = $one.Id
      Level = $one.Level
      TimeCreated = $one.TimeCreated.ToUniversalTime().ToString('o')
      RecordId = $one.RecordId
      ProviderName = $one.ProviderName
      Data = $data
      Text = $text
    }`
}
