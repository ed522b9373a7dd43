/** What several sources say of one product, as one entry. Pure. */
import type { AntivirusSection, Product } from '../../../shared/checks/antivirus.ts'
import type { SampleValues } from '../../../shared/checks/samples.ts'
import { failed, read } from '../../../shared/reading.ts'
import type { EpochMs } from '../../../shared/units.ts'
import type { ProductStatus } from './product-status.ts'

/** What a product says of itself. `signaturesAt` undefined: it has no such date. `threats` null: it does not tell. */
export type OwnWords = {
  readonly status: ProductStatus
  readonly signaturesAt?: EpochMs | null | undefined
  readonly threats?: AntivirusSection['threats'] | null
}

/** A product, the samples about it, and what it found. */
export type CollectedProduct = {
  readonly product: Product
  readonly samples: SampleValues
  readonly threats: AntivirusSection['threats'] | null
}

/** Its processes say whether it runs; its own tool says the rest, and may say that it does not run. */
export function withOwnWords(product: Product, words: OwnWords | null): CollectedProduct {
  if (words === null) return { product, samples: {}, threats: null }
  const { status, signaturesAt, threats = null } = words
  const running = status.running === false ? false : (product.running ?? status.running)
  const samples = signaturesAt === undefined ? {} : { [`product:${product.id}:signaturesAt`]: signaturesAt }
  return { product: { ...product, ...status, running }, samples, threats }
}

/** What a product found where none of them tells: said, so that nobody waits for it. */
export const NO_THREATS_TOLD: AntivirusSection['threats'] = failed('antivirus/threats', {
  code: 'unsupported',
  detail: 'no product here tells what it found',
})

/** The threats of all products that tell: their sum; when one of them could not be read, that. */
export function joinThreats(told: readonly (AntivirusSection['threats'] | null)[]): AntivirusSection['threats'] {
  const readings = told.filter((reading) => reading !== null)
  const gap = readings.find(({ state }) => state !== 'value')
  if (gap !== undefined) return gap
  const values = readings.flatMap((reading) => (reading.state === 'value' ? [reading] : []))
  const [first] = values
  if (first === undefined) return NO_THREATS_TOLD
  const sum = (counts: readonly (number | null)[]) => {
    const told = counts.filter((count) => count !== null)
    return told.length === 0 ? null : told.reduce((total, count) => total + count, 0)
  }
  return read(first.source, {
    active: sum(values.map(({ value }) => value.active)) ?? 0,
    handled: sum(values.map(({ value }) => value.handled)),
    failed: sum(values.map(({ value }) => value.failed)),
    withinDays: first.value.withinDays,
  })
}
