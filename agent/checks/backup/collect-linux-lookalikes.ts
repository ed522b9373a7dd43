/** Snapshots of Timeshift and snapper on Linux, by their folders: nothing is mounted and no child is started. I/O through the probe. */

import type { Failure } from '../../../shared/reading.ts'
import { err, ok, type Result } from '../../../shared/result.ts'
import type { Probe } from '../../probe/probe.ts'
import type { Contribution } from '../collector.ts'
import { type FoundLookalike, lookalikesPart, snapshots } from './run-facts.ts'

/** Where they stand: one folder for each snapshot. Timeshift names them by local time, snapper by number. */
const PLACES: readonly (readonly [tool: string, name: string, folder: string, entry: RegExp])[] = [
  ['timeshift', 'snapshots', '/timeshift/snapshots', /^\d{4}-\d\d-\d\d_\d\d-\d\d-\d\d$/],
  ['snapper', 'root', '/.snapshots', /^\d{1,9}$/],
  ['snapper', 'home', '/home/.snapshots', /^\d{1,9}$/],
  ['snapper', 'srv', '/srv/.snapshots', /^\d{1,9}$/],
]

/** Part and samples of `lookalikes`. A folder that cannot be read fails the part; one that is not there has none. */
export async function collectLinuxLookalikes(probe: Probe): Promise<Result<Contribution<'backup'>, Failure>> {
  const found: FoundLookalike[] = []
  for (const [tool, name, folder, entry] of PLACES) {
    const entries = await probe.list(folder)
    if (!entries.ok && entries.error.code !== 'empty') return err(entries.error)
    const own = entries.ok ? entries.value.filter((one) => one.kind === 'folder' && entry.test(one.name)) : []
    if (own.length > 0) found.push(snapshots(tool, name, own.length, null))
  }
  return ok(lookalikesPart('backup/lookalikes', found))
}
