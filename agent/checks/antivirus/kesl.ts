/**
 * `kesl-control --app-info` of Kaspersky Endpoint Security for Linux → state, as text and as JSON. Pure. Names of fields after
 * versions 10.1 to 12: "Anti-virus databases" became "Application databases", "File monitoring" became "File Threat Protection".
 */
import { type Failure, read } from '../../../shared/reading.ts'
import { err, ok, type Result } from '../../../shared/result.ts'
import { DAY_MS, type EpochMs } from '../../../shared/units.ts'
import type { Source } from '../collector.ts'
import { decode } from '../decode.ts'
import { parseJson } from '../json.ts'
import { firstLine } from '../parts.ts'
import { type ProductStatus, productOf } from './product-status.ts'
import { toldFlag, toldLines, toldVersion } from './told.ts'

/** Signatures: release of the databases, epoch ms; null: none loaded or not told. */
export type KeslInfo = { readonly status: ProductStatus; readonly signaturesAt: EpochMs | null }

/** The tool asks the daemon: an answer proves that it runs. A translated answer is `parse`. Errors: `access-denied`, `exit`, `empty`, `parse`. */
export function parseKesl(
  text: string,
  stderr: string,
  exitCode: number | null,
  now: EpochMs,
): Result<KeslInfo, Failure> {
  if (/permission denied|access denied|not permitted|root privileges/i.test(stderr))
    return err({ code: 'access-denied', detail: 'kesl-control answers its administrators only' })
  if (exitCode !== 0)
    return err({
      code: 'exit',
      detail: `kesl-control ended with ${exitCode ?? 'a signal'}: ${firstLine(stderr || text)}`,
    })
  if (text.trim() === '') return err({ code: 'empty', detail: 'kesl-control printed nothing' })
  const fields = fieldsOf(text)
  if (!fields.ok) return fields
  const told = fields.value
  const version = toldVersion(told.get('version'))
  const monitoring = told.get('file threat protection') ?? told.get('file monitoring') ?? null
  const loaded = toldFlag(told.get('application databases loaded') ?? told.get('anti-virus databases loaded'))
  if (version === null && monitoring === null && loaded === null)
    return err({ code: 'parse', detail: `kesl-control: ${firstLine(text)}` })
  const at = releasedAt(told.get('last release date of databases') ?? '', now)
  return ok({
    status: {
      running: true,
      engineVersion: version,
      signaturesCurrent: loaded === false ? false : null,
      ...judge(told, monitoring, loaded, now),
    },
    signaturesAt: loaded === true ? at : null,
  })
}

function judge(
  told: ReadonlyMap<string, string>,
  monitoring: string | null,
  loaded: boolean | null,
  now: EpochMs,
): Pick<ProductStatus, 'realTime' | 'mode'> {
  const license = told.get('license expiration date') ?? ''
  const endsAt = /^\d{4}-\d\d-\d\d/.test(license) ? Date.parse(`${license.slice(0, 10)}T23:59:59Z`) : Number.NaN
  const key = (told.get('license information') ?? told.get('key status') ?? '').toLowerCase()
  if (endsAt < now || /expired/.test(key)) return { realTime: false, mode: 'expired' }
  if (loaded === false) return { realTime: false, mode: 'reduced' }
  const word = (monitoring ?? '').toLowerCase()
  if (/unavailable|limitation/.test(word)) return { realTime: false, mode: 'reduced' }
  if (/stopped|not running|disabled/.test(word)) return { realTime: false, mode: 'off' }
  const runs = /\band running\b|^running\b|^started\b|^enabled\b/.test(word)
  // Without its databases or a license even a running monitor sees nothing: all three must be told.
  return runs && loaded === true && endsAt >= now ? { realTime: true, mode: 'active' } : { realTime: null, mode: null }
}

/** `2018-08-23 04:11:00`, read as UTC; `1970-01-01` means never. */
function releasedAt(text: string, now: EpochMs): EpochMs | null {
  if (!/^\d{4}-\d\d-\d\d \d\d:\d\d(?::\d\d)?/.test(text)) return null
  const at = Date.parse(`${text.slice(0, 10)}T${text.slice(11, 16)}:00Z`)
  return Number.isFinite(at) && at > Date.UTC(1990, 0, 1) && at <= now + DAY_MS ? at : null
}

function fieldsOf(text: string): Result<ReadonlyMap<string, string>, Failure> {
  if (!text.trimStart().startsWith('{')) return ok(toldLines(text))
  const json = parseJson(text)
  if (!json.ok) return json
  const root = json.value.keys().length === 1 ? json.value.at(json.value.keys()[0] ?? '') : json.value
  return ok(new Map(root.keys().map((key) => [key.toLowerCase(), String(root.text(key) ?? root.flag(key) ?? '')])))
}

/** Errors as `parseKesl`. */
export const keslSource: Source<'antivirus'> = {
  id: 'antivirus/kesl',
  check: 'antivirus',
  parse: ({ stdout, stderr, exitCode, now }) => {
    const told = parseKesl(decode(stdout), stderr, exitCode, now)
    if (!told.ok) return told
    return ok({
      parts: { products: read('antivirus/kesl', [productOf('kaspersky', told.value.status)]) },
      samples: { 'product:kaspersky:signaturesAt': told.value.signaturesAt },
    })
  },
}
