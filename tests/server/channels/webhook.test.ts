/** Webhooks: what they may reach, what proves them, and how each failure is told. */
import http from 'node:http'
import net from 'node:net'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { judgeWebhookUrl } from '../../../server/channels/check-channel.ts'
import {
  isAllowedAddress,
  isInNetworks,
  isNetwork,
  isPublicAddress,
} from '../../../server/channels/webhook/allowed-address.ts'
import { type PostOptions, postJson } from '../../../server/channels/webhook/post-json.ts'
import { newWebhookSecret, signedHeaders } from '../../../server/channels/webhook/sign.ts'
import { isSigned, startWebhookReceiver, type WebhookReceiver } from '../../support/webhook-receiver.ts'

let hook: WebhookReceiver
beforeEach(async () => {
  hook = await startWebhookReceiver()
})
afterEach(() => hook.close())

const LOOPBACK = ['127.0.0.0/8']
const post = (change: Partial<PostOptions> = {}) =>
  postJson({ url: hook.url, headers: {}, body: '{}', allowedNetworks: LOOPBACK, timeoutMs: 2_000, ...change })
const refused = (code: string) => ({ ok: false, error: { code, isUncertain: false } })

describe('addresses', () => {
  it.each([
    ['127.0.0.1', '10.0.0.1', '172.16.9.9', '192.168.1.1', '169.254.169.254', '100.64.0.1', '0.0.0.0', '224.0.0.1'],
    ['255.255.255.255', '192.0.2.1', '198.18.0.1', '198.51.100.7', '203.0.113.9', '192.88.99.1', '192.0.0.8'],
    ['::1', '::', 'fe80::1', 'fc00::1', 'fd12::1', 'ff02::1', '::ffff:127.0.0.1', '::ffff:7f00:1', '64:ff9b::7f00:1'],
    ['2002:7f00:1::', '2001::1', '2001:db8::1', '3fff::1', 'fe80::1%eth0', 'localhost', '', '127.1', '999.1.1.1'],
  ])('refuses %s and its like', (...addresses) => {
    for (const address of addresses.filter((one) => typeof one === 'string')) {
      expect(isPublicAddress(address), address).toBe(false)
      expect(isAllowedAddress(address, 'https:', []), address).toBe(false)
    }
  })

  it('takes public unicast over https only', () => {
    for (const address of ['8.8.8.8', '93.184.215.14', '2606:4700::1111', '2a00:1450::1', '::ffff:8.8.8.8']) {
      expect(isAllowedAddress(address, 'https:', []), address).toBe(true)
      expect(isAllowedAddress(address, 'http:', []), address).toBe(false)
    }
  })

  it('takes a named network, however the address is written, and nothing beside it', () => {
    expect(isInNetworks('::ffff:10.1.2.3', ['10.1.0.0/16'])).toBe(true)
    expect(isInNetworks('10.2.0.1', ['10.1.0.0/16'])).toBe(false)
    expect(isInNetworks('fd00::5', ['fd00::/8'])).toBe(true)
    for (const wrong of ['10.1.0.0', '10.1.0.0/33', 'x/8', '10.0.0.0/0', '::/0', '10.1.0.0/8/8']) {
      expect(isNetwork(wrong), wrong).toBe(false)
    }
  })
})

