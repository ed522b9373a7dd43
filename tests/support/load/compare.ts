/** What simulated agents produced against what is stored. Opens the data folder of a stopped server; not pure. */
import { deepStrictEqual, strictEqual } from 'node:assert/strict'
import type { LoadedFleet } from './fleet.ts'
import { checkFiles, readStored } from './stored.ts'

/** Records that were acknowledged so far. */
export const ackedBy = (fleet: LoadedFleet): number => fleet.agents.reduce((sum, { acked }) => sum + acked, 0)

/** @throws at the first difference between what the agents produced and what is stored. @returns how many records there are. */
export async function compare(data: string, { agents }: LoadedFleet): Promise<number> {
  deepStrictEqual(checkFiles(data), [], 'files that are not whole')
  const streams = new Map(agents.map((agent) => [agent.info().hostname, agent.stream]))
  const stored = await readStored(data, streams)
  strictEqual(stored.size, agents.length, 'machines')
  for (const agent of agents) {
    const { hostname } = agent.info()
    const machine = stored.get(hostname)
    const values = agent.records.map(({ v }) => v?.system?.[5] ?? null)
    strictEqual(machine?.upTo, agent.records.length, `${hostname}: the mark of the store`)
    strictEqual(machine.assessedQ, machine.upTo, `${hostname}: a report was not assessed`)
    deepStrictEqual(machine.values, values, `${hostname}: each record once, in order`)
    strictEqual(machine.counted, values.length, `${hostname}: each record counted once`)
  }
  return agents.reduce((sum, { records }) => sum + records.length, 0)
}
