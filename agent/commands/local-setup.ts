/** What most commands need first: environment, data folder, configuration. Each error is one sentence. Not pure. */
import { existsSync } from 'node:fs'
import { err, ok, type Result } from '../../shared/result.ts'
import { type AgentConfig, parseEnvironment, readConfig } from '../config.ts'
import { type DataFolder, dataFolderAt, defaultDataRoot, openDataFolder } from '../data-folder.ts'
import type { LogLevel } from '../log.ts'
import type { CommandIo } from './command.ts'

/** Data folder, configuration and log level of this call. */
export type LocalSetup = { readonly folder: DataFolder; readonly config: AgentConfig; readonly level: LogLevel }

/** Opens the data folder (made when absent) and reads its configuration. */
export function openLocal({ env }: Pick<CommandIo, 'env'>): Result<LocalSetup, string> {
  const level = parseEnvironment(env)
  if (!level.ok) return level
  const folder = openDataFolder(dataFolderAt(defaultDataRoot(env)))
  if (!folder.ok) return folder
  const config = readConfig(folder.value)
  return config.ok ? ok({ folder: folder.value, config: config.value, level: level.value }) : err(config.error)
}

/** Reads the configuration where there is one, and makes nothing: for commands that only look. */
export function lookLocal({ env }: Pick<CommandIo, 'env'>): Result<LocalSetup, string> {
  const level = parseEnvironment(env)
  if (!level.ok) return level
  const folder = dataFolderAt(defaultDataRoot(env))
  const config = readConfig(folder)
  return config.ok ? ok({ folder, config: config.value, level: level.value }) : err(config.error)
}

/** The folder whose `shown/` can be read: one's own, else that of the agent installed for the whole machine. */
export function findShownFolder({ env }: Pick<CommandIo, 'env'>): DataFolder {
  const own = dataFolderAt(defaultDataRoot(env))
  const machine = dataFolderAt('/var/lib/rounds-agent')
  const isNamed = (env['ROUNDS_AGENT_DATA'] ?? '') !== ''
  return !isNamed && !existsSync(own.shownStatus) && existsSync(machine.shownStatus) ? machine : own
}
