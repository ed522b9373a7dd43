/** Reads paths on network mounts through a child, so that a dead server hangs the child and not the agent. I/O. */
import { readFile } from 'node:fs/promises'
import type { Failure } from '../../shared/reading.ts'
import { err, ok, type Result } from '../../shared/result.ts'
import { isBelow, networkMounts } from '../checks/network-mounts.ts'
import type { Entry, FileFacts, Probe, VolumeFacts } from './probe.ts'

/** The mount table is read again after this long. */
const TABLE_AGE_MS = 5_000

/** The file operations of the probe, for paths on network mounts. Errors: those of the probe, and `hung`. */
export type MountReader = {
  /** Whether the path lies on a network mount. Paths of the kernel never do. */
  covers(path: string): Promise<boolean>
  read(path: string, maxBytes: number, tail: boolean): Promise<Result<Uint8Array, Failure>>
  list(path: string): Promise<Result<readonly Entry[], Failure>>
  stat(path: string, follow: boolean): Promise<Result<FileFacts, Failure>>
  link(path: string): Promise<Result<string, Failure>>
  volume(mount: string): Promise<Result<VolumeFacts, Failure>>
}

/** @param exec starts the child `rounds-mount`; one that hangs blocks its mount and nothing else. */
export function createMountReader(exec: Probe['exec'], timeoutMs: number): MountReader {
  let table: { readonly readAt: number; readonly mounts: readonly string[] } | null = null

  const mounts = async () => {
    if (table !== null && Math.abs(performance.now() - table.readAt) < TABLE_AGE_MS) return table.mounts
    const text = await readFile('/proc/self/mountinfo', 'utf8').catch(() => '')
    table = { readAt: performance.now(), mounts: networkMounts(text) }
    return table.mounts
  }

  const ask = async <T>(operation: string, path: string, maxBytes = 0): Promise<Result<T, Failure>> => {
    const target = (await mounts()).find((mount) => isBelow(path, [mount])) ?? path
    const output = await exec('rounds-mount', [operation, path, String(maxBytes)], {
      timeoutMs,
      target: `mount ${target}`,
      // Room for base64 and for the names of a large folder.
      maxBytes: Math.max(4 * 1024 * 1024, maxBytes * 2),
    })
    if (!output.ok) return output
    try {
      // Our own child wrote this from the same code that answers in this process (files.ts).
      return JSON.parse(Buffer.from(output.value.stdout).toString('utf8')) as Result<T, Failure>
    } catch {
      return err({ code: 'exit', detail: `${path}: the child that reads it ended early. ${output.value.stderr}` })
    }
  }

  return {
    covers: async (path) => !path.startsWith('/proc/') && !path.startsWith('/sys/') && isBelow(path, await mounts()),
    read: async (path, maxBytes, tail) => {
      const answer = await ask<string>(tail ? 'tail' : 'read', path, maxBytes)
      return answer.ok ? ok(Buffer.from(answer.value, 'base64')) : answer
    },
    list: (path) => ask('list', path),
    stat: (path, follow) => ask(follow ? 'follow' : 'stat', path),
    link: (path) => ask('link', path),
    volume: (mount) => ask('volume', mount),
  }
}
