/** Reads a fixture of the repository. Not pure. */
import fs from 'node:fs'
import path from 'node:path'

/** The bytes of one fixture, by its path under tests/fixtures (`patch/apt-history.log`). */
export function fixture(name: string): Buffer {
  return fs.readFileSync(path.resolve(import.meta.dirname, '../fixtures', name))
}
