/** Ages inside the values of a finding, as of the moment that is spoken of. */
import { describe, expect, it } from 'vitest'
import { createFormatter } from '../../../shared/text/create-formatter.ts'
import { sayFinding } from '../../../shared/text/rule-catalogue.ts'
import { DAY_MS, HOUR_MS } from '../../../shared/units.ts'

const OPENED = Date.UTC(2026, 9, 22, 8)
const values = { lastReportAt: OPENED, forMs: HOUR_MS }
const f = createFormatter({ language: 'en', timeZone: 'UTC', now: OPENED + 33 * DAY_MS })

describe('the age of a finding', () => {
  it('grows although the finding stays the same', () => {
    expect(sayFinding('agent/silent', values, f).title).toBe('This machine has not reported for 33 days.')
  })

  it('stays where it was when it ended', () => {
    const { title } = sayFinding('agent/silent', values, f, OPENED + 5 * HOUR_MS)
    expect(title).toBe('This machine has not reported for 5 hours.')
  })

  it('without its instant is said as it was told', () => {
    const drive = { drive: 'x', device: '/dev/sda', sectors: 4, grewBy: null }
    expect(sayFinding('disk/sectors-reallocated', drive, f).title).toContain('4')
  })
})
