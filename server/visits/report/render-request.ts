/**
 * What is written, as messages to the child that writes it: machines one by one, then the rest, for copying two hundred machines at once
 * would hold the server's loop. Pure.
 */
import type { MachineState } from '../../fleet/machine-state.ts'
import type { ReportInput } from '../view-model/report-input.ts'
import type { VisitReport } from './visit-report.ts'

/** What is written: a report whose words are chosen, or what one is made from. */
export type RenderSource = { readonly report: VisitReport } | { readonly input: ReportInput }

/** The input without its machines. */
type ReportRest = Omit<ReportInput, 'machines' | 'previous'> & {
  readonly previous: { readonly frozenAt: number } | null
}

/** One message. `id`: of the report; machines of the visit and of the one before come first, each side in its order. */
export type RenderRequest =
  | { readonly id: number; readonly step: 'machine'; readonly side: 'now' | 'before'; readonly machine: MachineState }
  | { readonly id: number; readonly step: 'write'; readonly what: { readonly report: VisitReport } | ReportRest }

/** @returns the messages in the order of sending. */
export function* requestsOf(id: number, source: RenderSource): Generator<RenderRequest> {
  if ('report' in source) {
    yield { id, step: 'write', what: source }
    return
  }
  const { machines, previous, ...rest } = source.input
  for (const machine of machines) yield { id, step: 'machine', side: 'now', machine }
  for (const machine of previous?.machines ?? []) yield { id, step: 'machine', side: 'before', machine }
  yield { id, step: 'write', what: { ...rest, previous: previous && { frozenAt: previous.frozenAt } } }
}

/** The other end; one per child. */
export class RequestJoiner {
  #id = 0
  #now: MachineState[] = []
  #before: MachineState[] = []

  /** @returns what is to be written; null: more is to come. Machines of a report that was given up are forgotten. */
  take(request: RenderRequest): RenderSource | null {
    if (request.id !== this.#id) [this.#id, this.#now, this.#before] = [request.id, [], []]
    if (request.step === 'machine') {
      const side = request.side === 'now' ? this.#now : this.#before
      side.push(request.machine)
      return null
    }
    const [machines, before] = [this.#now, this.#before]
    this.#now = []
    this.#before = []
    const { what } = request
    if ('report' in what) return what
    const previous = what.previous === null ? null : { frozenAt: what.previous.frozenAt, machines: before }
    return { input: { ...what, machines, previous } }
  }
}
