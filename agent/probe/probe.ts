/**
 * THE PORT to the world: the only way in which a collector learns anything. Implementations: `system.ts` (this machine),
 * `replay.ts` (a recorded folder), `record.ts` (wraps another and saves what it answered). It can read and run fixed
 * programs; it cannot write. It may stand in another process later: every answer is plain data.
 */
import type { Failure } from '../../shared/reading.ts'
import type { Result } from '../../shared/result.ts'
import type { ProgramName } from './programs.ts'

/** Node's names of the systems that agents run on. */
export type Platform = 'linux' | 'win32' | 'darwin'

/** What a program answered. A non-zero exit is not a failure here: for smartctl or dnf it is the answer. */
export type Output = {
  readonly stdout: Uint8Array
  /** At most 64 KiB, decoded as UTF-8. */
  readonly stderr: string
  /** null: ended by a signal. */
  readonly exitCode: number | null
  /** Output ran over the cap and was cut. */
  readonly truncated: boolean
}

/** Limits of one run of a program. */
export type ExecOptions = {
  /** Default 10,000; 60,000 for smartctl, 120,000 for package managers (collectors.md 0.7). */
  readonly timeoutMs?: number
  /** Default 1 MiB of stdout. */
  readonly maxBytes?: number
  /** Key of what is asked (`/dev/sda`): while a child on it hangs, no other one is started on it. Default: the program. */
  readonly target?: string
  /** Extra environment from the machine's own configuration (repository, password file), never from the server. */
  readonly env?: { readonly [name: string]: string }
}

/** One entry of a folder; a link is told as a link, whatever it leads to. */
export type Entry = { readonly name: string; readonly kind: 'file' | 'folder' | 'link' | 'other' }

/** Facts of a path. Size in bytes; `modifiedAt` epoch ms; `mode` the permission bits. */
export type FileFacts = {
  readonly kind: Entry['kind']
  readonly sizeBytes: number
  readonly modifiedAt: number
  /** Device number: two paths on one volume share it. */
  readonly device: number
  readonly mode: number
  readonly uid: number
}

/** Figures of statfs(2). `inodesTotal` 0 means: no fixed number. */
export type VolumeFacts = {
  readonly totalBytes: number
  /** Free for anybody, and available to a user who is not root. */
  readonly freeBytes: number
  readonly availableBytes: number
  readonly inodesTotal: number
  readonly inodesFree: number
}

/** What a collector may ask. Every method answers with a `Result`; none throws. */
export interface Probe {
  readonly platform: Platform
  /**
   * Runs a program of the fixed table by its absolute path, without a shell, in its own process group, stdin closed.
   * Errors: `tool-missing`, `access-denied` (cannot be executed), `timeout` (the group was killed), `hung` (it cannot be killed,
   * or one is still hanging on this target), `empty` never.
   */
  exec(program: ProgramName, args: readonly string[], options?: ExecOptions): Promise<Result<Output, Failure>>
  /** Whether the program exists in the fixed search path. */
  has(program: ProgramName): Promise<boolean>
  /** Reads at most `maxBytes` (default 1 MiB) of a file. Errors: `empty` (no such file), `access-denied`, `timeout`, `hung`. */
  readFile(
    path: string,
    options?: { readonly maxBytes?: number; readonly tail?: boolean },
  ): Promise<Result<Uint8Array, Failure>>
  /** Entries of a folder, sorted, at most 10,000. Errors as `readFile`. */
  list(path: string): Promise<Result<readonly Entry[], Failure>>
  /** Facts of a path without following a last symbolic link unless `follow`. Errors as `readFile`. */
  stat(path: string, options?: { readonly follow?: boolean }): Promise<Result<FileFacts, Failure>>
  /** Target of a symbolic link. Errors as `readFile`. */
  readLink(path: string): Promise<Result<string, Failure>>
  /** Size of the volume at a mount point. Network mounts are asked in a child, so a dead server cannot hang the agent: `timeout`, `hung`. */
  statVolume(mount: string, options: { readonly network: boolean }): Promise<Result<VolumeFacts, Failure>>
  /** Sends a request to a local Unix socket and reads the answer (clamd PING). Errors: `empty` (no socket), `access-denied`, `timeout`. */
  ask(
    socketPath: string,
    request: Uint8Array,
    options?: { readonly maxBytes?: number },
  ): Promise<Result<Uint8Array, Failure>>
}
