/** `server ping` against a running server, and without one. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { parseSpan, spanText } from '../../../server/commands/span.ts'
import { DAY_MS, HOUR_MS, MINUTE_MS } from '../../../shared/units.ts'
import { type House, openHouse } from '../http/house.ts'
import { commandHere } from './command-here.ts'

let house: House
const server = (...words: string[]) => commandHere(house.folder, words)
const MINE = ['--machine', 'alpha/srv', '--name', 'NAS to cloud']
const secretOf = (text: string) => /\/ping\/([\w-]{43})$/.exec(text.trimEnd())?.[1] ?? ''

beforeAll(async () => {
  house = await openHouse({ environment: { ROUNDS_PUBLIC_URL: 'https://rounds.example.org' } })
  expect(await house.server.listen()).toMatchObject({ ok: true })
})
afterAll(() => house.close())

describe('spans', () => {
  it.each([
    ['30m', 30 * MINUTE_MS],
    ['2h', 2 * HOUR_MS],
    ['1d', DAY_MS],
    ['2w', 14 * DAY_MS],
    ['0d', null],
    ['1.5h', null],
    ['1', null],
    ['d', null],
    ['-1d', null],
    ['1s', null],
  ])('%s', (written, want) => expect(parseSpan(written)).toBe(want))
  it('are written as they are read', () => {
    for (const ms of [MINUTE_MS, 90 * MINUTE_MS, 2 * HOUR_MS, 14 * DAY_MS]) expect(parseSpan(spanText(ms))).toBe(ms)
  })
})

describe('ping', () => {
  it('new prints the address alone on stdout, once; list shows how it stands and no secret', async () => {
    const made = await server('ping', 'new', ...MINE, '--every', '12h')
    expect(made).toMatchObject({ code: 0, err: expect.stringContaining('It is shown only now.') })
    expect(made.out).toMatch(/^https:\/\/rounds\.example\.org\/ping\/[\w-]{43}\n$/)
    const secret = secretOf(made.out)
    expect((await server('ping', 'list')).out).toMatch(
      /^alpha\/srv +NAS to cloud +waiting +every 12h \+ 2h +last good -$/m,
    )
    await house.server.app.inject({ method: 'POST', url: `/ping/${secret}/3`, payload: 'disk\u001b[2J full' })
    const listed = await server('ping', 'list', '--client', 'alpha')
    expect(listed.out).toMatch(/failed .* exit 3 +disk \[2J full$/m)
    const json = await server('ping', 'list', '--json')
    expect(JSON.parse(json.out)).toMatchObject([
      { name: 'NAS to cloud', state: 'failed', exitStatus: 3, everyMs: 12 * HOUR_MS },
    ])
    expect(listed.out + json.out).not.toContain(secret)
    expect(JSON.parse((await server('ping', 'list', '--client', 'beta', '--json')).out)).toEqual([])
  })

  it('renew gives another address, remove ends it; each is in the audit log without the address', async () => {
    const renewed = await server('ping', 'renew', ...MINE, '--json')
    const { address } = JSON.parse(renewed.out)
    expect(secretOf(address)).not.toBe('')
    expect((await server('ping', 'remove', ...MINE)).out).toBe('Removed NAS to cloud of alpha/srv.\n')
    expect((await server('ping', 'list')).out).toMatch(/^No ping yet\./)
    const audits = await house.server.services.store.hub.audits(20)
    const mine = audits.filter(({ what }) => what.startsWith('ping')).map(({ what, detail }) => `${what}: ${detail}`)
    expect(mine.toSorted()).toEqual([
      'ping address renewed: SRV-A: NAS to cloud',
      'ping made: SRV-A: NAS to cloud',
      'ping removed: SRV-A: NAS to cloud',
    ])
    expect(JSON.stringify(audits)).not.toContain(secretOf(address))
  })

  it.each([
    [['new', '--name', 'x'], 2, /^Say which machine/],
    [['new', '--machine', 'alpha/srv'], 2, /^Say what the job is called/],
    [['new', ...MINE, '--every', 'daily'], 2, /^--every is a whole number/],
    [['new', ...MINE, '--grace', '5s'], 2, /^--grace is a whole number/],
    [['new', ...MINE, '--every', '1m'], 1, /^The period is between/],
    [['new', ...MINE, '--grace', '99w'], 1, /^The grace is between/],
    [['new', '--machine', 'alpha/nobody', '--name', 'x'], 1, /^There is no machine/],
    [['new', '--machine', 'alpha/srv', '--name', '\u202e'], 1, /^A ping needs a name/],
    [['renew', ...MINE], 1, /^SRV-A has no ping of that name/],
    [['remove', ...MINE], 1, /^SRV-A has no ping of that name/],
    [['list', '--client', 'nobody'], 1, /^There is no client/],
  ])('%j is refused with %i', async (words, code, sentence) => {
    const ended = await server('ping', ...words)
    expect(ended).toMatchObject({ code, out: '' })
    expect(ended.err).toMatch(sentence)
  })

  it('a name is given once in a machine, and a machine has at most 32', async () => {
    for (let n = 1; n <= 32; n += 1) {
      expect((await server('ping', 'new', '--machine', 'alpha/srv', '--name', `job ${n}`)).code).toBe(0)
      if (n > 1) continue
      const again = await server('ping', 'new', '--machine', 'alpha/srv', '--name', 'job  1')
      expect(again.err).toContain('has a ping of that name already')
    }
    expect((await server('ping', 'new', '--machine', 'alpha/srv', '--name', 'more')).err).toContain('has 32 pings')
  })
})

it('works on the folder when no server runs, and is there when it is opened again', async () => {
  const other = await openHouse()
  const { folder } = other
  await other.close()
  const made = await commandHere(folder, ['ping', 'new', ...MINE])
  expect(made.code).toBe(0)
  const listed = await commandHere(folder, ['ping', 'list', '--json'])
  expect(JSON.parse(listed.out)).toMatchObject([{ name: 'NAS to cloud', state: 'waiting' }])
})
