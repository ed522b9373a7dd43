/** Tables of the rules about backups. NOW is a Wednesday. */
import type { Job } from '../../../shared/checks/backup.ts'
import { failed, read } from '../../../shared/reading.ts'
import { DAY_MS, GB, HOUR_MS } from '../../../shared/units.ts'
import { aJob, NOW } from '../assess/sections.ts'
import { type Row, ruleTable } from './rule-table.ts'

const KEY = 'job:restic:nightly:'
const jobs = (...list: Job[]) => ({ parts: { backup: { jobs: read('backup/jobs', list) } } })
const none = { parts: { backup: { jobs: read('backup/jobs', []), tools: read('backup/tools', []) } } }
const emptyHanded = {
  parts: {
    backup: {
      ...none.parts.backup,
      holdsData: read('backup/holds-data', { holds: false, reason: 'none-seen', detail: '/home, /srv' }),
    },
  },
}
const declared = { policy: { 'backup.declaredNone': true } }

ruleTable('backup/none-known', [
  ['a job', {}, 'pass'],
  ['no tool, no job: not proven', none, 'unknown empty'],
  ['a tool, no job: not proven', jobs(), 'unknown empty'],
  [
    'snapshots alone: no backup',
    {
      parts: {
        backup: {
          ...none.parts.backup,
          lookalikes: read('backup/lookalikes', [
            { id: 'snapper:root', name: 'snapper root', kind: 'snapshot', count: 9 },
          ]),
        },
      },
    },
    'unknown empty',
  ],
  ['nothing to lose', emptyHanded, 'not-applicable'],
  ['nothing to lose, whatever was said', { ...emptyHanded, ...declared }, 'not-applicable'],
  ['a person says none, server, first day', { ...none, ...declared, enrolledAt: NOW - HOUR_MS }, 'warning'],
  ['a person says none, server, over a day', { ...none, ...declared, enrolledAt: NOW - 25 * HOUR_MS }, 'critical'],
  [
    'a person says none, desktop, two days',
    { ...none, ...declared, role: 'desktop', enrolledAt: NOW - 2 * DAY_MS },
    'info',
  ],
  [
    'a person says none, desktop, over three days',
    { ...none, ...declared, role: 'desktop', enrolledAt: NOW - 3.1 * DAY_MS },
    'warning',
  ],
  [
    'a person says none, laptop, over 14 days',
    { ...none, ...declared, role: 'laptop', enrolledAt: NOW - 14.1 * DAY_MS },
    'critical',
  ],
  ['a job outweighs what was said', declared, 'pass'],
  [
    'jobs of which nothing could be read',
    jobs(aJob({ status: failed('backup/x', { code: 'access-denied', detail: '' }) })),
    'unknown access-denied',
  ],
  [
    'one that was read beside one that was not',
    jobs(aJob({ status: failed('backup/x', { code: 'locked', detail: '' }) }), aJob({ id: 'restic:other' })),
    'pass',
  ],
  [
    'jobs that cannot be read',
    { parts: { backup: { jobs: failed('backup/jobs', { code: 'access-denied', detail: '' }) } } },
    'unknown access-denied',
  ],
])

const aged = (ageMs: number | null | undefined, job: Partial<Job> = {}): Row[1] => ({
  ...jobs(aJob(job)),
  samples: { backup: { [`${KEY}lastSuccessAt`]: typeof ageMs === 'number' ? NOW - ageMs : ageMs } },
})
const desktop = { role: 'desktop' } as const
const laptop = { role: 'laptop' } as const
ruleTable('backup/too-old', [
  ['9 hours', aged(9 * HOUR_MS), 'pass'],
  ['server, 30 h', aged(30 * HOUR_MS), 'pass'],
  ['server, over 30 h', aged(30 * HOUR_MS + 1), 'warning'],
  ['server, 48 h', aged(48 * HOUR_MS), 'warning'],
  ['server, over 48 h', aged(48 * HOUR_MS + 1), 'critical'],
  ['hourly job, 1.5 h', aged(1.5 * HOUR_MS, { expectedEveryMs: HOUR_MS }), 'pass'],
  ['hourly job, over 1.5 h', aged(1.5 * HOUR_MS + 1, { expectedEveryMs: HOUR_MS }), 'warning'],
  ['hourly job, over 3 h', aged(3 * HOUR_MS + 1, { expectedEveryMs: HOUR_MS }), 'critical'],
  ['weekly job, 10.5 days', aged(10.5 * DAY_MS, { expectedEveryMs: 7 * DAY_MS }), 'pass'],
  ['weekly job, over 10.5 days', aged(10.5 * DAY_MS + 1, { expectedEveryMs: 7 * DAY_MS }), 'warning'],
  ['weekly job, over 21 days', aged(21 * DAY_MS + 1, { expectedEveryMs: 7 * DAY_MS }), 'critical'],
  ['desktop, 36 h', { ...aged(36 * HOUR_MS), ...desktop }, 'pass'],
  ['desktop, over 36 h', { ...aged(36 * HOUR_MS + 1), ...desktop }, 'warning'],
  ['desktop, since Friday: the weekend does not count', { ...aged(4.5 * DAY_MS), ...desktop }, 'warning'],
  ['desktop, over 7 days', { ...aged(7 * DAY_MS + 1), ...desktop }, 'critical'],
  ['laptop, 4 days', { ...aged(4 * DAY_MS), ...laptop }, 'pass'],
  ['laptop, over 14 days', { ...aged(14 * DAY_MS + 1), ...laptop }, 'critical'],
  ['no time told', aged(undefined), 'unknown empty'],
  ['time failed', aged(null), 'unknown empty'],
  [
    'no copy at all',
    aged(undefined, { status: read('x', { lastResult: null, copies: 0, tooSmall: null }) }),
    'unknown empty',
  ],
  ['locked, last copy known', aged(9 * HOUR_MS, { status: failed('x', { code: 'locked', detail: '' }) }), 'pass'],
  ['locked, nothing known', aged(undefined, { status: failed('x', { code: 'locked', detail: '' }) }), 'unknown locked'],
  ['dated in the future', aged(-DAY_MS), 'unknown parse'],
])

