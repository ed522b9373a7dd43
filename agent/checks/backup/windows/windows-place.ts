/** Where Windows programs put their copies: a share, a drive or a volume by its GUID. Pure. */
import type { Destination } from '../../../../shared/checks/backup.ts'
import { placeOf } from '../place-of.ts'
import { UNKNOWN_PLACE } from '../run-facts.ts'

/** One volume of this machine. Bus types: MSFT_Disk of the Storage Management API (7 = USB). */
export type WindowsVolume = {
  /** `E:`; null: it has no letter. */
  readonly letter: string | null
  /** `Volume{guid}`; null: not told. */
  readonly volume: string | null
  readonly busType: number | null
  readonly isSystemDisk: boolean | null
}

const USB = 7

/** `\\server\share`, `E:\…`, `\\?\Volume{guid}\`; never a path below the root, which names people. */
export function windowsPlace(path: string | null): Destination {
  const text = (path ?? '').trim()
  const volume = /^\\\\[?.]\\(Volume\{[0-9a-f-]{36}\})/i.exec(text)?.[1]
  if (volume !== undefined) return { ...UNKNOWN_PLACE, label: volume }
  const letter = /^([A-Za-z]):(?:[\\/]|$)/.exec(text)?.[1]
  if (letter !== undefined) return { ...UNKNOWN_PLACE, label: `${letter.toUpperCase()}:` }
  return text.startsWith('\\\\') ? placeOf(text.endsWith('\\') ? text : `${text}\\`) : UNKNOWN_PLACE
}

/** The same place with what is known of its volume: USB or local, and whether it lies on the disk of the system. */
export function placeOnVolume(place: Destination, volumes: readonly WindowsVolume[]): Destination {
  const label = place.label?.toLowerCase() ?? null
  if (place.kind !== 'unknown' || label === null) return place
  const found = volumes.find((one) => one.letter?.toLowerCase() === label || one.volume?.toLowerCase() === label)
  if (found === undefined) return place
  return {
    ...place,
    kind: found.busType === USB ? 'usb' : found.busType === null ? 'unknown' : 'local',
    label: found.letter ?? place.label,
    sameDisk: found.isSystemDisk,
  }
}
