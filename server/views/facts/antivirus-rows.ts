/** Fact rows of the check `antivirus`: each product seen. Pure. */
import type { Facts } from '../../facts/facts.ts'
import { type RowDraft, rowOf, sampleOf, valueRow, yesNo } from './row.ts'

/** Rows of `antivirus`; an empty list is one row that says so, not "no antivirus". */
export function antivirusRows({ checks: { antivirus: facts } }: Facts): readonly RowDraft[] {
  const { products } = facts.section
  if (products.state !== 'value' || products.value.length === 0) {
    const row = { facts, key: 'antivirus.products', part: 'products' } as const
    return [rowOf(row, products, (list) => ({ count: list.length }))]
  }
  return products.value.map((product) =>
    valueRow({ facts, key: 'antivirus.product', part: 'products', item: product.id }, products.source, {
      name: product.name,
      kind: product.kind,
      running: yesNo(product.running),
      realTime: yesNo(product.realTime),
      updaterRunning: yesNo(product.updaterRunning),
      engineVersion: product.engineVersion,
      signaturesAt: sampleOf(facts, `product:${product.id}:signaturesAt`),
    }),
  )
}