describe('what an address may be', () => {
  const spellings = [
    'http://127.0.0.1',
    'https://127.1/',
    'https://2130706433',
    'https://0x7f.1',
    'https://017700000001',
  ]
  const more = ['https://[::1]/', 'https://[::ffff:127.0.0.1]/', 'https://169.254.169.254/latest', 'https://0/']
  it.each([
    ...spellings,
    ...more,
    'ftp://example.org',
    'https://a:b@hooks.invalid/',
    'not an address',
    'http://example.org',
  ])('refuses %s when it is typed', (url) => {
    expect(judgeWebhookUrl(url, [])).not.toBe(null)
  })

  it.each([...spellings, ...more])('refuses %s when it is sent', async (url) => {
    expect(await post({ url, allowedNetworks: [] })).toEqual(refused('address-not-allowed'))
    expect(hook.hooks).toEqual([])
  })

  it('refuses a name that leads inside, and one of whose addresses only one does', async () => {
    const port = new URL(hook.url).port
    const url = `https://rebind.example:${port}/`
    expect(await post({ url, allowedNetworks: [], resolve: async () => ['127.0.0.1'] })).toEqual(
      refused('address-not-allowed'),
    )
    const mixed = async () => ['93.184.215.14', '127.0.0.1']
    expect(await post({ url, allowedNetworks: [], resolve: mixed })).toEqual(refused('address-not-allowed'))
    expect(hook.hooks).toEqual([])
  })

  it('resolves once: a name that changes its mind is not asked again', async () => {
    let asked = 0
    const resolve = async () => {
      asked += 1
      return [asked === 1 ? '127.0.0.1' : '10.0.0.1']
    }
    const url = `http://rebind.example:${new URL(hook.url).port}/x`
    expect(await post({ url, resolve })).toEqual({ ok: true, value: null })
    expect(asked).toBe(1)
    expect(hook.hooks[0]?.headers.host).toBe(new URL(url).host)
  })

  it('reaches a receiver that one of its addresses does not lead to', async () => {
    const url = `http://two-homes.example:${new URL(hook.url).port}/x`
    // Nobody listens on the first one: a name has an IPv6 address that leads nowhere, or a host of two is down.
    expect(await post({ url, resolve: async () => ['127.0.0.2', '127.0.0.1'] })).toEqual({ ok: true, value: null })
    expect(hook.hooks.length).toBe(1)
    expect(await post({ url, resolve: async () => ['127.0.0.2', '127.0.0.3'] })).toEqual(refused('unreachable'))
  })

  it('does not speak http to a public address, even when networks are named', async () => {
    const resolve = async () => ['93.184.215.14']
    expect(await post({ url: 'http://example.org/', resolve })).toEqual(refused('address-not-allowed'))
  })
})

describe('a delivery', () => {
  it('is signed, and any change is found out', async () => {
    const secret = newWebhookSecret()
    const body = '{"a":"é"}'
    const headers = signedHeaders(secret, 'id-1', 1_700_000_000, body)
    expect(await post({ headers, body })).toEqual({ ok: true, value: null })
    const [got] = hook.hooks
    if (got === undefined) throw new Error('nothing arrived')
    expect(isSigned(got, secret)).toBe(true)
    expect(isSigned({ ...got, body: `${got.body} ` }, secret)).toBe(false)
    expect(isSigned({ ...got, headers: { ...got.headers, 'webhook-timestamp': '1700000001' } }, secret)).toBe(false)
    expect(isSigned(got, newWebhookSecret())).toBe(false)
    expect(got.headers['idempotency-key']).toBe('id-1')
    expect(got.headers['content-length']).toBe(String(Buffer.byteLength(body)))
  })

  it('agrees with the vector of the specification', () => {
    // SOURCE: Standard Webhooks 1.0.0, example of its README: secret, id, timestamp and payload.
    const secret = 'whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw'
    const body = '{"test": 2432232314}'
    const headers = signedHeaders(secret, 'msg_p5jXN8AQM9LWM0D4loKWxJek', 1_614_265_330, body)
    expect(headers['webhook-signature']).toBe('v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=')
  })

  it.each([
    [301, 'redirected'],
    [307, 'redirected'],
    [400, 'status'],
    [500, 'status'],
  ])('%i is a failure, and nothing is followed', async (status, code) => {
    hook.answer(status, { location: `${hook.url}/elsewhere` })
    expect(await post()).toEqual(refused(code))
    expect(hook.hooks.length).toBe(1)
  })

  it('that is not answered in time is given up, and may have been taken', async () => {
    const silent = net.createServer((socket) => void socket.on('error', () => {}))
    await new Promise<void>((resolve) => silent.listen(0, '127.0.0.1', resolve))
    const { port } = silent.address() as net.AddressInfo
    const failed = await post({ url: `http://127.0.0.1:${port}/`, timeoutMs: 300 })
    expect(failed).toEqual({ ok: false, error: { code: 'timeout', isUncertain: true } })
    silent.close()
  })

  it('has the whole time for its answer, whichever address took it', async () => {
    const slow = http.createServer((_, response) => void setTimeout(() => response.writeHead(204).end(), 1_200))
    await new Promise<void>((resolve) => slow.listen(0, '127.0.0.1', resolve))
    const { port } = slow.address() as net.AddressInfo
    const resolve = async () => ['127.0.0.1', '127.0.0.2']
    const url = `http://two-homes.example:${port}/`
    expect(await post({ url, resolve, timeoutMs: 3_000 })).toEqual({ ok: true, value: null })
    slow.close()
  })

  it('to a door where nobody is, or whose TLS is none, was not taken', async () => {
    expect(await post({ url: 'http://127.0.0.1:1/' })).toEqual(refused('unreachable'))
    const failed = await post({ url: hook.url.replace('http:', 'https:') })
    expect(failed.ok).toBe(false)
    expect(hook.hooks).toEqual([])
  })
})
