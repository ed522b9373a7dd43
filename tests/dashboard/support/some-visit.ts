/** One visit as the API tells it, for tests of the dashboard: on site, with little in it, and what a test changes. */
import type { ActionView, RecommendationView, VisitLine, VisitView, WalkItem } from '../../../shared/api/visits.ts'
import { NOW } from './some-views.ts'

/** A line of the list. */
export const aLine = (change: Partial<VisitLine> = {}): VisitLine => ({
  client: { id: 'c1', slug: 'bakery', name: 'Bakery' },
  timeZone: 'Europe/Brussels',
  id: 'v1',
  date: '2026-11-24',
  kind: 'periodic',
  state: 'on-site',
  plannedAt: NOW + 86_400_000,
  author: 'Hélène Marchand',
  recipient: 'Luc Aubertin',
  openedAt: NOW,
  sentAt: null,
  revision: 0,
  ...change,
})

/** Something open. */
export const anActionView = (change: Partial<ActionView> = {}): ActionView => ({
  id: 'a1',
  madeIn: '2026-09-22',
  text: 'Swap disk 2',
  who: 'Hélène Marchand',
  dueAt: null,
  machine: { id: 'm1', slug: 'srv-01', name: 'SRV-01' },
  mends: null,
  needsHands: true,
  state: 'open',
  doneAt: null,
  minutes: null,
  note: '',
  evidence: 'open',
  provenAt: null,
  ...change,
})

/** A finding's line of the walk list. */
export const aWalkItem = (change: Partial<WalkItem> = {}): WalkItem => ({
  key: 'finding m1 disk/space-low /srv',
  kind: 'finding',
  standing: 'attention',
  machine: { id: 'm1', slug: 'srv-01', name: 'SRV-01' },
  site: 'Main',
  place: '',
  person: '',
  rule: 'disk/space-low',
  item: '/srv',
  values: { volume: '/srv', usedPercent: 96, availableBytes: 4e9, totalBytes: 100e9 },
  measure: 'free-space',
  text: '',
  minutes: 30,
  bring: null,
  actionId: null,
  done: false,
  ...change,
})

/** A recommendation without an answer. */
export const aRecommendationView = (change: Partial<RecommendationView> = {}): RecommendationView => ({
  id: 'r1',
  visitDate: '2026-11-24',
  rank: 1,
  what: 'Replace the server',
  why: 'Its system ends in January',
  otherwise: 'No security fixes',
  urgency: 'quarter',
  effortMinutes: 240,
  costLow: 3_200,
  costHigh: 4_800,
  owner: 'Hélène Marchand',
  dueAt: null,
  about: [{ machine: { id: 'm1', slug: 'srv-01', name: 'SRV-01' }, rule: 'patch/os-ending', item: '' }],
  decision: null,
  ...change,
})

/** On site, with nothing in it. */
export const aVisitView = (change: Partial<VisitView> = {}): VisitView => ({
  now: NOW,
  timeZone: 'Europe/Brussels',
  client: { id: 'c1', slug: 'bakery', name: 'Bakery' },
  language: 'en',
  visit: aLine(),
  closedAt: null,
  minutes: '',
  corrections: [],
  version: 7,
  steps: ['close'],
  previous: null,
  snapshot: null,
  reading: { urgent: 0, since: 0, decisions: 0, promised: 0, walk: 0 },
  urgent: [],
  since: {
    ...{ from: null, to: NOW, opened: [], worse: [], better: [], solved: [], passing: [] },
    ...{ appeared: [], vanished: [], moved: [], slipped: [] },
  },
  decisions: [],
  promised: [],
  walk: [],
  walkMinutes: 0,
  actions: [],
  recommendations: [],
  restoreTests: [],
  accepted: [],
  reports: [],
  ...change,
})
