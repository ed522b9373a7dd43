/** What a product's own tool says, and the entry of the section made of it. Pure. */
import type { Product } from '../../../shared/checks/antivirus.ts'
import { KNOWN_PRODUCTS } from './edr-products.ts'

/** null: the tool did not say. The optional ones are absent where a tool has no such thing. */
export type ProductStatus = Pick<Product, 'running' | 'realTime' | 'engineVersion'> &
  Partial<Pick<Product, 'updaterRunning' | 'signaturesCurrent' | 'mode'>>

/** @param id of a product in `KNOWN_PRODUCTS`. @param name of one that is not in it; without one its id is its name. */
export function productOf(id: string, status: ProductStatus, name: string | null = null): Product {
  const known = KNOWN_PRODUCTS.find((product) => product.id === id)
  const kind = known?.kind ?? (name === null ? 'edr' : 'antivirus')
  return { id: id.slice(0, 64), name: (known?.name ?? name ?? id).slice(0, 128), kind, updaterRunning: null, ...status }
}
