/**
 * Temporary folders for tests and runners, removed when the test file (or the process) ends. Not pure.
 */
import fs from 'node:fs'
import os from 'node:os'
import path from 'node:path'

const made = new Set<string>()
let watchesExit = false

/**
 * Makes an empty folder `<parent>/rounds-<name>-XXXXXX`, mode 0700; the parent is the system's folder unless told. Under vitest
 * tests/support/after-file.ts removes it after the file's last hook; elsewhere it goes when the process exits, a kill excepted.
 */
export function tempFolder(name: string, parent: string = os.tmpdir()): string {
  const folder = fs.realpathSync(fs.mkdtempSync(path.join(parent, `rounds-${name}-`)))
  made.add(folder)
  if (!watchesExit) process.on('exit', removeTempFolders)
  watchesExit = true
  return folder
}

/** Removes every folder made so far by this process. Does nothing on a second call. */
export function removeTempFolders(): void {
  for (const folder of made) fs.rmSync(folder, { recursive: true, force: true, maxRetries: 3 })
  made.clear()
}
