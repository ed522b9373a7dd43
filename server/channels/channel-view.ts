/** A channel as people may see it. Pure; nothing secret is in what it takes. */
import type { ChannelView, FailureCode } from '../../shared/api/channels.ts'
import { FAILURE_CODES } from '../../shared/api/channels.ts'
import { DAY_MS, type EpochMs } from '../../shared/units.ts'
import type { ChannelRow } from './channel.ts'

/** A channel of which nothing was heard for longer proves nothing (security-reliability.md 5.16). */
const PROVEN_FOR_MS = 8 * DAY_MS

/** @returns the channel with its health at `now`. */
export function channelView(
  { channel, createdAt, provenAt, failedAt, failure }: ChannelRow,
  now: EpochMs,
): ChannelView {
  const { id, name, language, clientIds, minSeverity, isEnabled } = channel
  const base = {
    ...{ id, name, language, minSeverity, isEnabled, createdAt, provenAt, failedAt },
    clientIds: clientIds === null ? null : [...clientIds],
    failure: codeOf(failure),
    health: healthOf({ isEnabled, provenAt, failedAt }, now),
  }
  if (channel.kind === 'email') {
    const { personIds, addresses, audience } = channel.settings
    return { ...base, kind: 'email', personIds: [...personIds], addresses: [...addresses], audience }
  }
  const { origin, allowedNetworks } = channel.settings
  return { ...base, kind: 'webhook', origin, allowedNetworks: [...allowedNetworks] }
}

function codeOf(failure: string | null): FailureCode | null {
  return FAILURE_CODES.find((code) => code === failure) ?? null
}

type Known = { readonly isEnabled: boolean; readonly provenAt: EpochMs | null; readonly failedAt: EpochMs | null }

function healthOf({ isEnabled, provenAt, failedAt }: Known, now: EpochMs): ChannelView['health'] {
  if (!isEnabled) return 'off'
  if (failedAt !== null && (provenAt === null || failedAt > provenAt)) return 'failing'
  return provenAt !== null && now - provenAt <= PROVEN_FOR_MS ? 'proven' : 'unproven'
}
