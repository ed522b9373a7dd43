/** Asks one tool, one file or one block of Windows, and parses the answer with the source that stands for it. I/O through the probe. */
import type { PostureSection } from '../../../shared/checks/posture.ts'
import { type Failure, failed } from '../../../shared/reading.ts'
import { err, type Result } from '../../../shared/result.ts'
import type { ProgramName } from '../../probe/programs.ts'
import type { CollectContext, Contribution, Source } from '../collector.ts'
import { askWindowsRaw } from '../windows/ask.ts'
import type { PosturePart } from './contribute.ts'

type Context = Pick<CollectContext, 'probe' | 'now' | 'off'>
type Answer = Result<Contribution<'posture'>, Failure>

const DISABLED: Failure = { code: 'disabled', detail: 'switched off' }

/** Runs a program and parses what it prints. Errors: those of `Probe.exec` and of the source; `disabled`. */
export async function askProgram(
  { probe, now, off }: Context,
  source: Source<'posture'>,
  program: ProgramName,
  args: readonly string[],
): Promise<Answer> {
  if (off.has(source.id)) return err(DISABLED)
  const run = await probe.exec(program, args)
  if (!run.ok) return run
  const { stdout, stderr, exitCode } = run.value
  return source.parse({ stdout, stderr, exitCode, platform: probe.platform, now })
}

/** Parses the answer to one block of Windows. Errors: those of `askWindowsRaw` and of the source; `disabled`. */
export async function askBlock(context: Context, source: Source<'posture'>, block: string): Promise<Answer> {
  if (context.off.has(source.id)) return err(DISABLED)
  const raw = await askWindowsRaw(context, block)
  return raw.ok ? parseBytes(context, source, raw.value) : raw
}

/** Reads a file and parses it. Errors: those of `Probe.readFile` and of the source; `disabled`. */
export async function askFile(
  context: Context,
  source: Source<'posture'>,
  path: string,
  maxBytes = 1024 * 1024,
): Promise<Answer> {
  if (context.off.has(source.id)) return err(DISABLED)
  const file = await context.probe.readFile(path, { maxBytes })
  return file.ok ? parseBytes(context, source, file.value) : file
}

/** Parses bytes that are already there. */
export function parseBytes({ probe, now }: Context, source: Source<'posture'>, stdout: Uint8Array): Answer {
  return source.parse({ stdout, stderr: '', exitCode: 0, platform: probe.platform, now })
}

/** One part of an answer; a failure under the id of its source. */
export function partOf<P extends PosturePart>(answer: Answer, part: P, source: string): PostureSection[P] {
  // A plain look-up: through the mapped type the compiler would build every combination of parts.
  const parts: { readonly [part: string]: unknown } = answer.ok ? answer.value.parts : {}
  const told = parts[part] as PostureSection[P] | undefined
  if (told !== undefined) return told
  const failure: Failure = answer.ok ? { code: 'empty', detail: `nothing is told about ${part}` } : answer.error
  // Every part of the section accepts a failed reading; the compiler cannot see that through P.
  return failed(source, failure) as PostureSection[P]
}
