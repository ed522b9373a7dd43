/** `agent watch add|list|remove`: what this machine's owner asks to be judged. Only here; no server can add a folder or a repository. */

import { statSync } from 'node:fs'
import type { ParseArgsOptionsConfig } from 'node:util'
import { encodeJson } from '../../shared/encode-json.ts'
import { readTextFile, writeFileAtomic } from '../atomic-file.ts'
import { withoutCredentials } from '../checks/without-credentials.ts'
import { parseConfig } from '../config.ts'
import { addWatch, removeWatch } from '../config-edit.ts'
import { formatDuration } from '../duration.ts'
import type { Watch } from '../watch-config.ts'
import { parseWatch } from '../watch-entry.ts'
import { type Command, type CommandIo, type ExitCode, failedWith, misused, readOptions } from './command.ts'
import { type LocalSetup, openLocal } from './local-setup.ts'
import { printable } from './printable.ts'

const OPTIONS = {
  json: { type: 'boolean' },
  folder: { type: 'string' },
  pattern: { type: 'string' },
  'min-size': { type: 'string' },
  repository: { type: 'string' },
  'password-file': { type: 'string' },
  'passcommand-file': { type: 'string' },
  'config-file': { type: 'string' },
  host: { type: 'string' },
  offsite: { type: 'boolean' },
  onsite: { type: 'boolean' },
  'partial-exit': { type: 'string', multiple: true },
  log: { type: 'string' },
  provider: { type: 'string' },
  success: { type: 'string', multiple: true },
  failure: { type: 'string', multiple: true },
  every: { type: 'string' },
} as const satisfies ParseArgsOptionsConfig

const USAGE = `agent watch list
agent watch add file-drop NAME --folder DIR [--pattern '*.gz'] [--min-size BYTES] [--every 24h]
agent watch add restic NAME --repository REPO --password-file FILE [--host NAME] [--every 24h] [--offsite | --onsite]
agent watch add borg NAME --repository REPO [--password-file FILE | --passcommand-file PROGRAM] [--host NAME] [--every 24h] [--offsite | --onsite]
agent watch add borgmatic NAME --config-file FILE [--every 24h] [--offsite | --onsite]
agent watch add kopia NAME --config-file FILE [--host NAME] [--every 24h] [--offsite | --onsite]
agent watch add hook NAME [--every 24h] [--partial-exit 1]
agent watch add eventlog NAME --log LOG --success ID [--failure ID] [--provider NAME] [--every 24h]
agent watch remove NAME`

/** Exit 1: agent.toml is wrong, or the name is taken or unknown. */
export const watch: Command = async (args, io) => {
  const options = readOptions(args, OPTIONS, 3)
  if (!options.ok) return misused(io, `${options.error}\n${USAGE}`)
  const { values, positionals } = options.value
  const [verb, second, third] = positionals
  const local = openLocal(io)
  if (!local.ok) return failedWith(io, local.error)
  if (verb === 'list' && second === undefined) return list(local.value, io, values.json === true)
  if (verb === 'remove' && second !== undefined && third === undefined)
    return remove(local.value, io, second, values.json === true)
  if (verb !== 'add' || second === undefined || third === undefined) return misused(io, USAGE)
  const entry = parseWatch(tableOf(second, third, values))
  if (!entry.ok) return misused(io, `${entry.error}\n${USAGE}`)
  return add(local.value, io, entry.value, values.json === true)
}

type Values = {
  readonly [K in keyof typeof OPTIONS]?: (typeof OPTIONS)[K] extends { multiple: true }
    ? string[]
    : (typeof OPTIONS)[K] extends { type: 'boolean' }
      ? boolean
      : string
}

/** The options as the table that agent.toml would hold, so that both are checked by the same words. */
function tableOf(kind: string, name: string, values: Values): { readonly [key: string]: unknown } {
  const given = {
    kind,
    name,
    folder: values.folder,
    pattern: values.pattern,
    minSizeBytes: values['min-size'] === undefined ? undefined : Number(values['min-size']),
    repository: values.repository,
    passwordFile: values['password-file'],
    passcommandFile: values['passcommand-file'],
    configFile: values['config-file'],
    host: values.host,
    offsite: values.offsite === true ? true : values.onsite === true ? false : undefined,
    partialExits: values['partial-exit']?.map(Number),
    log: values.log,
    provider: values.provider,
    successIds: values.success?.map(Number),
    failureIds: values.failure?.map(Number),
    every: values.every,
  }
  return Object.fromEntries(Object.entries(given).filter(([, value]) => value !== undefined))
}

function add({ folder, config }: LocalSetup, io: CommandIo, entry: Watch, isJson: boolean): ExitCode {
  if (config.watches.some(({ name }) => name === entry.name)) {
    return failedWith(
      io,
      `A watch named "${entry.name}" is there already. Remove it first: agent watch remove ${entry.name}`,
    )
  }
  const content = addWatch(readTextFile(folder.config) ?? '', entry)
  const checked = parseConfig(content)
  if (!checked.ok) return failedWith(io, checked.error)
  writeFileAtomic(folder.config, content, { mode: 0o600 })
  const absent = findAbsent(entry)
  if (absent !== null) io.err(`${absent} does not exist (yet), or cannot be read.\n`)
  io.out(isJson ? `${encodeJson(entry)}\n` : `Watched from the next look on: ${describe(entry)}\n`)
  return 0
}

function remove({ folder }: LocalSetup, io: CommandIo, name: string, isJson: boolean): ExitCode {
  const content = removeWatch(readTextFile(folder.config) ?? '', name)
  if (content === null) return failedWith(io, `No watch is named "${printable(name)}". agent watch list names them.`)
  writeFileAtomic(folder.config, content, { mode: 0o600 })
  io.out(isJson ? `${encodeJson({ removed: name })}\n` : `No longer watched: ${name}\n`)
  return 0
}

function list({ config }: LocalSetup, io: CommandIo, isJson: boolean): ExitCode {
  if (isJson) io.out(`${encodeJson(config.watches)}\n`)
  else if (config.watches.length === 0) io.out(`Nothing is watched yet.\n${USAGE}\n`)
  else for (const entry of config.watches) io.out(`${describe(entry)}\n`)
  return 0
}

function describe(entry: Watch): string {
  const every = entry.everyMs === null ? '' : `, every ${formatDuration(entry.everyMs)}`
  if (entry.kind === 'file-drop') return printable(`${entry.name}: files ${entry.pattern} in ${entry.folder}${every}`)
  if (entry.kind === 'restic' || entry.kind === 'borg')
    return printable(`${entry.name}: ${entry.kind} repository ${withoutCredentials(entry.repository)}${every}`)
  if (entry.kind === 'borgmatic' || entry.kind === 'kopia')
    return printable(`${entry.name}: ${entry.kind} with ${entry.configFile}${every}`)
  if (entry.kind === 'eventlog')
    return printable(`${entry.name}: events ${entry.successIds.join(', ')} of the log ${entry.log}${every}`)
  return printable(`${entry.name}: job that reports with agent report --job ${entry.name}${every}`)
}

function pathOf(entry: Watch): string | null {
  if (entry.kind === 'file-drop') return entry.folder
  if (entry.kind === 'restic') return entry.passwordFile
  if (entry.kind === 'borg') return entry.passwordFile ?? entry.passcommandFile
  return entry.kind === 'borgmatic' || entry.kind === 'kopia' ? entry.configFile : null
}

function findAbsent(entry: Watch): string | null {
  const path = pathOf(entry)
  if (path === null) return null
  try {
    statSync(path)
    return null
  } catch {
    return printable(path)
  }
}
