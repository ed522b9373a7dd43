/** Tables of the rules about runs of backups that nobody can see or that do not end. NOW is a Wednesday. */
import type { Job } from '../../../shared/checks/backup.ts'
import { failed, read } from '../../../shared/reading.ts'
import { HOUR_MS } from '../../../shared/units.ts'
import { aJob, NOW } from '../assess/sections.ts'
import { type Row, ruleTable } from './rule-table.ts'

const KEY = 'job:restic:nightly:'
const jobs = (...list: Job[]) => ({ parts: { backup: { jobs: read('backup/jobs', list) } } })
const refused = (code: 'locked' | 'access-denied' | 'disabled' = 'access-denied') =>
  jobs(aJob({ status: failed('backup/restic-snapshots', { code, detail: '' }) }))
const since = (hours: number, code?: 'locked' | 'disabled'): Row[1] => ({
  ...refused(code),
  before: [{ ago: hours * HOUR_MS, ...refused(code) }],
})

ruleTable('backup/status-unreadable', [
  ['readable', jobs(aJob()), 'pass'],
  ['not readable, first time', refused(), 'unknown access-denied'],
  ['not readable for 23 h', since(23), 'unknown access-denied'],
  ['not readable for more', since(24.1), 'warning'],
  ['a lock that stayed', since(25, 'locked'), 'warning'],
  ['switched off on purpose', since(48, 'disabled'), 'unknown disabled'],
  ['readable again', { ...jobs(aJob()), before: [{ ago: 48 * HOUR_MS, ...refused() }] }, 'pass'],
])

const began = (hours: number | null, more: { [key: string]: number } = {}): Row[1] => ({
  ...jobs(aJob()),
  samples: { backup: { [`${KEY}startedAt`]: hours === null ? null : NOW - hours * HOUR_MS, ...more } },
})

ruleTable('backup/running-long', [
  ['no run told', jobs(aJob()), 'not-applicable'],
  ['began just now', began(0.1), 'pass'],
  ['6 hours', began(6), 'pass'],
  ['more', began(6.1), 'warning'],
  ['a job that takes 4 hours, after 7', began(7, { [`${KEY}durationMs`]: 4 * HOUR_MS }), 'pass'],
  ['a job that takes 4 hours, after 9', began(9, { [`${KEY}durationMs`]: 4 * HOUR_MS }), 'warning'],
  ['over a day', began(24.1), 'critical'],
  ['its start could not be read', began(null), 'unknown empty'],
])
