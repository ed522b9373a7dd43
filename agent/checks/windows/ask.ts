/**
 * Asks Windows through one PowerShell for each rhythm: all questions of a rhythm run in one child, and their answers are kept until the
 * rhythm comes round. I/O through the probe only.
 */
import type { Failure } from '../../../shared/reading.ts'
import { err, ok, type Result } from '../../../shared/result.ts'
import { DAY_MS, type EpochMs, HOUR_MS, MINUTE_MS, SECOND_MS } from '../../../shared/units.ts'
import type { Probe } from '../../probe/probe.ts'
import type { CollectContext } from '../collector.ts'
import { WINDOWS_QUERIES } from './queries.ts'
import type { QueryRhythm } from './query.ts'
import { readWindowsRecords, type WindowsRecord } from './records.ts'
import { scriptOf } from './script.ts'

/** A little less than the cadence of the tasks that ask, so that a task which comes on time gets a fresh answer. */
const KEPT_MS: { readonly [R in QueryRhythm]: number } = {
  often: 14 * MINUTE_MS,
  seldom: 6 * HOUR_MS - 5 * MINUTE_MS,
  daily: DAY_MS - 5 * MINUTE_MS,
  updates: 6 * HOUR_MS - 5 * MINUTE_MS,
  'updates-online': 12 * HOUR_MS - 5 * MINUTE_MS,
}
const TIMEOUT_MS: { readonly [R in QueryRhythm]: number } = {
  often: 60 * SECOND_MS,
  seldom: 120 * SECOND_MS,
  daily: 120 * SECOND_MS,
  updates: 5 * MINUTE_MS,
  'updates-online': 5 * MINUTE_MS,
}
const MAX_BYTES = 4 * 1024 * 1024

type Answer = { readonly askedAt: EpochMs; readonly output: Promise<Result<Uint8Array, Failure>> }
/** Answers by the probe that gave them: tasks of different checks share one child. */
const answers = new WeakMap<Probe, Map<QueryRhythm, Answer>>()

/** The raw document that holds a block's answer. Errors as `Probe.exec`, and `exit` when PowerShell ended badly. */
export async function askWindowsRaw(
  { probe, now }: Pick<CollectContext, 'probe' | 'now'>,
  block: string,
): Promise<Result<Uint8Array, Failure>> {
  const rhythm = WINDOWS_QUERIES.find((query) => query.block === block)?.rhythm
  if (rhythm === undefined) return err({ code: 'unsupported', detail: `${block} is no question to Windows` })
  const kept = answers.get(probe) ?? new Map<QueryRhythm, Answer>()
  answers.set(probe, kept)
  const known = kept.get(rhythm)
  if (known !== undefined && Math.abs(now - known.askedAt) < KEPT_MS[rhythm]) return known.output
  const output = run(probe, rhythm)
  kept.set(rhythm, { askedAt: now, output })
  const told = await output
  // A child that failed is asked again next time.
  if (!told.ok && kept.get(rhythm)?.output === output) kept.delete(rhythm)
  return told
}

/** The records of one block. Errors: those of `askWindowsRaw` and of `readWindowsRecords`. */
export async function askWindows(
  context: Pick<CollectContext, 'probe' | 'now'>,
  block: string,
): Promise<Result<readonly WindowsRecord[], Failure>> {
  const raw = await askWindowsRaw(context, block)
  return raw.ok ? readWindowsRecords(raw.value, block) : raw
}

async function run(probe: Probe, rhythm: QueryRhythm): Promise<Result<Uint8Array, Failure>> {
  const args = ['-NoProfile', '-NonInteractive', '-ExecutionPolicy', 'Bypass', '-Command', scriptOf(rhythm)]
  const output = await probe.exec('powershell', args, {
    timeoutMs: TIMEOUT_MS[rhythm],
    maxBytes: MAX_BYTES,
    target: `powershell ${rhythm}`,
  })
  if (!output.ok) return output
  const { stdout, exitCode, stderr, truncated } = output.value
  if (truncated) return err({ code: 'parse', detail: 'PowerShell answered more than 4 MiB' })
  if (exitCode !== 0) return err({ code: 'exit', detail: `PowerShell ended with ${exitCode}: ${stderr.slice(0, 200)}` })
  return ok(stdout)
}
