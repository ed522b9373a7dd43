/** What shows which folders fill a volume: a command of Linux and macOS, the same in every language. Pure. */

/** @returns null on Windows (`C:`, `\\?\Volume…`), which shows it in its settings. `-d` is known to du of GNU and of macOS. */
export function folderSizesOf(volume: string, depth: number): string | null {
  return isOfWindows(volume) ? null : `du -xh -d ${depth} ${volume} | sort -h`
}

/** @returns null where a volume is connected again in a window: on Windows, and on macOS (`/Volumes/…`). */
export function remountOf(volume: string): string | null {
  return isOfWindows(volume) || volume.startsWith('/Volumes/') ? null : `umount -l ${volume} && mount ${volume}`
}

function isOfWindows(volume: string): boolean {
  return /^(?:[A-Za-z]:|\\\\)/.test(volume)
}
