/** The `[[watch]]` entries that name a repository: restic, borg, borgmatic, kopia. Passwords stand in files, never here. Pure. */
import { err, ok, type Result } from '../shared/result.ts'
import type { BorgWatch, Watch } from './watch-config.ts'

type Table = { readonly [key: string]: unknown }
type Kind = 'restic' | 'borg' | 'borgmatic' | 'kopia'
type Common = { readonly name: string; readonly everyMs: number | null; readonly offsite: boolean | null }

/** @returns the watch, or a sentence that names the key that is wrong. @param everyMs the rhythm, checked already. */
export function parseRepositoryWatch(
  kind: Kind,
  table: Table,
  name: string,
  everyMs: number | null,
): Result<Watch, string> {
  const { offsite = null, host = null } = table
  if (offsite !== null && typeof offsite !== 'boolean') return err(`watch "${name}": "offsite" must be true or false.`)
  if (host !== null && (typeof host !== 'string' || host.trim() === '')) {
    return err(`watch "${name}": "host" must be the host name of this machine's copies in the repository.`)
  }
  const common: Common = { name, everyMs, offsite }
  const named = host === null ? {} : { host }
  if (kind === 'borg') return parseBorg(table, common, named)
  if (kind === 'restic') {
    const { repository, passwordFile } = table
    if (!isRepository(repository)) return err(`watch "${name}": "repository" must name a restic repository.`)
    if (!isAbsolutePath(passwordFile)) return err(`watch "${name}": "passwordFile" must be an absolute path.`)
    return ok({ kind, repository, passwordFile, ...common, ...named })
  }
  const { configFile } = table
  if (!isAbsolutePath(configFile)) return err(`watch "${name}": "configFile" must be an absolute path.`)
  return ok(kind === 'borgmatic' ? { kind, configFile, ...common } : { kind, configFile, ...common, ...named })
}

/** borg splits the command that gives its passphrase into words: a path with a line break could not be one of them. */
function parseBorg(table: Table, common: Common, named: { readonly host?: string }): Result<BorgWatch, string> {
  const { repository, passwordFile = null, passcommandFile = null } = table
  const { name } = common
  if (!isRepository(repository) || repository.includes('::')) {
    return err(`watch "${name}": "repository" must name a borg repository, without an archive.`)
  }
  for (const [key, value] of Object.entries({ passwordFile, passcommandFile })) {
    if (value !== null && !isPosixPath(value)) return err(`watch "${name}": "${key}" must be an absolute path.`)
  }
  if (passwordFile !== null && passcommandFile !== null) {
    return err(`watch "${name}": "passwordFile" and "passcommandFile" exclude each other.`)
  }
  const files = { passwordFile: textOf(passwordFile), passcommandFile: textOf(passcommandFile) }
  return ok({ kind: 'borg', repository, ...files, ...common, ...named })
}

function textOf(value: unknown): string | null {
  return typeof value === 'string' ? value : null
}

/** What begins with a dash would be read as an option. */
function isRepository(value: unknown): value is string {
  return typeof value === 'string' && value !== '' && !value.startsWith('-') && !value.includes('\0')
}

function isPosixPath(value: unknown): value is string {
  return typeof value === 'string' && value.startsWith('/') && !/\p{Cc}/u.test(value)
}

/** An absolute path of any of the three systems. */
export function isAbsolutePath(value: unknown): value is string {
  return typeof value === 'string' && (value.startsWith('/') || /^[A-Za-z]:[\\/]/.test(value)) && !value.includes('\0')
}
