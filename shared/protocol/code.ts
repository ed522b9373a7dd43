/** The enrollment code that a person pastes: `rounds1.` + base64url of address, id, secret and two pins (wire.md). Pure. */
import { err, ok, type Result } from '../result.ts'
import { asBuffer, concatBytes, fromB64, toB64 } from './bytes.ts'
import { sha256 } from './crypto.ts'
import { crc32 } from './zlib.ts'

/** Address of the server, e.g. `https://monitor.example.org`; byte fields have fixed lengths. */
export type EnrollmentCode = {
  readonly url: string
  /** 8 bytes; not secret. */
  readonly codeId: Uint8Array
  /** 16 bytes; never sent, the agent proves it. */
  readonly secret: Uint8Array
  /** Pin of the server's identity key, 16 bytes. */
  readonly pinS: Uint8Array
  /** Pin of the recovery key, 16 bytes. */
  readonly pinR: Uint8Array
}

/** `prefix`: not a code at all; `encoding`, `checksum`: damaged in transit; `version`: of a newer server; `url`: no address. */
export type CodeError = {
  readonly code: 'prefix' | 'encoding' | 'checksum' | 'version' | 'length' | 'url'
  readonly detail: string
}

const PREFIX = 'rounds1.'
const VERSION = 1
const TAIL_BYTES = 8 + 16 + 16 + 16
const MAX_URL_BYTES = 1_024
const SCHEMES: readonly string[] = ['http:', 'https:', 'ws:', 'wss:']

/** pin = first 16 bytes of SHA-256(public key). */
export function pinOf(pub: Uint8Array): Uint8Array {
  return sha256(pub).subarray(0, 16)
}

function isServerUrl(url: string): boolean {
  if (Buffer.byteLength(url) > MAX_URL_BYTES || !/^[\x21-\x7e]+$/.test(url)) return false
  const parsed = URL.parse(url)
  return parsed !== null && SCHEMES.includes(parsed.protocol) && parsed.host !== '' && parsed.username === ''
}

/**
 * The code as text, about 150 characters.
 * @throws RangeError when a field has a wrong length or the address is none: the server made them itself.
 */
export function encodeCode({ url, codeId, secret, pinS, pinR }: EnrollmentCode): string {
  if (!isServerUrl(url)) throw new RangeError('enrollment code: not a server address')
  const tail = concatBytes(codeId, secret, pinS, pinR)
  if (codeId.length !== 8 || [secret, pinS, pinR].some((field) => field.length !== 16)) {
    throw new RangeError('enrollment code: field of a wrong length')
  }
  const head = Buffer.alloc(3)
  head[0] = VERSION
  head.writeUInt16BE(Buffer.byteLength(url), 1)
  const body = concatBytes(head, Buffer.from(url), tail)
  const crc = Buffer.alloc(4)
  crc.writeUInt32BE(crc32(body))
  return PREFIX + toB64(concatBytes(body, crc))
}

/** Reads a pasted code; white space anywhere (line breaks of a mail) is ignored. Any text gives a Result. */
export function decodeCode(pasted: string): Result<EnrollmentCode, CodeError> {
  const text = pasted.replace(/\s+/g, '')
  if (!text.startsWith(PREFIX)) return err({ code: 'prefix', detail: `an enrollment code begins with ${PREFIX}` })
  const decoded = fromB64(text.slice(PREFIX.length))
  if (!decoded.ok)
    return err({ code: 'encoding', detail: 'the code holds characters that do not belong, or one is missing' })
  const bytes = asBuffer(decoded.value)
  if (bytes.length < 3 + TAIL_BYTES + 4) return err({ code: 'length', detail: 'the code is cut short' })
  const body = bytes.subarray(0, -4)
  if (crc32(body) !== bytes.readUInt32BE(bytes.length - 4)) {
    return err({ code: 'checksum', detail: 'the code was damaged when copied' })
  }
  return parseBody(body)
}

function parseBody(body: Buffer): Result<EnrollmentCode, CodeError> {
  if (body[0] !== VERSION) return err({ code: 'version', detail: 'the code is of a newer server; update the agent' })
  const at = 3 + body.readUInt16BE(1)
  if (at + TAIL_BYTES !== body.length) return err({ code: 'length', detail: 'the parts of the code do not add up' })
  const url = body.toString('latin1', 3, at)
  if (!isServerUrl(url)) return err({ code: 'url', detail: 'the code holds no server address' })
  return ok({
    url,
    codeId: Uint8Array.from(body.subarray(at, at + 8)),
    secret: Uint8Array.from(body.subarray(at + 8, at + 24)),
    pinS: Uint8Array.from(body.subarray(at + 24, at + 40)),
    pinR: Uint8Array.from(body.subarray(at + 40, at + 56)),
  })
}
