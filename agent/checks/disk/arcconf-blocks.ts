/** arcconf's text cut into the card, its logical devices, its physical devices and its battery. Pure. */
import { keyLine, textLines } from './text-lines.ts'

/** Lines of one thing by key in lower case; `number` and `device #` from its head, `device is` from its kind. */
export type ArcconfBlock = ReadonlyMap<string, string>
/** Everything of one answer. */
export type ArcconfCard = {
  readonly fields: ArcconfBlock
  readonly arrays: readonly ArcconfBlock[]
  readonly drives: readonly ArcconfBlock[]
  readonly battery: ArcconfBlock | null
  /** The section about the controller is there. */
  readonly hasController: boolean
  /** Logical devices that are counted and do not exist. */
  readonly emptyPlaces: number
  /** The answer ends as a whole one does. */
  readonly isWhole: boolean
  readonly failed: boolean
}

const SECTION =
  /^(?:controller|logical|physical|maxcache|connector|raid|temperature|array|channel|phy|device|statistic|segment)?.{0,40}?\b(?:information|details|properties|setting)s?(?: information)?$/i

/** Total: any text gives a card, perhaps an empty one. */
export function splitArcconf(text: string): ArcconfCard {
  const fields = new Map<string, string>()
  const arrays: Map<string, string>[] = []
  const drives: Map<string, string>[] = []
  let battery: Map<string, string> | null = null
  let here: Map<string, string> | null = null
  let hasController = false
  let emptyPlaces = 0
  for (const raw of textLines(text)) {
    const line = raw.trim()
    const logical = /^Logical device(?: number)? #?(\d{1,4})$/i.exec(line)
    const device = /^Device #(\d{1,4})$/i.exec(line)
    if (logical !== null) here = opened(arrays, 'number', logical[1] ?? '')
    else if (device !== null) here = opened(drives, 'device #', device[1] ?? '')
    else if (/^Device is an? /i.test(line)) {
      // The head of this device was cut: its lines must not count for the one before it.
      if (here === null || here !== drives.at(-1) || here.has('device is')) here = opened(drives, 'device #', '?')
      here.set('device is', line.slice(10))
    } else if (/battery information$|backup unit information$|^cache backup unit|zmm information$/i.test(line))
      here = battery ??= new Map()
    else if (/^Controller information$/i.test(line)) {
      here = fields
      hasController = true
    } else if (/^(?:Controller Version Information|Version Information)$/i.test(line)) here = fields
    else if (/^Logical device segment information$|^Device Error Counters$/i.test(line)) continue
    // Its own heading closed the drive that it belongs to (series 8: phys of the drive stand between).
    else if (/^Runtime Error Counters$/i.test(line) && drives.length > 0) here = drives.at(-1) ?? null
    // Parts of the controller: the counts of its logical devices stand in one of them (series 8).
    else if (/^(?:RAID|Cache|maxCache) Properties$/i.test(line) && arrays.length + drives.length === 0) here = fields
    // A place that holds no device is counted with them.
    else if (/^No logical devices configured$/i.test(line)) emptyPlaces += 1
    else if (SECTION.test(line)) here = null
    else if (here !== null) read(line, here)
  }
  const isWhole =
    /^Controllers found: \d/im.test(text.slice(0, 4_000)) &&
    /^Command completed successfully\.?$/m.test(text.slice(-2_000))
  const failed = /^(?:Command (?:failed|aborted)|Invalid|Error)/im.test(text.slice(0, 20_000))
  return { fields, arrays, drives, battery, hasController, emptyPlaces, isWhole, failed }
}

function opened(blocks: Map<string, string>[], key: string, value: string): Map<string, string> {
  const block = new Map([[key, value]])
  blocks.push(block)
  return block
}

function read(line: string, block: Map<string, string>): void {
  const told = keyLine(line)
  if (told !== null && !block.has(told.key)) block.set(told.key, told.value)
}
