/** The package lists of apt and the age of the last refresh. I/O through the probe. */
import type { Failure } from '../../../shared/reading.ts'
import { err, ok, type Result } from '../../../shared/result.ts'
import type { EpochMs } from '../../../shared/units.ts'
import type { Probe } from '../../probe/probe.ts'
import { decode } from '../decode.ts'
import { isReleaseList, newestRefresh, type ReleaseList } from './apt-lists.ts'

const FOLDER = '/var/lib/apt/lists'
const MAX_LISTS = 200

/** Lists of the sources, and the newest proof of a refresh. */
export type Lists = { readonly releases: readonly ReleaseList[]; readonly refreshedAt: EpochMs | null }

/** Errors: `empty` (no list at all: nothing can be said about updates), `access-denied`, `timeout`. */
export async function readLists(probe: Probe): Promise<Result<Lists, Failure>> {
  const entries = await probe.list(FOLDER)
  if (!entries.ok) return entries
  const releases: ReleaseList[] = []
  for (const { name } of entries.value.filter((entry) => isReleaseList(entry.name)).slice(0, MAX_LISTS)) {
    const facts = await probe.stat(`${FOLDER}/${name}`)
    const head = await probe.readFile(`${FOLDER}/${name}`, { maxBytes: 2_048 })
    if (facts.ok) releases.push({ name, head: head.ok ? decode(head.value) : '', modifiedAt: facts.value.modifiedAt })
  }
  if (releases.length === 0)
    return err({ code: 'empty', detail: `No package list in ${FOLDER}: apt update never ran here` })
  const stamp = await probe.stat('/var/lib/apt/periodic/update-success-stamp')
  return ok({ releases, refreshedAt: newestRefresh(releases, stamp.ok ? stamp.value.modifiedAt : null) })
}
