/** What a product's own tool says, and the entry of the section made of it. Pure. */
import type { Product } from '../../../shared/checks/antivirus.ts'
import { KNOWN_PRODUCTS } from './edr-products.ts'

/** null: the tool did not say. */
export type ProductStatus = Pick<Product, 'running' | 'realTime' | 'engineVersion'>

/** @param id of a product in `KNOWN_PRODUCTS`; an unknown one keeps its id as its name. */
export function productOf(id: string, status: ProductStatus): Product {
  const known = KNOWN_PRODUCTS.find((product) => product.id === id)
  return { id, name: known?.name ?? id, kind: known?.kind ?? 'edr', updaterRunning: null, ...status }
}
