/** Sections of disk and system on this machine: the same twice in a row, and the same from a recording. */
import { hostname } from 'node:os'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import type { Task } from '../../../agent/checks/collector.ts'
import { DISK_TASKS } from '../../../agent/checks/disk/index.ts'
import { SYSTEM_TASKS } from '../../../agent/checks/system/index.ts'
import type { Probe } from '../../../agent/probe/probe.ts'
import { createRecordProbe } from '../../../agent/probe/record.ts'
import { createRedactor } from '../../../agent/probe/redact.ts'
import { createReplayProbe } from '../../../agent/probe/replay.ts'
import { createSystemProbe } from '../../../agent/probe/system.ts'
import { describeUnless } from '../../support/loud-skip.ts'
import { runTask } from '../../support/run-task.ts'
import { tempFolder } from '../../support/tmp.ts'

async function sections(probe: Probe): Promise<readonly unknown[]> {
  const found: unknown[] = []
  for (const { id } of DISK_TASKS) found.push((await runTask<'disk'>(DISK_TASKS, id, probe)).section)
  for (const { id } of SYSTEM_TASKS as readonly Task<'system'>[])
    found.push((await runTask(SYSTEM_TASKS, id, probe)).section)
  return found
}

describeUnless(process.platform === 'linux' ? null : 'reads Linux itself', 'an unchanged machine', () => {
  it('has unchanged sections, for only samples move', async () => {
    const probe = createSystemProbe()
    await sections(probe)
    expect(await sections(probe)).toEqual(await sections(probe))
  })

  it('gives the same sections from its recording, but for what was redacted', async () => {
    const folder = join(tempFolder('steady'), 'recording')
    const redact = createRedactor(hostname())
    const live = await sections(createRecordProbe(createSystemProbe(), folder, redact))
    const replayed = await sections(createReplayProbe(folder))
    const plain = (value: readonly unknown[]) =>
      redact(JSON.stringify(value).replaceAll(/"serial":"[^"]*"|"key":"[^"]*"/g, '""'))
    expect(plain(replayed)).toBe(plain(live))
  })
})
