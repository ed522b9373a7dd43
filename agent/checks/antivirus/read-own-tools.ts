/** Asks the tools of protection products themselves. I/O through the probe; each tool at most every 6 hours while its product runs. */
import { type Failure, read } from '../../../shared/reading.ts'
import { ok, type Result } from '../../../shared/result.ts'
import { type EpochMs, MINUTE_MS } from '../../../shared/units.ts'
import type { Output, Platform, Probe } from '../../probe/probe.ts'
import type { ProgramName } from '../../probe/programs.ts'
import { decode } from '../decode.ts'
import { parseBduitool } from './bduitool.ts'
import { parseRepcli } from './carbon-black.ts'
import { parseCytool } from './cortex.ts'
import { parseFalconctl } from './crowdstrike.ts'
import { parseEset } from './eset.ts'
import { parseKesl } from './kesl.ts'
import { parseMdatpHealth } from './mdatp.ts'
import type { OwnWords } from './merge-products.ts'
import type { ProductStatus } from './product-status.ts'
import { parseInfected, parseSentinelctl } from './sentinelone.ts'

type Asked = { readonly text: string; readonly stderr: string; readonly exitCode: number | null; readonly now: EpochMs }
type Tool = {
  readonly platforms: readonly Platform[]
  readonly program: ProgramName
  /** One run each; their outputs are read together. */
  readonly runs: readonly (readonly string[])[]
  readonly parse: (asked: Asked) => Result<OwnWords, Failure>
}

const statusOnly = (answer: Result<ProductStatus, Failure>): Result<OwnWords, Failure> =>
  answer.ok ? ok({ status: answer.value }) : answer

const falcon = (asked: Asked) => statusOnly(parseFalconctl(asked.text, asked.stderr, asked.exitCode))
const sentinel = ({ text, stderr, exitCode }: Asked): Result<OwnWords, Failure> => {
  const status = parseSentinelctl(text, stderr, exitCode)
  if (!status.ok) return status
  const infected = parseInfected(text)
  const counts = { active: infected === true ? 1 : 0, handled: null, failed: null, withinDays: 30 }
  return ok({ status: status.value, threats: infected === null ? null : read('antivirus/sentinelone', counts) })
}

const UNIX: readonly Platform[] = ['linux', 'darwin']
const TOOLS: { readonly [id: string]: readonly Tool[] } = {
  crowdstrike: [
    { platforms: ['linux'], program: 'falconctl', runs: [['-g', '--aid', '--rfm-state', '--version']], parse: falcon },
    { platforms: ['darwin'], program: 'falconctl', runs: [['stats', 'agent_info']], parse: falcon },
  ],
  cortex: [
    {
      platforms: UNIX,
      program: 'cytool',
      runs: [['runtime', 'query']],
      parse: ({ text, stderr, exitCode }) => statusOnly(parseCytool(text, stderr, exitCode)),
    },
  ],
  sentinelone: [
    { platforms: ['linux'], program: 'sentinelctl', runs: [['version'], ['control', 'status']], parse: sentinel },
    { platforms: ['darwin'], program: 'sentinelctl', runs: [['status']], parse: sentinel },
  ],
  mdatp: [
    {
      platforms: UNIX,
      program: 'mdatp',
      runs: [['health', '--output', 'json']],
      parse: ({ text, stderr, exitCode, now }) => parseMdatpHealth(text, stderr, exitCode, now),
    },
  ],
  bitdefender: [
    {
      platforms: ['linux'],
      program: 'bduitool',
      runs: [['get', 'ps']],
      parse: ({ text, stderr, exitCode, now }) => parseBduitool(text, stderr, exitCode, now),
    },
  ],
  kaspersky: [
    {
      platforms: ['linux'],
      program: 'kesl-control',
      runs: [['--app-info']],
      parse: ({ text, stderr, exitCode, now }) => parseKesl(text, stderr, exitCode, now),
    },
  ],
  'carbon-black': [
    {
      platforms: ['linux', 'darwin', 'win32'],
      program: 'repcli',
      runs: [['status']],
      parse: ({ text, stderr, exitCode }) => statusOnly(parseRepcli(text, stderr, exitCode)),
    },
  ],
  eset: [
    {
      platforms: ['win32'],
      program: 'ermm',
      runs: [['get', 'protection-status']],
      parse: ({ text, stderr, exitCode, now }) => parseEset(text, stderr, exitCode, now),
    },
  ],
}

const ASK_EVERY_MS = 6 * 60 * MINUTE_MS
type Remembered = { readonly at: number; readonly words: OwnWords | null }

/** @returns null: it has no tool that this system can ask, or the tool failed; the rest of the product stays "not told" then. */
export async function readOwnWords(
  probe: Probe,
  id: string,
  memo: Map<string, unknown>,
  now: EpochMs,
): Promise<OwnWords | null> {
  const tool = TOOLS[id]?.find(({ platforms }) => platforms.includes(probe.platform))
  if (tool === undefined) return null
  const known = memo.get(id)
  if (isRemembered(known) && now >= known.at && now - known.at < ASK_EVERY_MS) return known.words
  const words = await ask(probe, tool, now)
  memo.set(id, { at: now, words } satisfies Remembered)
  return words
}

async function ask(probe: Probe, { program, runs, parse }: Tool, now: EpochMs): Promise<OwnWords | null> {
  const outputs: Output[] = []
  for (const args of runs) {
    const run = await probe.exec(program, args)
    if (!run.ok) return null
    outputs.push(run.value)
  }
  const bad = outputs.find(({ exitCode }) => exitCode !== 0)
  const text = outputs.map(({ stdout }) => decode(stdout)).join('\n')
  const answer = parse({ text, stderr: bad?.stderr ?? '', exitCode: bad === undefined ? 0 : bad.exitCode, now })
  return answer.ok ? answer.value : null
}

function isRemembered(value: unknown): value is Remembered {
  return typeof value === 'object' && value !== null && 'at' in value && 'words' in value
}
