/** Protection products of Windows: services, Security Center (clients only), Defender, and tools of others. I/O through the probe: one PowerShell for all. */
import type { AntivirusSection, Product } from '../../../shared/checks/antivirus.ts'
import type { SampleValues } from '../../../shared/checks/samples.ts'
import { type Failure, failed, read } from '../../../shared/reading.ts'
import { ok, type Result } from '../../../shared/result.ts'
import type { CollectContext, Contribution } from '../collector.ts'
import { failParts } from '../parts.ts'
import { askWindows, askWindowsRaw } from '../windows/ask.ts'
import { type CollectedProduct, joinThreats, withOwnWords } from './merge-products.ts'
import type { ProductStatus } from './product-status.ts'
import { readOwnWords } from './read-own-tools.ts'
import { readRegistryValues } from './registry-values.ts'
import { parseSophosHealth, SOPHOS_BLOCK } from './sophos-health.ts'
import { DEFENDER, DEFENDER_BLOCK, parseDefender } from './windows-defender.ts'
import { DEFENDER_REGISTRY_BLOCK, parseDefenderRegistry } from './windows-defender-registry.ts'
import { DEFENDER_THREATS_BLOCK, parseThreats } from './windows-defender-threats.ts'
import { mergeWindows } from './windows-merge.ts'
import { parseSecurityCenter, SECURITY_CENTER_BLOCK } from './windows-security-center.ts'
import { parseServices, productsOfServices, SERVICES_BLOCK } from './windows-services.ts'

/** Parts of the section. @param source of the product list. */
export async function collectWindows(context: CollectContext, source: string): Promise<Contribution<'antivirus'>> {
  const services = await readServices(context)
  if (!services.ok) return failParts(['products', 'threats'], source, services.error)
  const center = await readCenter(context)
  const defender = await readDefender(context)
  const merged = mergeWindows({
    services: services.value,
    center: center.ok ? center.value : null,
    defender: defender?.status ?? null,
  })
  // A client whose Security Center does not answer may have a product that Rounds does not know: unless one is proven, nobody knows.
  const isBlind = !center.ok && center.error.code !== 'unsupported' && !merged.some(({ realTime }) => realTime === true)
  if (isBlind) return failParts(['products', 'threats'], source, center.error)
  const collected: CollectedProduct[] = []
  for (const product of merged) collected.push(await withTools(context, product))
  const threats = [...collected.map((one) => one.threats), await readThreats(context)]
  return {
    parts: {
      products: read(
        source,
        collected.map(({ product }) => product),
      ),
      threats: joinThreats(threats),
    },
    samples: Object.assign({}, defender?.samples, ...collected.map(({ samples }) => samples)) as SampleValues,
  }
}

async function readServices(context: CollectContext): Promise<Result<readonly Product[], Failure>> {
  const raw = await askWindowsRaw(context, SERVICES_BLOCK)
  const states = raw.ok ? parseServices(raw.value) : raw
  return states.ok ? ok(productsOfServices(states.value)) : states
}

async function readCenter(context: CollectContext): Promise<Result<readonly Product[], Failure>> {
  const records = await askWindows(context, SECURITY_CENTER_BLOCK)
  return records.ok ? parseSecurityCenter(records.value, context.now) : records
}

type Defender = { readonly status: ProductStatus; readonly samples: SampleValues }

/** By WMI, else by the registry, which proves less. null: neither tells. */
async function readDefender(context: CollectContext): Promise<Defender | null> {
  const records = await askWindows(context, DEFENDER_BLOCK)
  const told = records.ok ? parseDefender(records.value, context.now) : records
  if (told.ok) {
    const { status, signaturesAt, scannedAt } = told.value
    return {
      status,
      samples: { [`product:${DEFENDER}:signaturesAt`]: signaturesAt, [`product:${DEFENDER}:scannedAt`]: scannedAt },
    }
  }
  // No such class: Defender was taken off this server.
  if (told.error.code === 'unsupported') return null
  const raw = await askWindowsRaw(context, DEFENDER_REGISTRY_BLOCK)
  const values = raw.ok ? readRegistryValues(raw.value, DEFENDER_REGISTRY_BLOCK) : raw
  const parsed = values.ok ? parseDefenderRegistry(values.value, context.now) : values
  if (!parsed.ok) return null
  return { status: parsed.value.status, samples: { [`product:${DEFENDER}:signaturesAt`]: parsed.value.signaturesAt } }
}

async function withTools(context: CollectContext, product: Product): Promise<CollectedProduct> {
  const { probe, memo, now } = context
  if (product.id === 'sophos') return withSophos(context, product)
  if (product.running !== true) return withOwnWords(product, null)
  const words = await readOwnWords(probe, product.id, memo, now)
  // What its own tool does not say, the Security Center may have said.
  if (words === null) return withOwnWords(product, null)
  const realTime = product.realTime === false ? false : (words.status.realTime ?? product.realTime)
  return withOwnWords(product, {
    ...words,
    status: { ...words.status, realTime, engineVersion: words.status.engineVersion ?? product.engineVersion },
  })
}

async function withSophos(context: CollectContext, product: Product): Promise<CollectedProduct> {
  const raw = await askWindowsRaw(context, SOPHOS_BLOCK)
  const values = raw.ok ? readRegistryValues(raw.value, SOPHOS_BLOCK) : raw
  const health = values.ok ? parseSophosHealth(values.value) : values
  if (!health.ok) return withOwnWords(product, null)
  const { status, threats } = health.value
  const isBad = status.realTime === false
  const counts =
    threats === null
      ? null
      : read('antivirus/sophos-health', { active: threats, handled: null, failed: null, withinDays: 30 })
  return {
    product: isBad ? { ...product, realTime: false, mode: status.mode ?? null } : product,
    samples: {},
    threats: counts,
  }
}

/** A Windows without Defender, or one whose service is stopped, has nobody to ask. */
async function readThreats(context: CollectContext): Promise<AntivirusSection['threats'] | null> {
  const records = await askWindows(context, DEFENDER_THREATS_BLOCK)
  const parsed = records.ok ? parseThreats(records.value, context.now) : records
  if (parsed.ok) return read('antivirus/windows-defender-threats', parsed.value)
  const isAbsent = parsed.error.code === 'unsupported' || parsed.error.code === 'disabled'
  return isAbsent ? null : failed('antivirus/windows-defender-threats', parsed.error)
}
