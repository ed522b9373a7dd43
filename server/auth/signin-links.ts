/** One-time sign-in links: 256 random bits in the fragment of an address, valid 15 minutes, spent by one POST. */
import { type EpochMs, MINUTE_MS } from '../../shared/units.ts'
import type { HubStore, Person } from '../store/store.ts'
import { hashSecret, isSecret, newSecret } from './secrets.ts'

/** How long a link may wait to be opened. */
export const LINK_LIFE_MS = 15 * MINUTE_MS

/** A link to hand to its person. */
export type SigninLink = { readonly url: string; readonly expiresAt: EpochMs }

/** @param origin the dashboard's address, without a slash at its end. The token stands in the fragment: servers and logs never see it. */
export async function makeSigninLink(
  hub: HubStore,
  personId: string,
  origin: string,
  now: EpochMs,
): Promise<SigninLink> {
  const secret = newSecret()
  const expiresAt = now + LINK_LIFE_MS
  await hub.saveSigninLink(hashSecret(secret), personId, expiresAt)
  return { url: `${origin}/#in=${secret}`, expiresAt }
}

/** Spends a link. null: unknown, used or expired; the three answer alike. */
export async function spendSigninLink(hub: HubStore, token: string, now: EpochMs): Promise<Person | null> {
  return isSecret(token) ? hub.takeSigninLink(hashSecret(token), now) : null
}
