/** Runs of apt that ended badly, from /var/log/apt/history.log: the part `failing` beside that of unattended-upgrades. Pure. */
import type { PatchSection } from '../../../shared/checks/patch.ts'
import type { EpochMs } from '../../../shared/units.ts'
import { parseWallClock, wallClockToEpoch } from '../local-time.ts'

/** `times`: upgrades in a row that met an error, none after the last good one. `at` epoch ms of the last of them; null: none, or its time cannot be read. */
export type AptFailures = { readonly times: number; readonly at: EpochMs | null }

/**
 * An entry with an `Error:` line failed (apt 2.6). One that only installed or removed packages is no update, and ends nothing; an entry
 * without `End-Date` was interrupted. @param entries texts that start with `Start-Date:`. @param zone IANA name of the machine's zone.
 */
export function failuresOfApt(entries: readonly string[], zone: string): AptFailures {
  let times = 0
  let wall: number | null = null
  for (const entry of entries) {
    const isUpgrade = /^Upgrade: /m.test(entry)
    if (/^Error: /m.test(entry)) {
      if (!isUpgrade && /^(?:Install|Remove|Purge): /m.test(entry)) continue
      times += 1
      const end = /^End-Date: (.{1,40})$/m.exec(entry) ?? /^Start-Date: (.{1,40})$/m.exec(entry)
      wall = parseWallClock(end?.[1] ?? '')
    } else if (isUpgrade && /^End-Date: /m.test(entry)) {
      times = 0
      wall = null
    }
  }
  return { times, at: wall === null ? null : wallClockToEpoch(wall, zone) }
}

/** The failures by name, as the section holds them. */
export function namedFailures({ times }: AptFailures): Extract<PatchSection['failing'], { state: 'value' }>['value'] {
  return times === 0 ? [] : [{ name: 'apt', times }]
}
