/** The whole demonstration: three clients, 40 machines, 120 days; how long it takes, how much it is, and whether it agrees with its oracle. */
import fs from 'node:fs'
import path from 'node:path'
import { parseConfig } from '../../../server/config.ts'
import { fillDemo } from '../../../server/demo/fill-demo.ts'
import type { Oracle } from '../../../server/demo/oracle/oracle.ts'
import { openStore } from '../../../server/store/open-store.ts'
import { compareWithOracle } from '../../support/demo-oracle.ts'
import type { Bench } from '../bench.ts'

const MEGABYTE = 1_000_000

async function disagreements(folder: string, oracleFile: string): Promise<readonly string[]> {
  const oracle = JSON.parse(fs.readFileSync(oracleFile, 'utf8')) as Oracle
  const store = await openStore({ engine: 'sqlite', folder })
  if (!store.ok) throw new Error(store.error)
  const clients = oracle.clients.map(({ id }) => store.value.client(id))
  const findings = await Promise.all(clients.map((client) => client.findings({ limit: 100_000 })))
  const transitions = await Promise.all(clients.map((client) => client.transitions({ limit: 100_000 })))
  await store.value.close()
  return compareWithOracle(oracle, findings.flat(), transitions.flat())
}

/** The benchmark. */
export const bench: Bench = {
  name: 'demo',
  goal: 'npm start -- --demo is full within 60 s after set-up (design.md 6), and agrees with its oracle',
  timeoutMs: 600_000,
  async run({ folder, log }) {
    const data = path.join(folder, 'data')
    const config = parseConfig({ ROUNDS_DATA: data }, null, '/')
    if (!config.ok) throw new Error(config.error.message)
    const now = Date.UTC(2026, 10, 25, 9, 15)
    const started = performance.now()
    const filled = await fillDemo(config.value, { now })
    const seconds = (performance.now() - started) / 1_000
    if (!filled.ok) throw new Error(filled.error)
    const again = performance.now()
    await fillDemo(config.value, { now: now + 60_000 })
    const againSeconds = (performance.now() - again) / 1_000
    const wrong = await disagreements(data, filled.value.oracleFile)
    for (const line of wrong) log(line)
    const files = fs
      .readdirSync(path.join(data, 'clients'))
      .map((name) => fs.statSync(path.join(data, 'clients', name)).size)
    const none = { atLeast: null, atMost: null }
    return [
      { label: 'filling 120 days of 40 machines', value: seconds, unit: 's', atLeast: null, atMost: 60 },
      { label: 'taking it up again', value: againSeconds, unit: 's', atLeast: null, atMost: 5 },
      { label: 'records', value: filled.value.stats.records, unit: '', ...none },
      {
        label: 'size of the clients',
        value: files.reduce((sum, size) => sum + size, 0) / MEGABYTE,
        unit: 'MB',
        ...none,
      },
      { label: 'disagreements with the oracle', value: wrong.length, unit: '', atLeast: null, atMost: 0 },
    ]
  },
}
