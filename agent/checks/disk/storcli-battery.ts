/** Battery or capacitor of a card in storcli's document: a row of `show all`, or the property lists of `/cX/bbu` and `/cX/cv`. Pure. */
import type { Controller } from '../../../shared/checks/disk.ts'
import type { Peek } from '../json.ts'
import { ownKey } from './own-key.ts'
import { leadingCount } from './text-lines.ts'

/** What the document says of it. `isCut`: it has one, and its state is gone. */
export type StorcliBattery = {
  readonly battery: Controller['battery']
  readonly temperatureCelsius: number | null
  readonly chargePercent: number | null
  readonly isCut: boolean
}

const LISTS = [
  'BBU_Info',
  'Cachevault_Info',
  'CacheVault_Info',
  'BBU_Firmware_Status',
  'Firmware_Status',
  'GasGaugeStatus',
  'BBU_Status',
] as const
/** Properties that name a fault when they say yes (storcli 7.x, BBU_Firmware_Status). */
const FAULTS: readonly (readonly [RegExp, NonNullable<Controller['battery']>])[] = [
  [/battery pack missing/i, 'absent'],
  [/replacement required|pack is about to fail|i2c errors detected/i, 'failed'],
  [
    /learn cycle (?:failed|timeout)|remaining capacity low|voltage (?:low|high)|over (?:temperature|charged)/i,
    'degraded',
  ],
  [/learn cycle active/i, 'learning'],
]

/** State words of both forms. */
function wordOf(word: string): Controller['battery'] {
  if (/^(?:optimal|opt|operational|ready|good|ok)\b/i.test(word)) return 'healthy'
  if (/^(?:missing|msng|absent|not present|na|n\/a|-)$/i.test(word)) return 'absent'
  if (/learn|charging/i.test(word)) return 'learning'
  return /fail|fld|dead|replace|bad|faulty/i.test(word) ? 'failed' : 'degraded'
}

const RANK = ['failed', 'degraded', 'learning', 'healthy', 'absent'] as const

/** The worst of all that is told about it. */
export function batteryOf(data: Peek): StorcliBattery {
  const rows = LISTS.flatMap((key) => ownKey(data, key).list('', 128))
  const states = rows.flatMap(stateOf)
  const worst = RANK.find((state) => states.includes(state)) ?? null
  const has = data.at('HwCfg').text('BBU')
  const isPresent = has !== null && /^present/i.test(has)
  return {
    battery: worst ?? (has !== null && /^absent/i.test(has) ? 'absent' : null),
    temperatureCelsius: figureOf(rows, /^temp(?:erature)?$/i),
    chargePercent: percentOf(figureOf(rows, /^relative state of charge$/i)),
    isCut: (isPresent && worst === null) || (data.has('HwCfg') && has === null),
  }
}

function stateOf(row: Peek): NonNullable<Controller['battery']>[] {
  const name = row.text('Property')
  const value = row.text('Value') ?? ''
  const state = row.text('State')
  if (name === null) {
    const word = state === null ? null : wordOf(state)
    return word === null ? [] : [word]
  }
  if (/^(?:battery )?state$/i.test(name)) {
    const word = wordOf(value)
    return word === null ? [] : [word]
  }
  return /^yes/i.test(value) ? FAULTS.filter(([pattern]) => pattern.test(name)).map(([, fault]) => fault) : []
}

function figureOf(rows: readonly Peek[], name: RegExp): number | null {
  for (const row of rows) {
    const property = row.text('Property')
    if (property !== null && name.test(property)) return leadingCount(digits(row.text('Value')))
    const key = row.keys().find((one) => name.test(one))
    if (property === null && key !== undefined) return leadingCount(digits(ownKey(row, key).text('')))
  }
  return null
}

/** `34C`, `34 C`, `99 %`. */
const digits = (text: string | null) => /^\d{1,3}/.exec(text ?? '')?.[0] ?? ''
const percentOf = (value: number | null) => (value !== null && value <= 100 ? value : null)
