/**
 * Values of the Windows registry in every form in which they are recorded: `.reg` exports (UTF-16), `reg query`, and the records of
 * the agent's own script or of Get-ItemProperty. Names are asked for in any case. Pure and total.
 */
import type { Failure } from '../../../shared/reading.ts'
import { err, ok, type Result } from '../../../shared/result.ts'
import { decode } from '../decode.ts'
import { readWindowsRecords, type WindowsRecord } from '../windows/records.ts'

/** Values by key. A key is named by the end of its path (`\\terminal server`); null: the value is not told. */
export type Registry = {
  number(keyEnd: string, name: string): number | null
  text(keyEnd: string, name: string): string | null
  /** 1 and 0; every other number is not told. */
  flag(keyEnd: string, name: string): boolean | null
  /** The source says that it looked for the key and that it is not there. */
  isAbsent(keyEnd: string): boolean
  /** Paths of the keys told, lower case. */
  readonly keys: readonly string[]
  /** Whether a service runs; null: not told. */
  runs(service: string): boolean | null
}

type Values = Map<string, number | string>
const MAX_LINES = 20_000

/** Errors: those of `readWindowsRecords`; `parse` when no value stands there at all. @param block of the agent's own script. */
export function readRegistry(bytes: Uint8Array, block: string): Result<Registry, Failure> {
  const text = decode(bytes)
  const head = text.trimStart()
  if (head === '') return err({ code: 'empty', detail: 'no output' })
  if (/^(?:Windows Registry Editor|REGEDIT4|\[HKEY_|HKEY_|HK(?:LM|U|CU)\\)/i.test(head)) return ofText(text)
  const records = readWindowsRecords(bytes, block)
  return records.ok ? ofRecords(records.value) : records
}

function ofText(text: string): Result<Registry, Failure> {
  const keys = new Map<string, Values>()
  let values: Values = new Map()
  for (const line of text.split('\n', MAX_LINES)) {
    const key = /^\[?(HK[A-Z_]+\\[^\]]{1,400})\]?\s*$/i.exec(line)?.[1]
    if (key !== undefined) {
      values = keys.get(normal(key)) ?? new Map()
      keys.set(normal(key), values)
      continue
    }
    const value = namedValue(line)
    // A value that stands twice with different contents is no value.
    if (value !== null) values.set(value[0], values.has(value[0]) && values.get(value[0]) !== value[1] ? '' : value[1])
  }
  if (keys.size === 0) return err({ code: 'parse', detail: 'no key of the registry in it' })
  return ok(registryOf(keys, [], new Map()))
}

/** `"Name"=dword:0000000a`, `"Name"="text"`, and `    Name    REG_DWORD    0xa`. */
function namedValue(line: string): readonly [string, number | string] | null {
  const dword = /^"([^"]{1,100})"=dword:([0-9a-f]{8})\s*$/i.exec(line)
  if (dword !== null) return [(dword[1] ?? '').toLowerCase(), Number.parseInt(dword[2] ?? '', 16)]
  const written = /^"([^"]{1,100})"="([^"]{0,400})"\s*$/.exec(line)
  if (written !== null) return [(written[1] ?? '').toLowerCase(), written[2] ?? '']
  const queried = /^\s{1,8}(\S{1,100})\s{1,80}REG_(DWORD|SZ)\s{1,80}(\S[^\n]{0,400})?$/.exec(line)
  if (queried === null) return null
  const [, name = '', kind, content = ''] = queried
  if (kind === 'SZ') return [name.toLowerCase(), content.trim()]
  return /^0x[0-9a-f]{1,8}$/i.test(content.trim()) ? [name.toLowerCase(), Number(content.trim())] : null
}

function ofRecords(records: readonly WindowsRecord[]): Result<Registry, Failure> {
  const keys = new Map<string, Values>()
  const bare: WindowsRecord[] = []
  const absent = new Set<string>()
  const services = new Map<string, boolean>()
  for (const record of records) {
    const service = record.text('Service')
    if (service !== null) {
      const runs = runsOf(record)
      if (runs !== null) services.set(service.toLowerCase(), runs)
      continue
    }
    const key = record.text('Key', 500) ?? record.text('PSPath', 500)?.replace(/^.*::/, '') ?? null
    bare.push(record)
    if (key !== null && record.flag('Exists') === false) absent.add(normal(key))
    if (key !== null) keys.set(normal(key), new Map())
  }
  if (bare.length === 0 && services.size === 0) return err({ code: 'empty', detail: 'no value of the registry in it' })
  return ok(registryOf(keys, bare, services, absent))
}

/** ServiceControllerStatus: 1 stopped, 4 running (System.ServiceProcess). */
function runsOf(record: WindowsRecord): boolean | null {
  const word = (record.text('State') ?? record.text('Status'))?.toLowerCase() ?? null
  if (word === null) return null
  return word === '4' || word === 'running' ? true : word === '1' || word === 'stopped' ? false : null
}

function registryOf(
  keys: ReadonlyMap<string, Values>,
  records: readonly WindowsRecord[],
  services: ReadonlyMap<string, boolean>,
  absent: ReadonlySet<string> = new Set(),
): Registry {
  const text = (keyEnd: string, name: string) => {
    for (const [key, values] of keys) {
      const value = key.endsWith(keyEnd) ? values.get(name.toLowerCase()) : undefined
      if (value !== undefined && value !== '') return String(value)
    }
    for (const record of records) {
      const key = record.text('Key', 500) ?? record.text('PSPath', 500)?.replace(/^.*::/, '') ?? null
      // A record without a path was asked for by whoever recorded it; a policy is only what says that it is one.
      const isMeant = key === null ? !keyEnd.includes('\\policies\\microsoft\\') : normal(key).endsWith(keyEnd)
      const value = isMeant ? record.text(name, 400) : null
      if (value !== null) return value
    }
    return null
  }
  const number = (keyEnd: string, name: string) => {
    const value = text(keyEnd, name)
    if (value === null || !/^(?:\d{1,10}|0x[0-9a-f]{1,8})$/i.test(value)) return null
    return Number(value)
  }
  return {
    text,
    number,
    flag: (keyEnd, name) => {
      const value = number(keyEnd, name)
      return value === 1 ? true : value === 0 ? false : null
    },
    isAbsent: (keyEnd) => [...absent].some((key) => key.endsWith(keyEnd)),
    keys: [...keys.keys()],
    runs: (service) => services.get(service.toLowerCase()) ?? null,
  }
}

const HIVES: readonly (readonly [RegExp, string])[] = [
  [/^hkey_local_machine\b/, 'hklm'],
  [/^hklm:/, 'hklm'],
  [/^hkey_users\b/, 'hku'],
]

function normal(key: string): string {
  const lower = key.trim().toLowerCase().replace(/\\+$/, '')
  for (const [pattern, hive] of HIVES) if (pattern.test(lower)) return lower.replace(pattern, hive)
  return lower
}
