/** Settings over HTTP: people, new clients, policies, agents and this server; who may, what is refused, what is never said. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type CallerName, type House, openHouse } from './house.ts'

let house: House
beforeAll(async () => {
  house = await openHouse()
})
afterAll(() => house.close())

const send = (caller: CallerName, method: 'POST' | 'PUT' | 'DELETE' | 'GET', url: string, payload?: object) =>
  house.ask(caller, { method, url, ...(payload === undefined ? {} : { payload }) })

const OTHERS: readonly CallerName[] = ['nobody', 'viewer-a', 'admin-a', 'operator', 'token-all']
const aPerson = (change: object = {}) => ({
  email: 'ines@example.org',
  name: 'Inès',
  role: 'viewer',
  language: 'fr',
  clientIds: [house.clients.a],
  ...change,
})
const peopleSeen = async () => (await send('owner', 'GET', '/api/v1/people')).json().people
const byMail = async (email: string) => (await peopleSeen()).find((one: { email: string }) => one.email === email)

describe('people', () => {
  it('are added, changed, given a link that works once, and removed', async () => {
    const made = await send('owner', 'POST', '/api/v1/people', aPerson())
    expect(made.statusCode).toBe(200)
    const { id } = made.json()
    expect(await byMail('ines@example.org')).toMatchObject({ id, role: 'viewer', language: 'fr', isSelf: false })

    const edit = { name: 'Inès Faure', role: 'operator', language: 'en', clientIds: [house.clients.a, house.clients.b] }
    expect((await send('owner', 'PUT', `/api/v1/people/${id}`, edit)).statusCode).toBe(200)
    const changed = await byMail('ines@example.org')
    expect(changed).toMatchObject({ name: 'Inès Faure', role: 'operator', language: 'en' })
    expect(changed.clients.map((client: { slug: string }) => client.slug).sort()).toEqual(['alpha', 'beta'])

    const link = await send('owner', 'POST', `/api/v1/people/${id}/link`)
    expect(link.headers['cache-control']).toBe('no-store')
    const token = link.json().url.split('#in=')[1]
    expect((await send('nobody', 'POST', '/api/v1/session/link', { token })).json().person.id).toBe(id)
    expect((await send('nobody', 'POST', '/api/v1/session/link', { token })).statusCode).toBe(401)

    const second = (await send('owner', 'POST', `/api/v1/people/${id}/link`)).json().url.split('#in=')[1]
    expect((await send('owner', 'DELETE', `/api/v1/people/${id}`)).statusCode).toBe(204)
    expect(await byMail('ines@example.org')).toBeUndefined()
    // What waited to let them in went with them.
    expect((await send('nobody', 'POST', '/api/v1/session/link', { token: second })).statusCode).toBe(401)
  })

  it('are for the owner alone', async () => {
    for (const caller of OTHERS) {
      for (const [method, url] of [
        ['GET', '/api/v1/people'],
        ['POST', '/api/v1/people'],
        ['PUT', '/api/v1/people/x'],
        ['DELETE', '/api/v1/people/x'],
        ['POST', '/api/v1/people/x/link'],
      ] as const) {
        const { statusCode } = await send(caller, method, url, method === 'GET' ? undefined : {})
        expect([401, 403], `${caller} ${method} ${url}`).toContain(statusCode)
      }
    }
  })

  it.each([
    ['an owner', { role: 'owner' }],
    ['an address that is none', { email: 'no address' }],
    ['a viewer of no client', { clientIds: [] }],
    ['a client that is not there', { clientIds: ['nothing'] }],
    ['an unknown field', { isOwner: true }],
  ])('no page adds %s', async (_, change) => {
    const before = (await peopleSeen()).length
    expect((await send('owner', 'POST', '/api/v1/people', aPerson(change))).statusCode).toBeGreaterThanOrEqual(400)
    expect((await peopleSeen()).length).toBe(before)
  })

  it('an owner stays one, and nobody removes themselves', async () => {
    const self = (await peopleSeen()).find((one: { isSelf: boolean }) => one.isSelf)
    const edit = { name: 'Owner', role: 'viewer', language: 'en', clientIds: [house.clients.a] }
    expect((await send('owner', 'PUT', `/api/v1/people/${self.id}`, edit)).statusCode).toBe(403)
    expect((await send('owner', 'DELETE', `/api/v1/people/${self.id}`)).statusCode).toBe(403)
    expect((await send('owner', 'PUT', `/api/v1/people/${self.id}`, { ...edit, role: null })).statusCode).toBe(200)
    expect((await byMail(self.email)).role).toBe('owner')
  })

  it('the last one whom a channel tells is not removed', async () => {
    const { id } = (await send('owner', 'POST', '/api/v1/people', aPerson({ email: 'last@example.org' }))).json()
    const channel = {
      ...{ kind: 'email', name: 'Calls', language: 'en', clientIds: null, minSeverity: 'critical', isEnabled: true },
      ...{ personIds: [id], addresses: [], audience: 'technician' },
    }
    expect((await send('owner', 'POST', '/api/v1/channels', channel)).statusCode).toBe(200)
    const refused = await send('owner', 'DELETE', `/api/v1/people/${id}`)
    expect([refused.statusCode, refused.json().error.message]).toEqual([409, expect.stringContaining('Calls')])
  })

  it('the last one whom a channel tells of a client keeps that client', async () => {
    const { a, b } = house.clients
    const order = aPerson({ email: 'both@example.org', clientIds: [a, b] })
    const { id } = (await send('owner', 'POST', '/api/v1/people', order)).json()
    const channel = {
      ...{ kind: 'email', name: 'Both', language: 'en', clientIds: [a, b], minSeverity: 'critical', isEnabled: true },
      ...{ personIds: [id], addresses: [], audience: 'technician' },
    }
    expect((await send('owner', 'POST', '/api/v1/channels', channel)).statusCode).toBe(200)
    const edit = { name: 'Inès', role: 'viewer', language: 'fr' }
    const change = (clientIds: readonly string[]) =>
      send('owner', 'PUT', `/api/v1/people/${id}`, { ...edit, clientIds })
    const refused = await change([a])
    expect([refused.statusCode, refused.json().error.message]).toEqual([409, expect.stringMatching(/Both.*Beta/)])
    expect((await byMail('both@example.org')).clients).toHaveLength(2)
    expect((await change([a, b])).statusCode).toBe(200)
  })
})

describe('a new client', () => {
  const body = { name: 'Gamma', site: 'Office', language: 'fr', timeZone: 'Europe/Paris' }

  it('made by an operator is theirs at once', async () => {
    expect((await send('operator', 'GET', '/api/v1/clients/gamma')).statusCode).toBe(404)
    const made = await send('operator', 'POST', '/api/v1/clients', body)
    expect(made.json()).toMatchObject({ slug: 'gamma', name: 'Gamma' })
    const page = await send('operator', 'GET', '/api/v1/clients/gamma')
    expect(page.json()).toMatchObject({ machines: 0, isKeeper: true, lastVisit: null, changes: { basis: 'days' } })
    // Nothing is known, so nothing is proven.
    expect(page.json().dials.map((dial: { standing: string }) => dial.standing)).toEqual(Array(5).fill('not-proven'))
    expect((await send('viewer-a', 'GET', '/api/v1/clients/gamma')).statusCode).toBe(404)
  })

  it('is made by nobody who does not keep clients, and not in a zone that is none', async () => {
    for (const caller of ['nobody', 'viewer-a', 'admin-a', 'token-all'] as const) {
      expect([401, 403], caller).toContain((await send(caller, 'POST', '/api/v1/clients', body)).statusCode)
    }
    const wrong = { ...body, timeZone: 'Europe/Nowhere' }
    expect((await send('owner', 'POST', '/api/v1/clients', wrong)).statusCode).toBe(400)
  })
})

describe('policies', () => {
  const url = '/api/v1/clients/alpha/policies'
  const key = 'disk.spaceWarningPercent'
  const place = { siteId: null, machineId: null }
  const limitAt = async (query = '') => {
    const view = (await send('operator', 'GET', `${url}${query}`)).json()
    return view.limits.find((limit: { key: string }) => limit.key === key)
  }

  it('are set with a reason where they hold, seen from above, and taken back', async () => {
    expect(await limitAt()).toMatchObject({ defaults: [{ role: null, value: 85 }], set: null, elsewhere: [] })
    const machine = { ...place, machineId: 'machine-alpha' }
    const put = (body: object) => send('operator', 'PUT', url, { key, reason: 'archive', ...place, ...body })
    expect((await put({ value: 70 })).statusCode).toBe(200)
    expect((await put({ value: 95, ...machine })).statusCode).toBe(200)
    expect(await limitAt()).toMatchObject({
      set: { value: 70, from: 'client', reason: 'archive' },
      elsewhere: [{ place: 'SRV-A', value: 95 }],
    })
    expect(await limitAt('?machine=machine-alpha')).toMatchObject({ set: { value: 95, from: 'machine' } })
    expect((await put({ value: null, ...machine })).statusCode).toBe(200)
    expect(await limitAt('?machine=machine-alpha')).toMatchObject({ set: { value: 70, from: 'client' } })
    expect((await put({ value: null })).statusCode).toBe(200)
    expect(await limitAt()).toMatchObject({ set: null, elsewhere: [] })
  })

  it.each([
    ['without a reason', { value: 70, reason: ' ' }],
    ['out of range', { value: 1_000 }],
    ['for an unknown limit', { key: 'disk.nothing', value: 1 }],
    ['for a machine of another client', { value: 70, machineId: 'machine-beta' }],
    ['to be taken back where nothing is set', { value: null }],
  ])('are refused %s', async (_, change) => {
    const { statusCode } = await send('operator', 'PUT', url, { key, reason: 'r', ...place, ...change })
    expect(statusCode).toBeGreaterThanOrEqual(400)
  })

  it('tell nothing of another client, however its machine is named', async () => {
    const put = (machineId: string) =>
      send('operator', 'PUT', url, { key, value: 70, reason: 'r', ...place, machineId })
    const missing = await put('no-such-machine')
    for (const name of ['beta/srv', 'beta/machine-beta', 'beta/none', 'none/srv', 'machine-beta', 'SRV-B']) {
      const { statusCode, body } = await put(name)
      expect({ statusCode, body }, name).toEqual({ statusCode: 404, body: missing.body })
    }
  })

  it('are changed by nobody who does not keep the client', async () => {
    for (const caller of ['nobody', 'viewer-a', 'admin-a', 'token-a'] as const) {
      const { statusCode } = await send(caller, 'PUT', url, { key, value: 1, reason: 'r', ...place })
      expect([401, 403], caller).toContain(statusCode)
    }
    expect((await send('operator', 'GET', `${url}?machine=machine-beta`)).statusCode).toBe(404)
  })
})

describe('agents and this server', () => {
  it('list codes without their secrets, and only of own clients', async () => {
    const order = { siteId: null, role: 'laptop', machineName: 'LT-1' }
    const { code } = (await send('operator', 'POST', '/api/v1/clients/alpha/codes', order)).json()
    await send('owner', 'POST', '/api/v1/clients/beta/codes', order)
    const listed = await send('operator', 'GET', '/api/v1/agents')
    expect(listed.json().codes).toHaveLength(1)
    expect(listed.json().codes[0]).toMatchObject({ state: 'open', machineName: 'LT-1', client: { slug: 'alpha' } })
    expect(listed.body).not.toContain(code)
    expect(listed.body).not.toMatch(/beta/i)
  })

  it('say where the data lies, how much it is and how long it stays', async () => {
    const { files, kept, isWritable, machines } = (await send('owner', 'GET', '/api/v1/server')).json()
    expect(files.length).toBeGreaterThanOrEqual(3)
    expect(files.every(({ bytes }: { bytes: number }) => bytes > 0)).toBe(true)
    expect(kept).toContainEqual({ what: 'samples', ms: 30 * 86_400_000 })
    expect({ isWritable, machines }).toEqual({ isWritable: true, machines: 2 })
  })
})
