/** Commands against a running server: what they do, what they print for people, and the same as JSON. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { LIMIT_KEYS } from '../../../server/policy/defaults.ts'
import { decodeCode } from '../../../shared/protocol/code.ts'
import { HOUR_MS } from '../../../shared/units.ts'
import { type House, openHouse } from '../http/house.ts'
import { commandHere } from './command-here.ts'

let house: House
const server = (...words: string[]) => commandHere(house.folder, words)
/** The answer of a command that must be fine. */
const json = async (...words: string[]) => {
  const { code, out, err } = await server(...words, '--json')
  expect({ code, err }).toEqual({ code: 0, err: '' })
  expect(out.endsWith('\n') && out.indexOf('\n') === out.length - 1).toBe(true)
  return JSON.parse(out)
}
/** What a refusal says; exit 1, nothing on stdout. */
const refusal = async (...words: string[]) => {
  const { code, out, err } = await server(...words)
  expect({ code, out }).toEqual({ code: 1, out: '' })
  return err.trimEnd()
}

beforeAll(async () => {
  house = await openHouse()
  expect(await house.server.listen()).toMatchObject({ ok: true })
})
afterAll(() => house.close())

describe('client and site', () => {
  it('add, list, rename; the short name stays', async () => {
    const added = await server(
      'client',
      'add',
      ' Boulangerie  Martin ',
      '--language',
      'fr',
      '--time-zone',
      'Europe/Paris',
    )
    expect(added).toEqual({
      code: 0,
      out: 'Added Boulangerie Martin, short name boulangerie-martin. Enroll its first machine: code new --client boulangerie-martin\n',
      err: '',
    })
    expect(await json('client', 'rename', 'boulangerie-martin', 'Fournil')).toMatchObject({
      ...{ slug: 'boulangerie-martin', name: 'Fournil', language: 'fr', timeZone: 'Europe/Paris' },
    })
    const listed = await json('client', 'list')
    expect(listed.map(({ slug, machines }: { slug: string; machines: number }) => [slug, machines])).toEqual([
      ['alpha', 1],
      ['beta', 1],
      ['boulangerie-martin', 0],
    ])
    expect((await server('client', 'list')).out).toMatch(/^alpha +Alpha +1 machines +UTC$/m)
  })

  it('refuse what cannot be', async () => {
    expect(await refusal('client', 'add', 'X', '--time-zone', 'Mars/North')).toContain(
      '"Mars/North" is not a time zone',
    )
    expect(await refusal('client', 'add', '\u202e\u0007')).toBe('A client needs a name of at most 128 characters.')
    expect(await refusal('client', 'rename', 'nobody', 'X')).toBe('There is no client "nobody". See: client list')
  })

  it('a site is added once and listed', async () => {
    expect((await server('site', 'add', 'alpha', 'Dépôt Nord')).out).toBe('Added Dépôt Nord, short name depot-nord.\n')
    expect(await refusal('site', 'add', 'alpha', 'Dépôt Nord')).toBe('Alpha has a site of that name already.')
    expect((await json('site', 'list', 'alpha')).map(({ slug }: { slug: string }) => slug)).toEqual([
      'depot-nord',
      'office',
    ])
  })
})

describe('code', () => {
  it('stands alone on stdout, so that a script can take it; what it is for stands on stderr', async () => {
    const made = await server('code', 'new', '--client', 'alpha', '--role', 'laptop', '--name', 'Till 2')
    expect(made.code).toBe(0)
    expect(decodeCode(made.out.trimEnd())).toMatchObject({ ok: true })
    expect(made.out.trimEnd()).toMatch(/^\S+$/)
    expect(made.err).toMatch(
      /^For one machine of Alpha, until \d{4}-\d\d-\d\d \d\d:\d\d UTC\. There: agent enroll CODE\n$/,
    )
  })

  it('is listed by what it is for, never with itself or its key', async () => {
    const { code, expiresAt, uses } = await json('code', 'new', '--client', 'beta', '--name', 'Press')
    expect(uses).toBe(1)
    expect(expiresAt - Date.now()).toBeGreaterThan(71 * HOUR_MS)
    const listed = await server('code', 'list', '--client', 'beta', '--json')
    expect(JSON.parse(listed.out)).toMatchObject([{ machineName: 'Press', usesLeft: 1 }])
    expect(listed.out).not.toContain('wrappedKey')
    expect(listed.out).not.toContain(code)
    expect((await server('code', 'list', '--client', 'beta')).out).toContain('Press')
    expect(await refusal('code', 'new', '--client', 'alpha', '--site', 'moon')).toContain('Alpha has no such site.')
  })
})

