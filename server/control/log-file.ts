/** A log file in the data folder: opened for appending, set aside once when it has grown too large. */
import fs from 'node:fs'
import path from 'node:path'

const MOST_BYTES = 10 * 1_048_576

/** @returns the path, ready to be written: its folder exists, and more than 10 MB of old text stand beside it as `.1`. */
export function prepareLogFile(folder: string, name: string): string {
  fs.mkdirSync(folder, { recursive: true, mode: 0o700 })
  const file = path.join(folder, name)
  const size = fs.statSync(file, { throwIfNoEntry: false })?.size ?? 0
  if (size > MOST_BYTES) fs.renameSync(file, `${file}.1`)
  return file
}
