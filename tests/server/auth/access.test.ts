/** Grants: who sees which client, and that no token ever holds a right its maker lacks (security R7, T6). */
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  ACCESS_ROLES,
  canSeeClient,
  type Grant,
  grantOfPerson,
  grantOfToken,
  isWithin,
  judgeToken,
} from '../../../server/auth/access.ts'

const CLIENTS = ['a', 'b', 'c'] as const
const role = fc.constantFrom(...ACCESS_ROLES)
const clientIds = fc.option(fc.subarray([...CLIENTS]), { nil: null })
const grant: fc.Arbitrary<Grant> = fc.record({ role, clientIds })

/** What a grant reaches, said another way: a list of (role rank, client) pairs. */
const rank = ({ role: one }: Grant) => ACCESS_ROLES.length - ACCESS_ROLES.indexOf(one)
const reach = ({ clientIds: ids }: Grant): ReadonlySet<string> => new Set(ids ?? [...CLIENTS, 'every other'])

describe('judgeToken', () => {
  it('never grants more than its maker has', () => {
    fc.assert(
      fc.property(grant, role, fc.constantFrom(null, ...CLIENTS), (maker, wanted, clientId) => {
        const judged = judgeToken(maker, { role: wanted, clientId })
        const got = grantOfToken({ role: wanted, clientId })
        const isLess = rank(got) <= rank(maker) && reach(got).isSubsetOf(reach(maker))
        expect(judged.ok).toBe(isLess)
      }),
      { numRuns: 2_000 },
    )
  })

  it('says what to do when it refuses', () => {
    const judged = judgeToken({ role: 'viewer', clientIds: ['a'] }, { role: 'owner', clientId: 'a' })
    expect(judged).toMatchObject({ ok: false, error: expect.stringMatching(/lower role/) })
  })
})

describe('grants', () => {
  it('let an owner see every client, others their list, and nobody more', () => {
    expect(grantOfPerson({ role: 'owner', clientIds: [] }).clientIds).toBe(null)
    for (const one of ['operator', 'client-admin', 'viewer'] as const) {
      const made = grantOfPerson({ role: one, clientIds: ['a'] })
      expect([canSeeClient(made, 'a'), canSeeClient(made, 'b')], one).toEqual([true, false])
      expect(canSeeClient(grantOfPerson({ role: one, clientIds: [] }), 'a'), one).toBe(false)
    }
  })

  it('are within each other as orders are: every one in itself, and never both ways unless they are the same', () => {
    fc.assert(
      fc.property(grant, grant, (one, other) => {
        expect(isWithin(one, one)).toBe(true)
        if (!isWithin(one, other) || !isWithin(other, one)) return
        expect(one.role).toBe(other.role)
        expect(new Set(one.clientIds)).toEqual(new Set(other.clientIds))
      }),
    )
  })
})
