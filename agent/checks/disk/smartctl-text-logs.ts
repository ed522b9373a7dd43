/** NVMe and SCSI figures in smartctl's text. Pure. */

type Document = { [key: string]: unknown }
type Fields = ReadonlyMap<string, string>

const NVME: readonly (readonly [line: string, key: string])[] = [
  ['available spare', 'available_spare'],
  ['available spare threshold', 'available_spare_threshold'],
  ['percentage used', 'percentage_used'],
  ['media and data integrity errors', 'media_errors'],
  ['unsafe shutdowns', 'unsafe_shutdowns'],
  ['error information log entries', 'num_err_log_entries'],
]

/** The health log; nothing when the drive has none. */
export function nvmeLog(fields: Fields): Document {
  const warning = /^0x([0-9a-f]{1,4})$/i.exec(fields.get('critical warning') ?? '')
  const told = NVME.flatMap(([line, key]) => {
    const digits = /^[\d,.' \u2019\u00a0\u202f]{1,40}/.exec(fields.get(line) ?? '')?.[0].replace(/\D/g, '') ?? ''
    const value = Number(digits)
    return digits === '' || !Number.isSafeInteger(value) ? [] : [[key, value] as const]
  })
  if (warning === null && told.length === 0) return {}
  const bits = warning === null ? [] : [['critical_warning', Number.parseInt(warning[1] ?? '', 16)] as const]
  return { nvme_smart_health_information_log: Object.fromEntries([...bits, ...told]) }
}

/** Grown defects, uncorrected errors (the last column of the error counter log), wear, self-tests. */
export function scsiCounters(lines: readonly string[], fields: Fields): Document {
  const document: Document = {}
  const defects = /^(\d{1,12})$/.exec(fields.get('elements in grown defect list') ?? '')
  if (defects !== null) document['scsi_grown_defect_list'] = Number(defects[1])
  const counters: Document = {}
  for (const line of lines) {
    const row = /^(read|write|verify):\s+(\d.{0,150}?)\s+(\d{1,15})$/.exec(line)
    if (row !== null) counters[row[1] ?? ''] = { total_uncorrected_errors: Number(row[3]) }
  }
  if (Object.keys(counters).length > 0) document['scsi_error_counter_log'] = counters
  const wear = /^(\d{1,3})%/.exec(fields.get('percentage used endurance indicator') ?? '')
  if (wear !== null) document['scsi_percentage_used_endurance_indicator'] = Number(wear[1])
  lines.forEach((line) => {
    const test =
      /^# ?(\d{1,2}) {1,4}(?:Background|Foreground) \S{1,10} {1,10}(Completed|Failed.{0,40}?|Aborted.{0,40}?|Self test in progress.{0,10}?) {1,6}[\d-]/.exec(
        line,
      )
    if (test === null) return
    const word = test[2] ?? ''
    const value = /^Completed/.test(word) ? 0 : /^Aborted/.test(word) ? 1 : /progress/.test(word) ? 15 : 7
    document[`scsi_self_test_${Number(test[1]) - 1}`] = { result: { value } }
  })
  return document
}