describe('token', () => {
  it('is shown once, works, and is worth nothing once revoked', async () => {
    const made = await server('token', 'new', '--client', 'alpha', '--label', 'grafana')
    expect(made.out).toMatch(/^\S+\n$/)
    expect(made.err).toContain('Shown once')
    const headers = { authorization: `Bearer ${made.out.trimEnd()}` }
    const get = () => house.ask('nobody', { url: '/api/v1/findings', headers })
    expect((await get()).statusCode).toBe(200)
    const listed = await server('token', 'list', '--json')
    expect(listed.out).not.toContain(made.out.trimEnd())
    const row = JSON.parse(listed.out).find(({ label }: { label: string }) => label === 'grafana')
    expect(row).toMatchObject({ role: 'viewer' })
    expect(await server('token', 'revoke', row.id)).toMatchObject({ code: 0, out: 'The token is worth nothing now.\n' })
    expect((await get()).statusCode).toBe(401)
    expect(await refusal('token', 'revoke', row.id)).toContain('There is no token')
  })
})

describe('user', () => {
  it('is added once, and gets a link whose token stands in the fragment', async () => {
    const added = await json(
      'user',
      'add',
      'Anna@Example.org',
      '--role',
      'operator',
      '--client',
      'alpha',
      '--client',
      'beta',
    )
    expect(added).toMatchObject({ email: 'anna@example.org', name: 'anna', role: 'operator' })
    expect(added.clientIds).toEqual([house.clients.a, house.clients.b])
    expect(await refusal('user', 'add', 'anna@example.org', '--owner')).toBe('anna@example.org is known already.')
    const { url, expiresAt } = await json('user', 'link', 'anna@example.org')
    expect(new URL(url).hash).toMatch(/^#in=.{20,}/)
    expect([new URL(url).search, new URL(url).pathname]).toEqual(['', '/'])
    expect(expiresAt - Date.now()).toBeLessThanOrEqual(HOUR_MS / 4)
    expect((await server('user', 'list')).out).toMatch(/^anna@example\.org +anna +operator +/m)
  })

  it('is refused without a client, with an unknown one and without an address', async () => {
    expect(await refusal('user', 'add', 'b@example.org', '--role', 'viewer')).toContain('needs at least one client')
    expect(await refusal('user', 'add', 'b@example.org', '--role', 'viewer', '--client', 'x')).toBe(
      'There is no client "x".',
    )
    expect(await refusal('user', 'add', 'nobody', '--owner')).toBe('"nobody" is not a mail address.')
    expect(await refusal('user', 'link', 'nobody@example.org')).toContain('Nobody has the address')
  })
})

describe('policy', () => {
  const KEY = 'disk.spaceWarningPercent'

  it('list without a client shows every default with its unit and reason', async () => {
    const limits = await json('policy', 'list')
    expect(limits.map(({ key }: { key: string }) => key)).toEqual(LIMIT_KEYS)
    const { out } = await server('policy', 'list')
    for (const key of LIMIT_KEYS)
      expect(out).toMatch(new RegExp(`^${key.replaceAll('.', '\\.')} +\\S+ +\\S+ +\\S`, 'm'))
  })

  it('set, list and unset; it holds at once', async () => {
    const set = ['policy', 'set', '--client', 'alpha', '--machine', 'srv', KEY, '77', '--reason', 'photo archive']
    expect((await server(...set)).out).toBe(`${KEY} is now 77 for SRV-A.\n`)
    expect(house.server.services.fleet.state('machine-alpha')?.policy.machine).toMatchObject([{ key: KEY, value: 77 }])
    expect((await server('policy', 'list', '--client', 'alpha')).out).toMatch(
      /^SRV-A +disk\.spaceWarningPercent +77 +photo archive/,
    )
    expect(await json('policy', 'unset', '--client', 'alpha', '--machine', 'srv', KEY)).toMatchObject({ key: KEY })
    expect(house.server.services.fleet.state('machine-alpha')?.policy.machine).toEqual([])
    expect(await refusal('policy', 'unset', '--client', 'alpha', '--machine', 'srv', KEY)).toBe(
      `${KEY} is not set for SRV-A.`,
    )
  })

  it.each([
    [['disk.spaceWarningPercnt', '90'], /disk\.spaceWarningPercnt/],
    [[KEY, 'true'], /takes a number/],
    [[KEY, '100000'], new RegExp(KEY.replace('.', '\\.'))],
  ])('refuses %j with a sentence that names it', async (words, sentence) => {
    expect(await refusal('policy', 'set', '--client', 'alpha', ...words, '--reason', 'x')).toMatch(sentence)
  })

  it('refuses a place that is not there, or two', async () => {
    const set = (...place: string[]) =>
      refusal('policy', 'set', '--client', 'alpha', ...place, KEY, '9', '--reason', 'x')
    expect(await set('--site', 'moon')).toBe('Alpha has no site "moon".')
    expect(await set('--site', 'office', '--machine', 'srv')).toBe('Name a site or a machine, not both.')
    // A machine of another client is not there either.
    expect(await set('--machine', 'machine-beta')).toContain('There is no machine')
  })
})

describe('findings and explain', () => {
  it('findings: exit 1 when anything is open, worst first, each with a sentence', async () => {
    const found = await server('findings', '--client', 'alpha')
    expect(found).toMatchObject({ code: 1, err: '' })
    expect(found.out.split('\n')[0]).toMatch(/^urgent +alpha\/srv +\S+\/\S+ +\S.*\S$/)
    const { code, out } = await server('findings', '--json')
    expect(code).toBe(1)
    const { cards, total } = JSON.parse(out)
    expect(cards).toHaveLength(total)
    expect(new Set(cards.map(({ machine }: { machine: { client: { slug: string } } }) => machine.client.slug))).toEqual(
      new Set(['alpha', 'beta']),
    )
    expect(await refusal('findings', '--client', 'nobody')).toContain('There is no client')
  })

  it('findings: exit 0 where nothing is open', async () => {
    await server('client', 'add', 'Empty')
    expect(await server('findings', '--client', 'empty')).toEqual({ code: 0, out: 'Nothing is open.\n', err: '' })
  })

  it('explain: facts, limits, outcome and alert, in this order', async () => {
    const told = await server('explain', 'alpha/srv', 'disk/space-low')
    expect(told).toMatchObject({ code: 0, err: '' })
    expect(told.out).toMatch(
      /^disk\/space-low \/\n(?: {2}fact {5}.*\n)+(?: {2}limit {4}.*\n)+ {2}outcome {2}\S.*\n(?: {2}hold .*\n)? {2}alert {4}\S/,
    )
    const { explanations, machine } = await json('explain', 'alpha/srv')
    expect(machine).toBe('alpha/srv')
    expect(new Set(explanations.map(({ rule }: { rule: string }) => rule)).size).toBeGreaterThan(20)
    expect(await refusal('explain', 'alpha/srv', 'disk/nothing')).toContain('There is no rule "disk/nothing"')
    expect(await refusal('explain', 'alpha/none')).toContain('There is no machine')
  })
})
