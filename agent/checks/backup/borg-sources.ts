/** The sources `backup/borg-list`, `backup/borg-info` and `backup/borgmatic`: one answer of borg as a section of its own. Pure. */
import { err } from '../../../shared/result.ts'
import type { Source } from '../collector.ts'
import { decode } from '../decode.ts'
import { parseBorgArchives } from './borg-archives.ts'
import { borgFailure } from './borg-failure.ts'
import { failJob, jobsPart, readJob, UNKNOWN_PLACE } from './run-facts.ts'
import { clockOf } from './wall-time.ts'

type BorgTool = 'borg' | 'borgmatic'

/**
 * Exit 1 of a reading command is a warning that the answer may lack something, so that only exit 0 is believed.
 * Errors: `empty`, `parse`; a refused repository is a job that failed.
 */
function borgSource(id: `backup/${string}`, tool: BorgTool): Source<'backup'> {
  return {
    id,
    check: 'backup',
    parse: (input) => {
      const { stdout, stderr, exitCode } = input
      const text = decode(stdout)
      const named = { tool, name: 'repository', destination: UNKNOWN_PLACE, everyMs: null }
      if (exitCode !== 0) return jobsPart(id, [failJob(id, named, borgFailure(exitCode, `${stderr}\n${text}`))])
      const found = parseBorgArchives(text, clockOf(input))
      if (!found.ok) return text.trim() === '' && stderr.trim() !== '' ? err(borgFailure(exitCode, stderr)) : found
      return jobsPart(
        id,
        found.value.map(({ name, destination, facts }) => readJob(id, { ...named, name, destination }, facts)),
      )
    },
  }
}

/** `borg list --json REPOSITORY`, `borg repo-list --json`, or their text. */
export const borgListSource = borgSource('backup/borg-list', 'borg')
/** `borg info --json REPOSITORY[::ARCHIVE]`, or its text. */
export const borgInfoSource = borgSource('backup/borg-info', 'borg')
/** `borgmatic list --json`, `info --json` or `create --json`: an array with one object per repository. */
export const borgmaticSource = borgSource('backup/borgmatic', 'borgmatic')
