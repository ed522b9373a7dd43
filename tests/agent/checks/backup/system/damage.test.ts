/** No damage to an output of Windows or macOS makes a verdict better, as the rules of the server see it. */
import { describe, expect, it } from 'vitest'
import { SYSTEM_BACKUP_SOURCES } from '../../../../../agent/checks/backup/system-sources.ts'
import { answer } from '../../../../../agent/commands/parse.ts'
import { judgeSection } from '../../../../../server/judge.ts'
import type { BackupSection } from '../../../../../shared/checks/backup.ts'
import { HOUR_MS } from '../../../../../shared/units.ts'
import { HARMLESS, lineCuts, mutations } from '../../../../support/mutations.ts'
import {
  BAD_NIGHT,
  EARLIER,
  event,
  GOOD_NIGHT,
  LATER,
  log,
  NIGHT,
  NOW,
  summary,
  timeMachine,
  xmlEvent,
} from './recordings.ts'

const sourceOf = (id: string) => {
  const source = SYSTEM_BACKUP_SOURCES.find((one) => one.id === `backup/${id}`)
  if (source === undefined) throw new Error(id)
  return source
}

const parse = (id: string, stdout: Uint8Array, exitCode = 0) =>
  answer(sourceOf(id), { stdout, stderr: '', exitCode, platform: 'win32', now: NOW })

/** The worst that the rules say: 2 failing, 1 unknown or nothing said, 0 all well. */
function judged(id: string, stdout: Uint8Array): number {
  const outcomes = judgeSection('backup', JSON.stringify(parse(id, stdout)), { now: NOW, role: 'server' })
  if (!outcomes.ok) throw new Error(outcomes.error.detail)
  // Where copies go is not told by these outputs, and whether another job makes up for it is not asked here.
  const own = outcomes.value.filter(({ rule }) => /last-run-failed|too-old|never-succeeded|none-known/.test(rule))
  if (own.some(({ state }) => state === 'fail')) return 2
  return own.some(({ state }) => state === 'unknown') ? 1 : 0
}

/** The same by the section alone, which is quick: 0 only for a job whose last run went well, within two days. */
function worst(id: string, stdout: Uint8Array, exitCode = 0): number {
  const { section, samples } = parse(id, stdout, exitCode)
  const jobs = section['jobs'] as BackupSection['jobs']
  const [job] = jobs.state === 'value' ? jobs.value : []
  if (job === undefined || job.status.state !== 'value') return 1
  const { lastResult, copies } = job.status.value
  const successAt = samples[`job:${job.id}:lastSuccessAt`] ?? null
  if (lastResult === 'failed' || lastResult === 'partial' || copies === 0) return 2
  if (successAt !== null && NOW - successAt > 48 * HOUR_MS) return 2
  return lastResult === null || successAt === null ? 1 : 0
}

const veeam = (...levels: readonly number[]) =>
  log(
    'veeam-windows-events',
    ...levels.map((level, at) =>
      event(190, level, at === levels.length - 1 ? NIGHT : EARLIER, {
        ProviderName: 'Veeam Agent',
        Text: "Veeam Agent 'A' finished",
      }),
    ),
  )
const veeamLine = (status: string) =>
  `[25.11.2026 03:10:00.123] <01> Info     Job session '38129ee8-e20f-4912-ae5e-f0176077f0f9' has been completed, status: '${status}', '1 GB'\n`
const cobian = (errors: number) =>
  `2026-11-25 03:10 ** Backup done for the task "g". Errors: ${errors}. Processed files: 5. Backed up files: 5. Total size: 1 MB **\n`
const list = (hr: number) =>
  `NumberOfVersions : 1\nLastSuccessfulBackupTime : 2026-11-25T03:10:00Z\nLastBackupTime : 2026-11-25T03:10:00Z\nDetailedMessage :\nLastBackupResultHR : ${hr}\nLastBackupResultDetailedHR : 0\n`

const CASES: readonly (readonly [id: string, name: string, output: string, want: number])[] = [
  ['windows-backup-events', 'a good night', GOOD_NIGHT, 0],
  ['windows-backup-events', 'a bad night', BAD_NIGHT, 2],
  ['windows-backup-events', 'a bad night in XML', xmlEvent(49, 2, LATER), 2],
  ['windows-backup-events', 'only 14', log('windows-backup-events', event(14, 4, NIGHT)), 1],
  ['windows-backup-summary', 'good', summary(), 0],
  ['windows-backup-summary', 'failed', summary({ LastBackupResultHR: 5 }), 2],
  ['windows-backup-summary', 'good, as a list', list(0), 0],
  ['windows-backup-summary', 'failed, as a list', list(2155348165), 2],
  ['veeam-windows-events', 'good', veeam(4), 0],
  ['veeam-windows-events', 'good, then failed', veeam(4, 2), 2],
  ['veeam-log', 'good', veeamLine('Success'), 0],
  ['veeam-log', 'failed', veeamLine('Failed'), 2],
  ['cobian', 'good', cobian(0), 0],
  ['cobian', 'with errors', cobian(3), 2],
  ['time-machine-plist', 'good', timeMachine(), 0],
  ['time-machine-plist', 'failed', timeMachine({ result: 100 }), 2],
  ['time-machine-plist', 'old', timeMachine({ dates: ['2026-09-01T00:00:00Z'] }), 2],
  ['time-machine-plist', 'never', timeMachine({ dates: [] }), 2],
  ['macrium', 'an event of no meaning', log('backup-vendors', event(1, 4, NIGHT, { ProviderName: 'Macrium' })), 1],
]

describe.each(CASES)('%s, %s', (id, _name, output, want) => {
  const bytes = Buffer.from(output)

  it('is judged as it is', () => {
    expect(worst(id, bytes)).toBe(want)
    expect(judged(id, bytes)).toBe(want)
  })

  it('is not better for any damage, any lost line, any wrong exit code', () => {
    for (const [what, damaged] of mutations(bytes)) {
      const found = worst(id, damaged)
      if (HARMLESS.has(what)) expect(found, what).toBe(want)
      else if (want > 0) expect(found, what).toBeGreaterThan(0)
    }
    if (want > 0)
      for (const [line, cut] of lineCuts(bytes)) expect(worst(id, cut), `without ${line}`).toBeGreaterThan(0)
    for (const exitCode of [1, 5, 255]) expect(worst(id, bytes, exitCode), `exit ${exitCode}`).toBeGreaterThan(0)
  })
})
