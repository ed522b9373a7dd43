/** Enrollment codes and dialed hosts. */
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { toB64, toHex } from '../../../shared/protocol/bytes.ts'
import { decodeCode, encodeCode, pinOf } from '../../../shared/protocol/code.ts'
import { hostOf, isLoopbackHost } from '../../../shared/protocol/host.ts'
import { crc32 } from '../../../shared/protocol/zlib.ts'
import { CODE, SERVER, unwrap, unwrapErr } from './handshake-pair.ts'

const text = encodeCode(CODE)

/** A code around any body, with a right checksum. */
function codeOf(body: Uint8Array): string {
  const crc = Buffer.alloc(4)
  crc.writeUInt32BE(crc32(body))
  return `rounds1.${toB64(Buffer.concat([body, crc]))}`
}

describe('enrollment code', () => {
  test('round trip, for any content', () => {
    const bytes = (length: number) => fc.uint8Array({ minLength: length, maxLength: length })
    fc.assert(
      fc.property(
        fc.webUrl({ validSchemes: ['http', 'https'] }),
        bytes(8),
        bytes(16),
        bytes(16),
        bytes(16),
        (url, codeId, ...rest) => {
          const [secret, pinS, pinR] = rest
          const code = { url, codeId, secret, pinS, pinR }
          expect(unwrap(decodeCode(encodeCode(code)))).toEqual(code)
        },
      ),
    )
  })

  test('its layout: 01, u16 length, url, 8 + 16 + 16 + 16 bytes, CRC-32', () => {
    const raw = Buffer.from(text.slice('rounds1.'.length), 'base64url')
    expect(raw[0]).toBe(1)
    expect(raw.toString('latin1', 3, 3 + raw.readUInt16BE(1))).toBe(CODE.url)
    expect(raw.length).toBe(3 + CODE.url.length + 56 + 4)
    // CRC-32 of "123456789" is the check value of the catalogue of CRC algorithms.
    expect(crc32(Buffer.from('123456789'))).toBe(0xcbf43926)
  })

  test('white space of a mail is ignored', () => {
    expect(unwrap(decodeCode(` ${text.slice(0, 40)}\r\n ${text.slice(40)}\n`))).toEqual(CODE)
  })

  test('every changed character is noticed', () => {
    for (let i = 0; i < text.length; i += 1) {
      const other = text[i] === 'A' ? 'B' : 'A'
      expect(decodeCode(text.slice(0, i) + other + text.slice(i + 1)).ok, `character ${i}`).toBe(false)
    }
  })

  const tail = new Uint8Array(56)
  const withUrl = (url: string) => codeOf(Buffer.concat([Buffer.from([1, 0, url.length]), Buffer.from(url), tail]))
  test.each([
    ['prefix', ''],
    ['prefix', 'hm1.AAAA'],
    ['encoding', `${text}=`],
    ['encoding', text.replace(/.$/, '+')],
    ['length', 'rounds1.AQAA'],
    ['checksum', `rounds1.${toB64(Buffer.alloc(90, 1))}`],
    ['version', codeOf(Buffer.concat([Buffer.from([2, 0, 8]), Buffer.from('http://a'), tail]))],
    ['length', codeOf(Buffer.concat([Buffer.from([1, 0, 9]), Buffer.from('http://a'), tail]))],
    ['url', withUrl('file:///etc/passwd')],
    ['url', withUrl('https://a\u0007b')],
    ['url', withUrl('https://user:secret@host')],
    ['url', withUrl('nonsense')],
  ])('refused: %s, %s', (code, pasted) => {
    expect(unwrapErr(decodeCode(pasted)).code).toBe(code)
  })

  test('the server cannot make a code that agents would refuse', () => {
    expect(() => encodeCode({ ...CODE, url: 'ftp://a' })).toThrow(RangeError)
    expect(() => encodeCode({ ...CODE, secret: new Uint8Array(15) })).toThrow(RangeError)
  })

  test('a pin is the first 16 bytes of SHA-256', () => {
    expect(toHex(pinOf(SERVER.pub))).toBe(toHex(CODE.pinS))
    expect(Buffer.from(pinOf(new Uint8Array(0))).toString('hex')).toBe('e3b0c44298fc1c149afbf4c8996fb924')
  })
})

describe('host', () => {
  test.each([
    ['https://Monitor.Example.org', 'monitor.example.org:443'],
    ['http://localhost:8420/x', 'localhost:8420'],
    ['ws://127.0.0.1', '127.0.0.1:80'],
    ['wss://[::1]:8420', '[::1]:8420'],
    ['wss://[2001:DB8::1]', '[2001:db8::1]:443'],
    ['https://monitor.example.org:443', 'monitor.example.org:443'],
  ])('%s is %s', (url, host) => {
    expect(hostOf(url)).toEqual({ ok: true, value: host })
  })

  test.each(['', 'localhost:8420', 'ftp://a:21', 'foo://a:1', 'mailto:a@b'])('%j is no server', (url) => {
    expect(hostOf(url).ok).toBe(false)
  })

  test('loopback', () => {
    const loopback = ['localhost:1', '127.0.0.1:8420', '127.9.9.9:1', '[::1]:1']
    const foreign = ['localhost.evil.org:1', '128.0.0.1:1', '[::2]:1', '127.0.0.1.evil.org:1', '127.0.0.1']
    expect(loopback.map(isLoopbackHost)).toEqual(loopback.map(() => true))
    expect(foreign.map(isLoopbackHost)).toEqual(foreign.map(() => false))
  })
})
