/** `server machine` against a running server: naming a machine and saying what it is for. */
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import type { Role } from '../../../shared/checks/names.ts'
import { type House, openHouse } from '../http/house.ts'
import { commandHere } from './command-here.ts'

let house: House
const server = (...words: string[]) => commandHere(house.folder, words)
const stored = async () => {
  const row = (await house.server.services.store.client(house.clients.a).loadMachine('machine-alpha'))?.row
  return { name: row?.name, role: row?.role, judgedAs: house.server.services.fleet.state('machine-alpha')?.role }
}

beforeAll(async () => {
  house = await openHouse()
  expect(await house.server.listen()).toMatchObject({ ok: true })
})
afterAll(() => house.close())

describe('machine rename', () => {
  beforeEach(async () => {
    expect(await server('machine', 'rename', 'alpha/srv', 'Start', '--role', 'laptop')).toMatchObject({ code: 0 })
  })

  it('leaves a stated role alone when none is given', async () => {
    const renamed = await server('machine', 'rename', 'alpha/srv', 'Till 1')
    expect(renamed).toEqual({
      code: 0,
      out: 'The machine is now called Till 1; its role is laptop.\n',
      err: '',
    })
    expect(await stored()).toEqual({ name: 'Till 1', role: 'laptop', judgedAs: 'laptop' })
  })

  it.each<[string, Role | null, RegExp]>([
    ['desktop', 'desktop', /its role is desktop\.$/m],
    ['auto', null, /its role is what its chassis says\.$/m],
  ])('--role %s says it anew', async (role, kept, said) => {
    const renamed = await server('machine', 'rename', 'alpha/srv', 'Till 2', '--role', role)
    expect(renamed.out).toMatch(said)
    expect(await stored()).toMatchObject({ name: 'Till 2', role: kept })
  })

  it('leaves the role to the chassis when it was so before', async () => {
    await server('machine', 'rename', 'alpha/srv', 'Till 3', '--role', 'auto')
    const renamed = await server('machine', 'rename', 'alpha/srv', 'Till 4', '--json')
    expect(JSON.parse(renamed.out)).toEqual({ id: 'machine-alpha', name: 'Till 4', role: null })
    expect((await stored()).role).toBeNull()
  })

  it.each([
    [['machine', 'rename', 'alpha/srv'], 2, 'Give a machine and its new name.'],
    [['machine', 'rename', 'alpha/srv', 'Till', '--role', 'tablet'], 2, 'The role is server, desktop, laptop or auto.'],
    [['machine', 'rename', 'alpha/nobody', 'Till'], 1, 'There is no machine "alpha/nobody". See: machine list'],
    [['machine', 'rename', 'gamma/srv', 'Till'], 1, 'There is no client "gamma".'],
    [['machine', 'rename', 'srv', 'Till'], 1, 'Several machines are called "srv". Say which: alpha/srv, beta/srv'],
    [['machine', 'rename', 'alpha/srv', '\u202e\n'], 1, 'A machine needs a name of at most 64 characters.'],
    [['machine', 'rename', 'alpha/srv', 'x'.repeat(65)], 1, 'A machine needs a name of at most 64 characters.'],
  ])('%j: exit %i, and nothing changes', async (words, code, said) => {
    const before = await stored()
    const refused = await server(...words)
    expect(refused).toMatchObject({ code, out: '' })
    expect(refused.err.split('\n')[0]).toBe(said)
    expect(await stored()).toEqual(before)
  })
})

describe('a machine whose name or facts are hostile', () => {
  /** Reverses the order of reading, and moves the cursor where C1 is obeyed. */
  const HOSTILE = 'Till\u202e\u009b2J'

  beforeAll(async () => {
    const { services } = house.server
    const store = services.store.client(house.clients.b)
    // The agent's own word, past every check of names: as an older version, or a damaged row, would have it.
    await store.renameMachine('machine-beta', HOSTILE, null)
    await services.after.machine(house.clients.b, 'machine-beta')
  })

  it('is printed without them for people', async () => {
    const listed = await server('machine', 'list', '--client', 'beta')
    expect(listed.code).toBe(0)
    expect(listed.out).toContain('Till\ufffd\ufffd2J')
    expect(listed.out).not.toMatch(/[\u007f-\u009f\p{Cf}]/u)
  })

  it('is escaped in JSON, which reads back as the same name', async () => {
    const { out } = await server('machine', 'list', '--client', 'beta', '--json')
    expect(out).toContain('Till\\u202e\\u009b2J')
    expect(out).not.toMatch(/[\u007f-\u009f\p{Cf}]/u)
    expect(JSON.parse(out)).toMatchObject([{ machine: { slug: 'srv', name: HOSTILE } }])
  })

  it('is escaped in the JSON of a refusal too', async () => {
    const { out, err, code } = await server('machine', 'list', '--client', 'no\u202esuch', '--json')
    expect(code).toBe(1)
    expect(JSON.parse(out)).toMatchObject({ error: { code: 'absent' } })
    expect(`${out}${err}`).not.toMatch(/[\u007f-\u009f\p{Cf}]/u)
  })
})
