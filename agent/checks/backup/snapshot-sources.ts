/** The sources `backup/snapper-list`, `timeshift-list`, `zfs-snapshots` and `btrfs-snapshots`: lookalikes, never a copy. Pure. */
import type { Failure } from '../../../shared/reading.ts'
import { err, ok, type Result } from '../../../shared/result.ts'
import type { Source } from '../collector.ts'
import { decode } from '../decode.ts'
import { firstLine } from '../parts.ts'
import { type FoundLookalike, lookalikesPart } from './run-facts.ts'
import { parseBtrfsSnapshots, parseSnapperList, parseTimeshiftList, parseZfsSnapshots } from './snapshot-lists.ts'
import { clockOf, type ToolClock } from './wall-time.ts'

type Parse = (text: string, clock: ToolClock) => Result<readonly FoundLookalike[], Failure>

/** @param fine exit codes that are an answer; timeshift ends with 1 when it was never set up. */
function snapshotSource(id: `backup/${string}`, parse: Parse, fine: readonly number[] = [0]): Source<'backup'> {
  return {
    id,
    check: 'backup',
    parse: (input) => {
      const { exitCode, stderr } = input
      const text = decode(input.stdout)
      if (exitCode === null || !fine.includes(exitCode)) {
        const said = firstLine(`${stderr}\n${text}`)
        const code = /permission|denied|root|privilege|admin/i.test(said) ? 'access-denied' : 'exit'
        return err({ code, detail: `ended with ${exitCode ?? 'a signal'}: ${said}` })
      }
      const said = /^no datasets available/m.test(stderr) ? stderr : text
      const found = parse(said, clockOf(input))
      return found.ok ? ok(lookalikesPart(id, found.value)) : found
    },
  }
}

/** Snapper 0.8.6 and newer as JSON or CSV, any version as a table. */
export const snapperListSource = snapshotSource('backup/snapper-list', parseSnapperList)
/** Timeshift 20 to 25. */
export const timeshiftListSource = snapshotSource('backup/timeshift-list', parseTimeshiftList, [0, 1])
/** OpenZFS 0.8 to 2.3. */
export const zfsSnapshotsSource = snapshotSource('backup/zfs-snapshots', parseZfsSnapshots)
/** btrfs-progs 4 to 6. */
export const btrfsSnapshotsSource = snapshotSource('backup/btrfs-snapshots', parseBtrfsSnapshots)
