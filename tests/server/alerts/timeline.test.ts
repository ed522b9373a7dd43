/** Timelines: "at minute N the machine says this" → findings, transitions and alerts, through assess. */
import { describe, expect, it } from 'vitest'
import { assess } from '../../../server/assess.ts'
import type { Finding, Transition } from '../../../server/findings/finding.ts'
import { failed, read } from '../../../shared/reading.ts'
import type { RuleId } from '../../../shared/rules.ts'
import { DAY_MS, GB, HOUR_MS, MINUTE_MS } from '../../../shared/units.ts'
import { aMachine, type Changes, saved } from '../assess/a-machine.ts'
import { aDrive, aVolume, NOW } from '../assess/sections.ts'

type Moment = readonly [minute: number, changes: Changes]
type Told = { readonly says: string[]; readonly open: readonly Finding[]; readonly all: readonly Transition[] }

/**
 * Assesses at each moment, and at each due time in between unless `nobody` looks. The machine reports all the time, with `silent`
 * only at the moments. Transitions of one rule as `minute kind`.
 */
function run(
  rule: RuleId,
  moments: readonly Moment[],
  mode: 'always' | 'nobody' | 'silent' = 'always',
  last = moments.at(-1)?.[0] ?? 0,
): Told {
  let state = aMachine()
  let kept: Partial<typeof state> = {}
  const all: Transition[] = []
  const judge = (now: number, changes: Changes, at: number) => {
    state = {
      ...aMachine({
        ...changes,
        now,
        collectedAt: at,
        agent: { lastReportAt: at, ...changes.agent },
        enrolledAt: NOW - 200 * DAY_MS,
        samples: { ...freshTimes(now), ...changes.samples },
      }),
      ...kept,
    }
    const assessment = assess(state, now)
    all.push(...assessment.transitions)
    const { memory, findings, outcomes, assessedAt, dueAt } = saved(state, assessment)
    kept = { memory, findings, outcomes, assessedAt }
    return dueAt
  }
  for (const [at, [minute, changes]] of moments.entries()) {
    const now = NOW + minute * MINUTE_MS
    const end = NOW + (moments[at + 1]?.[0] ?? last) * MINUTE_MS
    let due = judge(now, changes, now)
    for (let ticks = 0; mode !== 'nobody' && due <= end && ticks < 500; ticks++) {
      due = judge(due, changes, mode === 'silent' ? now : due)
    }
  }
  const mine = all.filter((transition) => transition.rule === rule)
  const says = mine.map(
    ({ at, kind, to }) => `${(at - NOW) / MINUTE_MS} ${kind}${to === null || kind === 'fired' ? '' : ` ${to}`}`,
  )
  return { says, open: (kept.findings ?? []).filter((finding) => finding.rule === rule), all }
}

/** Times that would grow old during a timeline, kept young. */
const freshTimes = (now: number) => ({
  backup: { 'job:restic:nightly:lastSuccessAt': now - HOUR_MS },
  patch: { 'list:refreshedAt': now - HOUR_MS },
  antivirus: { 'product:clamav:signaturesAt': now - HOUR_MS },
})
const full = (freeGb: number): Changes => ({
  samples: { disk: { 'volume:/:availableBytes': freeGb * GB, 'volume:/:usedBytes': (100 - freeGb) * GB } },
})
const good = full(60)
const unread: Changes = { parts: { disk: { volumes: failed('disk/volumes', { code: 'timeout', detail: '' }) } } }
const SPACE = 'disk/space-low'

describe('holding and firing', () => {
  it('opens at once and fires when the hold ends, dated at its end', () => {
    expect(
      run(SPACE, [
        [0, good],
        [10, full(4)],
        [12, full(4)],
        [40, full(4)],
      ]).says,
    ).toEqual(['10 opened critical', '20 fired'])
  })
  it('tells the same story when nobody looked in between', () => {
    expect(
      run(
        SPACE,
        [
          [0, good],
          [10, full(4)],
          [40, full(4)],
        ],
        'nobody',
      ).says,
    ).toEqual(['10 opened critical', '20 fired'])
  })
  it('warns later than it alarms', () => {
    expect(
      run(SPACE, [
        [0, good],
        [10, full(14)],
        [60, full(14)],
      ]).says,
    ).toEqual(['10 opened warning', '40 fired'])
  })
  it('calls nobody for what was over before the hold ended', () => {
    const { says, open } = run(SPACE, [
      [0, good],
      [10, full(4)],
      [15, good],
      [60, good],
    ])
    expect(says).toEqual(['10 opened critical', '15 resolved'])
    expect(open).toEqual([])
  })
  it('fires at once when it turns urgent after the urgent hold has passed', () => {
    expect(
      run(SPACE, [
        [0, good],
        [10, full(14)],
        [25, full(4)],
        [60, full(4)],
      ]).says,
    ).toEqual(['10 opened warning', '25 worsened critical', '25 fired'])
  })
  it('fires at once where the policy holds nothing', () => {
    const policy = { 'alert.holdMs': 0, 'alert.clearMs': 0 }
    const says = run(SPACE, [
      [0, { ...good, policy }],
      [10, { ...full(4), policy }],
      [11, { ...good, policy }],
    ]).says
    expect(says).toEqual(['10 opened critical', '10 fired', '11 resolved'])
  })
  it('does not call while a machine starts', () => {
    const starting: Changes = {
      ...full(4),
      parts: { system: { boot: read('system/boot', { bootedAt: NOW + 8 * MINUTE_MS }) } },
    }
    expect(
      run(SPACE, [
        [0, good],
        [10, starting],
        [60, starting],
      ]).says,
    ).toEqual(['10 opened critical', '20 fired'])
    const later: Changes = {
      ...full(4),
      parts: { system: { boot: read('system/boot', { bootedAt: NOW + 15 * MINUTE_MS }) } },
    }
    expect(
      run(SPACE, [
        [0, good],
        [10, full(4)],
        [16, later],
        [60, later],
      ]).says,
    ).toEqual(['10 opened critical', '25 fired'])
  })
})

