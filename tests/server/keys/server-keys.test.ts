/** The server's keys: made once, closed to others, refused when incomplete; wrapped secrets open for their purpose only. */
import { chmodSync, readdirSync, statSync, unlinkSync } from 'node:fs'
import { join } from 'node:path'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { codePurpose, makeCode } from '../../../server/keys/enrollment.ts'
import { openServerKeys, serverKeys } from '../../../server/keys/server-keys.ts'
import { unwrap, wrap } from '../../../server/keys/wrap.ts'
import { decodeCode } from '../../../shared/protocol/code.ts'
import { codeKey } from '../../../shared/protocol/transcript.ts'
import { bytesOf, NOON } from '../../support/store-samples.ts'
import { tempFolder } from '../../support/tmp.ts'

test('keys are made once, with mode 0600, and are the same at the next start', () => {
  const folder = tempFolder('keys')
  const first = openServerKeys(folder)
  const second = openServerKeys(folder)
  if (!first.ok || !second.ok) throw new Error('keys do not open')
  expect(second.value.identity.pub).toEqual(first.value.identity.pub)
  expect(second.value.pinR).toEqual(first.value.pinR)
  expect(first.value.pinR).not.toEqual(first.value.pinS)
  for (const name of readdirSync(join(folder, 'keys')))
    expect(statSync(join(folder, 'keys', name)).mode & 0o777).toBe(0o600)
})

test('a missing key is not replaced by a new one', () => {
  const folder = tempFolder('keys')
  openServerKeys(folder)
  unlinkSync(join(folder, 'keys', 'server.key'))
  expect(openServerKeys(folder)).toMatchObject({ ok: false, error: expect.stringContaining('is missing') })
})

test('a key that others can read is refused', () => {
  const folder = tempFolder('keys')
  openServerKeys(folder)
  chmodSync(join(folder, 'keys', 'master.key'), 0o644)
  expect(openServerKeys(folder)).toMatchObject({ ok: false, error: expect.stringContaining('chmod 600') })
})

test('a wrapped secret opens for its purpose and key only; any bytes give an answer', () => {
  const wrapped = wrap(bytesOf(1), bytesOf(5), 'code:1', bytesOf(2, 12))
  expect(unwrap(bytesOf(1), wrapped, 'code:1')).toMatchObject({ ok: true, value: Buffer.from(bytesOf(5)) })
  expect(unwrap(bytesOf(1), wrapped, 'code:2').ok).toBe(false)
  expect(unwrap(bytesOf(3), wrapped, 'code:1').ok).toBe(false)
  fc.assert(fc.property(fc.uint8Array({ maxLength: 80 }), (bytes) => !unwrap(bytesOf(1), bytes, 'code:1').ok))
  fc.assert(
    fc.property(fc.nat(wrapped.length - 1), fc.integer({ min: 1, max: 255 }), (at, flip) => {
      const damaged = Uint8Array.from(wrapped)
      damaged[at] = (damaged[at] ?? 0) ^ flip
      return !unwrap(bytesOf(1), damaged, 'code:1').ok
    }),
  )
})

test('a code carries the pins and a secret that only its wrapped key matches', () => {
  const keys = serverKeys(bytesOf(1), bytesOf(2), bytesOf(3))
  const { text, code } = makeCode(keys, {
    url: 'https://monitor.example.org',
    clientId: 'c1',
    siteId: 's1',
    role: null,
    machineName: null,
    usesLeft: 1,
    expiresAt: NOON,
    createdBy: 'p1',
    createdAt: NOON,
  })
  const decoded = decodeCode(text)
  if (!decoded.ok) throw new Error(decoded.error.detail)
  expect(Buffer.compare(decoded.value.pinS, keys.pinS)).toBe(0)
  expect(Buffer.compare(decoded.value.pinR, keys.pinR)).toBe(0)
  const key = keys.unwrap(code.wrappedKey, codePurpose(code.codeId))
  if (!key.ok) throw new Error(key.error)
  expect(Buffer.compare(key.value, codeKey(decoded.value.secret))).toBe(0)
  expect(Buffer.from(code.wrappedKey).includes(Buffer.from(decoded.value.secret))).toBe(false)
})
