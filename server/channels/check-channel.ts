/** Whether a channel may be as somebody wants it: addresses, networks, clients and rights. Pure. */
import { isIP } from 'node:net'
import type { ChannelBody } from '../../shared/api/channels.ts'
import type { Grant } from '../auth/access.ts'
import type { Channel } from './channel.ts'
import { isAllowedAddress, isNetwork } from './webhook/allowed-address.ts'

/** One address, nothing that a header or a list of addresses could be made of. */
const ADDRESS = /^[\p{L}\p{N}.!#$%&'*+/=?^_`{|}~-]{1,64}@[\p{L}\p{N}-]+(?:\.[\p{L}\p{N}-]+)*$/u

/** @returns true for one plain mail address. */
export function isMailAddress(text: string): boolean {
  return text.length <= 254 && ADDRESS.test(text)
}

/** @returns true for a channel that a person may see and change: all of its clients are theirs, and no own network is opened. */
export function mayKeep({ role, clientIds: own }: Grant, { clientIds, ...channel }: Channel): boolean {
  if (own === null && role === 'owner') return true
  if (role !== 'operator' || clientIds === null || clientIds.length === 0) return false
  if (channel.kind === 'webhook' && channel.settings.allowedNetworks.length > 0) return false
  return own === null || clientIds.every((id) => own.includes(id))
}

/** @returns what is wrong with the address of a webhook; null: nothing that can be told before it is resolved. */
export function judgeWebhookUrl(text: string, allowedNetworks: readonly string[]): string | null {
  const url = URL.parse(text)
  if (url === null || !['https:', 'http:'].includes(url.protocol))
    return 'A webhook needs an address that begins with https://.'
  if (url.username !== '' || url.password !== '') return 'The address of a webhook holds no user and no password.'
  if (url.protocol === 'http:' && allowedNetworks.length === 0) {
    return 'A webhook needs https. Inside a network that an owner names for it, http is allowed.'
  }
  const host = url.hostname.replace(/^\[|\]$/g, '')
  if (isIP(host) === 0 || isAllowedAddress(host, url.protocol, allowedNetworks)) return null
  return 'The address lies in a network that webhooks may not reach. An owner can name the network for this channel.'
}

/** @returns what is wrong with a channel's own fields; null: nothing. */
export function judgeChannel(body: ChannelBody): string | null {
  if (body.clientIds?.length === 0) return 'A channel needs at least one client, or all of them.'
  if (body.kind === 'webhook') {
    const wrong = body.allowedNetworks.find((network) => !isNetwork(network))
    if (wrong !== undefined) return `"${wrong.slice(0, 64)}" is not a network such as 10.1.0.0/16.`
    return body.url === null ? null : judgeWebhookUrl(body.url, body.allowedNetworks)
  }
  const wrong = body.addresses.find((address) => !isMailAddress(address))
  if (wrong !== undefined) return `"${wrong.slice(0, 64)}" is not a mail address.`
  return body.personIds.length + body.addresses.length === 0 ? 'A mail channel needs at least one recipient.' : null
}
