/** One watched folder into which something drops its backups. I/O through the probe; links are not followed out of it. */
import type { Destination } from '../../../shared/checks/backup.ts'
import type { Failure } from '../../../shared/reading.ts'
import type { Probe } from '../../probe/probe.ts'
import type { CollectContext, FileDropWatch } from '../collector.ts'
import { readPlace } from './collect-place.ts'
import type { CollectedJob } from './collected-job.ts'
import { dropJob, dropSamples, dropStatus, failedDrop, type JudgedFile, MAX_OPENED } from './drop-job.ts'
import { judgeCompleteness } from './dump-completeness.ts'
import { type DropFile, isDropName, settledFiles } from './file-drop.ts'

const TAIL_BYTES = 64 * 1024
const NOT_TOLD: Destination = { kind: 'unknown', label: null, sameDisk: null, offsite: null, encrypted: null }

/** Never fails as a whole: what could not be read is the status of the job. */
export async function collectDrop(watch: FileDropWatch, { probe, now, off }: CollectContext): Promise<CollectedJob> {
  if (off.has('backup/file-drop')) return refuse(watch, { code: 'disabled', detail: 'switched off' })
  const entries = await probe.list(watch.folder)
  if (!entries.ok) return refuse(watch, folderFailure(watch, entries.error))
  const names = entries.value.filter(({ kind, name }) => kind === 'file' && isDropName(name, watch.pattern))
  const files = await statAll(
    probe,
    watch.folder,
    names.map(({ name }) => name),
  )
  const settled = settledFiles(files, now)
  const newest: JudgedFile[] = []
  for (const file of settled.slice(0, MAX_OPENED)) {
    newest.push(await judgeFile(probe, watch.folder, file))
    if (newest.at(-1)?.completeness !== 'cut') break
  }
  const destination = { ...(await readPlace(probe, watch.folder)), offsite: null, encrypted: null }
  return {
    job: dropJob(watch, destination, dropStatus(newest, watch.minSizeBytes)),
    samples: dropSamples(watch.name, newest, settled.length, watch.minSizeBytes),
  }
}

function folderFailure(watch: FileDropWatch, failure: Failure): Failure {
  return failure.code === 'empty' ? { code: 'empty', detail: `The folder ${watch.folder} does not exist` } : failure
}

function refuse(watch: FileDropWatch, failure: Failure): CollectedJob {
  const samples = dropSamples(watch.name, [], 0, watch.minSizeBytes)
  const unknown = Object.fromEntries(Object.keys(samples).map((key) => [key, null]))
  return { job: dropJob(watch, NOT_TOLD, failedDrop(failure)), samples: unknown }
}

/** Regular files only: an entry that turned into a link or vanished meanwhile is left out. */
async function statAll(probe: Probe, folder: string, names: readonly string[]): Promise<readonly DropFile[]> {
  const files: DropFile[] = []
  for (const name of names) {
    const facts = await probe.stat(`${folder}/${name}`)
    if (!facts.ok || facts.value.kind !== 'file') continue
    files.push({ name, sizeBytes: facts.value.sizeBytes, modifiedAt: Math.max(0, Math.floor(facts.value.modifiedAt)) })
  }
  return files
}

async function judgeFile(probe: Probe, folder: string, file: DropFile): Promise<JudgedFile> {
  const head = await probe.readFile(`${folder}/${file.name}`, { maxBytes: 512 })
  const tail = await probe.readFile(`${folder}/${file.name}`, { maxBytes: TAIL_BYTES, tail: true })
  if (!head.ok || !tail.ok) return { ...file, completeness: 'unknown' }
  const ends = { name: file.name, sizeBytes: file.sizeBytes, head: head.value, tail: tail.value }
  return { ...file, completeness: judgeCompleteness(ends) }
}
