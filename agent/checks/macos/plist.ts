/**
 * Property lists of macOS, XML and binary, as the values that JSON knows: dates become ISO texts in UTC, data becomes base64. Pure and
 * total. Format of the binary form: CFBinaryPList.c of Apple's CoreFoundation (swift-corelibs-foundation).
 */
import type { Failure } from '../../../shared/reading.ts'
import { err, ok, type Result } from '../../../shared/result.ts'
import { decode } from '../decode.ts'
import { type Peek, peek } from '../json.ts'
import { readBinaryPlist } from './plist-binary.ts'
import { readXmlPlist } from './plist-xml.ts'

/** What a property list holds once it is read. */
export type PlistValue =
  | null
  | string
  | number
  | boolean
  | readonly PlistValue[]
  | { readonly [key: string]: PlistValue }

/** Deeper and larger than any property list that a tool of macOS writes. */
export const PLIST_LIMITS = { depth: 64, values: 200_000 } as const

const MAGIC = 'bplist00'

/** Errors: `empty` (no bytes but white space), `parse` with what was met. Any bytes give a Result. */
export function parsePlist(bytes: Uint8Array): Result<Peek, Failure> {
  const head = new TextDecoder('latin1').decode(bytes.subarray(0, MAGIC.length))
  if (head === MAGIC) {
    const value = readBinaryPlist(bytes)
    return value.ok
      ? ok(peek(value.value))
      : err({ code: 'parse', detail: `not a binary property list: ${value.error}` })
  }
  const text = decode(bytes)
  if (text.trim() === '') return err({ code: 'empty', detail: 'no output' })
  const value = readXmlPlist(text)
  return value.ok ? ok(peek(value.value)) : err({ code: 'parse', detail: `not a property list: ${value.error}` })
}
