/**
 * The text format of Prometheus 0.0.4, written by hand: lines stand together in blocks whose text is kept until a value
 * changes, and the text comes in pieces of about 1,000 lines, so that 10,000 machines stall the event loop for less than 5 ms. Pure.
 */
import { toHex } from '../../shared/protocol/bytes.ts'
import { sha256 } from '../../shared/protocol/crypto.ts'

/** Lines of one family that stand together, as text. A value that is not known has no line. */
export type LineBlock = { readonly text: string; readonly lines: number }

/** A block without lines. */
export const NO_LINES: LineBlock = { text: '', lines: 0 }

/** A family with the blocks that hold its series. Prometheus wants all series of a family in one run of lines. */
export type FamilyBlocks = { readonly name: string; readonly help: string; readonly blocks: Iterable<LineBlock> }

const LINES_PER_PIECE = 1_000
/** Longest label value, in UTF-16 units: names from machines must not grow the exposition without end. */
const MOST_LABEL = 128
const CONTROL = /[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u2028\u2029]/g
const SPECIAL = /[\\"\n]/g
const ESCAPES: { readonly [special: string]: string } = { '\\': '\\\\', '"': '\\"', '\n': '\\n' }
const MARK_DIGITS = 10

/**
 * @returns a label value with `\`, `"` and line ends escaped, other control characters replaced, at most 128 characters. A value that
 * was cut or changed ends in `~` and digits of its hash: two names that read alike stay two series.
 */
export function escapeLabel(value: string): string {
  const plain = value.toWellFormed().replace(CONTROL, '\ufffd')
  const isWhole = plain === value && value.length <= MOST_LABEL
  return (isWhole ? value : marked(plain, value)).replace(SPECIAL, (special) => ESCAPES[special] ?? special)
}

function marked(plain: string, value: string): string {
  const digits = toHex(sha256(Buffer.from(value, 'utf16le'))).slice(0, MARK_DIGITS)
  return `${plain.slice(0, MOST_LABEL - MARK_DIGITS - 1).toWellFormed()}~${digits}`
}

/** @returns `name="value",…` with the values escaped. Names are ours. */
export function labelText(labels: { readonly [name: string]: string }): string {
  return Object.entries(labels)
    .map(([name, value]) => `${name}="${escapeLabel(value)}"`)
    .join(',')
}

/** @returns HELP and TYPE of a gauge. */
export function familyHead(name: string, help: string): string {
  const text = help.replace(/\\/g, '\\\\').replace(/\n/g, '\\n')
  return `# HELP ${name} ${text}\n# TYPE ${name} gauge\n`
}

/** @returns what stands before the value of one series. @param labels `name="value",…`, escaped. */
export function seriesHead(name: string, labels: string): string {
  return `${name}{${labels}} `
}

/**
 * Writes gauges. A family without any series is left out.
 * @yields pieces of about 1,000 lines; the caller lets others run between two pieces.
 */
export function* renderFamilies(families: Iterable<FamilyBlocks>): Generator<string> {
  let piece = ''
  let lines = 0
  for (const { name, help, blocks } of families) {
    let isFirst = true
    for (const block of blocks) {
      if (block.lines === 0) continue
      if (isFirst) piece += familyHead(name, help)
      isFirst = false
      piece += block.text
      lines += block.lines
      if (lines < LINES_PER_PIECE) continue
      yield piece
      piece = ''
      lines = 0
    }
  }
  if (piece !== '') yield piece
}
