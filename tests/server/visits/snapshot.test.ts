/** Freezing: the machine comes back as it was, equal input gives equal bytes, damage is noticed. */
import { createHash } from 'node:crypto'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { markOfMachine, standingOfMachine } from '../../../server/views/machine-summary.ts'
import { packSnapshot, snapshotJson, unpackSnapshot } from '../../../server/visits/pack-snapshot.ts'
import { freezeMachine, freezeSnapshot, thawMachine, thawMachines } from '../../../server/visits/snapshot.ts'
import { aClient } from '../../support/store-samples.ts'
import { anAcceptance, aRestoreTest } from '../../support/visit-samples.ts'
import { aFinding } from '../assess/a-finding.ts'
import { aMachine } from '../assess/a-machine.ts'
import { anyMachine } from '../assess/random-machine.ts'
import { NOW } from '../assess/sections.ts'
import { judged } from '../views/a-client.ts'

const SITE = { id: 's1', name: 'Office', slug: 'office' }
const FINDING = aFinding()
const freeze = (machines = [judged(aMachine(), 'm2'), judged(aMachine(), 'm1')]) =>
  freezeSnapshot({
    ...{ visitId: 'v1', at: NOW, client: aClient(), sites: [SITE], machines },
    ...{ acceptances: [anAcceptance()], findings: [FINDING], transitions: [], restoreTests: [aRestoreTest()] },
  })

describe('a frozen machine', () => {
  it('comes back through JSON as it was, whatever it is', () => {
    fc.assert(
      fc.property(anyMachine, (state) => {
        const machine = judged(state)
        const back = thawMachine(JSON.parse(JSON.stringify(freezeMachine(machine))))
        expect(JSON.stringify(freezeMachine(back))).toBe(JSON.stringify(freezeMachine(machine)))
        expect(standingOfMachine(back, NOW)).toBe(standingOfMachine(machine, NOW))
        expect(markOfMachine(back, 'disk', NOW)).toBe(markOfMachine(machine, 'disk', NOW))
      }),
      { numRuns: 20 },
    )
  })
})

describe('a snapshot', () => {
  it('has the same bytes for the same machines in whatever order, and the hash of its JSON', async () => {
    const one = await packSnapshot(freeze())
    const other = await packSnapshot(freeze([judged(aMachine(), 'm1'), judged(aMachine(), 'm2')]))
    expect(Buffer.from(one.body).equals(other.body)).toBe(true)
    const json = await snapshotJson(one)
    expect(createHash('sha256').update(json).digest()).toEqual(Buffer.from(one.hash))
    expect(json.toString()).toBe(JSON.stringify(await unpackSnapshot(one)))
    const back = await unpackSnapshot(one)
    expect(back).toEqual(JSON.parse(JSON.stringify(freeze())))
    expect(thawMachines(back).map(({ id }) => id)).toEqual(['m1', 'm2'])
    expect(back.client).toEqual({ id: 'c1', name: 'Acme', timeZone: 'Europe/Brussels', language: 'en' })
  })

  it('is refused when its bytes were damaged', async () => {
    const packed = await packSnapshot(freeze())
    await expect(unpackSnapshot({ ...packed, hash: new Uint8Array(32) })).rejects.toThrow(/hash/)
    const body = Buffer.from(packed.body)
    body[40] = (body[40] ?? 0) ^ 1
    await expect(unpackSnapshot({ ...packed, body })).rejects.toThrow()
  })
})
