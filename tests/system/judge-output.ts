/** A real tool's output through one of the agent's parsers and the server's rules, as `agent parse | server judge` do it. */

import type { SourceInput } from '../../agent/checks/collector.ts'
import { SOURCES } from '../../agent/checks/sources.ts'
import { answer, type ParseAnswer } from '../../agent/commands/parse.ts'
import { judgeSection } from '../../server/judge.ts'
import { CHECK_NAMES, type CheckName, type Role } from '../../shared/checks/names.ts'

/** What a program printed, as blocks record it. */
export type ToolOutput = { readonly stdout: Uint8Array; readonly stderr: string; readonly exitCode: number | null }

/** Circumstances that differ from a Linux server now. */
export type JudgedAs = { readonly role?: Role; readonly now?: number; readonly platform?: SourceInput['platform'] }

/** @returns what a source makes of an output, as `agent parse` prints it. Throws when there is no such source. */
export function parseOutput(
  id: `${CheckName}/${string}`,
  { stdout, stderr, exitCode }: ToolOutput,
  { platform = 'linux', now = Date.now() }: JudgedAs = {},
): ParseAnswer {
  const source = CHECK_NAMES.flatMap((check) => [...SOURCES[check]]).find((one) => one.id === id)
  if (source === undefined) throw new Error(`the agent has no source ${id}`)
  return answer(source, { stdout, stderr, exitCode, platform, now })
}

/** @returns what a rule says of each item: its state, or the severity of a failure. Empty: the rule found nothing to judge. */
export function judgeOutput(
  id: `${CheckName}/${string}`,
  output: ToolOutput,
  rule: string,
  { now = Date.now(), ...as }: JudgedAs = {},
): readonly string[] {
  const check = CHECK_NAMES.find((name) => id.startsWith(`${name}/`)) ?? 'disk'
  const parsed = parseOutput(id, output, { ...as, now })
  const judged = judgeSection(check, JSON.stringify(parsed), { now, role: as.role ?? 'server' })
  if (!judged.ok) throw new Error(judged.error.detail)
  return judged.value.filter((one) => one.rule === rule).map(({ state, severity }) => severity ?? state)
}
