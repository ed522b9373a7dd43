/** The probe of this machine: the only place where the agent starts programs and reads the system. I/O; reads only. */
import { access } from 'node:fs/promises'
import { fileURLToPath } from 'node:url'
import type { Failure } from '../../shared/reading.ts'
import { err, ok, type Result } from '../../shared/result.ts'
import { askSocket } from './ask-socket.ts'
import { linkTarget, listFolder, readFileBytes, statPath, volumeFacts } from './files.ts'
import { Guard } from './guard.ts'
import { HungLedger } from './hung-ledger.ts'
import { createMountReader } from './mount-reader.ts'
import { childEnvironment, childFolder, type Here, programPaths } from './platforms.ts'
import type { ExecOptions, Output, Platform, Probe } from './probe.ts'
import { OWN_CHILDREN, type OwnChild, type ProgramName } from './programs.ts'
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
  const here: Here = { platform: platformOf(process.platform), env: process.env }
  const paths = (program: ProgramName) => programPaths(program, here, options.search ?? null)
  const exec = (program: ProgramName, args: readonly string[], wanted: ExecOptions = {}) =>
    start(program, args, wanted, { ledger, here, paths, children: { ...CHILDREN, ...options.children } })
  const remote = createMountReader(exec, FILE_TIMEOUT_MS)
  return {
    platform: here.platform,
    exec,
    has: (program) => exists(program, isOwnChild(program) ? [] : paths(program)),
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
  readonly here: Here
  readonly paths: (program: ProgramName) => readonly string[]
  readonly children: { readonly [K in OwnChild]: string }
}

async function start(
  program: ProgramName,
  args: readonly string[],
  wanted: ExecOptions,
  { ledger, here, paths, children }: Means,
): Promise<Result<Output, Failure>> {
  // The agent's own runtime and scripts need no check of owners: they are what runs here already.
  const own = isOwnChild(program)
  const found = own ? ok(process.execPath) : await find(program, paths(program), here.platform)
  if (!found.ok) return found
  return runChild(
    {
      file: found.value,
      args: own ? [children[program], ...args] : args,
      env: { ...wanted.env, ...childEnvironment(here) },
      cwd: childFolder(here),
      timeoutMs: wanted.timeoutMs ?? TIMEOUT_MS[program] ?? DEFAULT_TIMEOUT_MS,
      maxBytes: wanted.maxBytes ?? MIB,
      target: wanted.target ?? program,
    },
    ledger,
  )
}

function isOwnChild(program: ProgramName): program is OwnChild {
  return OWN_CHILDREN.some((child) => child === program)
}

/** The first trusted one; the first refusal if there are only refused ones. */
async function find(program: string, paths: readonly string[], platform: Platform): Promise<Result<string, Failure>> {
  let refused: Result<string, Failure> | null = null
  for (const candidate of paths) {
    // Windows: owners are no numbers there; the folders named in platforms.ts are writable for administrators alone.
    const path = platform === 'win32' ? await existingPath(candidate) : await trustedPath(candidate)
    if (path.ok) return path
    if (path.error.code !== 'tool-missing') refused ??= path
  }
  return refused ?? err({ code: 'tool-missing', detail: `${program} is not at ${paths.join(', ')}` })
}

async function existingPath(path: string): Promise<Result<string, Failure>> {
  return (await isThere(path)) ? ok(path) : err({ code: 'tool-missing', detail: `${path} does not exist` })
}

async function exists(program: ProgramName, paths: readonly string[]): Promise<boolean> {
  return isOwnChild(program) || (await Promise.all(paths.map(isThere))).includes(true)
}

function isThere(path: string): Promise<boolean> {
  return access(path).then(
    () => true,
    () => false,
  )
}

/** Systems that the agent does not know are read as Linux: their files are missing, and each reading says so. */
function platformOf(name: NodeJS.Platform): Platform {
  return name === 'win32' || name === 'darwin' ? name : 'linux'
}
