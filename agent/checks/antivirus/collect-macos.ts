/** Protection products of macOS: XProtect inside it, extensions and programs of the others, and their own tools. I/O through the probe. */
import type { Product } from '../../../shared/checks/antivirus.ts'
import type { SampleValues } from '../../../shared/checks/samples.ts'
import { type Failure, read } from '../../../shared/reading.ts'
import { ok, type Result } from '../../../shared/result.ts'
import type { EpochMs } from '../../../shared/units.ts'
import type { Probe } from '../../probe/probe.ts'
import type { CollectContext, Contribution } from '../collector.ts'
import { decode } from '../decode.ts'
import { failParts } from '../parts.ts'
import { MACOS_PRODUCTS } from './macos-products.ts'
import { type CollectedProduct, joinThreats, withOwnWords } from './merge-products.ts'
import { productOf } from './product-status.ts'
import { readOwnWords } from './read-own-tools.ts'
import { parseSystemExtensions } from './system-extensions.ts'
import { parseXprotect, XPROTECT, type XprotectFacts } from './xprotect.ts'

const INFO = '/Library/Apple/System/Library/CoreServices/XProtect.bundle/Contents/Info.plist'
const HISTORY = '/Library/Receipts/InstallHistory.plist'
const HISTORY_BYTES = 4 * 1024 * 1024

/** Parts of the section. @param source of the product list. */
export async function collectMacos(context: CollectContext, source: string): Promise<Contribution<'antivirus'>> {
  const { probe, now, memo } = context
  const xprotect = await readXprotect(probe, now)
  const seen = await readSeen(probe)
  if (!seen.ok) return failParts(['products', 'threats'], source, seen.error)
  const others: CollectedProduct[] = []
  for (const product of seen.value) others.push(withOwnWords(product, await readOwnWords(probe, product.id, memo, now)))
  const products = [...(xprotect === null ? [] : [xprotect.product]), ...others.map(({ product }) => product)]
  return {
    parts: { products: read(source, products), threats: joinThreats(others.map(({ threats }) => threats)) },
    samples: Object.assign({}, xprotect?.samples, ...others.map(({ samples }) => samples)),
  }
}

/** The tool of macOS 15 tells version and day; before, the bundle tells the version and the receipts tell the day. */
async function readXprotect(
  probe: Probe,
  now: EpochMs,
): Promise<{ readonly product: Product; readonly samples: SampleValues } | null> {
  const told: XprotectFacts[] = []
  const tool = await probe.exec('xprotect', ['version'])
  const version = tool.ok ? parseXprotect(tool.value.stdout, tool.value.stderr, tool.value.exitCode, now) : tool
  if (version.ok) told.push(version.value)
  for (const [path, maxBytes] of [
    [INFO, 256 * 1024],
    [HISTORY, HISTORY_BYTES],
  ] as const) {
    const file = await probe.readFile(path, { maxBytes })
    const facts = file.ok ? parseXprotect(file.value, '', 0, now) : file
    if (facts.ok) told.push(facts.value)
  }
  if (told.length === 0) return null
  const engineVersion = told.find((one) => one.version !== null)?.version ?? null
  const days = told.flatMap(({ signaturesAt }) => signaturesAt ?? [])
  return {
    product: productOf(XPROTECT, { running: null, realTime: null, engineVersion }),
    samples: { [`product:${XPROTECT}:signaturesAt`]: days.length === 0 ? null : Math.max(...days) },
  }
}

/** Products by their extensions; those without one by their programs. Errors: those of systemextensionsctl, or of a path. */
async function readSeen(probe: Probe): Promise<Result<readonly Product[], Failure>> {
  const run = await probe.exec('systemextensionsctl', ['list'])
  if (!run.ok) return run
  const listed = parseSystemExtensions(decode(run.value.stdout), run.value.stderr, run.value.exitCode)
  if (!listed.ok) return listed
  const products = [...listed.value]
  for (const { id, apps } of MACOS_PRODUCTS) {
    if (products.some((product) => product.id === id)) continue
    for (const path of apps) {
      const facts = await probe.stat(path, { follow: true })
      if (!facts.ok && facts.error.code !== 'empty') return facts
      if (!facts.ok) continue
      products.push(productOf(id, { running: null, realTime: null, engineVersion: null }))
      break
    }
  }
  return ok(products)
}
