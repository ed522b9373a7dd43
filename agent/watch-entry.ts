/** One `[[watch]]` entry of agent.toml: what this machine's owner asks to be judged. Checked key by key. Pure. */
import { err, ok, type Result } from '../shared/result.ts'
import { formatDuration, parseDuration } from './duration.ts'
import { describeUnknownKey } from './unknown-key.ts'
import type { Watch } from './watch-config.ts'

const KEYS: { readonly [K in Watch['kind']]: readonly string[] } = {
  'file-drop': ['kind', 'name', 'folder', 'pattern', 'minSizeBytes', 'every'],
  restic: ['kind', 'name', 'repository', 'passwordFile', 'every', 'offsite', 'host'],
  hook: ['kind', 'name', 'every', 'partialExits'],
  eventlog: ['kind', 'name', 'log', 'provider', 'successIds', 'failureIds', 'every'],
}

/** Names of watches end in file names of hook lines and in findings. */
export const WATCH_NAME = /^[A-Za-z0-9][A-Za-z0-9._-]{0,63}$/

type Table = { readonly [key: string]: unknown }

/** @returns the watch, or a sentence that names the key that is wrong. */
export function parseWatch(table: Table): Result<Watch, string> {
  const kind = table['kind']
  if (kind !== 'file-drop' && kind !== 'restic' && kind !== 'hook' && kind !== 'eventlog') {
    return err('watch: "kind" must be "file-drop", "restic", "hook" or "eventlog".')
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
  return kind === 'restic' ? parseRestic(table, name, every) : parseHook(table, name, every)
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
  if (!isAbsolute(folder)) return err(`watch "${name}": "folder" must be an absolute path.`)
  if (typeof pattern !== 'string' || pattern === '' || pattern.includes('/')) {
    return err(`watch "${name}": "pattern" must be a file name with * and ?, without a slash.`)
  }
  if (!isCount(minSizeBytes)) return err(`watch "${name}": "minSizeBytes" must be a whole number of bytes.`)
  return ok({ kind: 'file-drop', name, folder, pattern, minSizeBytes, everyMs })
}

function parseRestic(table: Table, name: string, everyMs: number | null): Result<Watch, string> {
  const { repository, passwordFile, offsite = null, host = null } = table
  if (typeof repository !== 'string' || repository === '' || repository.startsWith('-')) {
    return err(`watch "${name}": "repository" must name a restic repository.`)
  }
  if (!isAbsolute(passwordFile)) return err(`watch "${name}": "passwordFile" must be an absolute path.`)
  if (offsite !== null && typeof offsite !== 'boolean') return err(`watch "${name}": "offsite" must be true or false.`)
  if (host !== null && (typeof host !== 'string' || host.trim() === '')) {
    return err(`watch "${name}": "host" must be the host name of this machine's snapshots.`)
  }
  return ok({ kind: 'restic', name, repository, passwordFile, everyMs, offsite, ...(host === null ? {} : { host }) })
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
  if (watch.kind === 'restic') {
    lines.push(`repository = ${quote(watch.repository)}`, `passwordFile = ${quote(watch.passwordFile)}`)
    if (watch.offsite !== null) lines.push(`offsite = ${watch.offsite}`)
    if (watch.host !== undefined) lines.push(`host = ${quote(watch.host)}`)
  }
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

function isAbsolute(value: unknown): value is string {
  return typeof value === 'string' && (value.startsWith('/') || /^[A-Za-z]:[\\/]/.test(value)) && !value.includes('\0')
}

function isCount(value: unknown): value is number {
  return typeof value === 'number' && Number.isSafeInteger(value) && value >= 0
}
