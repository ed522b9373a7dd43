/**
 * Series of all machines, kept as lines between two scrapes. Machines stand in small blocks, each of one client; a scrape works out
 * again only the blocks in which a machine changed, and lets others run between them. Reads the fleet, never the store.
 */
import { setImmediate as nextTurn } from 'node:timers/promises'
import type { EpochMs } from '../../shared/units.ts'
import type { MachineState } from '../fleet/machine-state.ts'
import type { MachineEntry } from '../views/machine-entry.ts'
import { type LineBlock, renderFamilies, seriesLine } from './exposition.ts'
import { machineLabels, machineSeries } from './machine-series.ts'
import { FAMILIES, FAMILY_KEYS } from './names.ts'

/** Where machines and their names come from. */
export type MetricsSource = {
  readonly states: () => Iterable<MachineState>
  readonly entryOf: (state: MachineState) => MachineEntry | null
  /** Another number once a client or site was added or named anew: names stand in lines, and no state changes with them. */
  readonly namesVersion: () => number
}

const BLOCK_SIZE = 32
const FAMILY_INDEX = new Map(FAMILY_KEYS.map((key, index) => [key, index]))
const FAMILY_NAMES = FAMILY_KEYS.map((key) => FAMILIES[key].name)
const NOTHING: LineBlock = { text: '', lines: 0 }

/** Up to 32 machines of one client. */
class Block {
  #states: readonly MachineState[] = []
  #machines: readonly MachineLines[] = []
  #until: EpochMs = 0
  #namesVersion = 0
  #lines: readonly (readonly string[])[] = []
  #blocks: readonly LineBlock[] = []

  /** Lines by family; replaced as a whole, so that a scrape under way keeps those it started with. */
  get blocks(): readonly LineBlock[] {
    return this.#blocks
  }

  /** @returns true when the series had to be worked out again. */
  refresh(states: readonly MachineState[], now: EpochMs, { entryOf, namesVersion }: MetricsSource): boolean {
    const version = namesVersion()
    const isSame =
      version === this.#namesVersion &&
      states.length === this.#states.length &&
      states.every((state, i) => state === this.#states[i])
    if (isSame && now < this.#until) return false
    this.#namesVersion = version
    const lines: string[][] = FAMILY_KEYS.map(() => [])
    let until = Number.POSITIVE_INFINITY
    this.#machines = states.map((state, i) => {
      const machine = this.#machines[i] ?? new MachineLines()
      const entry = entryOf(state)
      if (entry !== null) until = Math.min(until, machine.write(entry, now, lines))
      return machine
    })
    this.#keep(lines)
    this.#states = states
    this.#until = until
    return true
  }

  /** Of sixty families a report moves a few: lines and text of the others stay, and the collector has nothing to carry. */
  #keep(lines: readonly string[][]): void {
    const before = this.#lines
    const isSame = lines.map(
      (all, i) => all.length === before[i]?.length && all.every((line, k) => line === before[i]?.[k]),
    )
    this.#blocks = lines.map((all, i) => {
      const kept = this.#blocks[i]
      if (kept !== undefined && isSame[i] === true) return kept
      return all.length === 0 ? NOTHING : { text: all.join(''), lines: all.length }
    })
    this.#lines = lines.map((all, i) => (isSame[i] === true ? (before[i] ?? all) : all))
  }
}

/** The lines of one machine, kept between scrapes: most values are those of the last one, and making a line costs more than keeping it. */
class MachineLines {
  #base = ''
  #families: number[] = []
  #more: string[] = []
  #values: number[] = []
  #lines: string[] = []

  /** Adds the machine's lines to those of each family. @returns the first moment at which they change by time alone. */
  write(entry: MachineEntry, now: EpochMs, lines: readonly string[][]): EpochMs {
    const base = machineLabels(entry)
    if (base !== this.#base) this.#forget(base)
    let at = 0
    const until = machineSeries(entry, now, (key, more, value) => {
      const family = value === null ? undefined : FAMILY_INDEX.get(key)
      if (family === undefined || value === null) return
      const line = this.#line(at, family, more, value)
      at += 1
      if (line !== '') lines[family]?.push(line)
    })
    this.#lines.length = at
    return until
  }

  #line(at: number, family: number, more: string, value: number): string {
    const kept = this.#lines[at]
    const isSame = this.#values[at] === value && this.#families[at] === family && this.#more[at] === more
    if (kept !== undefined && isSame) return kept
    const line = seriesLine(FAMILY_NAMES[family] ?? '', more === '' ? this.#base : `${this.#base},${more}`, value)
    this.#families[at] = family
    this.#more[at] = more
    this.#values[at] = value
    this.#lines[at] = line
    return line
  }

  #forget(base: string): void {
    this.#base = base
    this.#lines = []
  }
}

/** One per server. */
export class FleetMetrics {
  readonly #source: MetricsSource
  readonly #blocks = new Map<string, Block[]>()

  constructor(source: MetricsSource) {
    this.#source = source
  }

  /**
   * The exposition of all machines that `sees` lets through.
   * @yields pieces of about 1,000 lines; waits for the next turn of the event loop after each.
   */
  async *expose(now: EpochMs, sees: (clientId: string) => boolean): AsyncGenerator<string> {
    const blocks = yield* this.#refresh(now, sees)
    const families = FAMILY_KEYS.map((key, index) => ({
      ...FAMILIES[key],
      blocks: blocks.map((lines) => lines[index] ?? NOTHING),
    }))
    for (const piece of renderFamilies(families)) {
      yield piece
      await nextTurn()
    }
  }

  async *#refresh(now: EpochMs, sees: (clientId: string) => boolean): AsyncGenerator<string, (readonly LineBlock[])[]> {
    const all: (readonly LineBlock[])[] = []
    for (const [clientId, states] of Map.groupBy(this.#source.states(), (state) => state.clientId)) {
      if (!sees(clientId)) continue
      const blocks = this.#blocks.get(clientId) ?? []
      this.#blocks.set(clientId, blocks)
      for (let start = 0; start < states.length; start += BLOCK_SIZE) {
        const index = start / BLOCK_SIZE
        blocks[index] ??= new Block()
        const changed = blocks[index].refresh(states.slice(start, start + BLOCK_SIZE), now, this.#source)
        all.push(blocks[index].blocks)
        if (changed) await nextTurn()
      }
      blocks.length = Math.ceil(states.length / BLOCK_SIZE)
    }
    return all
  }
}
