/** `clamscan --version`, or clamd's answer to VERSION → engine and signatures. Pure. */
import { type Failure, read } from '../../../shared/reading.ts'
import { err, ok, type Result } from '../../../shared/result.ts'
import type { EpochMs } from '../../../shared/units.ts'
import { DAY_MS } from '../../../shared/units.ts'
import type { Source } from '../collector.ts'
import { decode } from '../decode.ts'
import { firstLine } from '../parts.ts'
import { clamavProduct } from './clamav-product.ts'

/** Signatures null: no daily database is there (recorded with 1.4.6: the line is just `ClamAV 1.4.6`). */
export type ClamavVersion = {
  readonly engine: string
  readonly signatureVersion: number | null
  /** Printed in the local time of the machine and read as UTC: up to a day off. The header of the database is exact. */
  readonly signaturesAt: EpochMs | null
}

const LINE = /^ClamAV (\d[\w.+~-]{0,63})(?:\/(\d{1,9})\/(\w{3} \w{3} [ \d]\d \d\d:\d\d:\d\d \d{4}))?$/

/** Lines that are looked at: warnings about the configuration may stand before the version. */
const MAX_LINES = 100

/** Errors: `empty`, `parse`. */
export function parseClamavVersion(text: string, now: EpochMs): Result<ClamavVersion, Failure> {
  if (text.trim() === '') return err({ code: 'empty', detail: 'ClamAV told no version' })
  const lines = text.trim().split('\n', MAX_LINES)
  const told = lines.find((line) => !/^(?:WARNING|LibClamAV Warning):/.test(line.trim())) ?? ''
  const [, engine, version, date] = LINE.exec(told.trim()) ?? []
  if (engine === undefined) return err({ code: 'parse', detail: `not the version of ClamAV: ${firstLine(text)}` })
  const at = date === undefined ? Number.NaN : Date.parse(`${date} UTC`)
  const isReal = Number.isFinite(at) && at > 0 && at <= now + 2 * DAY_MS
  return ok({
    engine,
    signatureVersion: version === undefined ? null : Number(version),
    signaturesAt: isReal ? at : null,
  })
}

/**
 * Engines before 1.0 are past their end (0.103, the last of them, in September 2023) and get no signatures any more; freshclam says
 * "up-to-date" all the same. Source: end-of-life page of docs.clamav.net.
 */
export function isEndedEngine(engine: string | null): boolean {
  return engine !== null && /^0\./.test(engine)
}

/** Says which engine and signatures are there, not whether anything runs. Errors: `exit`, `empty`, `parse`. */
export const clamscanVersionSource: Source<'antivirus'> = {
  id: 'antivirus/clamscan-version',
  check: 'antivirus',
  parse: ({ stdout, stderr, exitCode, now }) => {
    if (exitCode !== 0)
      return err({ code: 'exit', detail: `clamscan --version ended with ${exitCode}: ${firstLine(stderr)}` })
    const version = parseClamavVersion(decode(stdout), now)
    if (!version.ok) return version
    const { engine, signatureVersion, signaturesAt } = version.value
    return ok({
      parts: {
        products: read('antivirus/clamscan-version', [clamavProduct({ engineVersion: engine, ...endedOf(engine) })]),
      },
      samples: { 'product:clamav:signaturesAt': signaturesAt, 'product:clamav:signatureVersion': signatureVersion },
    })
  },
}

/** The product of an ended engine: it runs and cannot do its work. */
export function endedOf(engine: string | null): { readonly mode?: 'reduced' } {
  return isEndedEngine(engine) ? { mode: 'reduced' } : {}
}
