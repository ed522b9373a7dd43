/**
 * `/var/log/unattended-upgrades/unattended-upgrades.log` → the last run that installed something, and runs that have failed since. Pure.
 * Its times are local, without a zone (unattended-upgrades 2.9, read from its own source on Debian 12).
 */
import type { PatchSection } from '../../../shared/checks/patch.ts'
import { type Failure, read } from '../../../shared/reading.ts'
import { err, ok, type Result } from '../../../shared/result.ts'
import type { EpochMs } from '../../../shared/units.ts'
import type { Source } from '../collector.ts'
import { decode } from '../decode.ts'
import { parseWallClock, wallClockToEpoch } from '../local-time.ts'
import { firstLine } from '../parts.ts'

const ID = 'patch/unattended-upgrades'
const LINE = /^(\d{4}-\d\d-\d\d \d\d:\d\d:\d\d),\d{3} (DEBUG|INFO|WARNING|ERROR|CRITICAL) (.*)$/

const START = 'Starting unattended upgrades script'
/** "Allowed origins are: o=Debian,n=bookworm", the second line of every run, in any language. */
const ORIGINS = /: ?\[?'?(?:o|origin|a|archive|suite|n|codename|l|label|site)=/

/** `failures`: runs in a row that ended badly, none after the last good one. Instants epoch ms; null: none in this log. */
export type UnattendedRuns = {
  readonly failures: number
  readonly failedAt: EpochMs | null
  readonly installedAt: EpochMs | null
}

/** @param zone IANA name of the machine's zone. Errors: `empty`, `parse`. */
export function parseUnattendedLog(text: string, zone: string): Result<UnattendedRuns, Failure> {
  if (text.trim() === '') return err({ code: 'empty', detail: 'the log of unattended-upgrades is empty' })
  let lines = 0
  let failures = 0
  let [failedAt, installedAt]: (number | null)[] = [null, null]
  let isBad = false
  let isGood = false
  // A run that says neither how it ended nor that it failed proves nothing.
  const close = () => {
    if (isBad || isGood) failures = isBad ? failures + 1 : 0
    isBad = false
    isGood = false
  }
  // The words are those of the language of the machine, the level and the list of origins are not (recorded in German, Raspbian 9).
  const isTranslated = !text.includes(START)
  for (const line of text.split('\n')) {
    const [, time = '', level, message = ''] = line.length < 65_536 ? (LINE.exec(line) ?? []) : []
    if (level === undefined) continue
    lines += 1
    const isStart = message.startsWith(START) || (level === 'INFO' && ORIGINS.test(message))
    if (isStart) close()
    if (level === 'ERROR' || level === 'CRITICAL') {
      isBad = true
      failedAt = parseWallClock(time)
    } else if (message.startsWith('All upgrades installed')) {
      isGood = true
      installedAt = parseWallClock(time)
    } else if (message.startsWith('No packages found that can be upgraded unattended')) isGood = true
    else if (isTranslated && level === 'INFO' && !isStart) isGood = true
  }
  close()
  if (lines === 0) return err({ code: 'parse', detail: `not the log of unattended-upgrades: ${firstLine(text)}` })
  const at = (wall: number | null | undefined) => (wall == null ? null : wallClockToEpoch(wall, zone))
  return ok({ failures, failedAt: failures === 0 ? null : at(failedAt), installedAt: at(installedAt) })
}

/** The part `failing` of those runs. */
export function failingOf({ failures }: UnattendedRuns): PatchSection['failing'] {
  return read(ID, failures === 0 ? [] : [{ name: 'unattended-upgrades', times: failures }])
}

/** The log alone tells no zone: its times are taken as UTC here. */
export const unattendedUpgradesSource: Source<'patch'> = {
  id: ID,
  check: 'patch',
  parse: ({ stdout }) => {
    const runs = parseUnattendedLog(decode(stdout), 'UTC')
    if (!runs.ok) return runs
    const { failedAt, installedAt } = runs.value
    const samples = { ...(failedAt === null ? {} : { 'failing:lastAt': failedAt }), 'upgrade:lastAt': installedAt }
    return ok({ parts: { failing: failingOf(runs.value) }, samples })
  },
}
