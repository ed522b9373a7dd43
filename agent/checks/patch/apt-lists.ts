/** What the package lists are: which are there, whether a security source is among them, how old they are. Pure. */
import type { EpochMs } from '../../../shared/units.ts'
import { isSecurityOrigin } from './apt-simulation.ts'

/** One list that a source published: `InRelease`, or `Release` of an unsigned one. */
export type ReleaseList = { readonly name: string; readonly head: string; readonly modifiedAt: EpochMs }

/** The files of /var/lib/apt/lists that stand for one source each. */
export function isReleaseList(name: string): boolean {
  return /(?:^|_)(?:InRelease|Release)$/.test(name)
}

/**
 * Whether a list belongs to security updates, by the fields that apt shows in its simulation (Label, Suite, Codename),
 * or by its address when the head could not be read.
 */
export function isSecurityList({ name, head }: ReleaseList): boolean {
  const fields = [...head.matchAll(/^(?:Label|Origin|Suite|Codename): *(.*)$/gm)].map(([, value = '']) => value)
  return fields.some(isSecurityOrigin) || /[-_]security(?:[_.]|$)|debian-security/i.test(name)
}

/**
 * Newest proof that the lists were fetched: the stamp that apt leaves after success, or the newest list. apt gives a
 * list the time of its publication, so this is never later than the truth by that way. null: neither is there.
 */
export function newestRefresh(lists: readonly ReleaseList[], stampAt: EpochMs | null): EpochMs | null {
  const times = [...lists.map(({ modifiedAt }) => modifiedAt), ...(stampAt === null ? [] : [stampAt])]
  return times.length === 0 ? null : Math.max(...times)
}
