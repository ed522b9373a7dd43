/**
 * `systemextensionsctl list` of macOS → protection products by their endpoint security extensions. Pure. An extension that is activated
 * and enabled may watch files; whether it does, only the product's own tool knows.
 */
import type { Product } from '../../../shared/checks/antivirus.ts'
import { type Failure, read } from '../../../shared/reading.ts'
import { err, ok, type Result } from '../../../shared/result.ts'
import type { Source } from '../collector.ts'
import { decode } from '../decode.ts'
import { firstLine } from '../parts.ts'
import { MACOS_PRODUCTS, macosProductOf } from './macos-products.ts'
import { type ProductStatus, productOf } from './product-status.ts'

const MAX_LINES = 2_000
const ENDPOINT = 'com.apple.system_extension.endpoint_security'
type Row = {
  readonly category: string
  readonly bundle: string
  readonly version: string | null
  readonly state: string
}

/** The state is the last thing of a line, in brackets; words of macOS 11 to 15. Errors: `exit`, `empty`, `parse`. */
export function parseSystemExtensions(
  text: string,
  stderr: string,
  exitCode: number | null,
): Result<readonly Product[], Failure> {
  if (exitCode !== 0)
    return err({
      code: 'exit',
      detail: `systemextensionsctl ended with ${exitCode ?? 'a signal'}: ${firstLine(stderr)}`,
    })
  if (text.trim() === '') return err({ code: 'empty', detail: 'systemextensionsctl printed nothing' })
  const told = /^\s{0,8}(\d{1,4}) extension\(s\)/m.exec(text)?.[1]
  if (told === undefined) return err({ code: 'parse', detail: `systemextensionsctl: ${firstLine(text)}` })
  const rows = rowsOf(text)
  // The count at the top says how many lines there must be: fewer were cut off.
  if (rows.length < Number(told))
    return err({ code: 'parse', detail: `${told} extensions are told, ${rows.length} listed` })
  return ok(
    MACOS_PRODUCTS.flatMap(({ id }) => {
      const own = rows.filter(
        ({ bundle, state }) => macosProductOf(bundle)?.id === id && !state.startsWith('terminated'),
      )
      return own.length === 0 ? [] : [productOf(id, judge(own))]
    }),
  )
}

function rowsOf(text: string): readonly Row[] {
  let category = ''
  const rows: Row[] = []
  for (const line of text.split('\n', MAX_LINES)) {
    const head = /^--- (\S{1,100})/.exec(line)?.[1]
    if (head !== undefined) category = head
    const state = /\[([a-z ]{1,60})\]\s{0,8}$/.exec(line)?.[1]
    const bundle = /(?:^|\s)([A-Za-z][\w-]{0,60}(?:\.[\w-]{1,80}){2,8}) \(([^)]{0,60})\)/.exec(line)
    if (state !== undefined && bundle !== null)
      rows.push({
        category,
        bundle: bundle[1] ?? '',
        version: /^[\d.]{1,40}/.exec(bundle[2] ?? '')?.[0] ?? null,
        state,
      })
  }
  return rows
}

/** The endpoint security extension decides; without one among its lines nothing is told of its watching. */
function judge(rows: readonly Row[]): ProductStatus {
  const endpoint = rows.filter(({ category }) => category === ENDPOINT)
  const engineVersion = (endpoint[0] ?? rows[0])?.version ?? null
  if (endpoint.length === 0) return { running: null, realTime: null, engineVersion }
  if (endpoint.some(({ state }) => state === 'activated enabled'))
    return { running: true, realTime: null, engineVersion }
  const isWaiting = endpoint.some(({ state }) => state.includes('waiting for user'))
  return { running: isWaiting ? null : false, realTime: false, engineVersion, mode: isWaiting ? 'reduced' : 'off' }
}

/** Errors as `parseSystemExtensions`; `empty`: no extension of a known product, which may still be here without one. */
export const systemExtensionsSource: Source<'antivirus'> = {
  id: 'antivirus/system-extensions',
  check: 'antivirus',
  parse: ({ stdout, stderr, exitCode }) => {
    const products = parseSystemExtensions(decode(stdout), stderr, exitCode)
    if (!products.ok) return products
    if (products.value.length === 0) return err({ code: 'empty', detail: 'no extension of a known product' })
    return ok({ parts: { products: read('antivirus/system-extensions', [...products.value]) }, samples: {} })
  },
}
