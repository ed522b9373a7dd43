/** The server's configuration as the agent holds it: checked, numbered, kept over restarts. Reads and writes one file of the data folder. */
import { Check } from 'typebox/schema'
import { VersionedConfig } from '../shared/protocol/agent-config.ts'
import { readJsonFile, writeFileAtomic } from './atomic-file.ts'
import type { DataFolder } from './data-folder.ts'

/** Nothing was ever sent: the agent's own defaults. */
const NONE: VersionedConfig = { version: 0, body: {} }

/** @returns the stored configuration; defaults when there is none, or when the file no longer fits the schema. */
export function readServerConfig(folder: DataFolder): VersionedConfig {
  const stored = readJsonFile(folder.serverConfig)
  return Check(VersionedConfig, stored) ? stored : NONE
}

/** Stores a configuration. What its schema does not name was refused before it came here. */
export function saveServerConfig(folder: DataFolder, config: VersionedConfig): void {
  writeFileAtomic(folder.serverConfig, `${JSON.stringify(config)}\n`, { mode: 0o600 })
}
