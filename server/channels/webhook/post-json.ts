/**
 * Posts a body to an address that a person typed, without being turned against the own network: every address that the name has is
 * checked, the one that was connected is checked again, redirects are not followed, the answer's body is not read (security R27).
 */
import { lookup } from 'node:dns/promises'
import http from 'node:http'
import net from 'node:net'
import tls from 'node:tls'
import { err, ok } from '../../../shared/result.ts'
import type { Delivery, DeliveryFailure } from '../message.ts'
import { isAllowedAddress } from './allowed-address.ts'

/** `resolve` stands in for the system's resolver in tests. */
export type PostOptions = {
  readonly url: string
  readonly headers: { readonly [name: string]: string }
  readonly body: string
  readonly allowedNetworks: readonly string[]
  readonly timeoutMs?: number
  readonly resolve?: (host: string) => Promise<readonly string[]>
}

const TIMEOUT_MS = 10_000
/** Share of the whole time for one address while there is another, so that all of them have their turn. */
const ADDRESS_SHARE = 0.3
const MOST_ADDRESSES = 3

class Refused extends Error {
  readonly failure: DeliveryFailure
  constructor(code: DeliveryFailure['code'], isUncertain = false) {
    super(code)
    this.failure = { code, isUncertain }
  }
}

/** Never throws; whatever happens takes at most `timeoutMs`, 10 s when absent. */
export async function postJson(options: PostOptions): Promise<Delivery> {
  const signal = AbortSignal.timeout(options.timeoutMs ?? TIMEOUT_MS)
  let socket: net.Socket | null = null
  let isSent = false
  try {
    const url = new URL(options.url)
    const addresses = await withSignal(findAddresses(url, options), signal)
    socket = await connectAny(url, addresses, options, signal)
    isSent = true
    const status = await withSignal(exchange(url, socket, options), signal)
    if (status >= 200 && status < 300) return ok(null)
    return err({ code: status >= 300 && status < 400 ? 'redirected' : 'status', isUncertain: false })
  } catch (error) {
    if (error instanceof Refused) return err(error.failure)
    if (signal.aborted) return err({ code: 'timeout', isUncertain: isSent })
    return err({ code: isTlsError(error) ? 'tls' : 'unreachable', isUncertain: isSent })
  } finally {
    socket?.destroy()
  }
}

function withSignal<T>(work: Promise<T>, signal: AbortSignal): Promise<T> {
  return new Promise((resolve, reject) => {
    signal.addEventListener('abort', () => reject(new Error('timeout')), { once: true })
    work.then(resolve, reject)
  })
}

const isTlsError = (error: unknown) =>
  error instanceof Error &&
  'code' in error &&
  /^(?:ERR_TLS|ERR_SSL|CERT_|DEPTH_|SELF_|UNABLE_)/.test(String(error.code))

async function resolveAll(host: string): Promise<readonly string[]> {
  return (await lookup(host, { all: true, verbatim: true })).map(({ address }) => address)
}

/** One forbidden address among several is enough to refuse: which one is connected is the network's choice, not ours. */
async function findAddresses(
  url: URL,
  { allowedNetworks, resolve = resolveAll }: PostOptions,
): Promise<readonly string[]> {
  if (url.protocol !== 'https:' && url.protocol !== 'http:') throw new Refused('address-not-allowed')
  const host = url.hostname.replace(/^\[|\]$/g, '')
  const addresses = net.isIP(host) === 0 ? await resolve(host) : [host]
  if (addresses.length === 0) throw new Refused('unreachable')
  if (!addresses.every((address) => isAllowedAddress(address, url.protocol, allowedNetworks))) {
    throw new Refused('address-not-allowed')
  }
  return addresses.slice(0, MOST_ADDRESSES)
}

/** One after the other: an IPv6 address that leads nowhere, or one host of two that is down, loses no message. */
async function connectAny(
  url: URL,
  addresses: readonly string[],
  options: PostOptions,
  signal: AbortSignal,
): Promise<net.Socket> {
  const addressMs = Math.ceil((options.timeoutMs ?? TIMEOUT_MS) * ADDRESS_SHARE)
  for (const [at, address] of addresses.entries()) {
    const isLast = at === addresses.length - 1
    const mine = isLast ? signal : AbortSignal.any([signal, AbortSignal.timeout(addressMs)])
    try {
      return await withSignal(connect(url, address, options, mine), mine)
    } catch (error) {
      if (isLast || signal.aborted || error instanceof Refused) throw error
    }
  }
  throw new Refused('unreachable')
}

function connect(
  url: URL,
  address: string,
  { allowedNetworks }: PostOptions,
  signal: AbortSignal,
): Promise<net.Socket> {
  const isTls = url.protocol === 'https:'
  const port = Number(url.port === '' ? (isTls ? 443 : 80) : url.port)
  const name = url.hostname.replace(/^\[|\]$/g, '')
  return new Promise((resolve, reject) => {
    const socket = isTls
      ? tls.connect({
          host: address,
          port,
          minVersion: 'TLSv1.2',
          ...(net.isIP(name) === 0 ? { servername: name } : {}),
        })
      : net.connect({ host: address, port })
    const giveUp = () => socket.destroy()
    signal.addEventListener('abort', giveUp, { once: true })
    // Stays: a socket may fail again after it was given up, and nobody listens then.
    socket.on('error', reject)
    socket.once(isTls ? 'secureConnect' : 'connect', () => {
      // The time for one address is over with it; the answer has the rest of the whole.
      signal.removeEventListener('abort', giveUp)
      // What is connected counts, whatever a resolver said before.
      if (isAllowedAddress(socket.remoteAddress ?? '', url.protocol, allowedNetworks)) resolve(socket)
      else {
        socket.destroy()
        reject(new Refused('address-not-allowed'))
      }
    })
  })
}

/** @returns the status. The answer's body is dropped unread. */
function exchange(url: URL, socket: net.Socket, { headers, body }: PostOptions): Promise<number> {
  return new Promise((resolve, reject) => {
    const request = http.request(
      {
        method: 'POST',
        path: `${url.pathname}${url.search}`,
        headers: {
          host: url.host,
          'content-type': 'application/json; charset=utf-8',
          'content-length': Buffer.byteLength(body),
          'user-agent': 'Rounds',
          connection: 'close',
          ...headers,
        },
        createConnection: () => socket,
      },
      (response) => {
        response.destroy()
        resolve(response.statusCode ?? 0)
      },
    )
    request.once('error', reject)
    request.end(body)
  })
}
