/** The description of the API: every route, who may call it, and nothing that an OpenAPI reader would stumble over. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type House, openHouse } from './house.ts'

type BodySchema = { readonly anyOf?: readonly object[] }
type Operation = {
  readonly summary?: string
  readonly security?: readonly { readonly [scheme: string]: readonly string[] }[]
  readonly parameters?: readonly { readonly name: string; readonly in: string; readonly required?: boolean }[]
  readonly responses: { readonly [status: string]: { readonly description?: string; readonly content?: object } }
  readonly requestBody?: {
    readonly required?: boolean
    readonly content: { readonly [type: string]: { readonly schema?: BodySchema } }
  }
}
type Description = {
  readonly openapi: string
  readonly info: { readonly title: string; readonly version: string }
  readonly components: { readonly securitySchemes: { readonly [name: string]: { readonly type: string } } }
  readonly paths: { readonly [path: string]: { readonly [method: string]: Operation } }
}

let house: House
let description: Description
let operations: readonly (readonly [route: string, operation: Operation])[]
beforeAll(async () => {
  house = await openHouse()
  const answer = await house.ask('token-a', { url: '/api/v1/openapi.json' })
  expect(answer.headers['content-type']).toMatch(/^application\/json/)
  description = answer.json()
  operations = Object.entries(description.paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, operation]) => [`${method.toUpperCase()} ${path}`, operation] as const),
  )
})
afterAll(() => house.close())

const READ = [{ session: [] }, { token: [] }]
const PERSON = [{ session: [] }]

describe('GET /api/v1/openapi.json', () => {
  it('lists every route that programs may call, with who may call it', () => {
    const found = Object.fromEntries(operations.map(([route, { security }]) => [route, security]))
    expect(found).toMatchObject({
      'GET /healthz': [],
      'GET /metrics': READ,
      'GET /api/v1/openapi.json': READ,
      'GET /api/v1/session': PERSON,
      'DELETE /api/v1/session': PERSON,
      'POST /api/v1/session/link': [],
      'GET /ping/{secret}': [],
      'POST /ping/{secret}': [],
      'GET /ping/{secret}/{signal}': [],
      'POST /ping/{secret}/{signal}': [],
      'GET /api/v1/today': READ,
      'GET /api/v1/clients': READ,
      'GET /api/v1/machines': READ,
      'GET /api/v1/findings': READ,
      'PATCH /api/v1/clients/{client}': PERSON,
      'POST /api/v1/clients/{client}/codes': PERSON,
      'GET /api/v1/clients/{client}/machines/{machine}': READ,
      'PATCH /api/v1/clients/{client}/machines/{machine}': PERSON,
      'GET /api/v1/clients/{client}/machines/{machine}/history': READ,
      'GET /api/v1/clients/{client}/machines/{machine}/checks/{check}': READ,
      'GET /api/v1/visits': READ,
      'GET /api/v1/clients/{client}/visits': READ,
      'GET /api/v1/clients/{client}/visits/{date}': READ,
      'GET /api/v1/clients/{client}/visits/{date}/reports/{file}': READ,
      'GET /api/v1/clients/{client}/portal': READ,
      'PUT /api/v1/clients/{client}/recommendations/{recommendation}/decision': PERSON,
    })
    for (const [route, security] of Object.entries(found)) {
      // Tokens only read, and nothing but signing in and pings is open to strangers.
      if (route.includes(' /ping/')) continue
      if (!route.startsWith('GET ') && route !== 'POST /api/v1/session/link') expect(security, route).toEqual(PERSON)
      else if (route.includes('/api/v1/') && route !== 'POST /api/v1/session/link')
        expect(security, route).not.toEqual([])
    }
  })

  it('is OpenAPI 3.1: schemes that exist, parameters that the path names, answers that are described', () => {
    expect(description.openapi).toMatch(/^3\.1\.\d+$/)
    expect(description.info.title).not.toBe('')
    const schemes = Object.keys(description.components.securitySchemes)
    for (const [route, { security = [], parameters = [], responses, summary }] of operations) {
      expect(summary, route).toMatch(/\w/)
      for (const one of security) expect(schemes, route).toEqual(expect.arrayContaining(Object.keys(one)))
      const inPath = parameters.filter((parameter) => parameter.in === 'path')
      expect(inPath.map(({ name }) => `{${name}}`).sort(), route).toEqual((route.match(/\{\w+\}/g) ?? []).sort())
      for (const parameter of inPath) expect(parameter.required, route).toBe(true)
      expect(Object.keys(responses).length, route).toBeGreaterThan(0)
      for (const [status, { description: text }] of Object.entries(responses)) {
        expect(status, route).toMatch(/^(?:[2-5]\d\d|default)$/)
        expect(text, route).toEqual(expect.any(String))
      }
    }
  })

  it('describes the bodies it takes, and that nothing more is taken', () => {
    const takers = operations.filter(([, { requestBody }]) => requestBody !== undefined)
    expect(takers.length).toBeGreaterThan(4)
    for (const [route, { requestBody }] of takers) {
      expect(Object.keys(requestBody?.content ?? {}), route).toEqual(['application/json'])
      const { schema } = requestBody?.content['application/json'] ?? {}
      for (const one of schema?.anyOf ?? [schema]) {
        expect(one, route).toMatchObject({ type: 'object', additionalProperties: false })
      }
    }
  })

  it('says how errors look', () => {
    for (const [route, { responses }] of operations) {
      if (!route.includes('/api/v1/')) continue
      expect(responses['default']?.content, route).toMatchObject({
        'application/json': { schema: { required: ['error'] } },
      })
    }
  })

  it('refers to nothing that is not in it', () => {
    const text = JSON.stringify(description)
    for (const [, ref] of text.matchAll(/"\$ref":"([^"]+)"/g)) {
      const found = (ref ?? '')
        .replace(/^#\//, '')
        .split('/')
        .reduce<unknown>((at, key) => (at as { [key: string]: unknown } | undefined)?.[key], description)
      expect(found, ref).toBeDefined()
    }
  })
})
