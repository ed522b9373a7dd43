/** The probe of this machine: the only place where the agent starts programs and reads the system. I/O; reads only. */
import { access } from 'node:fs/promises'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { Failure } from '../../shared/reading.ts'
import { err, ok, type Result } from '../../shared/result.ts'
import { askSocket } from './ask-socket.ts'
import { linkTarget, listFolder, readFileBytes, statPath, volumeFacts } from './files.ts'
import { Guard } from './guard.ts'
import { HungLedger } from './hung-ledger.ts'
import { createMountReader } from './mount-reader.ts'
import type { ExecOptions, Output, Platform, Probe } from './probe.ts'
import { LINUX_SEARCH, OWN_CHILDREN, type OwnChild, PROGRAM_FOLDERS, type ProgramName } from './programs.ts'
import { runChild } from './run-child.ts'
import { trustedPath } from './trusted-path.ts'

const MIB = 1024 * 1024
const FILE_TIMEOUT_MS = 5_000
/** collectors.md 0.7: a dying disk takes about 60 s, a package manager may have to rebuild its cache. */
const TIMEOUT_MS: { readonly [program: string]: number } = {
  smartctl: 60_000,
  'apt-get': 120_000,
  'apt-mark': 120_000,
  dpkg: 120_000,
  'rounds-inventory': 30_000,
}
const DEFAULT_TIMEOUT_MS = 10_000

/**
 * The whole environment of every child. LANGUAGE must be set too: in gettext it wins over LANG (collectors.md 0.2).
 * NODE_OPTIONS and the like of the agent's own environment reach nobody.
 */
const ENVIRONMENT = {
  LC_ALL: 'C',
  LANG: 'C',
  LANGUAGE: '',
  COLUMNS: '1000',
  NO_COLOR: '1',
  TERM: 'dumb',
  HOME: '/root',
  DEBIAN_FRONTEND: 'noninteractive',
  PATH: LINUX_SEARCH.join(':'),
}

/** What tests and a packaged agent set differently. */
export type SystemProbeOptions = {
  /** Folders searched for programs; the fixed list unless a test needs another. */
  readonly search?: readonly string[]
  /** Scripts of the agent's own children; a packaged agent names its bundled ones. */
  readonly children?: { readonly [K in OwnChild]?: string }
}

/** @returns a probe of the machine that this process runs on. */
export function createSystemProbe(options: SystemProbeOptions = {}): Probe {
  const ledger = new HungLedger()
  const guard = new Guard()
  const search = options.search ?? LINUX_SEARCH
  const exec = (program: ProgramName, args: readonly string[], wanted: ExecOptions = {}) =>
    start(program, args, wanted, { ledger, search, children: { ...CHILDREN, ...options.children } })
  const remote = createMountReader(exec, FILE_TIMEOUT_MS)
  return {
    platform: platformOf(process.platform),
    exec,
    has: (program) => exists(program, foldersOf(program, search)),
    readFile: async (path, { maxBytes = MIB, tail = false } = {}) =>
      (await remote.covers(path))
        ? remote.read(path, maxBytes, tail)
        : guard.run(path, FILE_TIMEOUT_MS, () => readFileBytes(path, maxBytes, tail)),
    list: async (path) =>
      (await remote.covers(path)) ? remote.list(path) : guard.run(path, FILE_TIMEOUT_MS, () => listFolder(path)),
    stat: async (path, { follow = false } = {}) =>
      (await remote.covers(path))
        ? remote.stat(path, follow)
        : guard.run(path, FILE_TIMEOUT_MS, () => statPath(path, follow)),
    readLink: async (path) =>
      (await remote.covers(path)) ? remote.link(path) : guard.run(path, FILE_TIMEOUT_MS, () => linkTarget(path)),
    statVolume: (mount, { network }) =>
      network ? remote.volume(mount) : guard.run(mount, FILE_TIMEOUT_MS, () => volumeFacts(mount)),
    ask: (path, request, { maxBytes = 64 * 1024 } = {}) =>
      askSocket(path, request, { maxBytes, timeoutMs: FILE_TIMEOUT_MS }),
  }
}

const CHILDREN: { readonly [K in OwnChild]: string } = {
  'rounds-inventory': fileURLToPath(new URL('../inventory-child.ts', import.meta.url)),
  'rounds-mount': fileURLToPath(new URL('./mount-child.ts', import.meta.url)),
}

type Means = {
  readonly ledger: HungLedger
  readonly search: readonly string[]
  readonly children: { readonly [K in OwnChild]: string }
}

async function start(
  program: ProgramName,
  args: readonly string[],
  wanted: ExecOptions,
  { ledger, search, children }: Means,
): Promise<Result<Output, Failure>> {
  // The agent's own runtime and scripts need no check of owners: they are what runs here already.
  const own = isOwnChild(program)
  const found = own ? ok(process.execPath) : await find(program, foldersOf(program, search))
  if (!found.ok) return found
  return runChild(
    {
      file: found.value,
      args: own ? [children[program], ...args] : args,
      env: { ...wanted.env, ...ENVIRONMENT },
      timeoutMs: wanted.timeoutMs ?? TIMEOUT_MS[program] ?? DEFAULT_TIMEOUT_MS,
      maxBytes: wanted.maxBytes ?? MIB,
      target: wanted.target ?? program,
    },
    ledger,
  )
}

function foldersOf(program: ProgramName, search: readonly string[]): readonly string[] {
  const own = PROGRAM_FOLDERS[program]
  return own === undefined ? search : [...search, own]
}

function isOwnChild(program: ProgramName): program is OwnChild {
  return OWN_CHILDREN.some((child) => child === program)
}

/** The first trusted one in the search list; the first refusal if there are only refused ones. */
async function find(program: string, search: readonly string[]): Promise<Result<string, Failure>> {
  let refused: Result<string, Failure> | null = null
  for (const folder of search) {
    const path = await trustedPath(join(folder, program))
    if (path.ok) return path
    if (path.error.code !== 'tool-missing') refused ??= path
  }
  return refused ?? err({ code: 'tool-missing', detail: `${program} is not in ${search.join(', ')}` })
}

async function exists(program: ProgramName, search: readonly string[]): Promise<boolean> {
  if (isOwnChild(program)) return true
  const found = await Promise.all(
    search.map((folder) =>
      access(join(folder, program)).then(
        () => true,
        () => false,
      ),
    ),
  )
  return found.includes(true)
}

/** Systems that the agent does not know are read as Linux: their files are missing, and each reading says so. */
function platformOf(name: NodeJS.Platform): Platform {
  return name === 'win32' || name === 'darwin' ? name : 'linux'
}
