/** `reg query KEY /s` and exported .reg files as records: one per key. Names and types are never translated. Pure and linear. */
import { type WindowsRecord, windowsRecord } from '../../windows/records.ts'

const MAX_KEYS = 2_000

/** One key; its values in the readers of a record, numbers of any size as decimal text. */
export type RegistryKey = { readonly key: string; readonly values: WindowsRecord }

/** @returns the keys of the text, in its order; empty: it is no text of the registry. */
export function readRegistryText(text: string): readonly RegistryKey[] {
  if (!text.includes('HKEY_') && !/^\[?HK[A-Z]{2}\\/m.test(text.slice(0, 4_096))) return []
  const keys: { key: string; values: { [name: string]: string } }[] = []
  for (const line of text.split('\n')) {
    const key = /^\[?(HK[A-Z_]{2,30}\\[^\]\n]{1,400})\]?$/.exec(line.trimEnd())?.[1]
    if (key !== undefined) {
      if (keys.length < MAX_KEYS) keys.push({ key, values: {} })
      continue
    }
    const value = entryOf(line)
    const last = keys.at(-1)
    if (value !== null && last !== undefined) last.values[value[0]] = value[1]
  }
  return keys.map(({ key, values }) => ({ key, values: windowsRecord(values) }))
}

function entryOf(line: string): readonly [string, string] | null {
  const query = /^ {4}(\S.{0,200}?) {4}REG_(DWORD|QWORD|SZ|EXPAND_SZ|MULTI_SZ|BINARY) {4}(.*)$/.exec(line)
  if (query !== null) return [query[1] ?? '', numberText(query[2] ?? '', query[3] ?? '')]
  const exported = /^"([^"\n]{1,200})"=(?:"([^\n]{0,2000})"|dword:([0-9a-f]{8})|hex\(b\):([0-9a-f,]{23}))$/i.exec(
    line.trimEnd(),
  )
  if (exported === null) return null
  const [, name = '', string, dword, qword] = exported
  if (dword !== undefined) return [name, String(Number.parseInt(dword, 16))]
  if (qword !== undefined) return [name, BigInt(`0x${qword.split(',').toReversed().join('')}`).toString()]
  return [name, (string ?? '').replaceAll('\\\\', '\\')]
}

function numberText(type: string, raw: string): string {
  const text = raw.trim()
  const isNumber = (type === 'DWORD' || type === 'QWORD') && /^0x[0-9a-f]{1,16}$/i.test(text)
  return isNumber ? BigInt(text).toString() : text
}
