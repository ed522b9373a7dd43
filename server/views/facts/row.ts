/** How a fact becomes a row of the API: its reading, its values, its standing. Pure. */
import type { FactKey, FactValues, YesNo } from '../../../shared/api/facts.ts'
import type { FactRow } from '../../../shared/api/views.ts'
import type { CheckName } from '../../../shared/checks/names.ts'
import type { Reading } from '../../../shared/reading.ts'
import type { EpochMs } from '../../../shared/units.ts'
import type { CheckFacts, Facts } from '../../facts/facts.ts'

/** A row before its standing is known. `part`: of the section; null: about the agent. */
export type RowDraft = Omit<FactRow, 'standing'> & { readonly key: FactKey; readonly part: string | null }

type Value<K extends FactKey> = { readonly key: K; readonly part: string; readonly item?: string }

/** What a row is about: its check's facts, its key, its part and the item it names. */
export type RowOf<C extends CheckName, K extends FactKey> = Value<K> & { readonly facts: CheckFacts<C> }

/** A row of something that was read. */
export function valueRow<C extends CheckName, K extends FactKey>(
  { facts, key, part, item = '' }: RowOf<C, K>,
  source: string | null,
  values: FactValues[K],
): RowDraft {
  return {
    key,
    part,
    item: item.slice(0, 512),
    state: 'value',
    values: { ...values } as FactRow['values'],
    code: null,
    detail: '',
    source,
    collectedAt: timeOf(facts, part),
  }
}

/** A row of something that was not read: failed with its reason, stale, or never asked. Its values are empty, never zero. */
export function blindRow<C extends CheckName, K extends FactKey>(
  { facts, key, part, item = '' }: RowOf<C, K>,
  reading: Exclude<Reading<unknown>, { readonly state: 'value' }>,
): RowDraft {
  const isFailed = reading.state === 'failed'
  return {
    key,
    part,
    item: item.slice(0, 512),
    state: !isFailed ? 'never' : reading.code === 'stale' ? 'stale' : 'failed',
    values: {},
    code: isFailed ? reading.code : null,
    detail: isFailed ? reading.detail : '',
    source: isFailed ? reading.source : null,
    collectedAt: timeOf(facts, part),
  }
}

/** The row of a reading: `value` when it was read, else the blind one. */
export function rowOf<C extends CheckName, K extends FactKey, T>(
  row: RowOf<C, K>,
  reading: Reading<T>,
  values: (value: T) => FactValues[K],
): RowDraft {
  return reading.state === 'value' ? valueRow(row, reading.source, values(reading.value)) : blindRow(row, reading)
}

function timeOf(facts: CheckFacts, part: string): EpochMs | null {
  const times: { readonly [part: string]: EpochMs | undefined } = facts.collectedAt
  return times[part] ?? facts.lastAt
}

/** @returns the newest value of a sample; null: none, or measured and failed. */
export function sampleOf(facts: CheckFacts, key: string): number | null {
  return facts.samples.get(key)?.value ?? null
}

/** A flag as the API says it. */
export function yesNo(flag: boolean | null): YesNo {
  return flag === null ? null : flag ? 'yes' : 'no'
}

/** @returns rows of one check; what every file of this folder exports. */
export type RowsOf = (facts: Facts) => readonly RowDraft[]
