/** Parses MegaCli, `-LDInfo`, `-PDList`, `-LDPDInfo`, `-CfgDsply`, `-AdpAllInfo` and `-AdpBbuCmd`, alone or one after another. Pure and total. */
import type { Failure } from '../../../shared/reading.ts'
import { err, ok, type Result } from '../../../shared/result.ts'
import type { Source, SourceInput } from '../collector.ts'
import { decode } from '../decode.ts'
import { firstLine } from '../parts.ts'
import { type MegacliBlock, type MegacliCard, splitMegacli } from './megacli-blocks.ts'
import { megacliArray, megacliBattery, megacliDrive } from './megacli-parts.ts'
import { cardsContribution, emptyCard, type RaidCard } from './raid-card.ts'
import { leadingCount, toldText } from './text-lines.ts'

/** Source id; also the `source` of the parts. */
export const MEGACLI = 'disk/megacli'

/** One card for each adapter. Errors: `empty`, `parse`, `access-denied`, `exit`. An empty list: it counted its controllers and has none. */
export function parseMegacli({
  stdout,
  stderr,
}: Pick<SourceInput, 'stdout' | 'stderr'>): Result<readonly RaidCard[], Failure> {
  const text = decode(stdout)
  const { cards, isWhole, failed } = splitMegacli(text)
  if (cards.length > 0) return ok(cards.slice(0, 16).map((card) => cardOf(card, isWhole && !failed)))
  if (/^\s*Controller Count: 0\.?\s*$/m.test(text.slice(0, 4_000))) return ok([])
  const said = firstLine(stderr) || firstLine(text)
  if (said === '') return err({ code: 'empty', detail: 'MegaCli said nothing' })
  if (/permission|root|privileg/i.test(said)) return err({ code: 'access-denied', detail: said })
  return err({ code: failed || /^ERROR|FAILED/i.test(said) ? 'exit' : 'parse', detail: said })
}

function cardOf({ number, adapter, arrays, drives, battery }: MegacliCard, isWhole: boolean): RaidCard {
  const id = `megacli:${number}`
  const power = megacliBattery(battery, adapter)
  const list = drives.map((block, index) => megacliDrive(block, index))
  const bySlot = new Map(list.map(({ drive }) => [drive.slot, drive]))
  // Older versions tell no state of a cache made of SSDs, and no level.
  const judged = arrays.filter((block) => !isSilentCache(block))
  const logical = judged.map((block, index) => megacliArray(id, block, index))
  const alerts = drives.filter((block) => block.has('drive has flagged a s.m.a.r.t alert')).length
  return {
    ...emptyCard(id),
    model: toldText(adapter.get('product name')),
    serial: toldText(adapter.get('serial no')),
    firmware: toldText(adapter.get('fw version') ?? adapter.get('fw package build'), 64),
    told: toldState(adapter),
    // A line that its neighbors have and one drive has not was cut out of it.
    isCut:
      !isWhole ||
      list.some(({ isCut }) => isCut) ||
      (alerts > 0 && alerts < drives.length) ||
      drives.length < announced(arrays) ||
      arrays.some((block) => block.has('number of spans') && !block.has('span')) ||
      power.isCut,
    battery: power.battery,
    drives: [...bySlot.values()].slice(0, 256),
    arrays: arrays.length === 0 ? null : logical,
    temperatureCelsius: power.temperatureCelsius,
    chargePercent: power.chargePercent,
  }
}

/** `Span: 0 - Number of PDs: 3` of -LDPDInfo: so many drives follow, at least. */
function announced(arrays: readonly MegacliBlock[]): number {
  const counts = arrays.map((block) => /Number of PDs: {0,4}(\d{1,3})$/.exec(block.get('span') ?? '')?.[1] ?? 0)
  return counts.reduce<number>((sum, count) => sum + Number(count), 0)
}

function isSilentCache(block: MegacliBlock): boolean {
  return /^cachecade/i.test(block.get('virtual drive type') ?? '') && !block.has('state') && !block.has('raid level')
}

/** `-AdpAllInfo` counts what is broken; it never says that the card itself is well. */
function toldState(adapter: MegacliBlock): RaidCard['told'] {
  const counts = ['degraded', 'offline', 'critical disks', 'failed disks', 'memory uncorrectable errors'].map((key) =>
    leadingCount(adapter.get(key)),
  )
  if (counts.some((count) => (count ?? 0) > 0)) return 'degraded'
  return counts.slice(0, 4).every((count) => count === 0) ? 'healthy' : null
}

/** `disk/megacli`: cards of LSI and Dell by the older tool. */
export const megacli: Source<'disk'> = {
  id: MEGACLI,
  check: 'disk',
  parse: (input) => {
    const cards = parseMegacli(input)
    return cards.ok ? ok(cardsContribution(MEGACLI, cards.value)) : cards
  },
}
