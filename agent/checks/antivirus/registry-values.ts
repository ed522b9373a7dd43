/** Values of registry keys as `reg query` prints them, or as records of PowerShell hold them. Pure and total. */
import type { Failure } from '../../../shared/reading.ts'
import { err, ok, type Result } from '../../../shared/result.ts'
import { decode } from '../decode.ts'
import { readWindowsRecords } from '../windows/records.ts'

/** Value of a name, in any case; a number or a list of bytes as it is told. null: not told, or told twice with different contents. */
export type RegistryValues = {
  /** The largest of them, where several keys hold the name: a switch that is set anywhere is set. */
  number(name: string): number | null
  /** null also when several keys hold it with different contents. */
  text(name: string): string | null
  /** REG_BINARY: at most 64 bytes. */
  bytes(name: string): readonly number[] | null
  /** No value was told at all. */
  readonly isEmpty: boolean
}

const MAX_LINES = 5_000

/** Errors: those of `readWindowsRecords`; `empty`. @param block of the agent's own script. */
export function readRegistryValues(bytes: Uint8Array, block: string): Result<RegistryValues, Failure> {
  const text = decode(bytes)
  if (/^\s{0,64}HKEY_/.test(text)) return ok(ofQuery(text))
  const records = readWindowsRecords(bytes, block)
  if (!records.ok) return records
  const list = records.value
  if (list.length === 0) return err({ code: 'empty', detail: 'no value of the registry in it' })
  return ok({
    number: (name) => largest(list.flatMap((record) => record.number(name) ?? [])),
    text: (name) => single(list.flatMap((record) => record.text(name) ?? [])),
    bytes: (name) => list.map((record) => byteList(record.numbers(name))).find((found) => found !== null) ?? null,
    isEmpty: false,
  })
}

const largest = (numbers: readonly number[]) => (numbers.length === 0 ? null : Math.max(...numbers))
const single = (texts: readonly string[]) => (new Set(texts).size === 1 ? (texts[0] ?? null) : null)

function byteList(numbers: readonly number[]): readonly number[] | null {
  const areBytes = numbers.every((one) => Number.isInteger(one) && one >= 0 && one < 256)
  return numbers.length > 0 && numbers.length <= 64 && areBytes ? numbers : null
}

const LINE = /^\s{1,8}(\S[^\t]{0,80}?)\s{2,20}REG_(?:DWORD|QWORD|SZ|BINARY|EXPAND_SZ)\s{1,20}(\S{0,512})/

/** `    Name    REG_DWORD    0x1` */
function ofQuery(text: string): RegistryValues {
  const told = new Map<string, string[]>()
  for (const line of text.split('\n', MAX_LINES)) {
    const [, name, content = ''] = LINE.exec(line) ?? []
    if (name === undefined || content === '') continue
    told.set(name.toLowerCase(), [...(told.get(name.toLowerCase()) ?? []).slice(0, 16), content])
  }
  const of = (name: string) => told.get(name.toLowerCase()) ?? []
  return {
    number: (name) =>
      largest(of(name).flatMap((value) => (/^(?:0x[0-9a-f]{1,12}|\d{1,12})$/i.test(value) ? Number(value) : []))),
    text: (name) => single(of(name)),
    bytes: (name) => {
      const value = single(of(name)) ?? ''
      if (!/^(?:[0-9a-f]{2}){1,64}$/i.test(value)) return null
      return (value.match(/../g) ?? []).map((pair) => Number.parseInt(pair, 16))
    },
    isEmpty: told.size === 0,
  }
}
