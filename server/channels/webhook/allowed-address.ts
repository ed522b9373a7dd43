/**
 * Which addresses a webhook may reach: the public unicast internet and the networks that an owner named, nothing else (security R27).
 * Ranges after the IANA special-purpose address registries. No I/O; node:net does the arithmetic.
 */
import { BlockList, isIP } from 'node:net'

/** IPv4: everything that is not public unicast. */
const SPECIAL_V4: readonly (readonly [network: string, bits: number])[] = [
  ['0.0.0.0', 8],
  ['10.0.0.0', 8],
  ['100.64.0.0', 10],
  ['127.0.0.0', 8],
  ['169.254.0.0', 16],
  ['172.16.0.0', 12],
  ['192.0.0.0', 24],
  ['192.0.2.0', 24],
  ['192.88.99.0', 24],
  ['192.168.0.0', 16],
  ['198.18.0.0', 15],
  ['198.51.100.0', 24],
  ['203.0.113.0', 24],
  ['224.0.0.0', 4],
  ['240.0.0.0', 4],
]
/** IPv6: of 2000::/3 (all that is handed out) these carry or stand for something else. */
const SPECIAL_V6: readonly (readonly [network: string, bits: number])[] = [
  ['2001::', 23],
  ['2001:db8::', 32],
  ['2002::', 16],
  ['3fff::', 20],
]

const special = new BlockList()
for (const [network, bits] of SPECIAL_V4) special.addSubnet(network, bits, 'ipv4')
for (const [network, bits] of SPECIAL_V6) special.addSubnet(network, bits, 'ipv6')
const handedOut = new BlockList()
handedOut.addSubnet('2000::', 3, 'ipv6')

const MAPPED = /^::ffff:(\d+\.\d+\.\d+\.\d+)$/i

/** An IPv4 address in IPv6 clothes is the IPv4 address. A zone is no part of an address. */
function plain(address: string): string {
  const bare = address.replace(/^\[|\]$/g, '').replace(/%.*$/, '')
  const canonical = isIP(bare) === 6 ? new URL(`http://[${bare}]`).hostname.slice(1, -1) : bare
  const hex = /^::ffff:([0-9a-f]{1,4}):([0-9a-f]{1,4})$/i.exec(canonical)
  if (hex === null) return MAPPED.exec(canonical)?.[1] ?? canonical
  const [high, low] = [Number.parseInt(hex[1] ?? '0', 16), Number.parseInt(hex[2] ?? '0', 16)]
  return [high >> 8, high & 255, low >> 8, low & 255].join('.')
}

const familyOf = (address: string) => (isIP(address) === 4 ? 'ipv4' : 'ipv6')

/** @returns true for a network such as `10.1.0.0/16` or `fd00::/8`, written with its bits. */
export function isNetwork(text: string): boolean {
  const [address = '', bits = '', ...rest] = text.split('/')
  const family = isIP(address)
  return (
    rest.length === 0 &&
    family !== 0 &&
    /^\d{1,3}$/.test(bits) &&
    Number(bits) > 0 &&
    Number(bits) <= (family === 4 ? 32 : 128)
  )
}

/** @returns true for an address inside one of the networks. Anything that is not an address is in none. */
export function isInNetworks(address: string, networks: readonly string[]): boolean {
  const bare = plain(address)
  if (isIP(bare) === 0) return false
  const list = new BlockList()
  for (const network of networks.filter(isNetwork)) {
    const [base = '', bits = ''] = network.split('/')
    list.addSubnet(base, Number(bits), familyOf(base))
  }
  return list.check(bare, familyOf(bare))
}

/** @returns true for an address of the public unicast internet. */
export function isPublicAddress(address: string): boolean {
  const bare = plain(address)
  const family = isIP(bare)
  if (family === 0) return false
  if (family === 4) return !special.check(bare, 'ipv4')
  return handedOut.check(bare, 'ipv6') && !special.check(bare, 'ipv6')
}

/** @returns true for an address that a webhook may reach: http only inside the named networks. */
export function isAllowedAddress(address: string, protocol: string, networks: readonly string[]): boolean {
  if (isInNetworks(address, networks)) return true
  return protocol === 'https:' && isPublicAddress(address)
}
