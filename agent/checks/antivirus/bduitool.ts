/** `bduitool get ps` of Bitdefender Endpoint Security Tools on Linux → state. Pure. Seen with 7.0.3. */
import { type Failure, read } from '../../../shared/reading.ts'
import { err, ok, type Result } from '../../../shared/result.ts'
import { DAY_MS, type EpochMs } from '../../../shared/units.ts'
import type { Source } from '../collector.ts'
import { decode } from '../decode.ts'
import { firstLine } from '../parts.ts'
import { type ProductStatus, productOf } from './product-status.ts'
import { toldFlag, toldLines, toldVersion } from './told.ts'

/** Signatures: when content was last fetched, epoch ms; null: never or not told. */
export type BitdefenderStatus = { readonly status: ProductStatus; readonly signaturesAt: EpochMs | null }

/** The tool asks the daemon: an answer proves that it runs. Errors: `access-denied`, `exit`, `empty`, `parse`. */
export function parseBduitool(
  text: string,
  stderr: string,
  exitCode: number | null,
  now: EpochMs,
): Result<BitdefenderStatus, Failure> {
  const all = `${text}\n${stderr}`
  if (/permission denied|must be run as root|root privileges/i.test(all))
    return err({ code: 'access-denied', detail: 'bduitool answers root only' })
  if (exitCode !== 0)
    return err({ code: 'exit', detail: `bduitool ended with ${exitCode ?? 'a signal'}: ${firstLine(stderr || text)}` })
  if (text.trim() === '') return err({ code: 'empty', detail: 'bduitool printed nothing' })
  const told = toldLines(text)
  const malware = toldFlag(told.get('antimalware status'))
  const version = toldVersion(told.get('product version'))
  if (version === null && malware === null) return err({ code: 'parse', detail: `bduitool: ${firstLine(text)}` })
  const waiting = toldFlag(told.get('new security content available'))
  // The date counts only beside the product's own verdict: an answer that lost it proves nothing.
  const at = waiting === null ? null : contentAt(told.get('last security content update') ?? '', now)
  return ok({
    status: {
      running: true,
      realTime: malware,
      engineVersion: toldVersion(told.get('engines version')) ?? version,
      signaturesCurrent: waiting === true ? false : waiting === false && at !== null ? true : null,
      mode: malware === null ? null : malware ? 'active' : 'off',
    },
    signaturesAt: at,
  })
}

/** `2023-08-24 at 11:44:37 GMT+2`; a time without a zone is read as UTC. */
function contentAt(text: string, now: EpochMs): EpochMs | null {
  const match = /^(\d{4}-\d\d-\d\d) at (\d\d:\d\d:\d\d)(?: (?:GMT|UTC)?([+-]\d{1,2})?(?::?(\d\d))?)?$/.exec(text.trim())
  if (match === null) return null
  const wall = Date.parse(`${match[1]}T${match[2]}Z`)
  const hours = Number(match[3] ?? 0)
  const minutes = Number(match[4] ?? 0) * (hours < 0 || match[3]?.startsWith('-') ? -1 : 1)
  const at = wall - (hours * 60 + minutes) * 60_000
  return Number.isSafeInteger(at) && at > 0 && at <= now + DAY_MS ? at : null
}

/** Errors as `parseBduitool`. */
export const bduitoolSource: Source<'antivirus'> = {
  id: 'antivirus/bduitool',
  check: 'antivirus',
  parse: ({ stdout, stderr, exitCode, now }) => {
    const told = parseBduitool(decode(stdout), stderr, exitCode, now)
    if (!told.ok) return told
    return ok({
      parts: { products: read('antivirus/bduitool', [productOf('bitdefender', told.value.status)]) },
      samples: { 'product:bitdefender:signaturesAt': told.value.signaturesAt },
    })
  },
}