describe('clearing and resolving', () => {
  const told: Moment[] = [
    [0, good],
    [10, full(4)],
    [30, full(4)],
  ]
  it('is over after the clear time, dated at its end', () => {
    const { says, open } = run(SPACE, [...told, [35, good], [60, good]])
    expect(says).toEqual(['10 opened critical', '20 fired', '45 resolved'])
    expect(open).toEqual([])
  })
  it('goes on when it fails again before that', () => {
    const { says, open } = run(SPACE, [...told, [35, good], [40, full(4)], [80, full(4)]])
    expect(says).toEqual(['10 opened critical', '20 fired'])
    expect(open).toHaveLength(1)
  })
  it('opens another finding when it fails again after that', () => {
    const { says, all } = run(SPACE, [...told, [35, good], [60, full(4)], [61, full(4)]])
    expect(says.slice(2)).toEqual(['45 resolved', '60 opened critical'])
    expect(new Set(all.filter(({ rule }) => rule === SPACE).map(({ findingId }) => findingId)).size).toBe(2)
  })
  it('stays in the clear band, then improves, then resolves', () => {
    expect(run(SPACE, [...told, [35, full(7)], [50, full(10)], [70, full(60)], [90, good]]).says.slice(2)).toEqual([
      '50 improved warning',
      '80 resolved',
    ])
  })
  it('resolves what is no longer listed', () => {
    const gone: Changes = {
      parts: { disk: { volumes: read('disk/volumes', [aVolume({ mount: '/srv' })]) } },
      samples: { disk: { 'volume:/srv:availableBytes': 60 * GB, 'volume:/srv:usedBytes': GB } },
    }
    expect(run(SPACE, [...told, [35, gone], [60, gone]]).says.slice(2)).toEqual(['45 resolved'])
  })
  it('keeps a drive that is gone open until it is back', () => {
    const none: Changes = { parts: { disk: { drives: read('disk/smartctl', []) } } }
    const back: Changes = { parts: { disk: { drives: read('disk/smartctl', [aDrive()]) } } }
    const { says } = run('disk/gone', [
      [0, back],
      [10, none],
      [20, none],
      [50, none],
      [60, back],
      [90, back],
    ])
    expect(says).toEqual(['20 opened critical', '20 fired', '70 resolved'])
  })
})

describe('what cannot be told', () => {
  it('freezes a finding and never ends it', () => {
    const { says, open } = run(SPACE, [
      [0, good],
      [10, full(4)],
      [30, unread],
      [600, unread],
    ])
    expect(says).toEqual(['10 opened critical', '20 fired', '30 blinded critical'])
    expect(open[0]?.blind).toEqual({ since: NOW + 30 * MINUTE_MS, code: 'timeout' })
  })
  it('does not fire while it is frozen, and does when it is seen again', () => {
    const { says } = run(SPACE, [
      [0, good],
      [10, full(4)],
      [12, unread],
      [60, full(4)],
      [61, full(4)],
    ])
    expect(says).toEqual(['10 opened critical', '12 blinded critical', '60 unblinded critical', '60 fired'])
  })
  it('ends when it passes again', () => {
    expect(
      run(SPACE, [
        [0, good],
        [10, full(4)],
        [30, unread],
        [60, good],
        [90, good],
      ]).says.slice(3),
    ).toEqual(['70 resolved'])
  })
  it('is frozen as stale when the machine falls silent, and its alert is held back', () => {
    const { says, all } = run(
      SPACE,
      [
        [0, good],
        [10, full(14)],
      ],
      'silent',
      200,
    )
    expect(says).toEqual(
      ['10 opened warning', '70 blinded warning'].map((one) => expect.stringContaining(one.split(' ')[1] ?? '')),
    )
    const silent = all
      .filter(({ rule }) => rule === 'agent/silent')
      .map(({ at, kind, to }) => [Math.round((at - NOW) / MINUTE_MS), kind, to])
    expect(silent).toEqual([
      [20, 'opened', 'warning'],
      [20, 'fired', 'warning'],
      [40, 'worsened', 'critical'],
    ])
  })
})

describe('dependence', () => {
  it('lets nothing fire while the machine is silent, and lets it go when the machine is back', () => {
    // The job grows too old (30 h) at minute 15 and has held for its hour at minute 75, in a silence that lasts from 0 to 100.
    const late: Changes = {
      samples: { backup: { 'job:restic:nightly:lastSuccessAt': NOW - 29.75 * HOUR_MS } },
      policy: { 'facts.staleMs': 5 * HOUR_MS },
    }
    const silent: Moment[] = [
      [0, late],
      [100, late],
    ]
    expect(run('backup/too-old', silent, 'silent').says).toEqual(['15 opened warning', '100 fired'])
    expect(run('backup/too-old', silent, 'always').says).toEqual(['15 opened warning', '75 fired'])
  })
})
