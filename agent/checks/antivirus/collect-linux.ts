/** Protection products of Linux: processes, files, ClamAV, and the tools of the others. I/O through the probe. */
import type { Product } from '../../../shared/checks/antivirus.ts'
import { type Failure, read } from '../../../shared/reading.ts'
import { ok, type Result } from '../../../shared/result.ts'
import type { Probe } from '../../probe/probe.ts'
import type { CollectContext, Contribution } from '../collector.ts'
import { failParts } from '../parts.ts'
import { type ProcessNames, readProcessNames } from '../processes.ts'
import { collectClamav } from './collect-clamav.ts'
import { KNOWN_PRODUCTS, type KnownProduct } from './edr-products.ts'
import { type CollectedProduct, joinThreats, withOwnWords } from './merge-products.ts'
import { productOf } from './product-status.ts'
import { readOwnWords } from './read-own-tools.ts'

/** Parts of the section. @param source of the product list. */
export async function collectLinux(context: CollectContext, source: string): Promise<Contribution<'antivirus'>> {
  const { probe, now, memo } = context
  const names = await readProcessNames(probe)
  if (!names.ok) return failParts(['products', 'threats'], source, names.error)
  const clamav = await collectClamav(probe, now, names.value, memo)
  const others = await collectOthers(context, names.value)
  if (!others.ok) return failParts(['products', 'threats'], source, others.error)
  const products = [...(clamav === null ? [] : [clamav.product]), ...others.value.map(({ product }) => product)]
  return {
    parts: { products: read(source, products), threats: joinThreats(others.value.map(({ threats }) => threats)) },
    samples: Object.assign({}, clamav?.samples, ...others.value.map(({ samples }) => samples)),
  }
}

/** Errors: a known folder that cannot be looked at, because then "not installed" cannot be said. */
async function collectOthers(
  { probe, memo, now }: CollectContext,
  names: ProcessNames,
): Promise<Result<readonly CollectedProduct[], Failure>> {
  const found: CollectedProduct[] = []
  for (const known of KNOWN_PRODUCTS) {
    const seen = await look(probe, known, names)
    if (!seen.ok) return seen
    if (seen.value === null) continue
    const words = seen.value.running === false ? null : await readOwnWords(probe, known.id, memo, now)
    found.push(withOwnWords(seen.value, words))
  }
  return ok(found)
}

/** Whether a product is here at all. null: neither a process nor a file of it. */
async function look(
  probe: Probe,
  { id, kind, processes, paths }: KnownProduct,
  names: ProcessNames,
): Promise<Result<Product | null, Failure>> {
  const entry = (running: boolean | null) => productOf(id, { running, realTime: null, engineVersion: null })
  if (processes.some((name) => names.has(name))) return ok(entry(true))
  for (const path of paths) {
    const facts = await probe.stat(path, { follow: true })
    // A scanner has no process of its own; for the others a missing one is an answer.
    if (facts.ok) return ok(entry(kind === 'scanner' ? null : false))
    if (facts.error.code !== 'empty') return facts
  }
  return ok(null)
}
