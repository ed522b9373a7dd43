/**
 * Series of all machines, kept as text between two scrapes. Machines stand in small blocks, each of one client; a scrape works out
 * again only the blocks in which a machine changed, and lets others run between them. Reads the fleet, never the store.
 */
import { setImmediate as nextTurn } from 'node:timers/promises'
import type { EpochMs } from '../../shared/units.ts'
import type { MachineState } from '../fleet/machine-state.ts'
import type { MachineEntry } from '../views/machine-entry.ts'
import { type LineBlock, NO_LINES, renderFamilies, seriesHead } from './exposition.ts'
import { FamilyLines } from './family-lines.ts'
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

/** Up to 32 machines of one client. */
class Block {
  #states: readonly MachineState[] = []
  #machines: readonly MachineHeads[] = []
  #until: EpochMs = 0
  #namesVersion = 0
  readonly #families: readonly FamilyLines[] = FAMILY_KEYS.map(() => new FamilyLines())
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
    let until = Number.POSITIVE_INFINITY
    this.#machines = states.map((state, i) => {
      const machine = this.#machines[i] ?? new MachineHeads()
      const entry = entryOf(state)
      if (entry !== null) until = Math.min(until, machine.write(entry, now, this.#families))
      return machine
    })
    this.#blocks = this.#families.map((family) => family.finish())
    this.#states = states
    this.#until = until
    return true
  }
}

/** What stands before the values of one machine, kept between scrapes: making it costs more than keeping it. */
class MachineHeads {
  #base = ''
  #families: number[] = []
  #more: string[] = []
  #heads: string[] = []

  /** Adds the machine's lines to those of each family. @returns the first moment at which they change by time alone. */
  write(entry: MachineEntry, now: EpochMs, lines: readonly FamilyLines[]): EpochMs {
    const base = machineLabels(entry)
    if (base !== this.#base) this.#forget(base)
    let at = 0
    const until = machineSeries(entry, now, (key, more, value) => {
      const family = value === null ? undefined : FAMILY_INDEX.get(key)
      if (family === undefined || value === null) return
      lines[family]?.add(this.#head(at, family, more), value)
      at += 1
    })
    this.#heads.length = at
    return until
  }

  #head(at: number, family: number, more: string): string {
    const kept = this.#heads[at]
    if (kept !== undefined && this.#families[at] === family && this.#more[at] === more) return kept
    const head = seriesHead(FAMILY_NAMES[family] ?? '', more === '' ? this.#base : `${this.#base},${more}`)
    this.#families[at] = family
    this.#more[at] = more
    this.#heads[at] = head
    return head
  }

  #forget(base: string): void {
    this.#base = base
    this.#heads = []
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
      blocks: blocks.map((lines) => lines[index] ?? NO_LINES),
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
