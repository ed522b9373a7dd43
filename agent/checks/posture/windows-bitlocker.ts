/** `Get-BitLockerVolume` as a list, a table or JSON → encryption of the volumes. Its words are enum names, never translated. Pure. */
import type { Failure } from '../../../shared/reading.ts'
import { err, ok, type Result } from '../../../shared/result.ts'
import type { Source } from '../collector.ts'
import { decode } from '../decode.ts'
import { readWindowsRecords, type WindowsRecord } from '../windows/records.ts'
import { type BitLockerVolume, encryptedVolumes } from './bitlocker-volume.ts'
import { type PostureValue, tellResult } from './contribute.ts'

type Words = { readonly [word: string]: number }
const KINDS: Words = { operatingsystem: 0, data: 1, '0': 0, '1': 1 }
const PROTECTIONS: Words = { off: 0, on: 1, unknown: 2, '0': 0, '1': 1, '2': 2 }
/** BitLockerVolumeStatus; the numbers are those of ConversionStatus. */
const STATUSES: Words = {
  fullydecrypted: 0,
  fullyencrypted: 1,
  encryptioninprogress: 2,
  decryptioninprogress: 3,
  encryptionsuspended: 4,
  encryptionpaused: 4,
  decryptionsuspended: 5,
  decryptionpaused: 5,
  fullyencryptedwipeinprogress: 6,
  fullyencryptedwipesuspended: 7,
  fullyencryptedwipepaused: 7,
  '0': 0,
  '1': 1,
  '2': 2,
  '3': 3,
  '4': 4,
  '5': 5,
  '6': 6,
  '7': 7,
}
const METHODS: Words = {
  none: 0,
  aes128diffuser: 1,
  aes256diffuser: 2,
  aes128: 3,
  aes256: 4,
  hardware: 5,
  xtsaes128: 6,
  xtsaes256: 7,
}

/** @returns the number of a word or a number in words; null for any other. */
const numberOf = (words: Words, word: string | null) => {
  const key = word?.toLowerCase() ?? ''
  return Object.hasOwn(words, key) ? (words[key] ?? null) : null
}

/** Errors: those of `readWindowsRecords`, `exit`, `parse` (a volume without status), `empty`. */
export function parseBitLocker(
  bytes: Uint8Array,
  exitCode: number | null,
): Result<PostureValue<'encryption'>, Failure> {
  if (exitCode !== 0) return err({ code: 'exit', detail: `Get-BitLockerVolume ended with ${exitCode}` })
  const text = decode(bytes)
  if (/^\s{0,40}VolumeType\s+Mount\b/m.test(text.slice(0, 64 * 1024))) return tableOf(text)
  const records = readWindowsRecords(bytes, 'bitlocker')
  if (!records.ok) return records
  const volumes = records.value.flatMap(volumeOf)
  if (volumes.length < records.value.length || volumes.length === 0)
    return err({ code: records.value.length === 0 ? 'empty' : 'parse', detail: 'a volume tells no protection status' })
  return ok([...encryptedVolumes(volumes)])
}

function volumeOf(record: WindowsRecord): readonly BitLockerVolume[] {
  const isVolume = ['MountPoint', 'VolumeStatus', 'ProtectionStatus'].some((key) => record.has(key))
  if (!isVolume) return []
  const lock = record.text('LockStatus')?.toLowerCase() ?? null
  const method = record.text('EncryptionMethod')
  return [
    {
      mount: mountOf(record.text('MountPoint', 100) ?? ''),
      kind: numberOf(KINDS, record.text('VolumeType')),
      protection: numberOf(PROTECTIONS, record.text('ProtectionStatus')),
      conversion: numberOf(STATUSES, record.text('VolumeStatus')),
      method: numberOf(METHODS, method) ?? record.count('EncryptionMethod'),
      locked: lock === null ? null : lock === 'locked' || lock === '1',
    },
  ]
}

/** A mount point that is a GUID path is a partition without a letter. */
function mountOf(text: string): string {
  return /^[A-Z]:/i.test(text) ? text.slice(0, 2).toUpperCase() : ''
}

/** One line each: kind, mount point, capacity, status, percent, protectors, `Off` at the end. */
const ROW =
  /^\s{0,40}(OperatingSystem|Data)\s{1,40}(\S{1,80})\s{1,40}(?:[\d.,]{1,20}\s{1,40})?([A-Za-z]{4,40})\s{1,40}[\d.,]{1,8}\s{1,40}[^\n]{0,400}?\s(On|Off|Unknown)\s*$/

function tableOf(text: string): Result<PostureValue<'encryption'>, Failure> {
  const lines = text.split('\n', 2_000)
  const rule = lines.findIndex((line) => /^\s*-{4,}\s+-{3,}/.test(line.slice(0, 200)))
  const rows = lines.slice(rule + 1).filter((line) => /^\s{0,40}\S/.test(line))
  const volumes: BitLockerVolume[] = []
  for (const row of rows) {
    const [, kind = '', mount = '', status = '', protection = ''] = ROW.exec(row.slice(0, 600)) ?? []
    const conversion = numberOf(STATUSES, status)
    if (rule < 0 || conversion === null)
      return err({ code: 'parse', detail: `Get-BitLockerVolume: ${row.slice(0, 120)}` })
    volumes.push({
      mount: mountOf(mount),
      kind: numberOf(KINDS, kind),
      protection: numberOf(PROTECTIONS, protection),
      conversion,
      method: null,
      locked: null,
    })
  }
  if (volumes.length === 0) return err({ code: 'empty', detail: 'Get-BitLockerVolume lists no volume' })
  return ok([...encryptedVolumes(volumes)])
}

/** Errors as `parseBitLocker`. */
export const windowsBitlockerSource: Source<'posture'> = {
  id: 'posture/windows-bitlocker',
  check: 'posture',
  parse: ({ stdout, exitCode }) =>
    tellResult('posture/windows-bitlocker', 'encryption', parseBitLocker(stdout, exitCode)),
}
