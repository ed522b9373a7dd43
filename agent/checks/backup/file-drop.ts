/** Which files of a folder are backups, and which of them is the newest whole one. Pure. */
import type { EpochMs } from '../../../shared/units.ts'

/** One regular file of the folder. */
export type DropFile = { readonly name: string; readonly sizeBytes: number; readonly modifiedAt: EpochMs }

/** A file that changed less than this ago may still be written. */
const SETTLED_MS = 60_000
/** Names that programs give to files they have not finished (collectors.md 1.6). */
const UNFINISHED = /\.(?:tmp|part|partial|filepart|crdownload|swp)$|^\.|^~|~$/i

/**
 * Whether a file name fits a glob of `*` and `?` (as in a shell, except that a leading dot is never matched).
 * Linear in the length of the name, whatever the pattern.
 */
export function matchesGlob(name: string, pattern: string): boolean {
  let at = 0
  let from = 0
  let star = -1
  let resume = 0
  while (from < name.length) {
    const wanted = pattern[at]
    if (wanted === '*') {
      star = at
      resume = from
      at += 1
    } else if (wanted !== undefined && (wanted === '?' || wanted === name[from])) {
      at += 1
      from += 1
    } else if (star !== -1) {
      at = star + 1
      resume += 1
      from = resume
    } else return false
  }
  return /^\**$/.test(pattern.slice(at))
}

/** Whether a name is one that a watch should look at. */
export function isDropName(name: string, pattern: string): boolean {
  return !UNFINISHED.test(name) && matchesGlob(name, pattern)
}

/** Files that are no longer written, newest first. Files dated in the future are not settled: their age means nothing. */
export function settledFiles(files: readonly DropFile[], now: EpochMs): readonly DropFile[] {
  return files
    .filter(({ modifiedAt }) => now - modifiedAt >= SETTLED_MS)
    .toSorted((a, b) => b.modifiedAt - a.modifiedAt || (a.name < b.name ? -1 : 1))
}
