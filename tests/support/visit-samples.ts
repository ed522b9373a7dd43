/** Records of a visit that tests start from. Every value can be overridden. */
import type {
  Acceptance,
  Action,
  Recommendation,
  RestoreTest,
  SentReport,
  Visit,
  VisitChange,
} from '../../server/visits/visit.ts'
import { HOUR_MS } from '../../shared/units.ts'
import { bytesOf, NOON } from './store-samples.ts'

/** A planned visit of 3 February 2026. */
export function aVisit(over: Partial<Visit> = {}): Visit {
  return {
    id: 'v1',
    date: '2026-02-03',
    kind: 'periodic',
    state: 'planned',
    plannedAt: Date.UTC(2026, 1, 3, 8),
    author: 'Hélène Marchand',
    authorId: 'p1',
    recipient: 'Luc Aubertin, manager',
    createdAt: NOON,
    openedAt: null,
    closedAt: null,
    sentAt: null,
    minutes: '',
    revision: 0,
    corrections: [],
    version: 0,
    ...over,
  }
}

/** An open action that mends a failing disk of m1. */
export function anAction(over: Partial<Action> = {}): Action {
  return {
    id: 'a1',
    madeIn: 'v1',
    doneIn: null,
    text: 'Swap disk 2',
    who: 'Hélène Marchand',
    dueAt: NOON + 24 * HOUR_MS,
    machineId: 'm1',
    mends: { rule: 'disk/drive-failing', item: 'sda' },
    needsHands: true,
    state: 'open',
    doneAt: null,
    minutes: null,
    note: '',
    ...over,
  }
}

/** A recommendation about that disk. */
export function aRecommendation(over: Partial<Recommendation> = {}): Recommendation {
  return {
    id: 'r1',
    visitId: 'v1',
    rank: 1,
    what: 'Replace the disk',
    why: 'It is failing',
    otherwise: 'Work stops when it breaks',
    urgency: 'now',
    effortMinutes: 45,
    costLow: 90,
    costHigh: 140,
    owner: 'Hélène Marchand',
    dueAt: null,
    about: [{ machineId: 'm1', rule: 'disk/drive-failing', item: 'sda' }],
    decision: null,
    ...over,
  }
}

/** A restore of a folder that took 25 minutes. */
export function aRestoreTest(over: Partial<RestoreTest> = {}): RestoreTest {
  return {
    id: 't1',
    visitId: 'v1',
    machineId: 'm1',
    job: 'restic:srv',
    at: NOON,
    what: 'One folder',
    fromCopy: 'NAS',
    durationMs: 1_500_000,
    isUsable: true,
    watchedBy: 'Luc Aubertin',
    note: '',
    ...over,
  }
}

/** A risk that Luc accepted for 60 days. */
export function anAcceptance(over: Partial<Acceptance> = {}): Acceptance {
  return {
    id: 'k1',
    machineId: 'm1',
    rule: 'disk/drive-failing',
    item: 'sda',
    severity: 'warning',
    by: 'Luc Aubertin',
    reason: 'It is replaced in spring',
    at: NOON,
    until: NOON + 60 * 24 * HOUR_MS,
    visitId: null,
    revokedAt: null,
    ...over,
  }
}

/** Revision 1, as it was sent. */
export function aReport(over: Partial<SentReport> = {}): SentReport {
  return {
    visitId: 'v1',
    revision: 1,
    sentAt: NOON,
    language: 'en',
    name: '2026-02-03-r1',
    pdfHash: bytesOf(1),
    htmlHash: bytesOf(2),
    manifestHash: bytesOf(3),
    ...over,
  }
}

/** A snapshot with one agent that answered and one that did not. */
export function aSnapshotChange(): NonNullable<VisitChange['snapshot']> {
  return {
    packed: { at: NOON, hash: bytesOf(4), body: bytesOf(5, 900) },
    attestations: [
      {
        machineId: 'm1',
        publicKey: bytesOf(1),
        agentId: bytesOf(7, 16),
        attestation: { stream: bytesOf(8, 16), q: 9, at: NOON, hash: bytesOf(6), body: '{"t":"attestation"}' },
      },
      { machineId: 'm2', publicKey: bytesOf(2), agentId: bytesOf(9, 16), attestation: null },
    ],
  }
}
