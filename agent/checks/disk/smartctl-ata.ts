/** ATA part of smartctl's JSON: attributes, wear, self-tests, error log. Pure. */
import type { Smart } from '../../../shared/checks/disk.ts'
import type { Peek } from '../json.ts'

type Failing = Smart['failingAttributes'][number]
type AtaPart = Pick<
  Smart,
  | 'failingAttributes'
  | 'reallocatedSectors'
  | 'pendingSectors'
  | 'offlineUncorrectable'
  | 'reportedUncorrectable'
  | 'commandTimeouts'
  | 'crcErrors'
  | 'endToEndErrors'
  | 'spinRetries'
  | 'wearPercent'
  | 'lastSelfTest'
  | 'errorLogCount'
>

/** Seagate packs three 16-bit counters into attribute 188; a plain counter does not get that far. */
const PLAIN_LIMIT = 0xffff
/** Names under which vendors count life left down from 100 (the ids differ; 233 is `Flash_Writes_GiB` on Phison drives). */
const LIFE_LEFT = /life_?left|lifetime_?(?:remain|left)|remaining_life|percent_life|media_wearout|wear_level/i

/** What drivedb.h calls a raw value that a firmware is known to invent (Crucial MX500: `Bogus_Current_Pend_Sect`). */
const BOGUS = /^bogus/i

/** Whether the drive told ATA attributes at all. */
export function hasAtaAttributes(root: Peek): boolean {
  return root.list('ata_smart_attributes.table').length > 0
}

/** Counters that the drive does not report are null. @param root smartctl's whole document. */
export function parseAta(root: Peek): AtaPart {
  const table = root.list('ata_smart_attributes.table', 256)
  const raw = (id: number) => rawOf(table.find((row) => row.count('id') === id && !BOGUS.test(row.text('name') ?? '')))
  return {
    failingAttributes: table.flatMap(failing).slice(0, 64),
    reallocatedSectors: raw(5),
    pendingSectors: raw(197),
    offlineUncorrectable: raw(198),
    reportedUncorrectable: raw(187),
    commandTimeouts: commandTimeouts(root, table),
    crcErrors: raw(199),
    endToEndErrors: raw(184),
    spinRetries: raw(10),
    wearPercent: wearOf(root, table),
    lastSelfTest: lastSelfTest(root),
    errorLogCount: largest(
      root.count('ata_smart_error_log.extended.count'),
      root.count('ata_smart_error_log.summary.count'),
    ),
  }
}

/**
 * The raw counter. smartctl's default format of several attributes is `raw16(raw16)`: the string `0 (2000 0)` says 0 while
 * the packed number says 131,072,000 (smartmontools drivedb.h), so a string that begins with a whole number wins.
 */
function rawOf(row: Peek | undefined): number | null {
  if (row === undefined) return null
  const told = /^(\d{1,15})(?: \(|$)/.exec(row.text('raw.string') ?? '')?.[1]
  return told === undefined ? row.count('raw.value') : Number(told)
}

/** Attribute 188. `2 2 2` or 8590065666 is 2 (sample ST2000NM0008); packing by a vendor we do not know is not told. */
function commandTimeouts(root: Peek, table: readonly Peek[]): number | null {
  const value = table.find((row) => row.count('id') === 188)?.count('raw.value') ?? null
  if (value === null || value <= PLAIN_LIMIT) return value
  const words = [0, 1, 2].map((n) => Math.floor(value / 0x10000 ** n) % 0x10000)
  const seagate = /seagate|^ST\d/i.test(`${root.text('model_name') ?? ''} ${root.text('model_family') ?? ''}`)
  if (seagate || words.every((word) => word === words[0])) return Math.max(...words)
  return null
}

/** `when_failed` is empty for a healthy attribute; where it is missing the normalized value speaks. */
function failing(row: Peek): Failing[] {
  const id = row.count('id')
  if (id === null) return []
  const name = row.text('name', 64) ?? `attribute ${id}`
  const said = row.has('when_failed') ? (row.text('when_failed') ?? '') : null
  if (said !== null && said !== '' && said !== '-') return [{ id, name, when: /past/i.test(said) ? 'past' : 'now' }]
  const value = row.count('value')
  const threshold = row.count('thresh')
  const below = said === null && value !== null && threshold !== null && threshold > 0 && value <= threshold
  return below ? [{ id, name, when: 'now' }] : []
}

/** Page 7 of the device statistics first: one meaning for every vendor. */
function wearOf(root: Peek, table: readonly Peek[]): number | null {
  for (const page of root.list('ata_device_statistics.pages', 64)) {
    const row = page.list('table', 64).find((entry) => /percentage used endurance/i.test(entry.text('name') ?? ''))
    if (row?.flag('flags.valid') !== false && row?.count('value') != null) return row.count('value')
  }
  const used = root.count('endurance_used.current_percent')
  if (used !== null) return used
  if (root.count('rotation_rate') !== 0) return null
  const left = table
    .filter((row) => LIFE_LEFT.test(row.text('name') ?? ''))
    .map((row) => row.count('value'))
    .filter((value): value is number => value !== null && value <= 100)
  return left.length === 0 ? null : 100 - Math.min(...left)
}

/** ATA self-test status, high nibble: 0 passed, 1–2 aborted, 3–8 failed, 15 still running (ATA8-ACS, table of 0xA5). */
function lastSelfTest(root: Peek): Smart['lastSelfTest'] {
  const log = ['extended', 'standard'].map((name) => root.list(`ata_smart_self_test_log.${name}.table`, 64))
  for (const entry of log.find((table) => table.length > 0) ?? []) {
    const status = entry.count('status.value')
    const nibble = status === null ? null : status >> 4
    if (nibble === 15) continue
    if (nibble === 1 || nibble === 2) return 'aborted'
    const passed = entry.flag('status.passed')
    if (passed === false || (nibble !== null && nibble >= 3)) return 'failed'
    return passed === true ? 'passed' : null
  }
  return null
}

function largest(a: number | null, b: number | null): number | null {
  return a === null ? b : b === null ? a : Math.max(a, b)
}
