/** A machine on which only time passes writes next to no section rows: what moves by itself is a sample (design.md 7). */
import { afterEach, expect, test } from 'vitest'
import { ALL_TASKS } from '../../agent/main.ts'
import { CHECK_NAMES } from '../../shared/checks/names.ts'
import { DAY_MS, MINUTE_MS } from '../../shared/units.ts'
import { type Composed, startComposed } from '../support/composed.ts'
import { DEBIAN_WATCHES, debianProbe } from '../support/e2e-debian.ts'

/** design.md 7: a test fails when an unchanged machine writes more than 5 section rows a day. */
const MOST_ROWS = 5

let composed: Composed | null = null
afterEach(() => composed?.stop())

async function sectionRows({ server, client, machine }: Composed): Promise<{ readonly [check: string]: number }> {
  const store = server.services.store.client(client.client.id)
  const counts = CHECK_NAMES.map(
    async (check) => [check, (await store.sectionHistory(machine().id, check, 1_000)).length] as const,
  )
  return Object.fromEntries(await Promise.all(counts))
}

/** ClamAV keeps no list of what it found; the journal, lsblk, the account files and wtmp are not among the answers of this server. */
const UNTOLD = ['antivirus.threats', 'disk.deviceErrors', 'posture.encryption', 'posture.accounts', 'system.crashes']

test('a day on a Debian server: lists age, signatures come, backups run, and at most five rows are written', async () => {
  const world = await startComposed({
    tasks: ALL_TASKS,
    probe: (clock, folder) => debianProbe(() => clock.now(), folder.hooks),
    watches: DEBIAN_WATCHES,
    tickEveryMs: MINUTE_MS,
  })
  composed = world
  // Fewer readings of the same kernel figures: what is counted are sections.
  await world.setPolicy('cadence.vitalsMs', 5 * MINUTE_MS)
  await world.setPolicy('cadence.capacityMs', 5 * MINUTE_MS)
  await world.advance(10 * MINUTE_MS)
  const { checks } = world.machine()
  const untold = CHECK_NAMES.flatMap((check) =>
    Object.entries(checks[check].section).flatMap(([part, reading]) =>
      part !== 'samples' && 'state' in reading && reading.state !== 'value' ? [`${check}.${part}`] : [],
    ),
  )
  expect(untold).toEqual(UNTOLD)
  const before = await sectionRows(world)
  const samplesBefore = CHECK_NAMES.map((check) => [...checks[check].samples.values()].map(({ value }) => value))

  await world.advance(DAY_MS)

  const after = await sectionRows(world)
  const written = CHECK_NAMES.map((check) => [check, (after[check] ?? 0) - (before[check] ?? 0)] as const)
  const total = written.reduce((sum, [, rows]) => sum + rows, 0)
  expect(total, `rows by check: ${JSON.stringify(written)}`).toBeLessThanOrEqual(MOST_ROWS)
  const later = world.machine().checks
  for (const [index, check] of CHECK_NAMES.entries()) {
    const samples = [...later[check].samples.values()].map(({ value }) => value)
    if (samples.length > 0) expect(samples, check).not.toEqual(samplesBefore[index])
  }
  // Each check was collected all day long, and nothing was lost on the way.
  expect(world.machine().agent.gap).toBeNull()
  for (const check of CHECK_NAMES)
    expect(later[check].lastAt, check).toBeGreaterThan((checks[check].lastAt ?? 0) + DAY_MS / 2)
}, 60_000)
