/**
 * Header of a ClamAV database (`daily.cvd`, `daily.cld`, `daily.cud`) → its version and build time. Pure.
 * 512 bytes of text: `ClamAV-VDB:16 Sep 2021 08-32 -0400:27455:2067774:90:md5:signature:builder:epoch` (clamav 0.9x to 1.4).
 */
import { type Failure, read } from '../../../shared/reading.ts'
import { err, ok, type Result } from '../../../shared/result.ts'
import { DAY_MS, type EpochMs } from '../../../shared/units.ts'
import type { Source } from '../collector.ts'
import { clamavProduct } from './clamav-product.ts'

const HEADER_BYTES = 512
const MONTHS = 'JanFebMarAprMayJunJulAugSepOctNovDec'

/** A database file's own words. */
export type ClamavDatabase = { readonly version: number; readonly builtAt: EpochMs }

/**
 * Errors: `empty` (no byte), `parse` (no header of this form, or a time that nobody can have built it at).
 * The epoch at the end and the text must agree within two days; a header with one of them is accepted.
 */
export function parseClamavHeader(bytes: Uint8Array, now: EpochMs): Result<ClamavDatabase, Failure> {
  if (bytes.length === 0) return err({ code: 'empty', detail: 'the database file is empty' })
  const header = new TextDecoder('latin1').decode(bytes.subarray(0, HEADER_BYTES))
  const fields = header.split('\n', 1)[0]?.trimEnd().split(':') ?? []
  const version = /^\d{1,9}$/.test(fields[2] ?? '') ? Number(fields[2]) : null
  if (fields[0] !== 'ClamAV-VDB' || version === null || version === 0 || fields.length < 8)
    return badHeader('not a ClamAV database')
  const told = parseBuildTime(fields[1] ?? '')
  const epoch = /^\d{9,11}$/.test(fields[8] ?? '') ? Number(fields[8]) * 1_000 : null
  const builtAt = told ?? epoch
  if (builtAt === null) return badHeader('no build time')
  if (told !== null && epoch !== null && Math.abs(told - epoch) > 2 * DAY_MS)
    return badHeader('two build times that differ')
  if (builtAt > now + DAY_MS) return badHeader('built in the future')
  return ok({ version, builtAt })
}

/** `16 Sep 2021 08-32 -0400` → epoch ms; null: another form. */
function parseBuildTime(text: string): EpochMs | null {
  const match = /^(\d{1,2}) ([A-Z][a-z]{2}) (\d{4}) (\d\d)-(\d\d) ([+-])(\d\d)(\d\d)$/.exec(text.trim())
  if (match === null) return null
  const [, day, name = '', year, hour, minute, sign, zoneHours, zoneMinutes] = match
  const month = MONTHS.indexOf(name) / 3
  if (!Number.isInteger(month) || month < 0) return null
  const wall = Date.UTC(Number(year), month, Number(day), Number(hour), Number(minute))
  const zone = (Number(zoneHours) * 60 + Number(zoneMinutes)) * 60_000
  return sign === '-' ? wall + zone : wall - zone
}

function badHeader(what: string): Result<never, Failure> {
  return err({ code: 'parse', detail: `ClamAV database header: ${what}` })
}

/** A database proves signatures, not that anything uses them: the product is listed as a scanner that is not known to run. */
export const clamavDatabaseSource: Source<'antivirus'> = {
  id: 'antivirus/clamav-database',
  check: 'antivirus',
  parse: ({ stdout, now }) => {
    const database = parseClamavHeader(stdout, now)
    if (!database.ok) return database
    return ok({
      parts: { products: read('antivirus/clamav-database', [clamavProduct({})]) },
      samples: {
        'product:clamav:signaturesAt': database.value.builtAt,
        'product:clamav:signatureVersion': database.value.version,
      },
    })
  },
}
