/** One `[[watch]]` entry of agent.toml: what this machine's owner asks to be judged. Checked key by key. Pure. */
import { err, ok, type Result } from '../shared/result.ts'
import { formatDuration, parseDuration } from './duration.ts'
import { isAbsolutePath, parseRepositoryWatch } from './parse-repository-watch.ts'
import { describeUnknownKey } from './unknown-key.ts'
import type { Watch } from './watch-config.ts'

const KEYS: { readonly [K in Watch['kind']]: readonly string[] } = {
  'file-drop': ['kind', 'name', 'folder', 'pattern', 'minSizeBytes', 'every'],
  restic: ['kind', 'name', 'repository', 'passwordFile', 'every', 'offsite', 'host'],
  borg: ['kind', 'name', 'repository', 'passwordFile', 'passcommandFile', 'every', 'offsite', 'host'],
  borgmatic: ['kind', 'name', 'configFile', 'every', 'offsite'],
  kopia: ['kind', 'name', 'configFile', 'every', 'offsite', 'host'],
  hook: ['kind', 'name', 'every', 'partialExits'],
  eventlog: ['kind', 'name', 'log', 'provider', 'successIds', 'failureIds', 'every'],
}

/** Names of watches end in file names of hook lines and in findings. */
export const WATCH_NAME = /^[A-Za-z0-9][A-Za-z0-9._-]{0,63}$/

type Table = { readonly [key: string]: unknown }

/** @returns the watch, or a sentence that names the key that is wrong. */
export function parseWatch(table: Table): Result<Watch, string> {
  const kind = table['kind']
  if (!isKind(kind)) {
    return err(`watch: "kind" must be one of ${Object.keys(KEYS).join(', ')}.`)
  }
  for (const key of Object.keys(table)) {
    if (!KEYS[kind].includes(key)) return err(`watch (${kind}): ${describeUnknownKey(key, KEYS[kind])}`)
  }
  const name = table['name']
  if (typeof name !== 'string' || !WATCH_NAME.test(name)) {
    return err(`watch (${kind}): "name" must be 1 to 64 letters, digits, dots, dashes or underscores.`)
  }
  const every = table['every'] === undefined ? null : parseDuration(String(table['every']))
  if (table['every'] !== undefined && every === null) {
    return err(`watch "${name}": "every" must be a duration such as "24h" or "7d".`)
  }
  if (kind === 'file-drop') return parseFileDrop(table, name, every)
  if (kind === 'eventlog') return parseEventlog(table, name, every)
  if (kind === 'hook') return parseHook(table, name, every)
  return parseRepositoryWatch(kind, table, name, every)
}

function isKind(kind: unknown): kind is Watch['kind'] {
  return typeof kind === 'string' && Object.hasOwn(KEYS, kind)
}

/** Names go into a query of wevtutil: what could end its quotes or its argument is refused. */
const LOG_NAME = /^[A-Za-z0-9][A-Za-z0-9 ._/()-]{0,127}$/

function parseEventlog(table: Table, name: string, everyMs: number | null): Result<Watch, string> {
  const { log, provider = null, successIds, failureIds = [] } = table
  if (typeof log !== 'string' || !LOG_NAME.test(log)) {
    return err(`watch "${name}": "log" must be the name of a log, such as "Application".`)
  }
  if (provider !== null && (typeof provider !== 'string' || !LOG_NAME.test(provider))) {
    return err(`watch "${name}": "provider" must be the name of a provider, letters, digits, spaces and . _ / ( ) -`)
  }
  const good = idsOf(successIds)
  const bad = idsOf(failureIds)
  if (good === null || good.length === 0 || bad === null) {
    return err(`watch "${name}": "successIds" must list at least one event number (0 to 65535), "failureIds" any.`)
  }
  return ok({ kind: 'eventlog', name, log, provider, successIds: good, failureIds: bad, everyMs })
}

function idsOf(value: unknown): readonly number[] | null {
  if (!Array.isArray(value) || value.length > 16) return null
  return value.every((id) => isCount(id) && id <= 65_535) ? value.map(Number) : null
}

function parseFileDrop(table: Table, name: string, everyMs: number | null): Result<Watch, string> {
  const { folder, pattern = '*', minSizeBytes = 1 } = table
  if (!isAbsolutePath(folder)) return err(`watch "${name}": "folder" must be an absolute path.`)
  if (typeof pattern !== 'string' || pattern === '' || pattern.includes('/')) {
    return err(`watch "${name}": "pattern" must be a file name with * and ?, without a slash.`)
  }
  if (!isCount(minSizeBytes)) return err(`watch "${name}": "minSizeBytes" must be a whole number of bytes.`)
  return ok({ kind: 'file-drop', name, folder, pattern, minSizeBytes, everyMs })
}

function parseHook(table: Table, name: string, everyMs: number | null): Result<Watch, string> {
  const partialExits = table['partialExits'] ?? []
  if (!Array.isArray(partialExits) || !partialExits.every((code) => isCount(code) && code <= 255)) {
    return err(`watch "${name}": "partialExits" must be a list of exit codes.`)
  }
  return ok({ kind: 'hook', name, everyMs, partialExits: partialExits.map(Number) })
}

/** @returns the entry as TOML text, ready to be added to agent.toml. */
export function renderWatch(watch: Watch): string {
  const lines = ['[[watch]]', `kind = ${quote(watch.kind)}`, `name = ${quote(watch.name)}`]
  if (watch.kind === 'file-drop') {
    lines.push(
      `folder = ${quote(watch.folder)}`,
      `pattern = ${quote(watch.pattern)}`,
      `minSizeBytes = ${watch.minSizeBytes}`,
    )
  }
  const told = new Map<string, unknown>(Object.entries(watch))
  for (const key of ['repository', 'configFile', 'passwordFile', 'passcommandFile', 'host']) {
    const value = told.get(key)
    if (typeof value === 'string') lines.push(`${key} = ${quote(value)}`)
  }
  if ('offsite' in watch && watch.offsite !== null) lines.push(`offsite = ${watch.offsite}`)
  if (watch.kind === 'eventlog') {
    lines.push(`log = ${quote(watch.log)}`, `successIds = [${watch.successIds.join(', ')}]`)
    if (watch.provider !== null) lines.push(`provider = ${quote(watch.provider)}`)
    if (watch.failureIds.length > 0) lines.push(`failureIds = [${watch.failureIds.join(', ')}]`)
  }
  if (watch.kind === 'hook' && watch.partialExits.length > 0)
    lines.push(`partialExits = [${watch.partialExits.join(', ')}]`)
  if (watch.everyMs !== null) lines.push(`every = ${quote(formatDuration(watch.everyMs))}`)
  return `${lines.join('\n')}\n`
}

/** TOML basic strings take JSON's escapes, except that DEL must be escaped as well (TOML 1.0). */
function quote(value: string): string {
  return JSON.stringify(value).replaceAll('\x7f', '\\u007f')
}

function isCount(value: unknown): value is number {
  return typeof value === 'number' && Number.isSafeInteger(value) && value >= 0
}
