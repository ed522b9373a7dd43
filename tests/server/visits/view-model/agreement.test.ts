/** Headline, dials, tables and coverage of one report agree, whatever the machines are; nothing bad, accepted or unknown is called well. */
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { MachineState } from '../../../../server/fleet/machine-state.ts'
import { DIALS } from '../../../../server/views/dials.ts'
import { markOfMachine, standingOfMachine } from '../../../../server/views/machine-summary.ts'
import { sceneOf } from '../../../../server/visits/view-model/report-input.ts'
import { visitReportOf } from '../../../../server/visits/view-model/visit-report-of.ts'
import { VISIT_REPORT } from '../../../../shared/text/visit-report-catalogue.ts'
import { anyMachine } from '../../assess/random-machine.ts'
import { NOW } from '../../assess/sections.ts'
import { judged } from '../../views/a-client.ts'
import { anAcceptance, anInput } from './an-input.ts'

/** Some of the open findings of a machine, accepted. */
const anyAccepted = fc.tuple(anyMachine, fc.nat()).map(([machine, seed]) => ({ machine, seed }))
const anyFleet: fc.Arbitrary<readonly MachineState[]> = fc.array(anyAccepted, { maxLength: 6 }).map((all) =>
  all.map(({ machine, seed }, i) => {
    const state = judged(machine, `m${i}`)
    const accepted = state.findings.filter((_, at) => (seed + at) % 3 === 0)
    const acceptances = accepted.map(({ rule, item, severity }, at) =>
      anAcceptance(state.id, { id: `a${i}-${at}`, rule, item, severity }),
    )
    return { ...state, acceptances }
  }),
)
const language = fc.constantFrom('en' as const, 'fr' as const)

describe('a report of any fleet', () => {
  it('agrees with itself', () => {
    fc.assert(
      fc.property(anyFleet, language, (machines, lang) => {
        const client = { name: 'Aubertin', timeZone: 'Europe/Paris', language: lang }
        const report = visitReportOf(anInput(machines, { client }))
        const standings = machines.map((state) => standingOfMachine(state, NOW))
        const { verdict, dials } = report.cover

        const open = standings.filter((one) => one !== 'good' && one !== 'note')
        if (verdict.state === 'good') expect(open).toEqual([])
        if (standings.includes('urgent')) expect(verdict.state).toBe('urgent')
        const good = VISIT_REPORT[lang].cover.sentence_good(
          { topics: '', where: '', bad: 0, unknown: 0, total: machines.length },
          sceneOf(anInput(machines, { client })).f,
        )
        if (open.length > 0 || machines.length === 0) expect(verdict.sentence).not.toBe(good)
        if (dials.some(({ state }) => state === 'urgent')) expect(verdict.state).toBe('urgent')
        if (dials.some(({ state }) => state !== 'good')) expect(verdict.state).not.toBe('good')

        for (const [i, dial] of DIALS.entries()) {
          const marks = machines.map((state) => markOfMachine(state, dial, NOW)).filter((mark) => mark !== null)
          const counts = dials[i]?.counts ?? { good: -1, bad: -1, unknown: -1, accepted: -1 }
          expect(counts.good + counts.bad + counts.unknown + counts.accepted).toBe(marks.length)
          expect(counts.bad).toBe(marks.filter((mark) => mark === 'urgent' || mark === 'attention').length)
          expect(counts.unknown).toBe(marks.filter((mark) => mark === 'not-proven').length)
        }

        const rows = report.parts.machines?.rows ?? []
        expect(rows.map(({ state }) => state).sort()).toEqual([...standings].sort())
        const backup = report.parts.backup?.rows ?? []
        const counts = dials[0]?.counts ?? { good: -1, bad: -1, unknown: -1, accepted: -1 }
        const outside = machines.filter((state) => markOfMachine(state, 'backup', NOW) === null)
        expect(backup.length).toBeGreaterThanOrEqual(machines.length - outside.length)
        expect(backup.length).toBeLessThanOrEqual(machines.length)
        expect(backup.filter(({ state }) => state === 'urgent' || state === 'attention')).toHaveLength(counts.bad)
        expect(backup.filter(({ state }) => state === 'not-proven')).toHaveLength(counts.unknown)
        expect(backup.filter(({ state }) => state === 'accepted')).toHaveLength(counts.accepted)
        expect(report.parts.acceptedRisks?.rows).toHaveLength(machines.flatMap(({ acceptances }) => acceptances).length)
      }),
      { numRuns: 60 },
    )
  })

  it('is the same for the same input', () => {
    fc.assert(
      fc.property(anyFleet, (machines) => {
        const [one, two] = [visitReportOf(anInput(machines)), visitReportOf(anInput(machines))]
        expect(one).toEqual(two)
      }),
      { numRuns: 30 },
    )
  })

  it('has no blank cell and no leftover word of another language', () => {
    fc.assert(
      fc.property(anyFleet, language, (machines, lang) => {
        const client = { name: 'Aubertin', timeZone: 'Europe/Paris', language: lang }
        const { parts } = visitReportOf(anInput(machines, { client }))
        for (const row of [...(parts.backup?.rows ?? []), ...(parts.machines?.rows ?? [])]) {
          for (const [key, cell] of Object.entries(row)) if (key !== 'note') expect(cell, key).not.toBe('')
        }
        const text = JSON.stringify([parts.backup?.rows.map(({ workLost, encrypted }) => [workLost, encrypted])])
        expect(text).not.toMatch(lang === 'fr' ? /working|not proven/ : /travail|prouvé/)
      }),
      { numRuns: 60 },
    )
  })
})
