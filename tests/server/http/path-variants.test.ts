/** One canonical spelling per address: variants, sent as they stand over a real socket, never reach a route. */
import net from 'node:net'
import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { isCanonicalPath } from '../../../server/http/canonical-path.ts'
import { type CallerName, type House, openHouse } from './house.ts'

let house: House
let port: number
beforeAll(async () => {
  house = await openHouse()
  const listening = await house.server.listen()
  if (!listening.ok) throw new Error(listening.error)
  port = listening.value
})
afterAll(() => house.close())

/** @returns the status of one request whose target is sent byte for byte. */
function statusOf(target: string, caller: CallerName): Promise<number> {
  const headers = Object.entries(house.credentials[caller]).map(([name, value]) => `${name}: ${value}\r\n`)
  return new Promise((resolve, reject) => {
    const socket = net.connect(port, '127.0.0.1', () => {
      socket.write(
        `GET ${target} HTTP/1.1\r\nhost: localhost:${port}\r\nconnection: close\r\n${headers.join('')}\r\n`,
        'latin1',
      )
    })
    let text = ''
    socket.setEncoding('latin1').on('data', (chunk: string) => {
      text += chunk
    })
    socket.on('error', reject)
    socket.on('close', () => resolve(Number(/^HTTP\/1\.1 (\d{3})/.exec(text)?.[1] ?? '0')))
  })
}

const variantsOf = (path: string): readonly string[] => [
  `${path}/`,
  `/${path}`,
  path.replace('/api', '/API'),
  path.replace('v1', '%761'),
  path.replace('/v1/', '/v1//'),
  path.replace('/v1/', '/./v1/'),
  path.replace('/v1/', '/v1/../v1/'),
  path.replace('/v1/', '/x/../v1/'),
  path.replace('/v1/', '/v1%2f'),
  path.replace('/v1/', '\\v1\\'),
  `${path};x=1`,
  `${path}%00`,
  `${path}%20`,
  `${path}.`,
  `${path}#x`,
  `${path}%zz`,
  `${path}%252f`,
  `${path}%3f`,
  `http://localhost${path}`,
]

const PATHS = ['/api/v1/today', '/api/v1/clients/alpha/machines/srv', '/api/v1/session']

describe('over a real socket', () => {
  it.each(PATHS)('%s answers at its own spelling', async (path) => {
    expect(await statusOf(path, 'owner')).toBe(200)
  })

  it.each(PATHS.flatMap(variantsOf))('%s', async (target) => {
    for (const caller of ['nobody', 'viewer-b', 'owner'] satisfies CallerName[]) {
      expect([400, 401, 404], caller).toContain(await statusOf(target, caller))
    }
  })
})

describe('isCanonicalPath', () => {
  it('lets plain addresses through, whatever their query', () => {
    for (const url of ['/', '/api/v1/today', '/c/a-b/m/c.d', '/x?y=/../%00', '/assets/index-B3x_.js']) {
      expect(isCanonicalPath(url), url).toBe(true)
    }
  })

  it('never lets through what a URL parser would change', () => {
    const part = fc.constantFrom(
      'a',
      'B',
      '.',
      '..',
      '/',
      '//',
      '%2f',
      '%41',
      ';',
      '\\',
      '%',
      ' ',
      '~',
      '-',
      '_',
      '\u00e9',
    )
    fc.assert(
      fc.property(fc.array(part, { maxLength: 12 }), (parts) => {
        const path = `/${parts.join('')}`
        if (!isCanonicalPath(path)) return
        expect(new URL(path, 'http://h').pathname).toBe(path)
        expect(decodeURIComponent(path)).toBe(path)
      }),
      { numRuns: 20_000 },
    )
  })
})
