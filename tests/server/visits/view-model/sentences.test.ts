/** Sentences of the report where the numbers are small, something is empty, or two things are true at once. */
import { describe, expect, it } from 'vitest'
import { visitReportOf } from '../../../../server/visits/view-model/visit-report-of.ts'
import { failed } from '../../../../shared/reading.ts'
import { aFinding } from '../../assess/a-finding.ts'
import { aMachine } from '../../assess/a-machine.ts'
import { judged } from '../../views/a-client.ts'
import { anAcceptance, anInput, VISIT } from './an-input.ts'

const client = (language: 'en' | 'fr') => ({ name: 'Aubertin', timeZone: 'Europe/Paris', language })
const good = (id: string) => judged(aMachine(), id)
const blind = (id: string) =>
  judged(aMachine({ parts: { posture: { sshd: failed('x', { code: 'timeout', detail: '' }) } } }), id)
const accepted = (id: string) => ({
  ...good(id),
  findings: [aFinding({ machineId: id, severity: 'warning' })],
  acceptances: [anAcceptance(id)],
})
const sentence = (machines: Parameters<typeof anInput>[0], language: 'en' | 'fr') =>
  visitReportOf(anInput(machines, { client: client(language) })).cover.verdict.sentence

describe('the headline over what could not be told', () => {
  it('says that nothing bad was found only when no risk is accepted', () => {
    expect(sentence([blind('a'), good('b')], 'en')).toMatch(/^Nothing bad was found, but on 1 of 2 machines /)
    const both = [blind('a'), accepted('b')]
    expect(sentence(both, 'en')).toMatch(/^Nothing bad was found beside the risks that you accepted, but on 1 of 2 /)
    expect(sentence(both, 'fr')).toContain('que les risques que vous avez acceptés, mais sur 1 des 2 postes')
    const one = { ...blind('a'), findings: accepted('a').findings, acceptances: accepted('a').acceptances }
    expect(sentence([one], 'fr')).toContain('que les risques que vous avez acceptés, mais sur l’unique poste')
  })

  it('is French for a client with one machine', () => {
    expect(sentence([blind('a')], 'fr')).toContain('sur l’unique poste quelque chose')
    expect(sentence([accepted('a')], 'fr')).toContain('acceptés, sur l’unique poste.')
  })
})

it('names whom the report is for, with or without sites', () => {
  const visit = { ...VISIT, recipient: 'Luc Aubertin' }
  const line = (language: 'en' | 'fr', change: Partial<Parameters<typeof anInput>[1]>) =>
    visitReportOf(anInput([], { client: client(language), visit, ...change })).cover.lines[1]
  expect(line('en', {})).toBe('Workshop. For Luc Aubertin')
  expect(line('en', { sites: [] })).toBe('For Luc Aubertin')
  expect(line('fr', { sites: [] })).toBe('Pour Luc Aubertin')
})

it('tells how many machines signed, one or more', () => {
  const key = { publicKey: new Uint8Array(32), agentId: new Uint8Array(16) }
  const signature = { stream: new Uint8Array(16), q: 1, at: 0, hash: new Uint8Array(32), body: '{}' }
  const text = (language: 'en' | 'fr', signed: number) => {
    const attestations = ['a', 'b', 'c'].map((machineId, at) => ({
      ...{ machineId, ...key },
      attestation: at < signed ? signature : null,
    }))
    const machines = ['a', 'b', 'c'].map(good)
    return visitReportOf(anInput(machines, { client: client(language), attestations })).annexes.attestations?.text
  }
  expect(text('fr', 1)).toMatch(/^1 poste sur 3 a signé son état .+ ne le quitte jamais\./)
  expect(text('fr', 2)).toMatch(/^2 postes sur 3 ont signé leur état .+ ne les quitte jamais\./)
  expect(text('en', 1)).toMatch(/^1 of 3 machines signed its state .+ never leaves it\./)
  expect(text('en', 0)).toMatch(/^0 of 3 machines signed their state /)
  // One of them has no key: it is in scope all the same, and the coverage in part 11 says so too.
  const { annexes, parts } = visitReportOf(
    anInput(['a', 'b'].map(good), { attestations: [{ machineId: 'a', ...key, attestation: signature }] }),
  )
  expect(annexes.attestations?.text).toMatch(/^1 of 2 machines signed /)
  expect(parts.unseen?.coverage.rows.map(({ amount }) => amount)).toContain('1 of 2')
})
