/** `agent once`: everything that this machine would report, collected now and printed; nothing is sent. */

import { CHECK_NAMES, type CheckName } from '../../shared/checks/names.ts'
import { encodeJson } from '../../shared/encode-json.ts'
import { systemClock } from '../clock.ts'
import { SILENT_LOG } from '../log.ts'
import { ALL_TASKS } from '../main.ts'
import type { Probe } from '../probe/probe.ts'
import { createRecordProbe } from '../probe/record.ts'
import { createReplayProbe } from '../probe/replay.ts'
import { createSystemProbe } from '../probe/system.ts'
import { buildSections } from '../report/assemble.ts'
import type { BuiltSection } from '../report/section.ts'
import { TaskRunner } from '../report/task-runner.ts'
import type { WatchConfig } from '../watch-config.ts'
import { type Command, type CommandIo, type ExitCode, failedWith, misused, readOptions } from './command.ts'
import { lookLocal } from './local-setup.ts'
import { printable, printTime } from './printable.ts'

const OPTIONS = {
  json: { type: 'boolean' },
  check: { type: 'string', multiple: true },
  replay: { type: 'string' },
  record: { type: 'string' },
} as const

/** One report with everything in it: what `--json` prints. */
export type FullReport = {
  /** Epoch ms. */
  readonly collectedAt: number
  readonly sections: { readonly [check: string]: BuiltSection['body'] }
  readonly samples: { readonly [check: string]: BuiltSection['values'] }
  /** Section hashes, base64url, as they would be sent. */
  readonly hashes: { readonly [check: string]: string }
}

/** Exit 2: unknown check, or a folder that holds no recording. */
export const once: Command = async (args, io) => {
  const options = readOptions(args, OPTIONS)
  if (!options.ok) return misused(io, options.error)
  const { json, check = [], replay, record } = options.value.values
  const unknown = check.find((name) => !CHECK_NAMES.some((known) => known === name))
  if (unknown !== undefined)
    return misused(io, `Unknown check "${printable(unknown)}"; known: ${CHECK_NAMES.join(', ')}`)
  if (replay !== undefined && record !== undefined) return misused(io, 'Give either --replay or --record.')
  return printOnce(io, {
    isJson: json === true,
    checks: CHECK_NAMES.filter((name) => check.length === 0 || check.includes(name)),
    replay,
    record,
  })
}

/** What `once` and `record` share. */
export type OnceOptions = {
  readonly isJson: boolean
  readonly checks: readonly CheckName[]
  readonly replay: string | undefined
  readonly record: string | undefined
}

/** Collects and prints; with `record` the answers of the machine are saved, redacted, into that folder. */
export async function printOnce(io: CommandIo, { isJson, checks, replay, record }: OnceOptions): Promise<ExitCode> {
  const local = lookLocal(io)
  if (!local.ok) return failedWith(io, local.error)
  const { folder, config } = local.value
  let probe: Probe
  try {
    probe = replay === undefined ? createSystemProbe() : createReplayProbe(replay)
    if (record !== undefined) probe = createRecordProbe(probe, record)
  } catch (error) {
    return misused(io, error instanceof Error ? error.message : String(error))
  }
  const report = await collectOnce(probe, { watches: config.watches, hookFolder: folder.hooks }, checks, io.now())
  if (isJson) io.out(`${encodeJson(report)}\n`)
  else printReport(io, report)
  if (record !== undefined) io.err(`The recording is in ${record}. Look through it before you pass it on.\n`)
  return 0
}

/** Runs every task of the checks once and merges what they said. */
export async function collectOnce(
  probe: Probe,
  watch: WatchConfig,
  checks: readonly CheckName[],
  collectedAt: number,
): Promise<FullReport> {
  const runner = new TaskRunner({
    clock: systemClock(),
    log: SILENT_LOG,
    context: () => ({ probe, watch, off: new Set() }),
    onCollected: () => {},
  })
  runner.start(
    ALL_TASKS.filter(({ check }) => checks.includes(check)),
    new Map(),
  )
  await runner.idle()
  const built = buildSections(runner.collected)
  const pick = <T>(of: (section: BuiltSection) => T) =>
    Object.fromEntries(checks.map((check) => [check, of(built[check])]))
  return {
    collectedAt,
    sections: pick(({ body }) => body),
    samples: pick(({ values }) => values),
    hashes: pick(({ h }) => h),
  }
}

function printReport(io: CommandIo, { collectedAt, sections, samples }: FullReport): void {
  io.out(`Collected ${printTime(collectedAt)}. Nothing was sent.\n`)
  for (const [check, section] of Object.entries(sections)) {
    io.out(`\n${check}\n`)
    for (const [part, reading] of Object.entries(section)) {
      if (part !== 'samples') io.out(`  ${part.padEnd(16)} ${describeReading(reading)}\n`)
    }
    for (const [key, value] of Object.entries(samples[check] ?? {})) {
      io.out(`  ${printable(key).padEnd(40)} ${value === null ? 'could not be read' : value}\n`)
    }
  }
}

function describeReading(reading: unknown): string {
  if (typeof reading !== 'object' || reading === null || !('state' in reading)) return ''
  if (reading.state === 'value' && 'value' in reading) return printable(JSON.stringify(reading.value)).slice(0, 2_000)
  if (reading.state === 'never' || !('code' in reading) || !('detail' in reading)) return 'not asked'
  return `could not be told (${String(reading.code)}): ${printable(String(reading.detail))}`
}
