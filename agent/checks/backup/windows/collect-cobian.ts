/** The logs of Cobian, one file a day; the newest three are read. I/O through the probe. */
import type { CollectContext } from '../../collector.ts'
import { decode } from '../../decode.ts'
import type { CollectedJob } from '../collected-job.ts'
import { cobianSource } from './cobian-log.ts'

/** Where its installers put it. */
const FOLDERS = [
  'C:\\Program Files (x86)\\Cobian Backup 11\\Logs',
  'C:\\Program Files\\Cobian Backup 11\\Logs',
  'C:\\Program Files\\Cobian Reflector\\Logs',
  'C:\\ProgramData\\Cobian Reflector\\Logs',
] as const
const TAIL_BYTES = 512 * 1024

/** Jobs of its tasks; without Cobian, or without a task that has ended, none. */
export async function collectCobian({ probe, now, off }: CollectContext): Promise<readonly CollectedJob[]> {
  if (off.has(cobianSource.id)) return []
  const texts: string[] = []
  for (const folder of FOLDERS) {
    const entries = await probe.list(folder)
    const names = (entries.ok ? entries.value : []).map(({ name }) => name)
    const newest = names
      .filter((name) => /^log \d{4}-\d\d-\d\d.*\.txt$/i.test(name))
      .toSorted()
      .slice(-3)
    for (const name of newest) {
      const file = await probe.readFile(`${folder}\\${name}`, { maxBytes: TAIL_BYTES })
      if (file.ok) texts.push(decode(file.value))
    }
  }
  const stdout = new TextEncoder().encode(texts.join('\n'))
  const parsed = cobianSource.parse({ stdout, stderr: '', exitCode: 0, platform: 'win32', now })
  const jobs = parsed.ok ? parsed.value.parts.jobs : undefined
  if (!parsed.ok || jobs === undefined || jobs.state !== 'value') return []
  const { samples } = parsed.value
  return jobs.value.map((job) => ({
    job,
    samples: Object.fromEntries(Object.entries(samples).filter(([key]) => key.startsWith(`job:${job.id}:`))),
  }))
}
