/** Sophos Endpoint on Windows: `HKLM\SOFTWARE\WOW6432Node\Sophos\Health\Status` → state. Pure. Names and values from memory (collectors.md 4.3). */
import { type Failure, read } from '../../../shared/reading.ts'
import { err, ok, type Result } from '../../../shared/result.ts'
import type { Source } from '../collector.ts'
import { type ProductStatus, productOf } from './product-status.ts'
import { type RegistryValues, readRegistryValues } from './registry-values.ts'
import { windowsFailure } from './windows-errors.ts'

/** Block of the script. */
export const SOPHOS_BLOCK = 'sophos-health'
const GOOD = 1
const BAD = 3

/** `health`, `service`, `threat`: 1 good, 2 warning, 3 bad. `threats`: 1 when it says that one is there; null: not told. */
export type SophosHealth = { readonly status: ProductStatus; readonly threats: 0 | 1 | null }

/** Good health proves that its services work; whether files are watched is a matter of its policy and not told. Errors: `empty`, `parse`. */
export function parseSophosHealth(values: RegistryValues): Result<SophosHealth, Failure> {
  const health = grade(values.number('health'))
  const service = grade(values.number('service'))
  const threat = grade(values.number('threat'))
  if (health === null && service === null)
    return err({ code: values.isEmpty ? 'empty' : 'parse', detail: 'no health of Sophos in it' })
  const isBad = service === BAD || (health === BAD && threat !== BAD)
  const running = service === BAD ? false : health === GOOD ? true : null
  return ok({
    status: { running, realTime: isBad ? false : null, engineVersion: null, mode: isBad ? 'reduced' : null },
    threats: threat === null ? null : threat === GOOD ? 0 : 1,
  })
}

const grade = (value: number | null) => (value === 1 || value === 2 || value === 3 ? value : null)

/** Errors: those of the block; `empty`, `parse`. */
export const sophosHealthSource: Source<'antivirus'> = {
  id: 'antivirus/sophos-health',
  check: 'antivirus',
  parse: (input) => {
    const { stdout } = input
    const failure = windowsFailure(input)
    if (failure !== null) return err(failure)
    const values = readRegistryValues(stdout, SOPHOS_BLOCK)
    if (!values.ok) return values
    const parsed = parseSophosHealth(values.value)
    if (!parsed.ok) return parsed
    const { status, threats } = parsed.value
    const products = read('antivirus/sophos-health', [productOf('sophos', status)])
    if (threats === null) return ok({ parts: { products }, samples: {} })
    const counts = { active: threats, handled: null, failed: null, withinDays: 30 }
    return ok({ parts: { products, threats: read('antivirus/sophos-health', counts) }, samples: {} })
  },
}
