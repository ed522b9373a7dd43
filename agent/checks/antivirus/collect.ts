/** Protection products of this machine. I/O through the probe; children only where a product has a tool of its own. */
import type { AntivirusSection, Product } from '../../../shared/checks/antivirus.ts'
import type { SampleValues } from '../../../shared/checks/samples.ts'
import { type Failure, read } from '../../../shared/reading.ts'
import type { Result } from '../../../shared/result.ts'
import { MINUTE_MS } from '../../../shared/units.ts'
import type { Output, Probe } from '../../probe/probe.ts'
import type { Task } from '../collector.ts'
import { decode } from '../decode.ts'
import { failParts } from '../parts.ts'
import { type ProcessNames, readProcessNames } from '../processes.ts'
import { clamavDatabaseSource } from './clamav-database.ts'
import { collectClamav } from './collect-clamav.ts'
import { parseCytool } from './cortex.ts'
import { parseFalconctl } from './crowdstrike.ts'
import { KNOWN_PRODUCTS, type KnownProduct } from './edr-products.ts'
import { type ProductStatus, productOf } from './product-status.ts'
import { parseSentinelctl } from './sentinelone.ts'

const SOURCE = 'antivirus/products'

/** `antivirus/products`: processes, files, the socket of clamd, the headers of its databases. */
export const productsTask: Task<'antivirus'> = {
  id: 'antivirus/products',
  check: 'antivirus',
  cadence: 'antivirus',
  parts: ['products'],
  timeoutMs: 2 * MINUTE_MS,
  collect: async ({ probe, now, off, memo }) => {
    if (probe.platform !== 'linux')
      return failParts(['products'], SOURCE, { code: 'unsupported', detail: 'Only read on Linux' })
    // A product left out would look removed, and end the findings about it: without one source the list is not known.
    if (off.has(SOURCE) || off.has(clamavDatabaseSource.id))
      return failParts(['products'], SOURCE, { code: 'disabled', detail: 'switched off' })
    const names = await readProcessNames(probe)
    if (!names.ok) return failParts(['products'], SOURCE, names.error)
    const clamav = await collectClamav(probe, now, names.value, memo)
    const others = await collectOthers(probe, names.value, memo, now)
    if (!others.ok) return failParts(['products'], SOURCE, others.error)
    const products = [...(clamav === null ? [] : [clamav.product]), ...others.value]
    const samples: SampleValues = clamav?.samples ?? {}
    const part: AntivirusSection['products'] = read(SOURCE, products)
    return { parts: { products: part }, samples }
  },
}

/** Errors: a known folder that cannot be looked at, because then "not installed" cannot be said. */
async function collectOthers(
  probe: Probe,
  names: ProcessNames,
  memo: Map<string, unknown>,
  now: number,
): Promise<Result<readonly Product[], Failure>> {
  const products: Product[] = []
  for (const known of KNOWN_PRODUCTS) {
    const seen = await look(probe, known, names)
    if (!seen.ok) return seen
    if (seen.value === null) continue
    const status = seen.value.running === false ? null : await askOwnTool(probe, known.id, memo, now)
    products.push(productOf(known.id, merge(seen.value, status)))
  }
  return { ok: true, value: products }
}

/** Whether a product is here at all. null: neither a process nor a file of it. */
async function look(
  probe: Probe,
  { kind, processes, paths }: KnownProduct,
  names: ProcessNames,
): Promise<Result<ProductStatus | null, Failure>> {
  const running = processes.some((name) => names.has(name))
  if (running) return { ok: true, value: { running: true, realTime: null, engineVersion: null } }
  for (const path of paths) {
    const facts = await probe.stat(path, { follow: true })
    if (facts.ok) {
      // A scanner has no process of its own; for the others a missing one is an answer.
      return { ok: true, value: { running: kind === 'scanner' ? null : false, realTime: null, engineVersion: null } }
    }
    if (facts.error.code !== 'empty') return facts
  }
  return { ok: true, value: null }
}

/** Its processes say whether it runs; its own tool says the rest, and may say that it does not protect. */
function merge(seen: ProductStatus, told: ProductStatus | null): ProductStatus {
  if (told === null) return seen
  const running = told.running === false ? false : seen.running
  return { running, realTime: told.realTime, engineVersion: told.engineVersion }
}

const ASK_EVERY_MS = 6 * 60 * MINUTE_MS
type Remembered = { readonly at: number; readonly status: ProductStatus | null }

/** Asked every 6 h while the product runs; a tool that fails tells nothing, so the rest stays "not told". */
async function askOwnTool(
  probe: Probe,
  id: string,
  memo: Map<string, unknown>,
  now: number,
): Promise<ProductStatus | null> {
  const known = memo.get(id)
  if (isRemembered(known) && now >= known.at && now - known.at < ASK_EVERY_MS) return known.status
  const answer = await TOOLS[id]?.(probe)
  const status = answer?.ok === true ? answer.value : null
  memo.set(id, { at: now, status } satisfies Remembered)
  return status
}

function isRemembered(value: unknown): value is Remembered {
  return typeof value === 'object' && value !== null && 'at' in value && 'status' in value
}

const TOOLS: { readonly [id: string]: (probe: Probe) => Promise<Result<ProductStatus, Failure>> } = {
  crowdstrike: async (probe) => {
    const run = await probe.exec('falconctl', ['-g', '--aid', '--rfm-state', '--version'])
    return run.ok ? parseFalconctl(decode(run.value.stdout), run.value.stderr, run.value.exitCode) : run
  },
  cortex: async (probe) => {
    const run = await probe.exec('cytool', ['runtime', 'query'])
    return run.ok ? parseCytool(decode(run.value.stdout), run.value.stderr, run.value.exitCode) : run
  },
  sentinelone: async (probe) => {
    const answers: Output[] = []
    for (const args of [['version'], ['control', 'status']]) {
      const run = await probe.exec('sentinelctl', args)
      if (!run.ok) return run
      answers.push(run.value)
    }
    const text = answers.map(({ stdout }) => decode(stdout)).join('\n')
    const failedRun = answers.find(({ exitCode }) => exitCode !== 0)
    return parseSentinelctl(text, failedRun?.stderr ?? '', failedRun?.exitCode ?? 0)
  },
}
