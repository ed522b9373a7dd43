/** A claimed notification with the names around it: what the words are made from. Pure. */
import { SEVERITIES } from '../../shared/severity.ts'
import type { Message, MessageVisit } from '../channels/message.ts'
import { RULES_BY_ID } from '../rules/index.ts'
import type { ClaimedNotification } from '../store/store.ts'
import type { ClientEntry } from '../views/machine-entry.ts'
import type { Visit } from '../visits/visit.ts'
import type { End } from './end.ts'

/** Names and addresses. `publicUrl` null: a link would lead nowhere, so there is none. */
export type MessageContext = {
  readonly entry: ClientEntry
  readonly machineName: (machineId: string) => string
  readonly publicUrl: string | null
}

/** @returns the message to an end, worst finding first; findings of rules that this version does not know are left out. */
export function messageOf(
  { sendKey, rootKey, kind, createdAt, siteId, items }: ClaimedNotification,
  { channel, language, audience }: End,
  { entry, machineName, publicUrl }: MessageContext,
): Message {
  const { id, slug, name, timeZone } = entry.client
  const problems = items
    .map(({ finding }) => finding)
    .filter(({ rule }) => Object.hasOwn(RULES_BY_ID, rule))
    .toSorted((a, b) => SEVERITIES.indexOf(a.severity) - SEVERITIES.indexOf(b.severity) || a.number - b.number)
    .map((finding) => ({
      finding,
      machine: { id: finding.machineId, name: machineName(finding.machineId) },
      url: publicUrl === null ? null : `${publicUrl}/c/${slug}/f/${finding.number}`,
    }))
  return {
    ...{ key: sendKey, rootKey, kind, createdAt, language, audience, timeZone, problems },
    visit: null,
    channelName: channel.name,
    client: { id, slug, name },
    site: entry.sites.find((site) => site.id === siteId)?.name ?? '',
  }
}

/** @returns the message about a visit that comes. */
export function visitMessageOf(
  { sendKey, rootKey, createdAt }: ClaimedNotification,
  { kind, plannedAt, author, date }: Visit,
  { channel, language, audience }: End,
  { entry, publicUrl }: MessageContext,
): Message {
  const { id, slug, name, timeZone } = entry.client
  const url = publicUrl === null ? null : `${publicUrl}/c/${slug}/visits/${date}`
  const visit: MessageVisit = { kind, plannedAt, author, url }
  return {
    ...{ key: sendKey, rootKey, kind: 'visit', createdAt, language, audience, timeZone, problems: [], visit },
    channelName: channel.name,
    client: { id, slug, name },
    site: '',
  }
}
