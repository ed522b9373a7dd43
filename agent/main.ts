/** Composition root of the resident agent: the system's clock, ticks, socket and probe; everything else is put together in create-agent.ts. */
import { CHECK_NAMES } from '../shared/checks/names.ts'
import { TASKS } from './checks/tasks.ts'
import { systemClock } from './clock.ts'
import type { AgentConfig } from './config.ts'
import { type Agent, createAgent } from './create-agent.ts'
import type { DataFolder } from './data-folder.ts'
import type { Identity } from './identity.ts'
import type { Log } from './log.ts'
import { createSystemProbe } from './probe/system.ts'
import type { AnyTask } from './report/run-task.ts'
import { cronTicks } from './report/ticks.ts'
import { dialServer } from './uplink/dial.ts'
import type { ServerUrl } from './uplink/server-url.ts'

/** Every task of every check. */
export const ALL_TASKS: readonly AnyTask[] = CHECK_NAMES.flatMap((check): readonly AnyTask[] => TASKS[check])

/** @returns the resident agent of this machine, not started yet. */
export function composeAgent(
  folder: DataFolder,
  config: AgentConfig & { readonly server: ServerUrl },
  identity: Identity,
  log: Log,
): Promise<Agent> {
  return createAgent({
    folder,
    config,
    identity,
    log,
    probe: createSystemProbe(),
    tasks: ALL_TASKS,
    clock: systemClock(),
    dial: dialServer,
    ticks: cronTicks,
    random: Math.random,
  })
}
