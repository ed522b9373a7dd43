/** Sections of agents older than this server: they fit, and what they do not send was never read. */
import { describe, expect, it } from 'vitest'
import { CheckSlot } from '../../../server/fleet/check-slot.ts'
import { checkSection } from '../../../server/ingest/section-check.ts'
import { emptySection } from '../../../shared/checks/index.ts'
import { CHECK_NAMES } from '../../../shared/checks/names.ts'
import { asBuffer, toB64 } from '../../../shared/protocol/bytes.ts'
import { sectionHash } from '../../../shared/protocol/section-hash.ts'
import { NEVER, read } from '../../../shared/reading.ts'

const hashed = (body: object) => {
  const hash = sectionHash('disk', body)
  if (!hash.ok) throw new Error(hash.error.detail)
  return toB64(hash.value)
}
/** The section `disk` as release 0.1.0 sent it. */
const OF_0_1_0 = { samples: [], drives: NEVER, arrays: read('disk/mdstat', []), volumes: NEVER }

describe('a section of an older agent', () => {
  it('is taken as it is, with its own hash', () => {
    const checked = checkSection('disk', hashed(OF_0_1_0), OF_0_1_0)
    expect(checked.ok && JSON.parse(checked.value.body)).toEqual(OF_0_1_0)
    expect(checked.ok && toB64(asBuffer(checked.value.hash))).toBe(hashed(OF_0_1_0))
  })

  it('says nothing of the parts that it does not know', () => {
    const slot = new CheckSlot('disk')
    slot.setSection(Buffer.alloc(32), JSON.stringify(OF_0_1_0))
    slot.setCollected(1)
    expect(slot.facts.section).toEqual({ ...emptySection('disk'), ...OF_0_1_0 })
    expect(Object.keys(slot.facts.collectedAt)).toEqual(['arrays'])
  })

  it('with a part that nobody knows is refused', () => {
    const body = { ...OF_0_1_0, invented: NEVER }
    expect(checkSection('disk', hashed(body), body).ok).toBe(false)
  })
})

it.each(CHECK_NAMES)('%s: nothing at all is no section', (check) => {
  const hash = sectionHash(check, {})
  expect(hash.ok && checkSection(check, toB64(hash.value), {}).ok).toBe(false)
})
