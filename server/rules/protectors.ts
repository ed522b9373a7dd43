/** What the rules about protection share: which product leaves its work to another one, and which system a machine runs. Pure. */
import type { Product } from '../../shared/checks/antivirus.ts'
import type { Facts } from '../facts/facts.ts'

/** Defender is part of Windows and steps aside when another product registers; that it is off then is how it should be. */
const STEPS_ASIDE: ReadonlySet<string> = new Set(['windows-defender', 'defender'])

/** It runs and is known to watch files as they are used. */
export function isProtecting({ kind, running, realTime }: Product): boolean {
  return kind !== 'scanner' && kind !== 'builtin' && realTime === true && running !== false
}

/** Another product is proven to do the work that this one has left to it on purpose. */
export function isRelieved(product: Product, products: readonly Product[]): boolean {
  const steppedAside = product.mode === 'passive' || (STEPS_ASIDE.has(product.id) && product.realTime !== true)
  // A state that nobody knows is no stepping aside.
  if (!steppedAside || (product.mode !== 'passive' && product.realTime === null && product.running !== false))
    return false
  return products.some((other) => other.id !== product.id && isProtecting(other))
}

/** Linux often has none on purpose. A system that is not told goes by the source of the list; without either it is taken for Linux. */
export function isLinux({ checks: { antivirus, system } }: Facts): boolean {
  const { os } = system.section
  if (os.state === 'value') return os.value.family === 'linux'
  const { products } = antivirus.section
  const source = products.state === 'never' ? '' : products.source
  return !/^antivirus\/(?:windows|macos|xprotect|system-ext|sophos)/.test(source)
}
