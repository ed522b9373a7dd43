/** Physical drives in storcli's document: the lists of a controller, and the details of each drive. Pure. */
import type { ControllerDrive } from '../../../shared/checks/disk.ts'
import type { Peek } from '../json.ts'
import { ownKey } from './own-key.ts'
import { emptyDrive, withPrediction, worseDrive } from './raid-card.ts'
import { leadingCount, toldText } from './text-lines.ts'

const LISTS = [
  'PD LIST',
  'Drive Information',
  'JBOD LIST',
  'UN-CONFIGURED DRIVE LIST',
  'UNCONFIGURED DRIVE LIST',
  'Physical Device Information',
] as const
const STATES: readonly (readonly [RegExp, ControllerDrive['state']])[] = [
  [/^(?:onln|online|jbod|conf|optl|ugood-jbod|good)$/i, 'online'],
  [/^(?:ubad|failed|fail|offln|offline|bad|ubunsp|fld)$/i, 'failed'],
  [/^(?:msng|missing)$/i, 'missing'],
  [/^(?:rbld|rebuild|cpybck|copyback)$/i, 'rebuilding'],
  [/^(?:dhs|ghs|hsp|hotspare)$/i, 'spare'],
  [/^(?:ugood|uconf|unconf|ready)$/i, 'unconfigured'],
  [/^(?:frgn|foreign)$/i, 'foreign'],
]

/** @returns the drives, and whether fewer of them or less about one is there than the document itself announces. */
export function storcliDrives(data: Peek): { readonly list: readonly ControllerDrive[]; readonly isCut: boolean } {
  const drives = new Map<string, ControllerDrive>()
  const put = (drive: ControllerDrive | null) => {
    if (drive === null) return
    const known = drives.get(drive.slot)
    drives.set(drive.slot, mergedDrive(drive, known))
  }
  for (const list of LISTS) for (const row of ownKey(data, list).list('', 512)) put(rowDrive(row))
  const details = detailsOf(data)
  for (const row of details.rows) put(rowDrive(row))
  const isShort = details.states.map((detail) => {
    const found = stateDrive(detail)
    put(found.drive)
    return found.isCut
  })
  // `Physical Drives = 6` above a list of five: a line is gone, and it may have been the bad one.
  const announced = ownKey(data, 'Physical Drives')
  const count = announced.count('') ?? leadingCount(announced.text('') ?? '')
  // `show all` always counts its drives, and lists them unless there are none.
  const isUncounted = data.has('Basics') && (count === null || (count > 0 && drives.size === 0))
  const isCut = isUncounted || (count !== null && count > drives.size) || isShort.includes(true) || details.isCut
  return { list: [...drives.values()].slice(0, 256), isCut }
}

/** The same place told twice: the worse state, and whatever only one of them tells. */
export function mergedDrive(a: ControllerDrive, b: ControllerDrive | undefined): ControllerDrive {
  if (b === undefined) return a
  const state = a.state === 'unknown' ? b.state : b.state === 'unknown' ? a.state : worseDrive(a.state, b.state)
  return {
    slot: a.slot,
    model: a.model ?? b.model,
    serial: a.serial ?? b.serial,
    state,
    mediaErrors: a.mediaErrors ?? b.mediaErrors,
    otherErrors: a.otherErrors ?? b.otherErrors,
    predictiveFailures: a.predictiveFailures ?? b.predictiveFailures,
  }
}

/** `Status` (storcli2: Online, Failed …) says more than `State` (Conf, UConf) where both are there. */
function rowDrive(row: Peek): ControllerDrive | null {
  const slot = ownKey(row, 'EID:Slt').text('', 64) ?? ownKey(row, 'EID:Slot').text('', 64)
  if (slot === null) return null
  const word = [row.text('Status'), row.text('State')].find((one) => one !== null && stateOf(one) !== 'unknown')
  const isForeign = row.text('DG') === 'F'
  // Every list tells the group of a drive; without it a foreign one looks like any other.
  const state = row.has('DG') ? stateOf(word ?? '') : worseDrive(stateOf(word ?? ''), 'unknown')
  return {
    ...emptyDrive(slot),
    model: toldText(row.text('Model') ?? undefined),
    state: isForeign ? worseDrive(state, 'foreign') : state,
  }
}

function stateOf(word: string): ControllerDrive['state'] {
  return STATES.find(([pattern]) => pattern.test(word))?.[1] ?? 'unknown'
}

type Detail = { readonly slot: string; readonly state: Peek | null; readonly attributes: Peek | null }
type Details = { readonly rows: readonly Peek[]; readonly states: readonly Detail[]; readonly isCut: boolean }

/** Sections `Drive /c0/e252/s0`, `… - Detailed Information`, `… State`, `… Device attributes`; nested in JSON, side by side in text. */
function detailsOf(data: Peek): Details {
  const rows: Peek[] = []
  const found = new Map<string, Detail>()
  const visit = (place: Peek, depth: number) => {
    for (const key of place.keys()) {
      const match = /^Drive \/c\d+(?:\/e(\d+))?\/s(\d+)(.*)$/.exec(key)
      if (match === null) continue
      const slot = `${match[1] ?? ''}:${match[2]}`
      const child = ownKey(place, key)
      const title = (match[3] ?? '').trim().toLowerCase()
      const known = found.get(slot) ?? { slot, state: null, attributes: null }
      found.set(slot, {
        slot,
        state: title === 'state' ? child : known.state,
        attributes: title === 'device attributes' ? child : known.attributes,
      })
      if (title === '') rows.push(...child.list('', 4))
      else if (title.includes('detailed information') && depth < 2) visit(child, depth + 1)
    }
  }
  visit(data, 0)
  const states = [...found.values()].filter(({ state, attributes }) => state !== null || attributes !== null)
  // One drive with details and another without: its lines are gone.
  return { rows, states, isCut: states.length > 0 && states.some(({ state }) => state === null) }
}

function stateDrive({ slot, state, attributes }: Detail): { readonly drive: ControllerDrive; readonly isCut: boolean } {
  const figure = (key: string) => {
    const found = state === null ? null : ownKey(state, key)
    return found === null ? null : (found.count('') ?? leadingCount(found.text('') ?? ''))
  }
  const word = (place: Peek | null, key: string) => (place === null ? null : ownKey(place, key).text('', 128))
  const alert = word(state, 'S.M.A.R.T alert flagged by drive')
  const counted = {
    ...emptyDrive(slot),
    model: toldText(word(attributes, 'Model Number') ?? undefined),
    serial: toldText(word(attributes, 'SN') ?? undefined),
    mediaErrors: figure('Media Error Count'),
    otherErrors: figure('Other Error Count'),
    predictiveFailures: figure('Predictive Failure Count'),
  }
  const isCut = counted.mediaErrors === null || counted.predictiveFailures === null || alert === null
  return { drive: withPrediction(counted, alert !== null && /^yes/i.test(alert)), isCut }
}
