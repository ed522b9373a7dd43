/** `agent run`: the resident agent, until it is told to stop. */
import { err, ok, type Result } from '../../shared/result.ts'
import type { AgentConfig } from '../config.ts'
import type { Agent } from '../create-agent.ts'
import { type Identity, readIdentity } from '../identity.ts'
import { createLog } from '../log.ts'
import { takeLock } from '../single-instance.ts'
import type { ServerUrl } from '../uplink/server-url.ts'
import { AGENT_VERSION } from '../version.ts'
import { type Command, failedWith, misused, readOptions } from './command.ts'
import { becomeLean, keepCompiled } from './lean-process.ts'
import { type LocalSetup, openLocal } from './local-setup.ts'

/** Runs until SIGTERM or SIGINT. Exit 1: not enrolled, already running, or something on disk is wrong. */
export const run: Command = async (args, io) => {
  const options = readOptions(args, {})
  if (!options.ok) return misused(io, options.error)
  const local = openLocal(io)
  if (!local.ok) return failedWith(io, local.error)
  const enrolled = readEnrolled(local.value)
  if (!enrolled.ok) return failedWith(io, enrolled.error)
  becomeLean(local.value.folder)
  // Loaded here, so that a process that is about to be replaced does not carry it.
  const { composeAgent } = await import('../main.ts')
  keepCompiled()
  const lock = takeLock(local.value.folder.lock)
  if (!lock.ok) return failedWith(io, lock.error)
  const log = createLog(local.value.level, io.now, io.err)
  try {
    const { config, identity } = enrolled.value
    const agent = await composeAgent(local.value.folder, config, identity, log)
    log.info('agent started', { version: AGENT_VERSION, pid: process.pid, server: config.server.host })
    await runUntilTold(agent)
    log.info('agent stopped')
    return 0
  } finally {
    lock.value()
  }
}

type Enrolled = { readonly config: AgentConfig & { readonly server: ServerUrl }; readonly identity: Identity }

/** @returns identity and server of an enrolled machine, or a sentence. */
export function readEnrolled({ folder, config }: LocalSetup): Result<Enrolled, string> {
  const identity = readIdentity(folder)
  if (!identity.ok) return identity
  const { server } = config
  if (identity.value === null) {
    return err('This machine is not enrolled. Make a code in the dashboard, then: agent enroll CODE')
  }
  if (server === null)
    return err(`${folder.config} names no server. Add it: [server] url = "https://…", or enroll again.`)
  return ok({ config: { ...config, server }, identity: identity.value })
}

async function runUntilTold(agent: Agent): Promise<void> {
  const told = new Promise<'shutdown' | 'stop'>((resolve) => {
    process.once('SIGTERM', () => resolve('shutdown'))
    process.once('SIGINT', () => resolve('stop'))
  })
  agent.start()
  await agent.stop(await told)
}
