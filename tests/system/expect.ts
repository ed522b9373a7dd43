/** Runs a real program as the agent does, and says what a rule made of it. */
import { deepStrictEqual } from 'node:assert/strict'
import type { CheckName } from '../../shared/checks/names.ts'
import { runProgram } from '../support/run-program.ts'
import type { BlockContext } from './block.ts'
import { type JudgedAs, judgeOutput, type ToolOutput } from './judge-output.ts'

/** The environment of the agent's own children (agent/probe/platforms.ts). */
const PLAIN = {
  PATH: '/usr/sbin:/usr/bin:/sbin:/bin',
  LC_ALL: 'C',
  LANG: 'C',
  LANGUAGE: '',
  COLUMNS: '1000',
  HOME: '/root',
}

/** Runs one to its end. */
export async function run(
  command: string,
  args: readonly string[],
  env: NodeJS.ProcessEnv = {},
  cwd = '/',
): Promise<ToolOutput & { readonly text: string }> {
  const { code, stdout, stderr } = await runProgram(command, args, {
    cwd,
    env: { ...PLAIN, ...env },
    timeoutMs: 120_000,
  })
  return { stdout: Buffer.from(stdout), text: stdout, stderr, exitCode: code }
}

/** One line of a block: an output, the source that reads it, the rule, and all that the rule may say of its items. */
export type Line = readonly [
  what: string,
  output: ToolOutput,
  source: `${CheckName}/${string}`,
  rule: string,
  says: readonly string[],
  as?: JudgedAs,
]

/** Throws when a rule says something else, after all lines were judged. */
export function expectLines(log: BlockContext['log'], lines: readonly Line[]): void {
  const expected = lines.map(([what, , source, rule, says]) => [what, source, rule, ...[...says].sort()].join(' | '))
  const found = lines.map(([what, output, source, rule, , as]) => {
    const said = [...new Set(judgeOutput(source, output, rule, as))].sort()
    return [what, source, rule, ...said].join(' | ')
  })
  for (const line of found) log(line)
  deepStrictEqual(found, expected)
}
