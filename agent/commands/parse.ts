/** `agent parse SOURCE < OUTPUT`: what one tool's output says, for field support and blind tests. Asks nothing of this machine. */

import { readFileSync } from 'node:fs'
import type { ParseArgsOptionsConfig } from 'node:util'
import { CHECK_NAMES, type CheckName } from '../../shared/checks/names.ts'
import { encodeJson } from '../../shared/encode-json.ts'
import type { Failure } from '../../shared/reading.ts'
import type { Result } from '../../shared/result.ts'
import { err, ok } from '../../shared/result.ts'
import type { Contribution, Source, SourceInput } from '../checks/collector.ts'
import { SOURCES } from '../checks/sources.ts'
import type { Platform } from '../probe/probe.ts'
import { buildSection } from '../report/section.ts'
import { findNearest } from '../unknown-key.ts'
import { type Command, misused, readOptions } from './command.ts'
import { printable } from './printable.ts'

type AnySource = { [C in CheckName]: Source<C> }[CheckName]
const ALL_SOURCES: readonly AnySource[] = CHECK_NAMES.flatMap((check): readonly AnySource[] => SOURCES[check])
const PLATFORMS: readonly Platform[] = ['linux', 'win32', 'darwin']

const OPTIONS = {
  list: { type: 'boolean' },
  json: { type: 'boolean' },
  exit: { type: 'string' },
  stderr: { type: 'string' },
  platform: { type: 'string' },
  now: { type: 'string' },
} as const satisfies ParseArgsOptionsConfig

/** Exit 0 also when the parser says `failed`: that is its answer. Exit 2: unknown source or option. */
export const parse: Command = async (args, io) => {
  const options = readOptions(args, OPTIONS, 1)
  if (!options.ok) return misused(io, options.error)
  const { values, positionals } = options.value
  const ids = ALL_SOURCES.map(({ id }) => id)
  if (values.list === true) {
    io.out(values.json === true ? `${encodeJson(ids)}\n` : `${ids.join('\n')}\n`)
    return 0
  }
  const [id] = positionals
  if (id === undefined)
    return misused(io, 'The source is missing: agent parse SOURCE < OUTPUT (agent parse --list names them)')
  const source = ALL_SOURCES.find((one) => one.id === id)
  if (source === undefined) {
    const nearest = findNearest(id, ids)
    const hint = nearest === null ? 'agent parse --list names them' : `did you mean "${nearest}"?`
    return misused(io, `Unknown source "${printable(id)}"; ${hint}`)
  }
  const circumstances = readCircumstances(values, io.now())
  if (!circumstances.ok) return misused(io, circumstances.error)
  const input = { ...circumstances.value, stdout: await io.readStdin() }
  io.out(`${encodeJson(answer(source, input))}\n`)
  return 0
}

type Circumstances = Omit<SourceInput, 'stdout'>

function readCircumstances(
  values: { readonly exit?: string; readonly stderr?: string; readonly platform?: string; readonly now?: string },
  clock: number,
): Result<Circumstances, string> {
  const exitCode = values.exit === undefined ? 0 : Number(values.exit)
  if (!Number.isInteger(exitCode)) return err('--exit takes an exit code, a whole number.')
  const platform = PLATFORMS.find((known) => known === (values.platform ?? 'linux'))
  if (platform === undefined) return err(`--platform takes one of: ${PLATFORMS.join(', ')}.`)
  const now = values.now === undefined ? clock : Date.parse(values.now)
  if (!Number.isSafeInteger(now) || now < 0) return err('--now takes a time such as 2026-11-25T04:00:00Z.')
  try {
    const stderr = values.stderr === undefined ? '' : readFileSync(values.stderr, 'utf8').slice(0, 65_536)
    return ok({ stderr, exitCode, platform, now })
  } catch {
    return err(`--stderr: the file ${printable(values.stderr ?? '')} cannot be read.`)
  }
}

/** What one parser says of its input, as an empty section with what it knows filled in. */
export type ParseAnswer = {
  readonly state: 'value' | 'failed' | 'never'
  /** Why it failed; null: it did not. */
  readonly code: Failure['code'] | null
  readonly detail: string | null
  readonly section: { readonly [key: string]: unknown }
  readonly samples: { readonly [key: string]: number | null }
  /** Epoch ms: the `--now` of the call. */
  readonly collectedAt: number
}

/** Runs one parser. `never`: the output says nothing about any part. Pure. */
export function answer(source: AnySource, input: SourceInput): ParseAnswer {
  const parsed: Result<Contribution<CheckName>, Failure> = source.parse(input)
  const parts = parsed.ok ? parsed.value.parts : {}
  const samples = parsed.ok ? parsed.value.samples : {}
  const built = buildSection(source.check, [{ check: source.check, parts, samples, collectedAt: input.now }])
  const isSilent = Object.keys(parts).length === 0 && Object.keys(samples).length === 0
  return {
    state: parsed.ok ? (isSilent ? 'never' : 'value') : 'failed',
    code: parsed.ok ? null : parsed.error.code,
    detail: parsed.ok ? null : parsed.error.detail,
    section: built.body,
    samples: built.values,
    collectedAt: input.now,
  }
}
