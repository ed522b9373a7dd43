/** Whether a program may be started: it, every folder above it and every link on the way belong to root and to nobody else. I/O. */
import { lstat, readlink } from 'node:fs/promises'
import { dirname, join, sep } from 'node:path'
import type { Failure } from '../../shared/reading.ts'
import { err, ok, type Result } from '../../shared/result.ts'

const MAX_LINKS = 40
/** Write permission for the group or for everybody. */
const WRITABLE_BY_OTHERS = 0o022

type Step = { readonly done: string; readonly rest: readonly string[]; readonly links: number }

/**
 * Resolves a program the way the kernel would and refuses the first part of its path that somebody other than root
 * could replace (security-reliability.md R24). Links are followed one by one, because the folder of each link counts too:
 * `/usr/sbin/iptables-save` leads through `/etc/alternatives`.
 * @returns the real path to start.
 * Errors: `tool-missing` (no such file), `access-denied` with the part that is not trusted.
 */
export async function trustedPath(path: string): Promise<Result<string, Failure>> {
  let step: Step = { done: sep, rest: path.split(sep).filter((name) => name !== ''), links: 0 }
  const root = await check(sep)
  if (!root.ok) return root
  while (step.rest.length > 0) {
    const next = await advance(step)
    if (!next.ok) return next
    step = next.value
  }
  return ok(step.done)
}

async function advance({ done, rest, links }: Step): Promise<Result<Step, Failure>> {
  const [name = '', ...after] = rest
  if (name === '.') return ok({ done, rest: after, links })
  if (name === '..') return ok({ done: dirname(done), rest: after, links })
  const here = join(done, name)
  const checked = await check(here)
  if (!checked.ok) return checked
  if (checked.value === null) return ok({ done: here, rest: after, links })
  if (links >= MAX_LINKS) return err({ code: 'access-denied', detail: `${here}: more than ${MAX_LINKS} links` })
  const target = checked.value.split(sep).filter((part) => part !== '')
  return ok({ done: checked.value.startsWith(sep) ? sep : done, rest: [...target, ...after], links: links + 1 })
}

/** @returns the target when `path` is a link, null when it is a file or a folder. */
async function check(path: string): Promise<Result<string | null, Failure>> {
  try {
    const facts = await lstat(path)
    if (facts.uid !== 0) return refused(`${path} belongs to user ${facts.uid}, not to root`)
    // The mode of a link is always 0777 and means nothing; who may replace it is decided by its folder.
    if (facts.isSymbolicLink()) return ok(await readlink(path))
    if ((facts.mode & WRITABLE_BY_OTHERS) !== 0) return refused(`${path} can be changed by others than root`)
    return ok(null)
  } catch (cause) {
    const code = cause instanceof Error && 'code' in cause ? cause.code : 'unknown'
    if (code === 'ENOENT' || code === 'ENOTDIR') return err({ code: 'tool-missing', detail: `${path} does not exist` })
    return err({ code: 'access-denied', detail: `${path} cannot be looked at (${code})` })
  }
}

function refused(detail: string): Result<never, Failure> {
  return err({ code: 'access-denied', detail: `not started: ${detail}` })
}
