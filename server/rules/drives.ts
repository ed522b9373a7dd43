/** What the rules about drives share: their name for people, and the drives that could not be asked. Pure. */
import type { Drive, Smart } from '../../shared/checks/disk.ts'
import type { RuleDetail } from '../../shared/rule-detail.ts'
import type { RuleContext } from './context.ts'
import { blind, notApplicable, unknown, type Verdict } from './verdict.ts'

/** Model and serial as people find them on the label; the key when the drive tells neither. */
export function driveName({ key, model, serial }: Drive): string {
  if (model === null && serial === null) return key
  return [model, serial].filter((part) => part !== null).join(' ')
}

/**
 * Goes through the drives: hands on those that answered, and answers for the others. A virtual drive has no health of its own;
 * one that had (a controller that changed its mind) is unknown while a finding about it is open.
 */
export function* eachSmart<V>(
  drives: readonly Drive[],
  context: RuleContext<never>,
  judge: (drive: Drive, smart: Smart) => Verdict<V>,
): Iterable<Verdict<V>> {
  for (const drive of drives) {
    const { key, kind, smart } = drive
    if (smart.state === 'value') yield judge(drive, smart.value)
    else if (kind === 'virtual' && tellsNothing(smart) && context.open(key) === null) yield notApplicable(key)
    else yield blind(key, smart)
  }
}

const tellsNothing = (smart: Exclude<Drive['smart'], { state: 'value' }>) =>
  smart.state === 'failed' && (smart.code === 'unsupported' || smart.code === 'tool-missing')

/** Sources that tell no more than a general status, with the words that say so. */
const GENERAL: readonly (readonly [prefix: string, detail: RuleDetail])[] = [
  ['disk/windows-', 'general-status-windows'],
  ['disk/diskutil', 'general-status-macos'],
  ['disk/system-profiler', 'general-status-macos'],
]

/** A drive that gave no verdict: unknown, with what would make it possible to tell. */
export function unverdicted({ key, smart }: Drive): Verdict<never> {
  const source = smart.state === 'value' ? smart.source : null
  const detail = GENERAL.find(([prefix]) => source?.startsWith(prefix) === true)?.[1] ?? ''
  return unknown(key, 'empty', detail, source)
}
