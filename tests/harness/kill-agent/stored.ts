/** What the store of a stopped server holds of its only machine. Opens the data folder; not pure. */
import { openStore } from '../../../server/store/open-store.ts'
import type { ClientStore, MachineRecord } from '../../../server/store/store.ts'
import type { CheckName } from '../../../shared/checks/names.ts'
import type { SpoolContent } from './spool-content.ts'

export type Stored = {
  readonly upTo: number
  readonly assessedQ: number
  readonly gap: MachineRecord['gap']
  /** Numbers of the attestations, ascending. */
  readonly attestations: readonly number[]
  /** By `<check> <key>`, in the order of time. */
  readonly values: ReadonlyMap<string, readonly (number | null)[]>
  /** How many readings the running sums of the days have seen: a record taken twice would count twice. */
  readonly counted: ReadonlyMap<string, number>
}

/** @param spool names the samples to look for. @throws when there is not exactly one machine. */
export async function readStored(folder: string, spool: SpoolContent): Promise<Stored> {
  const opened = await openStore({ engine: 'sqlite', folder })
  if (!opened.ok) throw new Error(opened.error)
  try {
    const [client, otherClient] = await opened.value.hub.clients()
    if (client === undefined || otherClient !== undefined) throw new Error('not exactly one client')
    const store = opened.value.client(client.id)
    const [machine, other] = await store.load()
    if (machine === undefined || other !== undefined)
      throw new Error('not exactly one machine: an agent enrolled twice')
    return await read(store, machine, spool)
  } finally {
    await opened.value.close()
  }
}

async function read(store: ClientStore, { row, gap }: MachineRecord, spool: SpoolContent): Promise<Stored> {
  const values = new Map<string, readonly (number | null)[]>()
  const counted = new Map<string, number>()
  for (const name of spool.samples.keys()) {
    const [check, key] = split(name)
    const points = await store.samples(row.id, check, key, 0, Number.MAX_SAFE_INTEGER)
    values.set(
      name,
      points.map(({ value }) => value),
    )
    const days = await store.days(row.id, check, key, 0)
    counted.set(
      name,
      days.reduce((sum, { n }) => sum + n, 0),
    )
  }
  const kept = await store.attestations(row.id, 10_000)
  const attestations = kept.map(({ q }) => q).sort((a, b) => a - b)
  return { upTo: await store.upTo(row.id, spool.stream), assessedQ: row.assessedQ, gap, attestations, values, counted }
}

/** The check's name holds no space; the key may. */
function split(name: string): readonly [check: CheckName, key: string] {
  const at = name.indexOf(' ')
  // The names come from the agent's own records, whose checks are those of the registry.
  return [name.slice(0, at) as CheckName, name.slice(at + 1)]
}
