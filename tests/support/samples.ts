/**
 * Finds the recordings of other projects' tools that stand outside the repository, in ../shared/samples. Not pure.
 *
 * They are read there and never copied here. A bare clone has none: tests on them are skipped loudly.
 */
import fs from 'node:fs'
import path from 'node:path'
import { describeUnless } from './loud-skip.ts'

const DEFAULT_FOLDER = path.resolve(import.meta.dirname, '../../../shared/samples')

/** The folder of samples: `ROUNDS_SAMPLES`, else ../shared/samples beside the checkout; null when it is not there. */
export function samplesFolder(): string | null {
  const folder = path.resolve(process.env['ROUNDS_SAMPLES'] ?? DEFAULT_FOLDER)
  return fs.statSync(folder, { throwIfNoEntry: false })?.isDirectory() ? folder : null
}

/**
 * The bytes of one sample, by its path in the folder ("disk/smartctl/nvme.json").
 * Throws when the folder or the file is absent: inside `describeWithSamples` that is a wrong name, not a bare clone.
 */
export function sample(name: string): Buffer {
  const folder = samplesFolder()
  if (folder === null) throw new Error(`no folder of samples for ${name}: use describeWithSamples`)
  return fs.readFileSync(path.join(folder, name))
}

/** Paths of all samples under a folder of them ("backup/restic"), sorted, with forward slashes; empty when it is absent. */
export function listSamples(name: string): readonly string[] {
  const folder = samplesFolder()
  if (folder === null || !fs.existsSync(path.join(folder, name))) return []
  const entries = fs.readdirSync(path.join(folder, name), { recursive: true, withFileTypes: true })
  const files = entries.filter((entry) => entry.isFile()).map((entry) => path.join(entry.parentPath, entry.name))
  return files.map((file) => path.relative(folder, file).replaceAll('\\', '/')).sort()
}

/** `describe` for tests on samples: skipped with a printed reason when there are none. */
export function describeWithSamples(name: string, tests: () => void): void {
  const looked = process.env['ROUNDS_SAMPLES'] ?? DEFAULT_FOLDER
  describeUnless(samplesFolder() === null ? `no samples at ${looked}; set ROUNDS_SAMPLES` : null, name, tests)
}
