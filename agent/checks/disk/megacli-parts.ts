/** Drives, logical drives and batteries of MegaCli. Pure. */
import type { Controller, ControllerDrive, RaidArray } from '../../../shared/checks/disk.ts'
import type { MegacliBlock } from './megacli-blocks.ts'
import { emptyDrive, logicalDrive, UNCOUNTED, withPrediction, worseDrive } from './raid-card.ts'
import { leadingCount, toldText } from './text-lines.ts'

/** Words of `Firmware state` (MegaCli 8.07); `Unconfigured(bad)` before the rest, which may follow after a comma. */
const STATES: readonly (readonly [RegExp, ControllerDrive['state']])[] = [
  [/bad|failed|^offline/i, 'failed'],
  [/missing/i, 'missing'],
  [/rebuild|copyback/i, 'rebuilding'],
  [/hot ?spare/i, 'spare'],
  [/^unconfigured/i, 'unconfigured'],
  [/^(?:online|jbod)/i, 'online'],
]

/** `isCut`: a line is missing that every version prints of every drive. */
export function megacliDrive(
  block: MegacliBlock,
  index: number,
): { readonly drive: ControllerDrive; readonly isCut: boolean } {
  const enclosure = block.get('enclosure device id') ?? ''
  const slot = block.get('slot number')
  const word = block.get('firmware state') ?? ''
  const state = STATES.find(([pattern]) => pattern.test(word))?.[1] ?? 'unknown'
  const foreign = block.get('foreign state') ?? 'none'
  const drive: ControllerDrive = {
    ...emptyDrive(slot === undefined ? `? ${index}` : `${/^n\/?a$/i.test(enclosure) ? '' : enclosure}:${slot}`),
    model: toldText(block.get('inquiry data')),
    state: /^none$/i.test(foreign) ? state : worseDrive(state, 'foreign'),
    mediaErrors: leadingCount(block.get('media error count')),
    otherErrors: leadingCount(block.get('other error count')),
    predictiveFailures: leadingCount(block.get('predictive failure count')),
  }
  const isCut = slot === undefined || drive.mediaErrors === null || drive.predictiveFailures === null || word === ''
  return { drive: withPrediction(drive, /^yes/i.test(block.get('drive has flagged a s.m.a.r.t alert') ?? '')), isCut }
}

/** `Primary-1, Secondary-0` is a mirror; `Secondary-3`, or more than one span, is a stripe over such groups. */
function levelOf(block: MegacliBlock): string | null {
  const told = block.get('raid level') ?? ''
  const found = /Primary-(\d{1,2})(?:, Secondary-(\d))?/i.exec(told)
  const primary = found?.[1] ?? /^(?:raid-?)?(\d{1,2})$/i.exec(told)?.[1]
  if (primary === undefined) return null
  const isSpanned = found?.[2] === '3' || (leadingCount(block.get('span depth')) ?? 1) > 1
  return isSpanned && /^[156]$/.test(primary) ? `raid${primary}0` : `raid${primary}`
}

/** State by its word; a rebuild in progress says so. */
export function megacliArray(id: string, block: MegacliBlock, index: number): RaidArray {
  const number =
    leadingCount(block.get('virtual drive') ?? block.get('virtual disk') ?? block.get('cachecade virtual drive')) ??
    index
  const word = block.get('state') ?? ''
  const state = /^optimal/i.test(word)
    ? 'healthy'
    : /degraded/i.test(word)
      ? 'degraded'
      : /^(?:offline|failed)/i.test(word)
        ? 'inactive'
        : 'unknown'
  const rebuilds = [...block.keys()].some((key) => /^(?:rebuild|reconstruction)\b/.test(key)) && state === 'degraded'
  // Bad blocks are data that the array lost although it runs.
  const isBad = /^yes/i.test(block.get('bad blocks exist') ?? '')
  const level = levelOf(block)
  return logicalDrive(
    `${id}/v${number}`,
    level,
    rebuilds ? 'rebuilding' : isBad && state === 'healthy' ? 'degraded' : state,
    UNCOUNTED,
  )
}

type Battery = {
  readonly battery: Controller['battery']
  readonly temperatureCelsius: number | null
  readonly chargePercent: number | null
  readonly isCut: boolean
}

const FAULTS: readonly (readonly [RegExp, NonNullable<Controller['battery']>])[] = [
  [/^battery pack missing$/, 'absent'],
  [/replacement required|pack is about to fail|^i2c errors detected$/, 'failed'],
  [
    /learn cycle failed|learn cycle timeout|remaining capacity low|^low voltage|^high voltage|over temperature/,
    'degraded',
  ],
  [/^learn cycle active$/, 'learning'],
]
const RANK = ['failed', 'degraded', 'learning', 'healthy', 'absent'] as const

/** The worst of what the battery tells; `-AdpAllInfo` says only whether there is one. */
export function megacliBattery(block: MegacliBlock, adapter: MegacliBlock): Battery {
  const states: NonNullable<Controller['battery']>[] = []
  for (const [key, value] of block) {
    if (/^yes/i.test(value)) states.push(...FAULTS.filter(([pattern]) => pattern.test(key)).map(([, fault]) => fault))
  }
  if (/^no/i.test(block.get('issohgood') ?? '')) states.push('failed')
  const word = block.get('battery state') ?? ''
  if (/^(?:optimal|operational)/i.test(word)) states.push('healthy')
  else if (/learn|charging/i.test(word)) states.push('learning')
  else if (/missing|absent/i.test(word)) states.push('absent')
  else if (/fail|unknown/i.test(word)) states.push('failed')
  else if (word !== '') states.push('degraded')
  // Every version prints these two of a battery; older ones leave its state empty, and a `no` to both is then all that they say.
  const isChecked = ['battery pack missing', 'battery replacement required'].every((key) =>
    /^(?:yes|no)/i.test(block.get(key) ?? ''),
  )
  if (word === '' && isChecked && block.has('battery state') && block.has('relative state of charge'))
    states.push('healthy')
  const charge = leadingCount(/^\d{1,3}/.exec(block.get('relative state of charge') ?? '')?.[0])
  const temperature = leadingCount(/^\d{1,3}/.exec(block.get('temperature') ?? '')?.[0])
  const absent = /^absent/i.test(adapter.get('bbu') ?? '') && block.size === 0
  return {
    battery: RANK.find((state) => states.includes(state)) ?? (absent ? 'absent' : null),
    temperatureCelsius: temperature,
    chargePercent: charge !== null && charge <= 100 ? charge : null,
    isCut: block.size > 3 && (!isChecked || (word === '' && states.length === 0)),
  }
}
