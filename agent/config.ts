/** The machine's own configuration: environment and agent.toml become `AgentConfig`; an unknown key is an error that names it. `parseConfig` is pure. */
import { parse } from 'smol-toml'
import { err, ok, type Result } from '../shared/result.ts'
import { readTextFile } from './atomic-file.ts'
import type { DataFolder } from './data-folder.ts'
import { LOG_LEVELS, type LogLevel } from './log.ts'
import { describeUnknownKey } from './unknown-key.ts'
import { parseServerUrl, type ServerUrl } from './uplink/server-url.ts'
import type { Watch } from './watch-config.ts'
import { parseWatch } from './watch-entry.ts'

/** What agent.toml says. */
export type AgentConfig = {
  /** null: not enrolled yet and no server named. */
  readonly server: ServerUrl | null
  /** PEM file of a private authority to trust besides the built-in ones; null: none. Verification itself cannot be switched off. */
  readonly caFile: string | null
  readonly watches: readonly Watch[]
}

const TOP_KEYS = ['server', 'watch'] as const
const SERVER_KEYS = ['url', 'caFile'] as const
const ENVIRONMENT_KEYS = ['ROUNDS_AGENT_DATA'] as const

/** Reads agent.toml of the data folder; absent means defaults. Errors: a sentence with file, key and remedy. */
export function readConfig(folder: DataFolder): Result<AgentConfig, string> {
  const content = readTextFile(folder.config)
  const parsed = parseConfig(content ?? '')
  return parsed.ok ? parsed : err(`config: ${parsed.error} (in ${folder.config})`)
}

/** @param content the text of agent.toml. */
export function parseConfig(content: string): Result<AgentConfig, string> {
  const document = parseToml(content)
  if (!document.ok) return document
  const unknown = findUnknown(document.value, TOP_KEYS)
  if (unknown !== null) return err(unknown)
  const server = parseServer(document.value['server'])
  if (!server.ok) return server
  const watches = parseWatches(document.value['watch'])
  if (!watches.ok) return watches
  return ok({ ...server.value, watches: watches.value })
}

/** Environment of the agent: unknown `ROUNDS_AGENT_*` names are errors, `ROUNDS_LOG` is a level. */
export function parseEnvironment(environment: {
  readonly [name: string]: string | undefined
}): Result<LogLevel, string> {
  for (const name of Object.keys(environment)) {
    if (name.startsWith('ROUNDS_AGENT_') && !ENVIRONMENT_KEYS.some((known) => known === name)) {
      return err(`environment: ${describeUnknownKey(name, ENVIRONMENT_KEYS)}`)
    }
  }
  const written = environment['ROUNDS_LOG'] ?? 'info'
  const level = LOG_LEVELS.find((known) => known === written)
  return level === undefined
    ? err(`environment: ROUNDS_LOG is "${written.slice(0, 32)}"; known: ${LOG_LEVELS.join(', ')}`)
    : ok(level)
}

type Table = { readonly [key: string]: unknown }

function parseToml(content: string): Result<Table, string> {
  try {
    return ok(parse(content))
  } catch (error) {
    return err(`not valid TOML: ${(error instanceof Error ? error.message : String(error)).split('\n')[0]}`)
  }
}

function parseServer(value: unknown): Result<Pick<AgentConfig, 'server' | 'caFile'>, string> {
  if (value === undefined) return ok({ server: null, caFile: null })
  if (!isTable(value)) return err('"server" must be a table: [server]')
  const unknown = findUnknown(value, SERVER_KEYS)
  if (unknown !== null) return err(`[server] ${unknown}`)
  const { url, caFile = null } = value
  if (caFile !== null && (typeof caFile !== 'string' || !caFile.startsWith('/')))
    return err('[server] "caFile" must be an absolute path')
  if (typeof url !== 'string') return err('[server] "url" is missing')
  const server = parseServerUrl(url)
  return server.ok ? ok({ server: server.value, caFile }) : err(`[server] "url": ${server.error}`)
}

function parseWatches(value: unknown): Result<readonly Watch[], string> {
  if (value === undefined) return ok([])
  if (!Array.isArray(value)) return err('"watch" must be a list of tables: [[watch]]')
  const watches: Watch[] = []
  for (const entry of value) {
    const watch = isTable(entry) ? parseWatch(entry) : err('"watch" must be a list of tables: [[watch]]')
    if (!watch.ok) return watch
    if (watches.some((other) => other.name === watch.value.name)) return err(`watch "${watch.value.name}" stands twice`)
    watches.push(watch.value)
  }
  return watches.length > 64 ? err(`${watches.length} watches; at most 64 are taken`) : ok(watches)
}

function findUnknown(table: Table, known: readonly string[]): string | null {
  const key = Object.keys(table).find((name) => !known.includes(name))
  return key === undefined ? null : describeUnknownKey(key, known)
}

function isTable(value: unknown): value is Table {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
