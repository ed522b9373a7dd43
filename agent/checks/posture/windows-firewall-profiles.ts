/**
 * The three profiles of the Windows firewall as MSFT_NetFirewallProfile tells them (store `ActiveStore`, which alone knows group
 * policy): JSON, WMI dump, Get-NetFirewallProfile as a list or a table. Pure.
 */
import type { Failure } from '../../../shared/reading.ts'
import { err, ok, type Result } from '../../../shared/result.ts'
import type { Source } from '../collector.ts'
import { decode } from '../decode.ts'
import { readWindowsRecords, type WindowsRecord } from '../windows/records.ts'
import { type PostureValue, tell } from './contribute.ts'

type Firewall = PostureValue<'firewall'>
/** One profile as a source tells it; null: not told. */
export type ToldProfile = {
  readonly name: 'domain' | 'private' | 'public'
  readonly enabled: boolean | null
  readonly inbound: 'drop' | 'accept' | null
}
const NAMES = ['domain', 'private', 'public'] as const

/**
 * The part. On is proven only when all three profiles say so; one that is off proves "off" whatever the others say.
 * Errors: `parse` when a profile is missing or its state is not configured.
 */
export function judgeProfiles(told: readonly ToldProfile[]): Result<Firewall, Failure> {
  const profiles = NAMES.flatMap((name) => {
    const own = told.filter((one) => one.name === name)
    const enabled = own.some((one) => one.enabled === false) ? false : (own[0]?.enabled ?? null)
    if (enabled === null || own.some((one) => one.enabled === null && enabled)) return []
    const inbound = own.some((one) => one.inbound === 'accept') ? ('accept' as const) : (own[0]?.inbound ?? null)
    return [{ name, enabled, inbound }]
  })
  const isOff = profiles.some(({ enabled }) => !enabled)
  if (profiles.length < NAMES.length && !isOff) {
    const missing = NAMES.filter((name) => !profiles.some((one) => one.name === name))
    return err({ code: 'parse', detail: `no state of the firewall profile ${missing.join(', ')}` })
  }
  const inbounds = profiles.filter(({ enabled }) => enabled).map(({ inbound }) => inbound)
  const isOpen = isOff || inbounds.includes('accept')
  const inbound = isOpen ? 'accept' : inbounds.every((one) => one === 'drop') ? 'drop' : null
  return ok({ tool: 'windows-firewall', enabled: !isOff, startsAtBoot: !isOff, inbound, profiles })
}

/** Errors: those of `readWindowsRecords` and of `judgeProfiles`; `exit`. */
export function parseFirewallProfiles(bytes: Uint8Array, exitCode: number | null): Result<Firewall, Failure> {
  if (exitCode !== 0) return err({ code: 'exit', detail: `the question about the firewall ended with ${exitCode}` })
  const table = tableOf(decode(bytes))
  if (table.length > 0) return judgeProfiles(table)
  const records = readWindowsRecords(bytes, 'firewall-profiles')
  return records.ok ? judgeProfiles(records.value.flatMap(profileOf)) : records
}

function profileOf(record: WindowsRecord): readonly ToldProfile[] {
  const named = (record.text('Name') ?? record.text('InstanceID')?.replace(/^.*\|/, '') ?? '').toLowerCase()
  const name = NAMES.find((one) => one === named)
  if (name === undefined) return []
  return [{ name, enabled: enabledOf(record.text('Enabled')), inbound: inboundOf(record.text('DefaultInboundAction')) }]
}

/** GpoBoolean: 1 true, 0 false, 2 not configured. */
function enabledOf(word: string | null): boolean | null {
  const lower = word?.toLowerCase()
  if (lower === '1' || lower === 'true') return true
  return lower === '0' || lower === 'false' ? false : null
}

/** Action: 0 not configured (the firewall then blocks: Set-NetFirewallProfile, DefaultInboundAction), 2 allow, 4 block. */
function inboundOf(word: string | null): ToldProfile['inbound'] {
  const lower = word?.toLowerCase()
  if (lower === '2' || lower === 'allow') return 'accept'
  return lower === '0' || lower === '4' || lower === 'block' || lower === 'notconfigured' ? 'drop' : null
}

/** Format-Table with `Name Enabled [DefaultInboundAction …]`. */
function tableOf(text: string): readonly ToldProfile[] {
  const lines = text.split('\n', 200)
  const head = lines.findIndex((line) => /^\s{0,20}Name\s+Enabled\b/i.test(line))
  if (head < 0) return []
  const columns = (lines[head] ?? '')
    .trim()
    .split(/\s+/)
    .map((column) => column.toLowerCase())
  const action = columns.indexOf('defaultinboundaction')
  return lines.slice(head + 1).flatMap((line) => {
    const cells = line.trim().split(/\s+/, 12)
    const name = NAMES.find((one) => one === cells[0]?.toLowerCase())
    if (name === undefined) return []
    return [
      { name, enabled: enabledOf(cells[1] ?? null), inbound: action < 0 ? null : inboundOf(cells[action] ?? null) },
    ]
  })
}

/** Errors as `parseFirewallProfiles`. */
export const windowsFirewallProfilesSource: Source<'posture'> = {
  id: 'posture/windows-firewall-profiles',
  check: 'posture',
  parse: ({ stdout, exitCode }) => {
    const value = parseFirewallProfiles(stdout, exitCode)
    return value.ok ? ok(tell('posture/windows-firewall-profiles', 'firewall', value.value)) : value
  },
}
