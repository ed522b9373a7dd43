/** What the rules about places of copies share: whether a job proves that it has one. Pure. */
import type { Job } from '../../shared/checks/backup.ts'
import type { RuleContext } from './context.ts'

/**
 * `proven`: a good run is known and copies are there. `none`: the job was read and has no copy. `unknown`: it could not be read, or
 * tells no good run, or no longer tells how many copies it keeps: it may be the copy elsewhere, or nothing.
 */
export function copyOf({ id, status }: Job, context: RuleContext<never>): 'proven' | 'none' | 'unknown' {
  if (status.state !== 'value') return 'unknown'
  const { copies } = status.value
  if (copies === 0) return 'none'
  if (copies === null && context.remembered(`copies:${id}`) !== null) return 'unknown'
  return context.sample(`job:${id}:lastSuccessAt`).state === 'value' ? 'proven' : 'unknown'
}
