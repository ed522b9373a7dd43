/** `falconctl -g --aid --rfm-state --version` → state of the sensor. Pure. The agent id in it is never kept. */
import { type Failure, read } from '../../../shared/reading.ts'
import { err, ok, type Result } from '../../../shared/result.ts'
import type { Source } from '../collector.ts'
import { decode } from '../decode.ts'
import { firstLine } from '../parts.ts'
import type { ProductStatus } from './product-status.ts'
import { productOf } from './product-status.ts'

/**
 * A sensor without an id is not registered, and in reduced function mode (kernel not supported) it sees almost nothing:
 * both are no protection. Protection is proven by an id together with `rfm-state=false`.
 * Errors: `access-denied` (root only), `exit`, `empty`, `parse`.
 */
export function parseFalconctl(text: string, stderr: string, exitCode: number | null): Result<ProductStatus, Failure> {
  const all = `${text}\n${stderr}`
  if (/must be run as root|permission denied|not permitted/i.test(all))
    return err({ code: 'access-denied', detail: 'falconctl answers root only' })
  const unregistered = /\baid is not set\b/.test(all)
  if (exitCode !== 0 && !unregistered)
    return err({ code: 'exit', detail: `falconctl ended with ${exitCode ?? 'a signal'}: ${firstLine(all)}` })
  if (all.trim() === '') return err({ code: 'empty', detail: 'falconctl printed nothing' })
  const registered = /\baid="?[0-9a-f]{32}"?/i.test(text)
  const reduced = /\brfm-state\s*=\s*(true|false)\b/i.exec(text)?.[1]?.toLowerCase()
  const version = /\bversion\s*=\s*"?(\d[\d.]{0,63}\d)/i.exec(text)?.[1] ?? null
  if (!registered && !unregistered && reduced === undefined)
    return err({ code: 'parse', detail: `falconctl: ${firstLine(text)}` })
  const off = unregistered || reduced === 'true'
  const on = registered && !unregistered && reduced === 'false'
  return ok({ running: null, realTime: off ? false : on ? true : null, engineVersion: version })
}

/** Errors as `parseFalconctl`. */
export const crowdstrikeSource: Source<'antivirus'> = {
  id: 'antivirus/crowdstrike',
  check: 'antivirus',
  parse: ({ stdout, stderr, exitCode }) => {
    const status = parseFalconctl(decode(stdout), stderr, exitCode)
    if (!status.ok) return status
    return ok({
      parts: { products: read('antivirus/crowdstrike', [productOf('crowdstrike', status.value)]) },
      samples: {},
    })
  },
}
