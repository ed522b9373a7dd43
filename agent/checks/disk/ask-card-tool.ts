/** Runs the tool of one family of RAID cards, reading only, and without the log files that some of them leave behind. I/O through the probe only. */
import type { Failure } from '../../../shared/reading.ts'
import { err, ok, type Result } from '../../../shared/result.ts'
import type { ProgramName } from '../../probe/programs.ts'
import type { CollectContext, Contribution } from '../collector.ts'
import { decode } from '../decode.ts'
import { firstLine } from '../parts.ts'
import { ARCCONF, arcconfCount, parseArcconf } from './arcconf.ts'
import { MEGACLI, parseMegacli } from './megacli.ts'
import { cardsContribution, type RaidCard } from './raid-card.ts'
import type { CardFamily } from './raid-cards.ts'
import { parseSsacli, SSACLI } from './ssacli.ts'
import { joinCards, parseStorcli, STORCLI } from './storcli.ts'

/** Programs by family, the newer first; none: no tool that Rounds can read. */
export const CARD_TOOLS: { readonly [F in CardFamily]: readonly ProgramName[] } = {
  megaraid: ['storcli64', 'perccli64', 'storcli', 'perccli', 'MegaCli64', 'megacli'],
  smartarray: ['ssacli', 'hpssacli', 'hpacucli'],
  adaptec: ['arcconf'],
  other: [],
}

type Told = { readonly stdout: Uint8Array; readonly stderr: string }
/** @param index of the question that was answered so. */
type Parse = (input: Told, index: number) => Result<readonly RaidCard[], Failure>
type Way = {
  readonly source: string
  readonly calls: readonly (readonly string[])[]
  readonly parse: Parse
  /** Questions that follow from the first answer. */
  readonly more?: (first: Told) => readonly (readonly string[])[]
}

const STORCLI_WAY: Way = {
  source: STORCLI,
  calls: [
    ['/call', 'show', 'all', 'J', 'nolog'],
    ['/call/eall/sall', 'show', 'all', 'J', 'nolog'],
  ],
  parse: parseStorcli,
}
const MEGACLI_WAY: Way = {
  source: MEGACLI,
  calls: [
    ['-LDInfo', '-LAll', '-aAll', '-NoLog'],
    ['-PDList', '-aAll', '-NoLog'],
    ['-AdpBbuCmd', '-GetBbuStatus', '-aAll', '-NoLog'],
  ],
  parse: parseMegacli,
}
const SSACLI_WAY: Way = { source: SSACLI, calls: [['ctrl', 'all', 'show', 'config', 'detail']], parse: parseSsacli }
const ARCCONF_WAY: Way = {
  source: ARCCONF,
  calls: [['getconfig', '1', 'nologs']],
  parse: (input, index) => parseArcconf(input, index + 1),
  // It tells of one card at a time, and how many there are.
  more: ({ stdout }) =>
    Array.from({ length: Math.min(8, arcconfCount(stdout) ?? 1) - 1 }, (_, n) => [
      'getconfig',
      String(n + 2),
      'nologs',
    ]),
}

const WAYS: { readonly [program: string]: Way } = {
  storcli64: STORCLI_WAY,
  perccli64: STORCLI_WAY,
  storcli: STORCLI_WAY,
  perccli: STORCLI_WAY,
  MegaCli64: MEGACLI_WAY,
  megacli: MEGACLI_WAY,
  ssacli: SSACLI_WAY,
  hpssacli: SSACLI_WAY,
  hpacucli: SSACLI_WAY,
  arcconf: ARCCONF_WAY,
}

/**
 * What the tool says of all its cards. Its exit code means nothing here: each of them uses it differently. Every call must be readable:
 * what only one of them tells (media errors) may be the fault. Errors: those of `Probe.exec` and of the parsers, `disabled`.
 */
export async function askCardTool(
  { probe, off }: CollectContext,
  program: ProgramName,
): Promise<Result<Contribution<'disk'>, Failure>> {
  const way = WAYS[program]
  if (way === undefined) return err({ code: 'unsupported', detail: `${program} is no tool of RAID controllers` })
  if (off.has(way.source)) return err({ code: 'disabled', detail: `${way.source} is switched off for this machine` })
  const outputs: Told[] = []
  const calls = [...way.calls]
  for (let n = 0; n < calls.length; n += 1) {
    const output = await probe.exec(program, calls[n] ?? [], {
      timeoutMs: 60_000,
      target: 'raid controller',
      maxBytes: 4 * 1024 * 1024,
    })
    if (!output.ok) return output
    const told = { stdout: output.value.stdout, stderr: output.value.stderr }
    outputs.push(told)
    if (n === 0) calls.push(...(way.more?.(told) ?? []))
  }
  const cards = way === MEGACLI_WAY ? parseTogether(outputs, way.parse) : parseEach(outputs, way.parse)
  return cards.ok ? ok(cardsContribution(way.source, cards.value)) : cards
}

/** The end of every answer of MegaCli. */
const EXIT_CODE = /^\s{0,80}Exit Code: 0x[0-9a-f]/im

/** MegaCli's texts name their adapter in every line that matters: one after the other they are one answer. */
function parseTogether(outputs: readonly Told[], parse: Parse): Result<readonly RaidCard[], Failure> {
  // One question without an answer: the fault may be what it would have told.
  const silent = outputs.find(({ stdout }) => !EXIT_CODE.test(decode(stdout)))
  if (silent !== undefined) {
    const said = firstLine(silent.stderr) || firstLine(decode(silent.stdout))
    return err({ code: said === '' ? 'empty' : 'parse', detail: `MegaCli did not answer to its end: ${said}` })
  }
  const stdout = Buffer.concat(outputs.flatMap((output) => [output.stdout, Buffer.from('\n')]))
  return parse({ stdout, stderr: outputs.map(({ stderr }) => stderr).join('\n') }, 0)
}

function parseEach(outputs: readonly Told[], parse: Parse): Result<readonly RaidCard[], Failure> {
  let cards: readonly RaidCard[] = []
  for (const [index, output] of outputs.entries()) {
    const more = parse(output, index)
    // Drives without an enclosure have no such list; their states stand in the first answer.
    const hasNone = !more.ok && cards.length > 0 && /no (?:enclosure|drive)/i.test(more.error.detail)
    if (!more.ok && !hasNone) return more
    if (!more.ok) continue
    cards = joinCards(cards, more.value)
  }
  return ok(cards)
}
