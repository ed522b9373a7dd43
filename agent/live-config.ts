/** agent.toml as it is now: read again when it changed, so that `agent watch add` needs no restart. A file that got wrong keeps the last good one. */
import { statSync } from 'node:fs'
import { type AgentConfig, readConfig } from './config.ts'
import type { DataFolder } from './data-folder.ts'
import type { Log } from './log.ts'
import type { WatchConfig } from './watch-config.ts'

/** @returns a function that gives the watches of now. */
export function liveWatches(folder: DataFolder, log: Log, first: AgentConfig): () => WatchConfig {
  let known = { stamp: stampOf(folder.config), watches: first.watches }
  return () => {
    const stamp = stampOf(folder.config)
    if (stamp !== known.stamp) {
      const config = readConfig(folder)
      if (!config.ok) log.warn('configuration is wrong, the last good one holds', { detail: config.error })
      known = { stamp, watches: config.ok ? config.value.watches : known.watches }
    }
    return { watches: known.watches, hookFolder: folder.hooks }
  }
}

function stampOf(path: string): string {
  const facts = statSync(path, { throwIfNoEntry: false })
  return facts === undefined ? '' : `${facts.mtimeMs}:${facts.size}:${facts.ino}`
}
