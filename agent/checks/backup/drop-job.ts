/** Files of a watched folder → the state of its job. Pure. */
import type { Job } from '../../../shared/checks/backup.ts'
import type { SampleValues } from '../../../shared/checks/samples.ts'
import { type Failure, failed, read } from '../../../shared/reading.ts'
import { err, ok, type Result } from '../../../shared/result.ts'
import type { FileDropWatch, Source } from '../collector.ts'
import { decode } from '../decode.ts'
import { parseJson } from '../json.ts'
import type { Completeness } from './dump-completeness.ts'
import { type DropFile, isDropName, settledFiles } from './file-drop.ts'

/** A settled file, and what its ends prove. */
export type JudgedFile = DropFile & { readonly completeness: Completeness }

/** How many of the newest files are opened when the newest is cut. */
export const MAX_OPENED = 5

/** Id of a drop job: `file-drop:<name>`, at most 128 characters. */
export function dropId(name: string): string {
  return `file-drop:${name}`.slice(0, 128)
}

/**
 * Status of the job. `lastResult` is only told when the format proves it: `success` for a whole newest file, `failed`
 * for a cut one. `copies` is 0 or null: how many there are moves with every run and is a sample.
 * @param newest the newest settled files, newest first.
 */
export function dropStatus(newest: readonly JudgedFile[], minSizeBytes: number): Job['status'] {
  const first = newest[0]
  if (first === undefined) return read('backup/file-drop', { lastResult: null, copies: 0, tooSmall: null })
  const result = { complete: 'success', cut: 'failed', unknown: null } as const
  return read('backup/file-drop', {
    lastResult: result[first.completeness],
    copies: null,
    tooSmall: isTooSmall(first, minSizeBytes),
  })
}

/** Numbers of the job. The last success is the newest file that is neither too small nor cut. */
export function dropSamples(
  name: string,
  newest: readonly JudgedFile[],
  copies: number,
  minSizeBytes: number,
): SampleValues {
  const prefix = `job:${dropId(name)}`
  const good = newest.find((file) => file.completeness !== 'cut' && !isTooSmall(file, minSizeBytes))
  return {
    [`${prefix}:lastRunAt`]: newest[0]?.modifiedAt ?? null,
    [`${prefix}:lastSuccessAt`]: good?.modifiedAt ?? null,
    [`${prefix}:bytes`]: newest[0]?.sizeBytes ?? null,
    [`${prefix}:copies`]: copies,
  }
}

function isTooSmall({ sizeBytes }: DropFile, minSizeBytes: number): boolean {
  return sizeBytes === 0 || sizeBytes < minSizeBytes
}

/** A job whose folder could not be judged. */
export function failedDrop(failure: Failure): Job['status'] {
  return failed('backup/file-drop', failure)
}

/**
 * The listing of a folder as JSON, `[{"name","sizeBytes","modifiedAt"}]` (epoch ms): how a recorded folder is judged
 * without its files. Contents are not in it, so nothing is said about their ends. Errors: `empty`, `parse`.
 */
export const fileDropSource: Source<'backup'> = {
  id: 'backup/file-drop',
  check: 'backup',
  parse: ({ stdout, now }) => {
    const listed = parseListing(decode(stdout))
    if (!listed.ok) return listed
    const settled = settledFiles(
      listed.value.filter(({ name }) => isDropName(name, '*')),
      now,
    )
    const newest = settled.slice(0, MAX_OPENED).map((file) => ({ ...file, completeness: 'unknown' as const }))
    const name = 'folder'
    const destination = { kind: 'unknown' as const, label: null, sameDisk: null, offsite: null, encrypted: null }
    const job: Job = {
      id: dropId(name),
      tool: 'file-drop',
      name,
      destination,
      expectedEveryMs: null,
      status: dropStatus(newest, 0),
    }
    return ok({
      parts: { jobs: read('backup/file-drop', [job]) },
      samples: dropSamples(name, newest, settled.length, 0),
    })
  },
}

function parseListing(text: string): Result<readonly DropFile[], Failure> {
  const document = parseJson(text)
  if (!document.ok) return document
  if (!Array.isArray(document.value.value)) return err({ code: 'parse', detail: 'not a list of files' })
  const files: DropFile[] = []
  for (const item of document.value.list('', 10_000)) {
    const file = { name: item.text('name'), sizeBytes: item.count('sizeBytes'), modifiedAt: item.count('modifiedAt') }
    if (file.name === null || file.sizeBytes === null || file.modifiedAt === null) {
      return err({ code: 'parse', detail: 'an entry lacks name, sizeBytes or modifiedAt' })
    }
    files.push({ name: file.name, sizeBytes: file.sizeBytes, modifiedAt: file.modifiedAt })
  }
  return ok(files)
}

/** The watch of a drop in the shape of the section's job, without its status. */
export function dropJob(watch: FileDropWatch, destination: Job['destination'], status: Job['status']): Job {
  return {
    id: dropId(watch.name),
    tool: 'file-drop',
    name: watch.name.slice(0, 128),
    destination,
    expectedEveryMs: watch.everyMs,
    status,
  }
}
