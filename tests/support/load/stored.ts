/** What the store of a stopped server holds of every simulated agent, and whether its files are whole. Opens the data folder; not pure. */
import fs from 'node:fs'
import path from 'node:path'
import Database from 'better-sqlite3'
import { openStore } from '../../../server/store/open-store.ts'
import { DAY_MS } from '../../../shared/units.ts'

/** One machine as stored. */
export type StoredMachine = {
  readonly upTo: number
  readonly assessedQ: number
  /** Values of the sample that every record carries once, in the order of time. */
  readonly values: readonly (number | null)[]
  /** How many readings the running sums of the days have seen: a record taken twice would count twice. */
  readonly counted: number
}

const KEY = 'memory:usedBytes'

/** @param streams of the agents, by name of their machine. @returns machines by name. */
export async function readStored(
  folder: string,
  streams: ReadonlyMap<string, Uint8Array>,
): Promise<ReadonlyMap<string, StoredMachine>> {
  const opened = await openStore({ engine: 'sqlite', folder })
  if (!opened.ok) throw new Error(opened.error)
  const machines = new Map<string, StoredMachine>()
  try {
    for (const client of await opened.value.hub.clients()) {
      const store = opened.value.client(client.id)
      for (const { row } of await store.load()) {
        const stream = streams.get(row.name)
        if (stream === undefined || machines.has(row.name)) throw new Error(`${row.name}: enrolled twice, or by nobody`)
        const points = await store.samples(row.id, 'system', KEY, 0, Number.MAX_SAFE_INTEGER)
        const days = await store.days(row.id, 'system', KEY, Date.now() - 2 * DAY_MS)
        machines.set(row.name, {
          upTo: await store.upTo(row.id, stream),
          assessedQ: row.assessedQ,
          values: points.map(({ value }) => value),
          counted: days.reduce((sum, { n }) => sum + n, 0),
        })
      }
    }
  } finally {
    await opened.value.close()
  }
  return machines
}

/** @returns what SQLite finds wrong in any file of the folder; empty: nothing. */
export function checkFiles(folder: string): readonly string[] {
  const clients = path.join(folder, 'clients')
  const files = [path.join(folder, 'hub.db'), ...fs.readdirSync(clients).map((name) => path.join(clients, name))]
  return files
    .filter((file) => file.endsWith('.db'))
    .flatMap((file) => {
      const db = new Database(file, { readonly: true })
      try {
        const found = db.pragma('integrity_check', { simple: true })
        return found === 'ok' ? [] : [`${path.basename(file)}: ${String(found)}`]
      } finally {
        db.close()
      }
    })
}
