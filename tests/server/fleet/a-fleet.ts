/** A fleet without a store, and rows as a store would give them. */
import { createHash } from 'node:crypto'
import { Fleet } from '../../../server/fleet/fleet.ts'
import type { MachineRecord } from '../../../server/store/store.ts'
import type { Section, Sections } from '../../../shared/checks/index.ts'
import type { CheckName } from '../../../shared/checks/names.ts'
import { type HandClock, handClock } from '../../support/e2e-clock.ts'
import { NOON } from '../../support/store-samples.ts'
import { HEALTHY } from '../assess/sections.ts'

/** A machine that was enrolled and has said nothing yet. */
export function aRow(id: string, over: Partial<MachineRecord['row']> = {}): MachineRecord {
  return {
    row: {
      ...{ id, siteId: 's1', slug: id, name: id.toUpperCase(), role: null, enrolledAt: NOON, retiredAt: null },
      ...{ place: '', person: '' },
      ...{ place: '', person: '' },
      ...{ stream: null, upTo: 0, lastReportAt: null, build: null },
      ...{ assessedAt: null, assessedQ: 0, dueAt: NOON, version: 0, memory: {}, outcomes: [] },
      ...over,
    },
    ...{ sections: [], collectedAt: {}, samples: [], trends: new Map(), findings: [] },
    traffic: { lastBytes: null, day: 0, dayBytes: 0, dayRecords: 0 },
    gap: null,
  }
}

/** A section of a record: the healthy server's with what a test changes. */
export function aSection<C extends CheckName>(check: C, change: Partial<Sections[C]> = {}) {
  const section: Section<C> = { ...(HEALTHY[check] as Section<C>), ...change }
  const body = JSON.stringify(section)
  return { check, hash: createHash('sha256').update(body).digest(), body }
}

export type Told = {
  readonly clock: HandClock
  readonly fleet: Fleet
  /** Ids in the order of the calls. */
  readonly dirty: string[]
  /** One entry per call. */
  readonly changed: string[][]
}

/** Machines m1 … m<count> of client c1, and everything that the fleet tells from here on. */
export function aFleet(count = 1): Told {
  const clock = handClock(NOON)
  const fleet = new Fleet({ clock, currentBuild: '0.1.0' })
  for (let n = 1; n <= count; n += 1) fleet.put('c1', aRow(`m${n}`))
  const told: Told = { clock, fleet, dirty: [], changed: [] }
  fleet.onDirty((id) => told.dirty.push(id))
  fleet.onChange((ids) => told.changed.push([...ids]))
  return told
}
