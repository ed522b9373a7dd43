/** What services, the Security Center and Defender say, as one list. Pure. */
import type { Product } from '../../../shared/checks/antivirus.ts'
import { type ProductStatus, productOf } from './product-status.ts'
import { DEFENDER } from './windows-defender.ts'
import { WINDOWS_PRODUCTS } from './windows-products.ts'

/** null: could not be asked, or does not exist here (a Windows Server has no Security Center). */
export type WindowsWords = {
  readonly services: readonly Product[]
  readonly center: readonly Product[] | null
  readonly defender: ProductStatus | null
}

/** A product of the Security Center that Rounds knows by its services and that has none of them is a leftover or a forgery. */
export function mergeWindows({ services, center, defender }: WindowsWords): readonly Product[] {
  const merged = new Map(services.map((product) => [product.id, product]))
  for (const product of center ?? []) {
    const own = merged.get(product.id)
    const isKnown = WINDOWS_PRODUCTS.some(({ id }) => id === product.id)
    if (own !== undefined) merged.set(product.id, { ...product, running: own.running ?? product.running })
    else if (!isKnown) merged.set(product.id, product)
    else
      merged.set(product.id, {
        ...product,
        running: null,
        realTime: product.realTime === true ? null : product.realTime,
      })
  }
  const isStopped = merged.get(DEFENDER)?.running === false
  if (defender !== null) {
    const own = merged.get(DEFENDER)
    const running = isStopped || defender.running === false ? false : (own?.running ?? defender.running)
    // Whatever of the two says that it does not watch is believed.
    const realTime = own?.realTime === false ? false : defender.realTime
    const signaturesCurrent =
      own?.signaturesCurrent === false ? false : (defender.signaturesCurrent ?? own?.signaturesCurrent ?? null)
    merged.set(DEFENDER, productOf(DEFENDER, { ...defender, running, realTime, signaturesCurrent }))
  }
  const entry = merged.get(DEFENDER)
  if (entry !== undefined && entry.running === false) merged.set(DEFENDER, { ...entry, realTime: false, mode: 'off' })
  // The sensor of Defender for Endpoint and Defender are one product where both run.
  if (merged.has(DEFENDER)) merged.delete('mdatp')
  return [...merged.values()].slice(0, 32)
}
