/** What is sent to the renderer in pieces arrives whole. */
import { describe, expect, it } from 'vitest'
import {
  type RenderRequest,
  type RenderSource,
  RequestJoiner,
  requestsOf,
} from '../../../../server/visits/report/render-request.ts'
import { aMachine } from '../../assess/a-machine.ts'
import { anInput } from '../view-model/an-input.ts'

/** As another process would get it. */
const copied = (request: RenderRequest): RenderRequest => structuredClone(request)
const input = anInput([aMachine(), { ...aMachine({ role: 'laptop' }), id: 'm2' }])
const source = { input: { ...input, previous: { frozenAt: 1, machines: input.machines } } }

function joined(joiner: RequestJoiner, requests: Iterable<RenderRequest>): RenderSource | null {
  let whole: RenderSource | null = null
  for (const request of requests) {
    expect(whole).toBe(null)
    whole = joiner.take(copied(request))
  }
  return whole
}

describe('a report to be written', () => {
  it('arrives as it was sent, with and without a visit before', () => {
    const joiner = new RequestJoiner()
    expect(input.machines.length).toBeGreaterThan(0)
    expect(joined(joiner, requestsOf(1, source))).toEqual(source)
    const first = { input: { ...input, previous: null } }
    expect(joined(joiner, requestsOf(2, first))).toEqual(first)
    expect(joined(joiner, requestsOf(3, source))).toEqual(source)
  })

  it('holds no machine of one that was given up halfway', () => {
    const joiner = new RequestJoiner()
    const [one] = requestsOf(1, source)
    if (one === undefined) throw new Error('there is a machine')
    joiner.take(copied(one))
    expect(joined(joiner, requestsOf(2, source))).toEqual(source)
  })

  it('is sent one machine at a time', () => {
    const machines = [...requestsOf(1, source)].filter(({ step }) => step === 'machine')
    expect(machines.length).toBe(2 * input.machines.length)
  })
})
