/** The agent's own folder: where it is, what lies in it, and who may read it. The only place on disk that the agent ever writes to. */
import { chmodSync, lstatSync, mkdirSync } from 'node:fs'
import { homedir } from 'node:os'
import { join } from 'node:path'
import { err, ok, type Result } from '../shared/result.ts'

/**
 * Paths inside the folder. Every name is constant: nothing that a server sends can change one.
 * `keys`, `spool`, `hooks` and `cache` are 0700; `shown` is 0755, for the person at the PC to read what leaves it.
 */
export type DataFolder = {
  readonly root: string
  readonly config: string
  readonly keys: string
  readonly key: string
  readonly identity: string
  readonly lease: string
  readonly attested: string
  readonly serverConfig: string
  readonly spool: string
  readonly hooks: string
  /** Compiled code of the agent itself. */
  readonly cache: string
  readonly shown: string
  readonly shownReport: string
  readonly shownStatus: string
  readonly lock: string
}

/** @returns the paths inside `root`. Pure. */
export function dataFolderAt(root: string): DataFolder {
  const keys = join(root, 'keys')
  const shown = join(root, 'shown')
  return {
    root,
    config: join(root, 'agent.toml'),
    keys,
    key: join(keys, 'agent.key'),
    identity: join(keys, 'identity.json'),
    lease: join(keys, 'lease.json'),
    attested: join(keys, 'attested.json'),
    serverConfig: join(root, 'server-config.json'),
    spool: join(root, 'spool'),
    hooks: join(root, 'hooks'),
    cache: join(root, 'cache'),
    shown,
    shownReport: join(shown, 'last-report.json'),
    shownStatus: join(shown, 'status.json'),
    lock: join(root, 'lock.json'),
  }
}

/** Where the folder is: `ROUNDS_AGENT_DATA`, else /var/lib/rounds-agent for root, else ~/.local/share/rounds-agent. */
export function defaultDataRoot(environment: { readonly [name: string]: string | undefined }): string {
  const named = environment['ROUNDS_AGENT_DATA']
  if (named !== undefined && named !== '') return named
  if (process.getuid?.() === 0) return '/var/lib/rounds-agent'
  return join(homedir(), '.local', 'share', 'rounds-agent')
}

/** Makes the folder and its rooms where they are absent, then checks who may read them. Errors: a sentence for people. */
export function openDataFolder(folder: DataFolder): Result<DataFolder, string> {
  try {
    mkdirSync(folder.root, { recursive: true, mode: 0o711 })
    for (const closed of [folder.keys, folder.spool, folder.hooks, folder.cache]) makeFolder(closed, 0o700)
    makeFolder(folder.shown, 0o755)
  } catch (error) {
    return err(
      `The data folder ${folder.root} cannot be made: ${reason(error)}. Run the agent as its owner, or set ROUNDS_AGENT_DATA.`,
    )
  }
  const complaint = findLoosePermission(folder)
  return complaint === null ? ok(folder) : err(complaint)
}

function makeFolder(path: string, mode: number): void {
  try {
    mkdirSync(path, { mode })
    chmodSync(path, mode)
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === 'EEXIST')) throw error
  }
}

/**
 * @returns a sentence about the first path that others could read or change, or null when all are closed. A key that
 * another user could copy lets that user report as this machine (R17). Windows is closed by ACLs of the installer.
 */
export function findLoosePermission(folder: DataFolder): string | null {
  if (process.platform === 'win32') return null
  const root = complain(folder.root, 0o022, 'chmod go-w')
  if (root !== null) return root
  for (const closed of [folder.keys, folder.spool, folder.hooks, folder.cache]) {
    const complaint = complain(closed, 0o077, 'chmod 700')
    if (complaint !== null) return complaint
  }
  for (const file of [folder.key, folder.identity, folder.config]) {
    const complaint = complain(file, 0o077, 'chmod 600')
    if (complaint !== null) return complaint
  }
  return null
}

function complain(path: string, forbidden: number, remedy: string): string | null {
  const facts = lstatSync(path, { throwIfNoEntry: false })
  if (facts === undefined) return null
  if (facts.isSymbolicLink())
    return `${path} is a symbolic link; the agent takes only real files and folders there. Remove it.`
  const owner = process.getuid?.()
  if (owner !== undefined && facts.uid !== owner) {
    return `${path} belongs to user ${facts.uid}, the agent runs as user ${owner}. Run it as the owner, or chown it.`
  }
  const mode = facts.mode & 0o777
  if ((mode & forbidden) === 0) return null
  return `${path} is open to other users (mode ${mode.toString(8).padStart(4, '0')}). Close it: ${remedy} ${path}`
}

function reason(error: unknown): string {
  return error instanceof Error ? error.message : String(error)
}
