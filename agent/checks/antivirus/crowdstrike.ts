/** `falconctl -g --aid --rfm-state --version` (Linux) and `falconctl stats` (macOS) → state of the sensor. Pure. The agent id in it is never kept. */
import { type Failure, read } from '../../../shared/reading.ts'
import { err, ok, type Result } from '../../../shared/result.ts'
import type { Source } from '../collector.ts'
import { decode } from '../decode.ts'
import { firstLine } from '../parts.ts'
import type { ProductStatus } from './product-status.ts'
import { productOf } from './product-status.ts'
import { toldFlag, toldLines, toldVersion } from './told.ts'

/**
 * A sensor without an id is not registered, and in reduced function mode (kernel not supported) it sees almost nothing:
 * both are no protection. Protection is proven by an id together with `rfm-state=false`. On macOS a sensor that was not loaded says so.
 * Errors: `access-denied` (root only), `exit`, `empty`, `parse`.
 */
export function parseFalconctl(text: string, stderr: string, exitCode: number | null): Result<ProductStatus, Failure> {
  const all = `${text}\n${stderr}`
  if (/\bSensor operational\b|=== ?agent_info/i.test(text)) return parseStats(text, exitCode)
  if (/must be run as root|permission denied|not permitted/i.test(all))
    return err({ code: 'access-denied', detail: 'falconctl answers root only' })
  if (/\bsensor (?:has|is) not (?:been )?loaded\b/i.test(all))
    return ok({ running: false, realTime: false, engineVersion: null, mode: 'off' })
  const unregistered = /\baid is not set\b/.test(all)
  if (exitCode !== 0 && !unregistered)
    return err({ code: 'exit', detail: `falconctl ended with ${exitCode ?? 'a signal'}: ${firstLine(all)}` })
  if (all.trim() === '') return err({ code: 'empty', detail: 'falconctl printed nothing' })
  const registered = /\baid="?[0-9a-f]{32}"?/i.test(text)
  const reduced = /\brfm-state\s*=\s*(true|false)\b/i.exec(text)?.[1]?.toLowerCase()
  const version = /\bversion\s*=\s*"?(\d[\d.]{0,63}\d)/i.exec(text)?.[1] ?? null
  if (!registered && !unregistered && reduced === undefined)
    return err({ code: 'parse', detail: `falconctl: ${firstLine(text)}` })
  const mode = unregistered ? 'unregistered' : reduced === 'true' ? 'reduced' : null
  const on = registered && reduced === 'false' && mode === null
  return ok({
    running: null,
    realTime: on ? true : mode === null ? null : false,
    engineVersion: version,
    mode: on ? 'active' : mode,
  })
}

/** `falconctl stats` of macOS: `Sensor operational: true` in its part agent_info, which also holds ids. */
function parseStats(text: string, exitCode: number | null): Result<ProductStatus, Failure> {
  if (exitCode !== 0) return err({ code: 'exit', detail: `falconctl ended with ${exitCode ?? 'a signal'}` })
  const told = toldLines(text)
  const operational = toldFlag(told.get('sensor operational'))
  return ok({
    running: operational,
    realTime: operational,
    engineVersion: toldVersion(told.get('version')),
    mode: operational === null ? null : operational ? 'active' : 'reduced',
  })
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
