/**
 * `npm start`: the server and the agent of this very machine, and the addresses that a person needs. On the first run it makes the data
 * folder, a first client and its owner. Text for people on standard output, logs in the data folder.
 */
import path from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { destination, type Logger, pino } from 'pino'
import { ok, type Result } from '../shared/result.ts'
import { ADMINISTRATOR } from './auth/access.ts'
import { makeSigninLink } from './auth/signin-links.ts'
import { systemClock } from './clock.ts'
import { untilTold } from './commands/until-told.ts'
import { type Environment, readConfig, type ServerConfig } from './config.ts'
import { prepareLogFile } from './control/log-file.ts'
import { newCode } from './control/operations/codes.ts'
import { type FirstRun, furnishFirstRun } from './control/operations/first-run.ts'
import { OwnAgent } from './control/own-agent.ts'
import type { LiveDemo } from './demo/live-demo.ts'
import type { World } from './demo/scenario/world.ts'
import { createServer, type RunningServer } from './main.ts'
import type { ClientEntry } from './views/machine-entry.ts'

const AGENT_ENTRY = path.join(import.meta.dirname, '..', 'agent', 'cli.ts')

const say = (line: string) => void process.stdout.write(`${line}\n`)
const complain = (line: string) => void process.stderr.write(`${line}\n`)

/** A terminal in French gets French names for what is made on the first run. */
function languageOf(environment: Environment): 'en' | 'fr' {
  const locale = environment['LC_ALL'] || environment['LC_MESSAGES'] || environment['LANG'] || ''
  return locale.toLowerCase().startsWith('fr') ? 'fr' : 'en'
}

/** @returns a sentence, or null when nothing is asked that is not known. */
function refuseWords(words: readonly string[]): string | null {
  const first = words.find((word) => word !== '--demo')
  return first === undefined
    ? null
    : `npm start takes --demo and no other words; "${first.slice(0, 40)}" is not known. Commands: npm run -s server -- help`
}

const DEMO_FOLDER = './data-demo'

/** A demonstration has a folder of its own, unless another one is named. */
function environmentOf(isDemo: boolean): Environment {
  return isDemo ? { ...process.env, ROUNDS_DATA: process.env['ROUNDS_DATA'] || DEMO_FOLDER } : process.env
}

/** Makes the demonstration, or brings it up to date. Error: a sentence. */
async function prepareDemo(config: ServerConfig): Promise<Result<World, string>> {
  let said = 0
  // Only a demonstration loads the simulator.
  const { fillDemo } = await import('./demo/fill-demo.ts')
  const filled = await fillDemo(config, {
    now: Date.now(),
    onProgress: (share) => {
      const quarter = Math.floor(share * 4)
      if (quarter <= said) return
      if (said === 0) say('Making the demonstration: three fictional companies and their last 120 days.')
      said = quarter
      say(`  ${quarter * 25} %`)
    },
  })
  return filled.ok ? ok(filled.value.world) : filled
}

/** Simulated machines report to this server instead of this machine's agent. */
async function startDemo(server: RunningServer, world: World): Promise<LiveDemo> {
  const { store, fleet, keys, log, links } = server.services
  const { LiveDemo: Live } = await import('./demo/live-demo.ts')
  const live = new Live({ store, fleet, keys, world, clock: systemClock(), log })
  Object.assign(links, live.links)
  await live.start()
  return live
}

function openLog(config: ServerConfig): Logger {
  const file = prepareLogFile(config.dataFolder, 'server.log')
  return pino(
    { level: config.logLevel, base: null },
    destination({ dest: file, append: true, mode: 0o600, sync: false }),
  )
}

async function printWelcome({ services }: RunningServer, { owner }: FirstRun): Promise<void> {
  const origin = services.origin()
  const link = await makeSigninLink(services.store.hub, owner.id, origin, services.clock.now())
  say(`Rounds ${services.version}`)
  say('')
  say(`  Dashboard  ${origin}`)
  say(`  Sign in    ${link.url}`)
  say('             (works once, within 15 minutes)')
  say(`  Data       ${services.config.dataFolder}`)
  say('')
}

const ATTEMPTS = 3
const PAUSE_MS = 3_000

/** The store may be busy for a moment. @returns null, or what was said against it the last time. */
async function enrollPatiently(server: RunningServer, client: ClientEntry, agent: OwnAgent): Promise<string | null> {
  const order = { site: null, role: null, machineName: null, url: server.machineOrigin() }
  let refusal: string | null = null
  for (let attempt = 1; attempt <= ATTEMPTS; attempt += 1) {
    const made = await newCode(server.services, ADMINISTRATOR, client, order)
    refusal = made.ok ? await agent.enroll(made.value.text) : made.error.message
    if (refusal === null) return null
    if (attempt < ATTEMPTS) await sleep(PAUSE_MS, undefined, { ref: false })
  }
  return refusal
}

/** Enrolls this machine unless it is, then keeps its agent running. A failure is said and stops nothing else. */
async function startAgent(server: RunningServer, { client }: FirstRun, agent: OwnAgent): Promise<void> {
  if (!agent.isEnrolled) {
    if (client === null) return
    const refusal = await enrollPatiently(server, client, agent)
    if (refusal !== null) {
      server.services.log.error({ refusal }, 'own agent was not enrolled')
      complain(`This machine could not be enrolled: ${refusal}`)
      return
    }
    say('  This machine is enrolled; its first facts arrive within seconds.')
  }
  agent.start()
}

/** What reports to the server while it runs. */
type Reporter = { stop(): Promise<void> }

/** This machine's own agent, enrolled and kept running beside the server. */
function startOwnAgent(server: RunningServer, firstRun: FirstRun): Reporter {
  const { config, log } = server.services
  const agent = new OwnAgent({
    entry: AGENT_ENTRY,
    folder: path.join(config.dataFolder, 'agent'),
    logFile: prepareLogFile(config.dataFolder, 'agent.log'),
    environment: process.env,
    log,
  })
  const starting = startAgent(server, firstRun, agent).catch((error: unknown) => {
    log.error({ err: error }, 'own agent failed')
  })
  return {
    async stop() {
      await agent.stop()
      await starting
    },
  }
}

/** Runs until told to stop. @param words beyond `npm start --`. @returns the exit code. */
export async function runStart(words: readonly string[]): Promise<number> {
  const refusal = refuseWords(words)
  const isDemo = words.includes('--demo')
  const config = readConfig(environmentOf(isDemo), process.cwd())
  if (refusal !== null || !config.ok) {
    complain(refusal ?? (config.ok ? '' : config.error.message))
    return 2
  }
  const told = untilTold()
  const world = isDemo ? await prepareDemo(config.value) : ok(null)
  if (!world.ok) {
    complain(world.error)
    return 1
  }
  const server = await createServer(config.value, { log: openLog(config.value), isSending: !isDemo })
  if (!server.ok) {
    complain(server.error)
    return 1
  }
  const firstRun = await furnishFirstRun(server.value.services, languageOf(process.env))
  const live = world.value === null ? null : await startDemo(server.value, world.value)
  const listening = await server.value.listen()
  if (!firstRun.ok || !listening.ok) {
    complain(listening.ok ? (firstRun.ok ? '' : firstRun.error.message) : listening.error)
    await live?.stop()
    await server.value.close()
    return 1
  }
  await printWelcome(server.value, firstRun.value)
  const reporter: Reporter = live ?? startOwnAgent(server.value, firstRun.value)
  await told
  await reporter.stop()
  await server.value.close()
  return 0
}
