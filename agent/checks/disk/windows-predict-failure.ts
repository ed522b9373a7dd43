/** Parses MSStorageDriver_FailurePredictStatus of root/wmi: the driver's own word on whether a drive will fail. Pure and total. */
import type { Drive } from '../../../shared/checks/disk.ts'
import { type Failure, failed, read } from '../../../shared/reading.ts'
import { err, ok, type Result } from '../../../shared/result.ts'
import type { Source } from '../collector.ts'
import { readWindowsRecords } from '../windows/records.ts'
import { bareSmart } from './bare-smart.ts'
import { driveKey } from './drive-identity.ts'

/** Source id. */
export const WINDOWS_PREDICT_FAILURE = 'disk/windows-predict-failure'
/** Block of the question. */
export const PREDICT_FAILURE_BLOCK = 'disk-predict-failure'

/** `instance`: PNP id of the drive with `_0` at its end. `fails` null: not told. */
export type Prediction = { readonly instance: string; readonly fails: boolean | null }

/** By drive. Errors: those of `readWindowsRecords` (NVMe, RAID and virtual disks: unsupported); `parse` for other objects. */
export function parsePredictions(bytes: Uint8Array): Result<readonly Prediction[], Failure> {
  const records = readWindowsRecords(bytes, PREDICT_FAILURE_BLOCK)
  if (!records.ok) return records
  const found = records.value.flatMap((record) => {
    if (!record.has('PredictFailure') && !record.has('InstanceName')) return []
    return [{ instance: record.text('InstanceName', 200) ?? '?', fails: record.flag('PredictFailure') }]
  })
  if (found.length === 0 && records.value.length > 0)
    return err({ code: 'parse', detail: 'objects, but none that foretells failures' })
  return ok(found.slice(0, 128))
}

/** A drive that only root/wmi names. `IDE\DiskST2000…` holds the model in a form that is cut; the instance is its name. */
export function instanceDrive(instance: string): Omit<Drive, 'smart'> {
  const partial = { device: instance.slice(0, 128), type: null, model: null, serial: null }
  const isNvme = /nvme/i.test(instance)
  return { ...partial, key: driveKey(partial), firmware: null, kind: isNvme ? 'nvme' : 'unknown', capacityBytes: null }
}

/** `disk/windows-predict-failure`: false where a failure is foretold; else no verdict, for it is a general flag. */
export const windowsPredictFailure: Source<'disk'> = {
  id: WINDOWS_PREDICT_FAILURE,
  check: 'disk',
  parse: ({ stdout }) => {
    const found = parsePredictions(stdout)
    if (!found.ok) return found
    const drives = found.value.map(({ instance, fails }) => {
      const untold = failed(WINDOWS_PREDICT_FAILURE, { code: 'empty', detail: 'PredictFailure is not told' })
      const smart = fails === null ? untold : read(WINDOWS_PREDICT_FAILURE, bareSmart(fails ? false : null))
      return { ...instanceDrive(instance), smart }
    })
    return ok({ parts: { drives: read(WINDOWS_PREDICT_FAILURE, drives) }, samples: {} })
  },
}