const copies = (count: number | null, ageMs?: number): Row[1] =>
  aged(ageMs, { status: read('x', { lastResult: null, copies: count, tooSmall: null }) })
ruleTable('backup/never-succeeded', [
  ['copies', copies(3, HOUR_MS), 'pass'],
  ['none, server', copies(0), 'warning'],
  ['none, server, over a day', { ...copies(0), before: [{ ago: 25 * HOUR_MS, ...copies(0) }] }, 'critical'],
  ['none, desktop, first sight', { ...copies(0), ...desktop }, 'info'],
  [
    'none, desktop, over three days',
    { ...copies(0), ...desktop, before: [{ ago: 3.1 * DAY_MS, ...copies(0), ...desktop }] },
    'warning',
  ],
  ['not counted', copies(null), 'unknown empty'],
  ['not counted, a success known', copies(null, HOUR_MS), 'pass'],
  ['locked', aged(undefined, { status: failed('x', { code: 'locked', detail: '' }) }), 'unknown locked'],
])

const ran = (lastResult: 'success' | 'partial' | 'failed' | null, hoursAgo: number): Row[1] => ({
  ...jobs(aJob({ status: read('x', { lastResult, copies: 9, tooSmall: null }) })),
  samples: { backup: { [`${KEY}lastRunAt`]: NOW - hoursAgo * HOUR_MS } },
})
const runs = (result: 'partial' | 'failed', hoursAgo: readonly number[]): Row[1] => ({
  ...ran(result, hoursAgo.at(-1) ?? 1),
  before: hoursAgo.map((hours) => ({ ago: (hours - 0.5) * HOUR_MS, ...ran(result, hours) })),
})
ruleTable('backup/last-run-failed', [
  ['success', ran('success', 1), 'pass'],
  ['failed', ran('failed', 1), 'warning'],
  ['failed twice', runs('failed', [25, 1]), 'warning'],
  ['failed three times', runs('failed', [49, 25, 1]), 'critical'],
  [
    'one failure seen three times',
    {
      ...ran('failed', 1),
      before: [
        { ago: HOUR_MS / 2, ...ran('failed', 1) },
        { ago: HOUR_MS / 4, ...ran('failed', 1) },
      ],
    },
    'warning',
  ],
  ['partial', ran('partial', 1), 'info'],
  ['partial three times', runs('partial', [49, 25, 1]), 'warning'],
  ['partial for over 14 days', runs('partial', [15 * 24, 1]), 'critical'],
  ['no results told', ran(null, 1), 'not-applicable'],
  [
    'results that were told are lost',
    { ...ran(null, 1), before: [{ ago: HOUR_MS, ...ran('failed', 2) }] },
    'unknown empty',
  ],
  ['a laptop is judged alike', { ...ran('failed', 1), ...laptop }, 'warning'],
])

const size = (bytes: number | null | undefined, tooSmall: boolean | null = null): Row[1] => ({
  ...jobs(aJob({ status: read('x', { lastResult: 'success', copies: 9, tooSmall }) })),
  samples: { backup: { [`${KEY}bytes`]: bytes } },
})
const shrunk = (bytes: number): Row[1] => ({
  ...size(bytes),
  before: [
    { ago: 20 * DAY_MS, ...size(100 * GB) },
    { ago: DAY_MS, ...size(100 * GB) },
  ],
})
ruleTable('backup/too-small', [
  ['first sight, above its minimum', size(100, false), 'pass'],
  ['first sight, no minimum', size(100 * GB), 'unknown needs-history'],
  ['below its minimum', size(100, true), 'critical'],
  ['empty', size(0), 'critical'],
  ['usual', shrunk(99 * GB), 'pass'],
  ['29 % smaller', shrunk(71 * GB), 'pass'],
  ['30 % smaller', shrunk(70 * GB), 'warning'],
  ['70 % smaller', shrunk(30 * GB), 'critical'],
  ['larger', shrunk(300 * GB), 'pass'],
  ['failed', size(null), 'unknown empty'],
  [
    'a size that was told is lost',
    { ...size(undefined), before: [{ ago: DAY_MS, ...size(100 * GB) }] },
    'unknown empty',
  ],
])

