/**
 * Series of all machines, kept as columns between two scrapes. Machines stand in small blocks, each of one client; a scrape works out
 * again only the blocks in which a machine changed, and lets others run between them. Reads the fleet, never the store.
 */
import { setImmediate as nextTurn } from 'node:timers/promises'
import type { EpochMs } from '../../shared/units.ts'
import type { MachineState } from '../fleet/machine-state.ts'
import type { MachineEntry } from '../views/machine-entry.ts'
import { type Column, renderFamilies } from './exposition.ts'
import { machineLabels, machineSeries } from './machine-series.ts'
import { FAMILIES, FAMILY_KEYS } from './names.ts'

/** Where machines and their names come from. */
export type MetricsSource = {
  readonly states: () => Iterable<MachineState>
  readonly entryOf: (state: MachineState) => MachineEntry | null
}

const BLOCK_SIZE = 32
const FAMILY_INDEX = new Map(FAMILY_KEYS.map((key, index) => [key, index]))

type MutableColumn = { readonly labels: string[]; readonly values: number[] }

/** Up to 32 machines of one client. */
class Block {
  readonly #labels = new WeakMap<MachineEntry['client'], Map<string, string>>()
  #states: readonly MachineState[] = []
  #until: EpochMs = 0
  #columns: readonly MutableColumn[] = []

  /** Columns by family; replaced as a whole, so that a scrape under way keeps those it started with. */
  get columns(): readonly Column[] {
    return this.#columns
  }

  /** @returns true when the series had to be worked out again. */
  refresh(states: readonly MachineState[], now: EpochMs, entryOf: MetricsSource['entryOf']): boolean {
    const isSame = states.length === this.#states.length && states.every((state, i) => state === this.#states[i])
    if (isSame && now < this.#until) return false
    const columns: MutableColumn[] = FAMILY_KEYS.map(() => ({ labels: [], values: [] }))
    let until = Number.POSITIVE_INFINITY
    for (const state of states) {
      const entry = entryOf(state)
      if (entry !== null) until = Math.min(until, this.#add(entry, now, columns))
    }
    this.#columns = columns
    this.#states = states
    this.#until = until
    return true
  }

  #add(entry: MachineEntry, now: EpochMs, columns: readonly MutableColumn[]): EpochMs {
    const base = machineLabels(entry)
    const texts = this.#textsOf(entry)
    return machineSeries(entry, now, (family, more, value) => {
      const column = value === null ? undefined : columns[FAMILY_INDEX.get(family) ?? -1]
      if (column === undefined || value === null) return
      column.labels.push(more === '' ? base : textOf(texts, base, more))
      column.values.push(value)
    })
  }

  /** Label texts are kept between scrapes: the same text again is the same string, already flat. */
  #textsOf({ client }: MachineEntry): Map<string, string> {
    let texts = this.#labels.get(client)
    if (texts === undefined || texts.size > MOST_TEXTS) {
      texts = new Map()
      this.#labels.set(client, texts)
    }
    return texts
  }
}

/** Label texts of one block beyond which they are made anew, so that items that come and go leave nothing behind. */
const MOST_TEXTS = BLOCK_SIZE * 200

function textOf(texts: Map<string, string>, base: string, more: string): string {
  const text = `${base},${more}`
  const known = texts.get(text)
  if (known !== undefined) return known
  texts.set(text, text)
  return text
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
      columns: blocks.map((columns) => columns[index] ?? EMPTY),
    }))
    for (const piece of renderFamilies(families)) {
      yield piece
      await nextTurn()
    }
  }

  async *#refresh(now: EpochMs, sees: (clientId: string) => boolean): AsyncGenerator<string, (readonly Column[])[]> {
    const columns: (readonly Column[])[] = []
    for (const [clientId, states] of Map.groupBy(this.#source.states(), (state) => state.clientId)) {
      if (!sees(clientId)) continue
      const blocks = this.#blocks.get(clientId) ?? []
      this.#blocks.set(clientId, blocks)
      for (let start = 0; start < states.length; start += BLOCK_SIZE) {
        const index = start / BLOCK_SIZE
        blocks[index] ??= new Block()
        const changed = blocks[index].refresh(states.slice(start, start + BLOCK_SIZE), now, this.#source.entryOf)
        columns.push(blocks[index].columns)
        if (changed) await nextTurn()
      }
      blocks.length = Math.ceil(states.length / BLOCK_SIZE)
    }
    return columns
  }
}

const EMPTY: Column = { labels: [], values: [] }
