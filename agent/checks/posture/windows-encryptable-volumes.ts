/** Win32_EncryptableVolume (root\CIMV2\Security\MicrosoftVolumeEncryption), JSON or WMI dump → encryption of the volumes. Pure. */
import type { Failure } from '../../../shared/reading.ts'
import { err, ok, type Result } from '../../../shared/result.ts'
import type { Source } from '../collector.ts'
import { readWindowsRecords, type WindowsRecord } from '../windows/records.ts'
import { type BitLockerVolume, encryptedVolumes } from './bitlocker-volume.ts'
import { type PostureValue, tellResult } from './contribute.ts'

/** Errors: those of `readWindowsRecords` (`unsupported`: an edition without BitLocker), `exit`, `parse` (no volume in it). */
export function parseEncryptableVolumes(
  bytes: Uint8Array,
  exitCode: number | null,
): Result<PostureValue<'encryption'>, Failure> {
  if (exitCode !== 0) return err({ code: 'exit', detail: `the question about BitLocker ended with ${exitCode}` })
  const records = readWindowsRecords(bytes, 'encryptable-volumes')
  if (!records.ok) return records
  const volumes = records.value.flatMap(volumeOf)
  if (volumes.length < records.value.length || volumes.length === 0)
    return err({ code: records.value.length === 0 ? 'empty' : 'parse', detail: 'a volume tells no protection status' })
  return ok([...encryptedVolumes(volumes)])
}

function volumeOf(record: WindowsRecord): readonly BitLockerVolume[] {
  const isVolume = ['ProtectionStatus', 'ConversionStatus', 'DriveLetter'].some((key) => record.has(key))
  if (!isVolume) return []
  const conversion = record.count('ConversionStatus')
  const protection = record.count('ProtectionStatus')
  // Windows 7 has neither ConversionStatus nor what came with it; there "on" means wholly encrypted.
  const isOld = !['EncryptionMethod', 'VolumeType', 'IsVolumeInitializedForProtection'].some((key) => record.has(key))
  return [
    {
      mount: record.text('DriveLetter', 8) ?? '',
      kind: record.count('VolumeType'),
      protection,
      conversion: isOld && !record.has('ConversionStatus') && protection === 1 ? 1 : conversion,
      method: record.count('EncryptionMethod'),
      locked: null,
    },
  ]
}

/** Errors as `parseEncryptableVolumes`. */
export const windowsEncryptableVolumesSource: Source<'posture'> = {
  id: 'posture/windows-encryptable-volumes',
  check: 'posture',
  parse: ({ stdout, exitCode }) =>
    tellResult('posture/windows-encryptable-volumes', 'encryption', parseEncryptableVolumes(stdout, exitCode)),
}
