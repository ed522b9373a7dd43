/** Logs of dnf, zypper and pacman → when something was last upgraded. Pure. Only whole lines with a date count. */
import type { EpochMs } from '../../../shared/units.ts'
import { parseWallClock, wallClockToEpoch } from '../local-time.ts'

/** `/var/log/dnf.rpm.log` (dnf 4): `2024-05-01T10:00:00+0200 SUBDEBUG Upgraded: …`; also `Upgrade:`. null: none. */
export function lastOfDnf(text: string): EpochMs | null {
  return newest(text, /^(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d)(Z|[+-]\d\d:?\d\d) \w+ Upgraded?: \S/)
}

/** `/var/log/pacman.log`: `[2024-05-01T10:00:00+0200] [ALPM] upgraded name (1 -> 2)`. null: none. */
export function lastOfPacman(text: string): EpochMs | null {
  return newest(text, /^\[(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d)(Z|[+-]\d\d:?\d\d)\] \[ALPM\] upgraded \S/)
}

/** `/var/log/zypp/history`: `2024-05-01 10:00:00|install|name|…` and `|patch  |…`, local times. @param zone IANA name. null: none. */
export function lastOfZypper(text: string, zone: string): EpochMs | null {
  const walls = text.split('\n').flatMap((line) => {
    const wall = /^(\d{4}-\d\d-\d\d \d\d:\d\d:\d\d)\|(?:install|patch) *\|\S/.exec(line.slice(0, 200))?.[1]
    return wall === undefined ? [] : (parseWallClock(wall) ?? [])
  })
  const last = walls.reduce<number | null>((most, wall) => (most === null || wall > most ? wall : most), null)
  return last === null ? null : wallClockToEpoch(last, zone)
}

function newest(text: string, pattern: RegExp): EpochMs | null {
  let last: EpochMs | null = null
  for (const line of text.split('\n')) {
    const [, wall, zone = 'Z'] = pattern.exec(line.slice(0, 400)) ?? []
    if (wall === undefined) continue
    const at = Date.parse(`${wall}${zone.replace(/^([+-]\d\d)(\d\d)$/, '$1:$2')}`)
    if (Number.isFinite(at) && (last === null || at > last)) last = at
  }
  return last
}
