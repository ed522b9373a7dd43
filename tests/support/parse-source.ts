/** Runs one source of a check on an output, as `agent parse` does, and holds what it says against the schema. */

import type { Contribution, SourceInput } from '../../agent/checks/collector.ts'
import { DISK_SOURCES } from '../../agent/checks/disk/index.ts'
import { SYSTEM_SOURCES } from '../../agent/checks/system/index.ts'
import type { Failure } from '../../shared/reading.ts'
import type { Result } from '../../shared/result.ts'
import { sectionOf } from './sections.ts'

const NOW = Date.UTC(2026, 10, 25)

/** What a source of `disk` says. The clock stands at 2026-11-25 unless told otherwise. */
export function parseDisk(
  id: string,
  output: string | Uint8Array,
  change: Partial<SourceInput> = {},
): Result<Contribution<'disk'>, Failure> {
  const source = DISK_SOURCES.find((one) => one.id === id)
  if (source === undefined) throw new Error(`no source ${id}`)
  const result = source.parse(inputOf(output, change))
  if (result.ok) sectionOf('disk', result.value)
  return result
}

/** What a source of `system` says. */
export function parseSystem(
  id: string,
  output: string | Uint8Array,
  change: Partial<SourceInput> = {},
): Result<Contribution<'system'>, Failure> {
  const source = SYSTEM_SOURCES.find((one) => one.id === id)
  if (source === undefined) throw new Error(`no source ${id}`)
  const result = source.parse(inputOf(output, change))
  if (result.ok) sectionOf('system', result.value)
  return result
}

function inputOf(output: string | Uint8Array, change: Partial<SourceInput>): SourceInput {
  const stdout = typeof output === 'string' ? Buffer.from(output) : output
  return { stdout, stderr: '', exitCode: 0, platform: 'win32', now: NOW, ...change }
}

/** The body of an XML property list, as macOS frames it. */
export function plistOf(body: string): string {
  const type = '<!DOCTYPE plist PUBLIC "-//Apple//DTD PLIST 1.0//EN" "http://www.apple.com/DTDs/PropertyList-1.0.dtd">'
  return `<?xml version="1.0" encoding="UTF-8"?>\n${type}\n<plist version="1.0">\n${body}\n</plist>\n`
}