const where = (sameDisk: boolean | null, offsite: boolean | null, id = 'restic:nightly'): Job =>
  aJob({ id, destination: { kind: 'local', label: '/backup', sameDisk, offsite, encrypted: null } })
const copied = (id: string): Row[1] => ({ samples: { backup: { [`job:${id}:lastSuccessAt`]: NOW - HOUR_MS } } })
const unread = (job: Job): Job => ({ ...job, status: failed('backup/hook', { code: 'access-denied', detail: '' }) })
const emptied = (job: Job): Job => ({
  ...job,
  status: read('backup/hook', { lastResult: null, copies: 0, tooSmall: null }),
})
const untold = (job: Job): Job => ({
  ...job,
  status: read('backup/hook', { lastResult: null, copies: null, tooSmall: null }),
})
ruleTable('backup/same-disk', [
  ['elsewhere', jobs(where(false, false)), 'pass'],
  ['same disk, server', jobs(where(true, false)), 'critical'],
  ['same disk, desktop', { ...jobs(where(true, false)), ...desktop }, 'warning'],
  ['not known', jobs(where(null, null)), 'unknown empty'],
  [
    'another copy elsewhere',
    { ...jobs(where(true, false), where(false, false, 'hook:b')), ...copied('hook:b') },
    { 'restic:nightly': 'pass', 'hook:b': 'pass' },
  ],
  [
    'a job elsewhere that proves no copy',
    jobs(where(true, false), where(false, false, 'hook:b')),
    { 'restic:nightly': 'unknown empty', 'hook:b': 'unknown empty' },
  ],
  [
    'a job elsewhere that could not be read',
    jobs(where(true, false), unread(where(false, false, 'hook:b'))),
    { 'restic:nightly': 'unknown empty', 'hook:b': 'unknown empty' },
  ],
  [
    'a job elsewhere without any copy',
    jobs(where(true, false), emptied(where(false, false, 'hook:b'))),
    { 'restic:nightly': 'critical', 'hook:b': 'unknown empty' },
  ],
  ['no jobs', jobs(), 'not-applicable'],
])

const enrolled = (days: number, row: Row[1]): Row[1] => ({ ...row, enrolledAt: NOW - days * DAY_MS })
ruleTable('backup/not-offsite', [
  ['one off site', { ...jobs(where(false, false), where(false, true, 'hook:b')), ...copied('hook:b') }, 'pass'],
  ['one off site, no copy proven', jobs(where(false, false), where(false, true, 'hook:b')), 'unknown empty'],
  ['one off site, unread', jobs(where(false, false), unread(where(false, true, 'hook:b'))), 'unknown empty'],
  [
    'one off site, without any copy',
    enrolled(1, jobs(where(false, false), emptied(where(false, true, 'hook:b')))),
    'info',
  ],
  [
    'one off site that had no copy and no longer tells',
    enrolled(1, {
      ...jobs(where(false, false), untold(where(false, true, 'hook:b'))),
      ...copied('hook:b'),
      before: [{ ago: HOUR_MS, ...jobs(where(false, false), emptied(where(false, true, 'hook:b'))) }],
    }),
    'unknown empty',
  ],
  ['none, first day', enrolled(1, jobs(where(false, false))), 'info'],
  ['none, over 30 days', enrolled(30.1, jobs(where(false, false))), 'warning'],
  ['none, server, over 90 days', enrolled(90.1, jobs(where(false, false))), 'critical'],
  ['none, desktop, over 90 days', { ...enrolled(90.1, jobs(where(false, false))), ...desktop }, 'warning'],
  ['not known', jobs(where(false, null)), 'unknown empty'],
  ['no jobs', jobs(), 'not-applicable'],
])

ruleTable('backup/not-automatic', [
  ['by itself', jobs(aJob({ automatic: true })), 'pass'],
  ['only by hand', jobs(aJob({ automatic: false })), 'warning'],
  ['not told', jobs(aJob({ automatic: null })), 'not-applicable'],
  ['an agent that does not know it', jobs(aJob()), 'not-applicable'],
  [
    'told before, and no longer',
    { ...jobs(aJob()), before: [{ ago: 2 * HOUR_MS, ...jobs(aJob({ automatic: false })) }] },
    'unknown empty',
  ],
])
