/** Secrets: their shape, that no two are alike, and that only their hash is ever looked for. */
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { hashSecret, isSecret, isToken, newSecret, newToken } from '../../../server/auth/secrets.ts'
import { findToken } from '../../../server/auth/tokens.ts'
import type { HubStore } from '../../../server/store/store.ts'

describe('secrets', () => {
  it('are 256 random bits that stand in an address without escapes', () => {
    const made = Array.from({ length: 100 }, newSecret)
    expect(new Set(made).size).toBe(100)
    for (const secret of made) {
      expect(isSecret(secret)).toBe(true)
      expect(Buffer.from(secret, 'base64url')).toHaveLength(32)
      expect(encodeURIComponent(secret)).toBe(secret)
    }
    expect(made.map((secret) => isSecret(`rounds_token_${secret}`))).not.toContain(true)
  })

  it('make tokens that scanners recognise', () => {
    const token = newToken()
    expect(token).toMatch(/^rounds_token_[A-Za-z0-9_-]{43}$/)
    expect(isToken(token)).toBe(true)
    expect(isToken(token.slice('rounds_token_'.length))).toBe(false)
  })

  it('are kept as SHA-256', () => {
    expect(Buffer.from(hashSecret('abc')).toString('hex')).toBe(
      'ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad',
    )
  })
})

describe('an Authorization header', () => {
  const asked: string[] = []
  const hub = {
    async token(hash: Uint8Array) {
      asked.push(Buffer.from(hash).toString('hex'))
      return null
    },
  } satisfies Partial<HubStore>

  it('reaches the store only in the shape of a token, and only as a hash', async () => {
    const token = newToken()
    // Nothing but `token` is called here.
    const only = hub as unknown as HubStore
    await fc.assert(
      fc.asyncProperty(fc.string(), async (text) => {
        expect(await findToken(only, text, 0)).toBe(null)
        expect(await findToken(only, `Bearer ${text}`, 0)).toBe(null)
      }),
    )
    for (const header of [token, `Basic ${token}`, `Bearer ${token} x`, `Bearer  ${token}`, `Bearer ${token}\n`]) {
      expect(await findToken(only, header, 0)).toBe(null)
    }
    expect(asked).toEqual([])
    await findToken(only, `Bearer ${token}`, 0)
    expect(asked).toEqual([Buffer.from(hashSecret(token)).toString('hex')])
  })
})
