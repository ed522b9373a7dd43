/** The scripts that Windows is asked with: one constant text for each rhythm, which prints one JSON document. Pure. */
import { WINDOWS_QUERIES } from './queries.ts'
import type { QueryRhythm, WindowsQuery } from './query.ts'

/** UTF-8 without a byte order mark whatever the console's code page is; errors of one question end that question only. */
const HEAD = `$ErrorActionPreference = 'Stop'
$ProgressPreference = 'SilentlyContinue'
[Console]::OutputEncoding = New-Object Text.UTF8Encoding $false
$blocks = @{}
function Add-Block([string]$name, [scriptblock]$body) {
  try { $blocks[$name] = @{ ok = @(& $body) } }
  catch { $blocks[$name] = @{ error = $_.Exception.HResult; message = [string]$_.Exception.Message } }
}
`

/**
 * The agent is the parent of this child: its working set is given back to the system from here, where a PowerShell runs anyway. The
 * figure is Windows' own default maximum (1,413,120 bytes), a soft one: the agent may grow over it at once. SetProcessWorkingSetSizeEx.
 */
const TRIM = `try {
  $parent = (Get-CimInstance Win32_Process -Filter "ProcessId=$PID" -Property ParentProcessId).ParentProcessId
  (Get-Process -Id $parent).MaxWorkingSet = [IntPtr]1413120
} catch { $null = $_ }
`

const TAIL = `ConvertTo-Json -InputObject @{ rounds = 1; blocks = $blocks } -Depth 6 -Compress
`

const textOf = ({ block, script }: WindowsQuery) => `Add-Block '${block}' {\n${script.trim()}\n}\n`

/** The whole script of a rhythm; the same text every time. */
export function scriptOf(rhythm: QueryRhythm): string {
  const questions = WINDOWS_QUERIES.filter((query) => query.rhythm === rhythm).map(textOf)
  return HEAD + questions.join('') + (rhythm === 'often' ? TRIM : '') + TAIL
}
