/** Answers of the API for tests of the dashboard: a quiet one each, with what a test changes. */
import type { Card } from '../../../shared/api/card.ts'
import type { FactRow, MachineView, TodayView } from '../../../shared/api/views.ts'

export const NOW = Date.UTC(2026, 10, 23, 8, 12, 3)

export const MACHINE: Card['machine'] = {
  id: 'm1',
  slug: 'srv-01',
  name: 'SRV-01',
  role: 'server',
  client: { id: 'c1', slug: 'bakery', name: 'Bakery' },
  site: 'Main',
}

/** A warning about a full volume. */
export function aCard(change: Partial<Card> = {}): Card {
  return {
    findingId: 'f1',
    number: 1,
    machine: MACHINE,
    rule: 'disk/space-low',
    subject: 'disk',
    item: '/srv',
    standing: 'attention',
    severity: 'warning',
    values: { volume: '/srv', usedPercent: 96, availableBytes: 4e9, totalBytes: 100e9 },
    blind: null,
    openedAt: NOW - 3_600_000,
    changedAt: NOW - 3_600_000,
    frozen: null,
    acceptance: null,
    alert: 'pending',
    source: 'disk/statfs',
    collectedAt: NOW - 60_000,
    ...change,
  }
}

/** What a rule could not tell. */
export const aBlindCard = (change: Partial<Card> = {}): Card =>
  aCard({
    findingId: null,
    number: null,
    standing: 'not-proven',
    severity: null,
    values: null,
    blind: { code: 'tool-missing', detail: '', source: 'disk/smartctl' },
    rule: 'disk/drive-failing',
    item: '',
    openedAt: null,
    changedAt: null,
    alert: null,
    ...change,
  })

type Row = TodayView['rows'][number]
export const aRow = (change: Partial<Row> = {}): Row => ({
  id: 'c1',
  slug: 'bakery',
  name: 'Bakery',
  dials: { backup: 'good', disk: 'good', patch: 'good', antivirus: 'good', posture: 'good' },
  machines: 1,
  reporting: 1,
  open: 0,
  worst: null,
  only: MACHINE,
  ...change,
})

/** One machine, all well. */
export const aToday = (change: Partial<TodayView> = {}): TodayView => ({
  now: NOW,
  timeZone: 'Europe/Brussels',
  mode: 'normal',
  clients: 1,
  machines: 1,
  reporting: 1,
  heard: 1,
  firstReportAt: NOW - 60_000,
  lastReportAt: NOW,
  urgent: [],
  urgentMore: 0,
  week: [],
  weekMore: 0,
  notes: [],
  notesMore: 0,
  good: 34,
  notProven: 0,
  rows: [aRow()],
  ...change,
})

export const aMachineView = (change: Partial<MachineView> = {}): MachineView => ({
  now: NOW,
  timeZone: 'Europe/Brussels',
  machine: MACHINE,
  standing: 'good',
  worst: null,
  os: 'Debian 13',
  model: null,
  enrolledAt: NOW - 86_400_000,
  connected: true,
  lastReportAt: NOW,
  reportEveryMs: 60_000,
  checks: [],
  transitions: [],
  sent: { lastBytes: null, todayBytes: 0, record: null, build: null, fingerprint: '', sections: [] },
  ...change,
})

export const aFact = (change: Partial<FactRow> = {}): FactRow => ({
  key: 'patch.manager',
  item: '',
  state: 'value',
  values: { name: 'apt' },
  code: null,
  detail: '',
  source: 'patch/apt',
  collectedAt: NOW - 60_000,
  standing: null,
  ...change,
})
