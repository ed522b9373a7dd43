/**
 * A probe for tests that answers from a table. What is not in the table does not exist: programs are `tool-missing`,
 * files `empty`. Folders are made from the paths of files, links and volumes; name one in `folders` only if it is empty or fails.
 */
import type { Entry, FileFacts, Output, Platform, Probe, VolumeFacts } from '../../agent/probe/probe.ts'
import type { Failure } from '../../shared/reading.ts'
import { err, ok, type Result } from '../../shared/result.ts'

type Content = string | Uint8Array | Failure
/** Text on stdout with exit 0, a whole or partial output, or a failure. */
export type FakeOutput =
  | string
  | Failure
  | { readonly [K in keyof Output]?: K extends 'stdout' ? string | Uint8Array : Output[K] }

type Env = { readonly [name: string]: string }

export type FakeTable = {
  readonly platform?: Platform
  /** Key: `smartctl --json=c --scan-open` (program and arguments), or the program alone for whatever arguments. */
  readonly exec?: { readonly [command: string]: FakeOutput | ((args: readonly string[], env: Env) => FakeOutput) }
  readonly files?: { readonly [path: string]: Content }
  readonly folders?: { readonly [path: string]: readonly Entry[] | Failure }
  readonly links?: { readonly [path: string]: string | Failure }
  readonly stats?: { readonly [path: string]: Partial<FileFacts> | Failure }
  readonly volumes?: { readonly [mount: string]: VolumeFacts | Failure }
  /** Answer by socket path. */
  readonly sockets?: { readonly [path: string]: Content }
}

/** @returns a probe, and in `calls` every question put to it, as `exec smartctl …`, `readFile /proc/mdstat`. */
export function fakeProbe(table: FakeTable): Probe & { readonly calls: string[] } {
  const calls: string[] = []
  const paths = [table.files, table.links, table.stats].flatMap((part) => Object.keys(part ?? {}))
  const from = <T, R>(call: string, answer: T | Failure | undefined, map: (value: T) => R): Result<R, Failure> => {
    calls.push(call)
    if (answer === undefined) return err({ code: 'empty', detail: `${call}: does not exist` })
    return isFailure(answer) ? err(answer) : ok(map(answer))
  }
  const same = <T>(value: T) => value
  const contents = table.folders ?? {}
  return {
    calls,
    platform: table.platform ?? 'linux',
    exec: async (program, args, options) => {
      const command = [program, ...args].join(' ')
      calls.push(`exec ${command}`)
      const found = table.exec?.[command] ?? table.exec?.[program]
      if (found === undefined) return err({ code: 'tool-missing', detail: `${program} is not in the table` })
      return output(typeof found === 'function' ? found(args, options?.env ?? {}) : found)
    },
    has: async (program) => Object.keys(table.exec ?? {}).some((command) => command.split(' ', 1)[0] === program),
    readFile: async (path, options) =>
      from(`readFile ${path}`, table.files?.[path], (content) => part(bytesOf(content), options)),
    list: async (path) => from(`list ${path}`, contents[path] ?? childrenOf(path, paths, table), same),
    stat: async (path) => from(`stat ${path}`, table.stats?.[path] ?? factsOf(path, paths, table), fileFacts),
    readLink: async (path) => from(`readLink ${path}`, table.links?.[path], same),
    statVolume: async (mount) => from(`statVolume ${mount}`, table.volumes?.[mount], same),
    ask: async (path) => from(`ask ${path}`, table.sockets?.[path], bytesOf),
  }
}

function part(
  bytes: Uint8Array,
  options: { readonly maxBytes?: number; readonly tail?: boolean } | undefined,
): Uint8Array {
  const max = options?.maxBytes ?? bytes.length
  return options?.tail === true ? bytes.subarray(Math.max(0, bytes.length - max)) : bytes.subarray(0, max)
}

function isFailure(value: unknown): value is Failure {
  return typeof value === 'object' && value !== null && 'code' in value && 'detail' in value
}

function bytesOf(content: string | Uint8Array): Uint8Array {
  return typeof content === 'string' ? Buffer.from(content) : content
}

function output(found: FakeOutput): Result<Output, Failure> {
  if (typeof found === 'string') return output({ stdout: found })
  if (isFailure(found)) return err(found)
  const { stdout = '', stderr = '', exitCode = 0, truncated = false } = found
  return ok({ stdout: bytesOf(stdout), stderr, exitCode, truncated })
}

function childrenOf(path: string, paths: readonly string[], table: FakeTable): readonly Entry[] | undefined {
  const prefix = path.endsWith('/') ? path : `${path}/`
  const kinds = new Map<string, Entry['kind']>()
  for (const one of paths.filter((other) => other.startsWith(prefix))) {
    const [name = '', ...deeper] = one.slice(prefix.length).split('/')
    const leaf = table.links?.[one] === undefined ? 'file' : 'link'
    kinds.set(name, deeper.length > 0 ? 'folder' : leaf)
  }
  if (kinds.size === 0) return undefined
  return [...kinds].map(([name, kind]) => ({ name, kind })).sort((a, b) => (a.name < b.name ? -1 : 1))
}

function factsOf(path: string, paths: readonly string[], table: FakeTable): Partial<FileFacts> | Failure | undefined {
  const content = table.files?.[path]
  if (content !== undefined) return isFailure(content) ? content : { sizeBytes: bytesOf(content).length }
  if (table.links?.[path] !== undefined) return { kind: 'link' }
  if (table.folders?.[path] !== undefined || childrenOf(path, paths, table) !== undefined) return { kind: 'folder' }
  return undefined
}

function fileFacts(facts: Partial<FileFacts>): FileFacts {
  return { kind: 'file', sizeBytes: 0, modifiedAt: 0, device: 1, mode: 0o644, uid: 0, ...facts }
}
