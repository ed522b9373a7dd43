/** Names of machines on the page of a visit: those that are there, and those of the visit before that are gone. Pure. */
import type { VisitDesk } from '../visits/visit-desk.ts'

/** A machine by name. `slug` null: it is no longer there. */
export type MachineName = { readonly id: string; readonly slug: string | null; readonly name: string }

/** Worked out once for a page. */
export class VisitNames {
  readonly #byId: ReadonlyMap<string, MachineName>

  constructor({ machines, previous }: Pick<VisitDesk, 'machines' | 'previous'>) {
    const gone = (previous?.frozen.machines ?? []).map(({ id, name }) => ({ id, slug: null, name }))
    const there = machines.map(({ id, slug, name }) => ({ id, slug, name }))
    this.#byId = new Map([...gone, ...there].map((one) => [one.id, one]))
  }

  machine(id: string): { id: string; slug: string | null; name: string } {
    return { ...(this.#byId.get(id) ?? { id, slug: null, name: id }) }
  }
}
