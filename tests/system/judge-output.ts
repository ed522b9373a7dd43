/** A real tool's output through one of the agent's parsers and the server's rules, as `agent parse | server judge` do it. */

import type { SourceInput } from '../../agent/checks/collector.ts'
import { SOURCES } from '../../agent/checks/sources.ts'
import { answer } from '../../agent/commands/parse.ts'
import { judgeSection } from '../../server/judge.ts'
import { CHECK_NAMES, type CheckName, type Role } from '../../shared/checks/names.ts'

/** What a program printed, as blocks record it. */
export type ToolOutput = { readonly stdout: Uint8Array; readonly stderr: string; readonly exitCode: number | null }

/** Circumstances that differ from a Linux server now. */
export type JudgedAs = { readonly role?: Role; readonly now?: number; readonly platform?: SourceInput['platform'] }

/**
 * @returns what a rule says of each item: its state, or the severity of a failure. Empty: the rule found nothing to judge.
 * Throws when there is no such source.
 */
export function judgeOutput(
  id: `${CheckName}/${string}`,
  output: ToolOutput,
  rule: string,
  as: JudgedAs = {},
): readonly string[] {
  const source = CHECK_NAMES.flatMap((check) => [...SOURCES[check]]).find((one) => one.id === id)
  if (source === undefined) throw new Error(`the agent has no source ${id}`)
  const now = as.now ?? Date.now()
  const { stdout, stderr, exitCode } = output
  const parsed = answer(source, { stdout, stderr, exitCode, platform: as.platform ?? 'linux', now })
  const judged = judgeSection(source.check, JSON.stringify(parsed), { now, role: as.role ?? 'server' })
  if (!judged.ok) throw new Error(judged.error.detail)
  return judged.value.filter((one) => one.rule === rule).map(({ state, severity }) => severity ?? state)
}
