/** ATA tables in smartctl's text: attributes in both formats, self-tests, error log. Pure. */

/** A row as smartctl's JSON has it. */
export type AtaRow = {
  readonly id: number
  readonly name: string
  readonly value?: number
  readonly worst?: number
  readonly thresh?: number
  readonly when_failed: string
  readonly raw: { readonly value: number; readonly string: string }
}

/** `5 Reallocated_Sector_Ct 0x0033 100 100 010 Pre-fail Always - 0` (-A). */
const BRIEFLY =
  /^\s{0,3}(\d{1,3}) ([\w/().-]{1,60})\s+0x[0-9a-f]{4}\s+(\d{3}|---)\s+(\d{3}|---)\s+(\d{3}|---)\s+(?:Pre-fail|Old_age)\s+(?:Always|Offline)\s+(\S{1,20})\s+(.{1,100})$/
/** `5 Reallocated_Sector_Ct PO--CK 100 100 010 - 0` (-x). */
const BY_FLAGS =
  /^\s{0,3}(\d{1,3}) ([\w/().-]{1,60})\s+[POSRCK-]{6}\s+(\d{3}|---)\s+(\d{3}|---)\s+(\d{3}|---)\s+(\S{1,20})\s+(.{1,100})$/

/** @returns the row of one line; empty for every other line. */
export function ataRow(line: string): readonly AtaRow[] {
  const found = BRIEFLY.exec(line) ?? BY_FLAGS.exec(line)
  if (found === null) return []
  const [, id, name = '', value = '', worst = '', thresh = '', failed = '', raw = ''] = found
  const number = /^(\d{1,15})/.exec(raw.trim())
  const normal = (text: string) => (/^\d/.test(text) ? Number(text) : undefined)
  // -x prints NOW and Past, -A FAILING_NOW and In_the_past.
  const when = failed === '-' ? '' : /past/i.test(failed) ? 'past' : 'now'
  const [now, low, limit] = [normal(value), normal(worst), normal(thresh)]
  return [
    {
      id: Number(id),
      name,
      ...(now === undefined ? {} : { value: now }),
      ...(low === undefined ? {} : { worst: low }),
      ...(limit === undefined ? {} : { thresh: limit }),
      when_failed: when,
      raw: { value: number === null ? Number.NaN : Number(number[1]), string: raw.trim() },
    },
  ]
}

type SelfTest = { readonly status: { readonly value: number; readonly passed?: boolean } }

/** `# 1  Short offline  Completed without error  00%  1234  -`: the high nibble of the status as ATA gives it. */
export function selfTests(lines: readonly string[]): readonly SelfTest[] {
  return lines.flatMap((line): readonly SelfTest[] => {
    const told =
      /^# ?\d{1,2} {1,4}\S.{0,30}? {1,10}(Completed.*|Aborted by host|Interrupted.*|Fatal.*|Unknown.*|Self-test routine in progress.*?) {1,20}\d{2}%/.exec(
        line,
      )?.[1]
    if (told === undefined) return []
    if (/^Completed without error/.test(told)) return [{ status: { value: 0, passed: true } }]
    if (/^Aborted|^Interrupted/.test(told)) return [{ status: { value: 0x10 } }]
    if (/in progress/.test(told)) return [{ status: { value: 0xf0 } }]
    return [{ status: { value: 0x70, passed: false } }]
  })
}

/** `No Errors Logged`, `ATA Error Count: 98 (device log contains only the most recent five errors)`, `Device Error Count: 98`. */
export function errorCount(lines: readonly string[]): number | null {
  for (const line of lines) {
    const counted = /^(?:ATA|Device) Error Count: (\d{1,10})\b/.exec(line)
    if (counted !== null) return Number(counted[1])
    if (/^No Errors Logged$/.test(line.trim())) return 0
  }
  return null
}
