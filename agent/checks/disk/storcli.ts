/** Parses storcli and perccli, JSON and text, of `/call show all`, `/cX show`, `/cX/eALL/sALL show all`, `/cX/vall`, `/cX/bbu` and `/cX/cv`. Pure and total. */
import type { Failure } from '../../../shared/reading.ts'
import { err, ok, type Result } from '../../../shared/result.ts'
import type { Source, SourceInput } from '../collector.ts'
import { decode } from '../decode.ts'
import { type Peek, parseJson, peek } from '../json.ts'
import { firstLine } from '../parts.ts'
import { ownKey } from './own-key.ts'
import { cardsContribution, emptyCard, type RaidCard } from './raid-card.ts'
import { storcliArrays } from './storcli-arrays.ts'
import { batteryOf } from './storcli-battery.ts'
import { mergedDrive, storcliDrives } from './storcli-drives.ts'
import { storcliDocument } from './storcli-text.ts'
import { leadingCount, toldText } from './text-lines.ts'

/** Source id; also the `source` of the parts. */
export const STORCLI = 'disk/storcli'

/**
 * Every card of the answer; one card told several times is one. Errors: `empty`, `parse`, `access-denied`, `exit`. An empty list: the
 * tool counted its controllers and there is none.
 */
export function parseStorcli({
  stdout,
  stderr,
}: Pick<SourceInput, 'stdout' | 'stderr'>): Result<readonly RaidCard[], Failure> {
  const text = decode(stdout)
  if (text.trim() === '') return err({ code: 'empty', detail: firstLine(stderr) || 'storcli said nothing' })
  const isJson = text.trimStart().startsWith('{')
  const json = isJson ? parseJson(text) : ok(peek(storcliDocument(text)))
  if (!json.ok) return json
  const entries = json.value.list('Controllers', 32)
  const failures = entries.filter((entry) => ownKey(entry, 'Command Status').text('Status') === 'Failure')
  const told = entries.filter((entry) => ownKey(entry, 'Response Data').keys().length > 0)
  const cards = joinCards([], told.flatMap(cardsOf))
  if (cards.length > 0) return ok(cards)
  if (told.some((entry) => ownKey(ownKey(entry, 'Response Data'), 'Number of Controllers').count('') === 0))
    return ok([])
  return err(explain(failures, text, isJson))
}

function explain(failures: readonly Peek[], text: string, isJson: boolean): Failure {
  const status = failures[0] === undefined ? null : ownKey(failures[0], 'Command Status').text('Description', 300)
  if (status !== null)
    return {
      code: /permission|root|administrator/i.test(status) ? 'access-denied' : 'exit',
      detail: `storcli: ${status}`,
    }
  return {
    code: 'parse',
    detail: isJson ? 'JSON, but of no controller' : `storcli: not understood: ${firstLine(text)}`,
  }
}

function cardsOf(entry: Peek): readonly RaidCard[] {
  const status = ownKey(entry, 'Command Status')
  const data = ownKey(entry, 'Response Data')
  const overview = ['System Overview', 'IT System Overview'].flatMap((key) => ownKey(data, key).list('', 16))
  const number =
    status.count('Controller') ??
    leadingCount(status.text('Controller') ?? '') ??
    ownKey(data, 'Basics').count('Controller')
  if (number === null) return overview.flatMap(overviewCard)
  return [cardOf(`storcli:${number}`, status, data)]
}

function cardOf(id: string, status: Peek, data: Peek): RaidCard {
  const basics = data.has('Basics') ? data.at('Basics') : data
  const state = ownKey(data.at('Status'), 'Controller Status').text('')
  const drives = storcliDrives(data)
  const arrays = storcliArrays(id, data)
  const { battery, temperatureCelsius: batteryCelsius, chargePercent, isCut: batteryCut } = batteryOf(data)
  const roc = ownKey(data.at('HwCfg'), 'ROC temperature(Degree Celsius)').count('')
  return {
    ...emptyCard(id),
    model: basics.text('Model', 128) ?? ownKey(basics, 'Product Name').text('', 128),
    serial: toldText(ownKey(basics, 'Serial Number').text('') ?? undefined),
    firmware: ownKey(data.at('Version'), 'Firmware Version').text('', 64) ?? ownKey(data, 'FW Version').text('', 64),
    told: toldState(state, data),
    isCut: drives.isCut || arrays.isCut || batteryCut || (status.text('Status') !== 'Success' && !isHarmless(status)),
    battery,
    drives: drives.list,
    arrays: arrays.list,
    temperatureCelsius: roc ?? batteryCelsius,
    chargePercent,
  }
}

