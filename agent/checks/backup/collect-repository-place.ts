/** Where a repository of borg or kopia lies: a folder of this machine, or an address. I/O through the probe. */
import type { Destination } from '../../../shared/checks/backup.ts'
import type { Probe } from '../../probe/probe.ts'
import { readPlace } from './collect-place.ts'
import { placeOf } from './place-of.ts'

/** The folder that an address names on this machine; null: it lies elsewhere. */
export function folderOf(repository: string): string | null {
  const folder = repository.replace(/^file:\/\//i, '')
  return folder.startsWith('/') && !folder.startsWith('//') ? folder : null
}

/** Off site is told only by a public host name; whether it is encrypted the tool tells, not its address. */
export async function readRepositoryPlace(
  probe: Probe,
  repository: string,
  encrypted: boolean | null = null,
): Promise<Destination> {
  const folder = folderOf(repository)
  if (folder === null) return placeOf(repository, encrypted)
  return { ...(await readPlace(probe, folder)), offsite: null, encrypted }
}
