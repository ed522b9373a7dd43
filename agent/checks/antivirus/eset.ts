/**
 * ESET: `ermm.exe get protection-status` (Windows, JSON, when its RMM is switched on), and on Linux and macOS `upd -l` (modules) and
 * `lic -s` (license). Pure. The public id of the license is never kept.
 */
import { type Failure, read } from '../../../shared/reading.ts'
import { err, ok, type Result } from '../../../shared/result.ts'
import { DAY_MS, type EpochMs } from '../../../shared/units.ts'
import type { Source } from '../collector.ts'
import { decode } from '../decode.ts'
import { type Peek, parseJson } from '../json.ts'
import { firstLine } from '../parts.ts'
import { type ProductStatus, productOf } from './product-status.ts'
import { toldLines } from './told.ts'

/** Epoch ms of the detection engine; undefined: this tool does not tell it. */
export type EsetStatus = { readonly status: ProductStatus; readonly signaturesAt: EpochMs | null | undefined }

const NOTHING: ProductStatus = { running: null, realTime: null, engineVersion: null }

/** Errors: `disabled` (RMM is off), `exit`, `empty`, `parse`. */
export function parseEset(
  text: string,
  stderr: string,
  exitCode: number | null,
  now: EpochMs,
): Result<EsetStatus, Failure> {
  if (exitCode === 0 && text.trim() === '') return err({ code: 'empty', detail: 'the tool of ESET printed nothing' })
  if (exitCode !== 0)
    return err({
      code: 'exit',
      detail: `the tool of ESET ended with ${exitCode ?? 'a signal'}: ${firstLine(stderr || text)}`,
    })
  if (text.trimStart().startsWith('{')) return ofRmm(text)
  const module = /^EM002\s{1,20}\d[\d.]{0,12} \((\d{4})(\d\d)(\d\d)\)/m.exec(text)
  if (module !== null) {
    const at = Date.UTC(Number(module[1]), Number(module[2]) - 1, Number(module[3]))
    return ok({ status: NOTHING, signaturesAt: at > 0 && at <= now + DAY_MS ? at : null })
  }
  const told = toldLines(text)
  const license = told.get('status')
  if (license === undefined) return err({ code: 'parse', detail: `the tool of ESET: ${firstLine(text)}` })
  const validity = told.get('license validity') ?? ''
  const endsAt = /^\d{4}-\d\d-\d\d$/.test(validity) ? Date.parse(`${validity}T23:59:59Z`) : Number.NaN
  const isOver = endsAt < now || /expired/i.test(license)
  const mode = isOver ? 'expired' : /not activated|deactivated/i.test(license) ? 'unregistered' : null
  return ok({ status: { ...NOTHING, realTime: mode === null ? null : false, mode }, signaturesAt: undefined })
}

/** `{"id":1,"result":{"statuses":[…],"status":0,"description":"You are protected"},"error":null}`: status 0 is good, 1 asks for attention, 2 is an alert. */
function ofRmm(text: string): Result<EsetStatus, Failure> {
  const json = parseJson(text)
  if (!json.ok) return json
  const { value } = json
  if (value.has('error'))
    return err({
      code: 'disabled',
      detail: `ESET RMM refused: ${value.text('error.text', 120) ?? value.text('error', 120) ?? ''}`.trim(),
    })
  const result = value.at('result')
  const status = result.count('status')
  if (status === null) return err({ code: 'parse', detail: 'ESET RMM told no status' })
  const told = result.list('statuses').map(wordOf)
  const says = (pattern: RegExp) => told.some((word) => pattern.test(word))
  const isExpired = says(/expired/)
  const isOff = says(/realtime|real-time|onaccess|filesystem/)
  const isUnregistered = says(/notactivated|not activated|activation/)
  const isOld = says(/update|outdated|obsolete|modules/)
  const mode = isExpired
    ? 'expired'
    : isUnregistered
      ? 'unregistered'
      : isOff
        ? 'off'
        : status >= 2
          ? 'reduced'
          : status === 0
            ? 'active'
            : null
  return ok({
    status: {
      running: true,
      realTime: mode === 'active' ? true : mode === null ? null : false,
      engineVersion: null,
      signaturesCurrent: isOld ? false : status === 0 ? true : null,
      mode,
    },
    signaturesAt: undefined,
  })
}

/** The id is an English word; the description is translated. Only what is wrong is listed. */
function wordOf(status: Peek): string {
  return `${status.text('id') ?? ''} ${status.text('description') ?? ''}`.toLowerCase()
}

/** Errors as `parseEset`. */
export const esetSource: Source<'antivirus'> = {
  id: 'antivirus/eset',
  check: 'antivirus',
  parse: ({ stdout, stderr, exitCode, now }) => {
    const told = parseEset(decode(stdout), stderr, exitCode, now)
    if (!told.ok) return told
    const { status, signaturesAt } = told.value
    return ok({
      parts: { products: read('antivirus/eset', [productOf('eset', status)]) },
      samples: signaturesAt === undefined ? {} : { 'product:eset:signaturesAt': signaturesAt },
    })
  },
}
