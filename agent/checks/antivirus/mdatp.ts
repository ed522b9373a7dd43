/**
 * `mdatp health` on Linux and macOS, as JSON (`--output json`, fields plain or `{"displayValue","isManaged","value"}`) and as text.
 * Pure. Ids of the organization and of the machine in it are never kept. Seen with 101.23062 and, as text, 101.2x.
 */
import { type Failure, read } from '../../../shared/reading.ts'
import { err, ok, type Result } from '../../../shared/result.ts'
import { DAY_MS, type EpochMs, MINUTE_MS } from '../../../shared/units.ts'
import type { Source } from '../collector.ts'
import { decode } from '../decode.ts'
import { type Peek, parseJson } from '../json.ts'
import { firstLine } from '../parts.ts'
import { type ProductStatus, productOf } from './product-status.ts'
import { toldFlag, toldLines, toldVersion } from './told.ts'

/** Signatures: epoch ms of the newest, null: not told. */
export type MdatpHealth = { readonly status: ProductStatus; readonly signaturesAt: EpochMs | null }

type Field = (camel: string) => string | null

/**
 * Healthy real-time protection is proven by `realTimeProtectionEnabled` together with a daemon that answers, is not passive and is
 * licensed. Errors: `access-denied`, `exit` (the daemon is down), `empty`, `parse`.
 */
export function parseMdatpHealth(
  text: string,
  stderr: string,
  exitCode: number | null,
  now: EpochMs,
): Result<MdatpHealth, Failure> {
  if (/permission denied|not permitted/i.test(stderr))
    return err({ code: 'access-denied', detail: 'mdatp may not be asked' })
  if (exitCode !== 0)
    return err({ code: 'exit', detail: `mdatp ended with ${exitCode ?? 'a signal'}: ${firstLine(stderr || text)}` })
  if (text.trim() === '') return err({ code: 'empty', detail: 'mdatp printed nothing' })
  const field = fieldsOf(text)
  if (!field.ok) return field
  const told = field.value
  if (TELLING.every((name) => told(name) === null))
    return err({ code: 'parse', detail: `mdatp health: ${firstLine(text)}` })
  const status = definitionsStatus(told('definitionsStatus'))
  // The date counts only beside the product's own verdict: an answer that lost it proves nothing.
  const at = status === null ? null : signaturesAt(told, now)
  return ok({
    status: {
      running: true,
      ...protection(told),
      engineVersion: toldVersion(told('engineVersion')) ?? toldVersion(told('appVersion')),
      updaterRunning: toldFlag(told('automaticDefinitionUpdateEnabled')),
      signaturesCurrent: status === true && at === null ? null : status,
    },
    signaturesAt: at,
  })
}

/** Any of them makes it an answer of mdatp; a part of an answer can only condemn. */
const TELLING = ['healthy', 'appVersion', 'realTimeProtectionEnabled', 'realTimeProtectionAvailable'] as const

function protection(told: Field): Pick<ProductStatus, 'realTime' | 'mode'> {
  const enabled = toldFlag(told('realTimeProtectionEnabled'))
  const available = toldFlag(told('realTimeProtectionAvailable'))
  const passive = toldFlag(told('passiveModeEnabled'))
  const licensed = toldFlag(told('licensed'))
  if (licensed === false) return { realTime: false, mode: 'unregistered' }
  if (passive === true) return { realTime: false, mode: 'passive' }
  if (enabled === false) return { realTime: false, mode: 'off' }
  if (available === false) return { realTime: false, mode: 'reduced' }
  const proven = enabled === true && available === true && passive === false && licensed === true
  if (!proven) return { realTime: null, mode: null }
  // Healthy is its own summary; when it says no and nothing above says why, it runs and cannot do its work.
  const healthy = toldFlag(told('healthy'))
  if (healthy === false) return { realTime: null, mode: 'reduced' }
  return healthy === null ? { realTime: null, mode: null } : { realTime: true, mode: 'active' }
}

/** `{"$type":"upToDate"}`, `up_to_date`; a word that is not known tells nothing. */
function definitionsStatus(word: string | null): boolean | null {
  const plain = (word ?? '').replace(/[_"\s]/g, '').toLowerCase()
  if (plain === 'uptodate') return true
  return ['outofdate', 'outdated', 'updatefailed', 'notavailable', 'unavailable'].includes(plain) ? false : null
}

/** Epoch ms as a text in JSON. The text form prints a date without a zone: there the minutes are exact. */
function signaturesAt(told: Field, now: EpochMs): EpochMs | null {
  const date = told('definitionsUpdated')
  const minutes = told('definitionsUpdatedMinutesAgo')
  const written = date !== null && /^\d{12,14}$/.test(date) ? Number(date) : null
  const counted = minutes !== null && /^\d{1,8}$/.test(minutes) ? now - Number(minutes) * MINUTE_MS : null
  const zoned = date !== null ? zonelessDate(date) : null
  const at = written ?? zoned ?? counted
  return at !== null && at > 0 && at <= now + DAY_MS ? at : null
}

/** `Nov 22, 2026 at 09:15:02 AM`, read as UTC: up to a day off, never more. */
function zonelessDate(text: string): EpochMs | null {
  const match = /^"?([A-Z][a-z]{2}) (\d{1,2}), (\d{4}) at (\d\d?:\d\d:\d\d) ?([AP]M)?"?$/.exec(text.trim())
  if (match === null) return null
  const at = Date.parse(`${match[1]} ${match[2]}, ${match[3]} ${match[4]} ${match[5] ?? ''} UTC`)
  return Number.isFinite(at) ? at : null
}

function fieldsOf(text: string): Result<Field, Failure> {
  if (!text.trimStart().startsWith('{')) {
    const lines = toldLines(text)
    return ok((camel) => {
      const snake = camel.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`)
      const value = (lines.get(snake) ?? '')
        .replace(/\s*\[managed\]$/, '')
        .replace(/^"|"$/g, '')
        .trim()
      return value === '' ? null : value
    })
  }
  const json = parseJson(text)
  return json.ok ? ok((camel) => plain(json.value, camel)) : json
}

/** The value itself, its `value`, or its `$type`. */
function plain(json: Peek, key: string): string | null {
  const place = json.at(key)
  for (const value of [place.value, place.at('value').value, place.at('$type').value]) {
    if (typeof value === 'boolean' || typeof value === 'number') return String(value)
    if (typeof value === 'string' && value.trim() !== '') return value.slice(0, 256)
  }
  return null
}

/** Errors as `parseMdatpHealth`. */
export const mdatpSource: Source<'antivirus'> = {
  id: 'antivirus/mdatp',
  check: 'antivirus',
  parse: ({ stdout, stderr, exitCode, now }) => {
    const health = parseMdatpHealth(decode(stdout), stderr, exitCode, now)
    if (!health.ok) return health
    const { status, signaturesAt: at } = health.value
    return ok({
      parts: { products: read('antivirus/mdatp', [productOf('mdatp', status)]) },
      samples: { 'product:mdatp:signaturesAt': at },
    })
  },
}
