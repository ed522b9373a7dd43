/** Opening a visit asks the real agent for signed evidence over the wire; one that is away, or slow, stands in it without. */
import { afterEach, describe, expect, it } from 'vitest'
import { ALL_TASKS } from '../../../agent/main.ts'
import { ADMINISTRATOR } from '../../../server/auth/access.ts'
import { planVisit, takeStep } from '../../../server/control/operations/visits.ts'
import { AttestationWaits } from '../../../server/ingest/attestation-waits.ts'
import { verifyAttestation } from '../../../shared/protocol/attestation.ts'
import { MINUTE_MS } from '../../../shared/units.ts'
import { type Composed, startComposed, sure } from '../../support/composed.ts'
import { handClock } from '../../support/e2e-clock.ts'
import { debianProbe } from '../../support/e2e-debian.ts'
import { aRecord, bytesOf, NOON } from '../../support/store-samples.ts'

let composed: Composed | null = null
afterEach(async () => {
  await composed?.stop()
  composed = null
})

/** Commits and waits go by the clock that the test moves. */
async function open(world: Composed, date: string) {
  let isOpen = false
  const opening = opened(world, date).finally(() => {
    isOpen = true
  })
  for (let turn = 0; turn < 60 && !isOpen; turn += 1) await world.advance(100)
  return opening
}

async function opened({ server, client }: Composed, date: string) {
  const order = { date, time: '09:00', kind: 'periodic', author: 'Hélène', recipient: '' } as const
  const { services } = server
  const { id } = sure(await planVisit(services, ADMINISTRATOR, client, order))
  sure(await takeStep(services, ADMINISTRATOR, client, date, { version: null, step: 'open', reason: '' }))
  const stored = await services.store.client(client.client.id).snapshot(id)
  return stored?.attestations ?? []
}

describe('opening a visit', () => {
  it('keeps what the agent signed for it, and goes on without an agent that is away', async () => {
    const world = await startComposed({
      tasks: ALL_TASKS,
      probe: (clock, folder) => debianProbe(() => clock.now(), folder.hooks),
    })
    composed = world
    await world.advance(2 * MINUTE_MS)
    const [signed] = await open(world, '2027-01-11')
    const attestation = signed?.attestation ?? null
    if (signed === undefined || attestation === null) throw new Error('the agent was to answer')
    const { agentId, publicKey: agentPub } = signed
    const attester = { agentId, agentPub, stream: attestation.stream }
    expect(verifyAttestation(JSON.parse(attestation.body), attester).ok).toBe(true)
    const changed = { ...JSON.parse(attestation.body), q: attestation.q + 1 }
    expect(verifyAttestation(changed, attester).ok).toBe(false)

    await world.silence()
    await world.advance(2 * MINUTE_MS)
    expect(await open(world, '2027-01-12')).toMatchObject([{ machineId: signed.machineId, attestation: null }])
  }, 60_000)
})

describe('an attestation that is waited for', () => {
  const evidence = (nonce: string, machineId = 'm1') => {
    const b64 = (length: number) => Buffer.alloc(length, 1).toString('base64url')
    const message = { t: 'attestation', q: 3, at: NOON, prev: b64(32), nonce, sections: {}, samples: '', sig: b64(64) }
    return {
      ...aRecord(3, { machineId }),
      attestation: { hash: bytesOf(1), prev: bytesOf(0), body: JSON.stringify(message) },
    }
  }
  const nonce = Buffer.alloc(16, 9).toString('base64url')

  it('is told by its nonce, of that machine only, and in time only', async () => {
    const clock = handClock(NOON)
    const waits = new AttestationWaits(clock)
    const asked = waits.expect('m1', nonce, 5_000)
    waits.settle(evidence(Buffer.alloc(16, 8).toString('base64url')))
    waits.settle(evidence(nonce, 'm2'))
    waits.settle(evidence(nonce))
    expect(await asked).toMatchObject({ q: 3 })
    const late = waits.expect('m1', nonce, 5_000)
    await clock.advance(5_000, async () => {})
    expect(await late).toBeNull()
    waits.settle(evidence(nonce))
  })
})
