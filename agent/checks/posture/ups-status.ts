/** What a UPS service says → the part `ups` with its samples. Pure. */
import type { Ups } from '../../../shared/checks/posture.ts'
import type { SampleValues } from '../../../shared/checks/samples.ts'
import { read } from '../../../shared/reading.ts'
import type { Contribution } from '../collector.ts'

/** One UPS with the numbers that move; null: not told. */
export type ToldUps = Ups & {
  readonly chargePercent: number | null
  readonly runtimeSeconds: number | null
  readonly loadPercent: number | null
}

const MOST = 8

/** The part, and a sample for each number that is told. */
export function tellUps(source: string, told: readonly ToldUps[]): Contribution<'posture'> {
  const shown = told.slice(0, MOST)
  const samples: { [key: string]: number | null } = {}
  for (const { name, chargePercent, runtimeSeconds, loadPercent } of shown) {
    for (const [key, value] of Object.entries({ chargePercent, runtimeSeconds, loadPercent }))
      if (value !== null) samples[`ups:${name}:${key}`] = Math.round(value)
  }
  const ups = shown.map(({ name, status, replaceBattery }) => ({ name, status, replaceBattery }))
  return { parts: { ups: read(source, ups) }, samples: samples satisfies SampleValues }
}

/** A number of a tool, with a unit behind it or not; null: no number, or out of any range that a UPS has. */
export function upsNumber(text: string | undefined): number | null {
  const digits = /^(\d{1,9}(?:\.\d{1,6})?)(?:\s|$)/.exec(text?.trim() ?? '')?.[1]
  return digits === undefined ? null : Number(digits)
}
