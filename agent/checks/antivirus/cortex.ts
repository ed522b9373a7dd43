/** `cytool runtime query` → which processes of Cortex XDR run. Pure. */
import { type Failure, read } from '../../../shared/reading.ts'
import { err, ok, type Result } from '../../../shared/result.ts'
import type { Source } from '../collector.ts'
import { decode } from '../decode.ts'
import { firstLine } from '../parts.ts'
import { type ProductStatus, productOf } from './product-status.ts'

const MAX_LINES = 2_000

/** `pmd` supervises the rest: the product runs when it does. Whether files are watched is not in this output. Errors: `exit`, `empty`, `parse`. */
export function parseCytool(text: string, stderr: string, exitCode: number | null): Result<ProductStatus, Failure> {
  if (exitCode !== 0)
    return err({ code: 'exit', detail: `cytool ended with ${exitCode ?? 'a signal'}: ${firstLine(stderr || text)}` })
  if (text.trim() === '') return err({ code: 'empty', detail: 'cytool printed nothing' })
  const rows = text.split('\n', MAX_LINES).map((line) =>
    line
      .slice(0, 500)
      .trim()
      .split(/\s{2,}/),
  )
  const header = rows.find((row) => row.includes('Name') && row.includes('Status'))
  const column = header?.indexOf('Status') ?? -1
  const pmd = rows.find(([name]) => name === 'pmd')
  const status = pmd?.[column]
  if (header === undefined || status === undefined)
    return err({ code: 'parse', detail: `cytool runtime query: ${firstLine(text)}` })
  return ok({ running: status === 'Running', realTime: null, engineVersion: null })
}

/** Errors as `parseCytool`. */
export const cortexSource: Source<'antivirus'> = {
  id: 'antivirus/cortex',
  check: 'antivirus',
  parse: ({ stdout, stderr, exitCode }) => {
    const status = parseCytool(decode(stdout), stderr, exitCode)
    if (!status.ok) return status
    return ok({ parts: { products: read('antivirus/cortex', [productOf('cortex', status.value)]) }, samples: {} })
  },
}
