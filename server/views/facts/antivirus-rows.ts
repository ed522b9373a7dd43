/** Fact rows of the check `antivirus`: each product seen, and what they found. Pure. */
import type { CheckFacts, Facts } from '../../facts/facts.ts'
import { type RowDraft, rowOf, sampleOf, valueRow, yesNo } from './row.ts'

/** Rows of `antivirus`. */
export function antivirusRows({ checks: { antivirus: facts } }: Facts): readonly RowDraft[] {
  const { threats } = facts.section
  return [
    ...productRows(facts),
    rowOf({ facts, key: 'antivirus.threats', part: 'threats' }, threats, (value) => ({ ...value })),
  ]
}

/** An empty list is one row that says so, not "no antivirus". */
function productRows(facts: CheckFacts<'antivirus'>): readonly RowDraft[] {
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
      mode: product.mode ?? null,
      signaturesCurrent: yesNo(product.signaturesCurrent ?? null),
      updaterRunning: yesNo(product.updaterRunning),
      engineVersion: product.engineVersion,
      signaturesAt: sampleOf(facts, `product:${product.id}:signaturesAt`),
    }),
  )
}
