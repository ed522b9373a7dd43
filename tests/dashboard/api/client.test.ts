/** Calls of the API: a lost session is told apart from a lost server, and forbidden from nothing. */
import { describe, expect, it, vi } from 'vitest'
import { ApiError, get, patch, post, remove } from '../../../dashboard/src/api/client.ts'

const asked: { path: string; init: RequestInit }[] = []
const answerWith = (answer: () => Promise<Response>) =>
  vi.stubGlobal('fetch', (path: string, init: RequestInit) => {
    asked.push({ path, init })
    return answer()
  })
const json = (status: number, body: unknown) => async () => Response.json(body, { status })

async function failureOf(call: Promise<unknown>) {
  const error = await call.catch((thrown: unknown) => thrown)
  if (!(error instanceof ApiError)) throw new Error(`not an ApiError: ${String(error)}`)
  return error.failure
}

describe('a call that fails', () => {
  it.each([
    [401, 'signed-out'],
    [403, 'absent'],
    [404, 'absent'],
    [400, 'refused'],
    [409, 'refused'],
    [429, 'refused'],
    [500, 'unreachable'],
    [503, 'unreachable'],
  ])('with %i is %s, in the words of the server', async (status, kind) => {
    answerWith(json(status, { error: { code: 'x', message: 'What happened.' } }))
    expect(await failureOf(get('/api/v1/today'))).toEqual({ kind, message: 'What happened.' })
  })

  it.each([
    ['no JSON', async () => new Response('<h1>Bad gateway</h1>', { status: 502 })],
    ['another shape', json(502, { error: 'text' })],
    ['null', json(502, null)],
    ['a list', json(502, [])],
  ])('with a body that is %s names the status', async (_name, answer) => {
    answerWith(answer)
    expect(await failureOf(get('/x'))).toEqual({ kind: 'unreachable', message: 'HTTP 502' })
  })

  it('without an answer is unreachable', async () => {
    answerWith(() => Promise.reject(new TypeError('fetch failed')))
    expect(await failureOf(get('/x'))).toEqual({ kind: 'unreachable', message: 'TypeError: fetch failed' })
  })
})

describe('a call that succeeds', () => {
  it('gives what came, and says what is sent', async () => {
    answerWith(json(200, { now: 7 }))
    expect(await get('/a')).toEqual({ now: 7 })
    expect(await post('/b', { token: 't' })).toEqual({ now: 7 })
    expect(await patch('/c', { name: 'n' })).toEqual({ now: 7 })
    answerWith(async () => new Response(null, { status: 204 }))
    await remove('/d')
    const sent = asked.slice(-4).map(({ path, init }) => [init.method, path, init.body, init.headers])
    const type = { 'content-type': 'application/json' }
    expect(sent).toEqual([
      ['GET', '/a', undefined, {}],
      ['POST', '/b', '{"token":"t"}', type],
      ['PATCH', '/c', '{"name":"n"}', type],
      ['DELETE', '/d', undefined, {}],
    ])
    expect(new Set(asked.map(({ init }) => init.credentials))).toEqual(new Set(['same-origin']))
  })
})