/** `show all` of a card without a single virtual drive ends in failures of its parts that say so. */
function isHarmless(status: Peek): boolean {
  return /no (?:vds|vd's|drive|pd|virtual)/i.test(status.text('Description', 300) ?? '')
}

/** A form with `Basics` always names the controller's status; the others never do. */
function toldState(state: string | null, data: Peek): RaidCard['told'] {
  if (state === null) return data.has('Basics') || data.has('Status') ? 'unknown' : null
  if (/^(?:optimal|opt|ok)$/i.test(state)) return 'healthy'
  if (/^(?:failed|fld|fault)/i.test(state)) return 'failed'
  return /^unk/i.test(state) ? 'unknown' : 'degraded'
}

/** One row of `storcli show`: the worst of what it says of the card and its battery; it tells no drives. */
function overviewCard(row: Peek): readonly RaidCard[] {
  const number = row.count('Ctl') ?? leadingCount(row.text('Ctl') ?? '')
  if (number === null) return []
  const health = row.text('Hlth')
  const told =
    health === null
      ? 'unknown'
      : /^opt/i.test(health)
        ? 'healthy'
        : /^(?:fld|failed|msng)/i.test(health)
          ? 'failed'
          : /^unk/i.test(health)
            ? 'unknown'
            : 'degraded'
  const word = row.text('BBU')
  const battery =
    word === null || !/^(?:opt|fld|dgd|msng|charging)/i.test(word)
      ? null
      : batteryOf(peek({ BBU_Info: [{ State: word }] })).battery
  return [{ ...emptyCard(`storcli:${number}`), model: row.text('Model', 128), told, battery }]
}

/** Cards of two answers by their id. */
export function joinCards(some: readonly RaidCard[], more: readonly RaidCard[]): readonly RaidCard[] {
  const cards = new Map<string, RaidCard>()
  for (const card of [...some, ...more]) {
    const known = cards.get(card.id)
    cards.set(card.id, known === undefined ? card : joined(known, card))
  }
  return [...cards.values()]
}

/** Two answers about one card: what one of them does not tell, the other may. */
function joined(a: RaidCard, b: RaidCard): RaidCard {
  const slots = new Map(b.drives.map((drive) => [drive.slot, drive]))
  const known = new Set(a.drives.map(({ slot }) => slot))
  const names = new Set((a.arrays ?? []).map(({ name }) => name))
  const arrays =
    a.arrays === null ? b.arrays : [...a.arrays, ...(b.arrays ?? []).filter(({ name }) => !names.has(name))]
  return {
    ...a,
    told: a.told === null || (a.told === 'healthy' && b.told !== null) ? b.told : a.told,
    isCut: a.isCut || b.isCut,
    battery: a.battery ?? b.battery,
    drives: [
      ...a.drives.map((drive) => mergedDrive(drive, slots.get(drive.slot))),
      ...b.drives.filter(({ slot }) => !known.has(slot)),
    ],
    arrays,
    temperatureCelsius: a.temperatureCelsius ?? b.temperatureCelsius,
    chargePercent: a.chargePercent ?? b.chargePercent,
  }
}

/** `disk/storcli`: cards of Broadcom, LSI, Dell PERC, Lenovo … */
export const storcli: Source<'disk'> = {
  id: STORCLI,
  check: 'disk',
  parse: (input) => {
    const cards = parseStorcli(input)
    return cards.ok ? ok(cardsContribution(STORCLI, cards.value)) : cards
  },
}
