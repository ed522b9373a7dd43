/**
 * `npm start`: the server and the agent of this very machine, and the addresses that a person needs. On the first run it makes the data
 * folder, a first client and its owner. Text for people on standard output, logs in the data folder.
 */
import path from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { destination, type Logger, pino } from 'pino'
import { ADMINISTRATOR } from './auth/access.ts'
import { makeSigninLink } from './auth/signin-links.ts'
import { untilTold } from './commands/until-told.ts'
import { type Environment, readConfig, type ServerConfig } from './config.ts'
import { prepareLogFile } from './control/log-file.ts'
import { newCode } from './control/operations/codes.ts'
import { type FirstRun, furnishFirstRun } from './control/operations/first-run.ts'
import { OwnAgent } from './control/own-agent.ts'
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

/** @returns a sentence, or null when nothing is asked that this release cannot do. */
function refuseWords(words: readonly string[]): string | null {
  if (words.includes('--demo')) {
    return 'The demonstration (--demo) is not part of this release. Start without it: npm start'
  }
  const [first] = words
  return first === undefined
    ? null
    : `npm start takes no words; "${first.slice(0, 40)}" is not known. Commands: npm run -s server -- help`
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

/** Runs until told to stop. @param words beyond `npm start --`. @returns the exit code. */
export async function runStart(words: readonly string[]): Promise<number> {
  const refusal = refuseWords(words)
  const config = readConfig(process.env, process.cwd())
  if (refusal !== null || !config.ok) {
    complain(refusal ?? (config.ok ? '' : config.error.message))
    return 2
  }
  const told = untilTold()
  const log = openLog(config.value)
  const server = await createServer(config.value, { log })
  if (!server.ok) {
    complain(server.error)
    return 1
  }
  const firstRun = await furnishFirstRun(server.value.services, languageOf(process.env))
  const listening = await server.value.listen()
  if (!firstRun.ok || !listening.ok) {
    complain(listening.ok ? (firstRun.ok ? '' : firstRun.error.message) : listening.error)
    await server.value.close()
    return 1
  }
  await printWelcome(server.value, firstRun.value)
  const { dataFolder } = config.value
  const agent = new OwnAgent({
    entry: AGENT_ENTRY,
    folder: path.join(dataFolder, 'agent'),
    logFile: prepareLogFile(dataFolder, 'agent.log'),
    environment: process.env,
    log,
  })
  const starting = startAgent(server.value, firstRun.value, agent).catch((error: unknown) => {
    log.error({ err: error }, 'own agent failed')
  })
  await told
  await agent.stop()
  await starting
  await server.value.close()
  return 0
}
