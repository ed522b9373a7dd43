/** Marks of Windows that a restart is due. Pure. PendingFileRenameOperations is filled daily by browsers and antivirus: it never counts. */
import { type Failure, read } from '../../../shared/reading.ts'
import { err, ok, type Result } from '../../../shared/result.ts'
import type { Contribution, Source } from '../collector.ts'
import { readWindowsRecords, type WindowsRecord } from '../windows/records.ts'

const ID = 'patch/windows-reboot'

/** Names by what they mean: ours first, then those of common scripts. The first two must be told before "not due" is said. */
const UPDATES = [
  [
    'CbsRebootPending',
    'CBServicing',
    'CBSRebootPend',
    'IsCBServicingRebootPending',
    'ComponentBasedServicing',
    'RebootPending',
  ],
  [
    'WindowsUpdateRebootRequired',
    'WindowsUpdate',
    'WUAURebootReq',
    'IsWindowsUpdateRebootPending',
    'WindowsUpdateAutoUpdate',
    'RebootRequired',
  ],
  ['CbsRebootInProgress', 'RebootInProgress'],
  ['CbsPackagesPending', 'PackagesPending'],
  ['ComRebootRequired', 'SystemInfoRebootRequired'],
  ['CCMClientSDK', 'CcmRebootPending', 'IsSCCMClientRebootPending', 'SystemCenterConfigManager', 'CCM', 'SCCM'],
] as const
const MARKS = [
  ['ComputerRenamePending', 'PendComputerRename', 'PendingComputerRename'],
  ['DomainJoinPending', 'PendingDomainJoin', 'PendingComputerRenameDomainJoin', 'JoinDomain'],
] as const

/** Errors: `empty` (no object, or the marks of servicing and of Windows Update are not both told). */
export function judgeWindowsReboot(records: readonly WindowsRecord[]): Result<Contribution<'patch'>, Failure> {
  const [record] = records
  if (record === undefined) return err({ code: 'empty', detail: 'no marks of a restart were told' })
  const flagOf = (names: readonly string[]) =>
    names.map((name) => record.flag(name)).find((flag) => flag !== null) ?? null
  const isUpdate = UPDATES.some((names) => flagOf(names) === true)
  const isMarked = MARKS.some((names) => flagOf(names) === true)
  const reasons = [...(isUpdate ? (['update'] as const) : []), ...(isMarked ? (['flag'] as const) : [])]
  // Our own question tells six marks; other scripts at least those of servicing and of Windows Update.
  const needed =
    record.has('PendingFileRenames') || record.has('DomainJoinPending')
      ? [...UPDATES.slice(0, 4), ...MARKS]
      : UPDATES.slice(0, 2)
  if (reasons.length === 0 && needed.some((names) => flagOf(names) === null))
    return err({ code: 'empty', detail: 'not every mark of a restart was told' })
  const value = { required: reasons.length > 0, reasons, runningKernel: null, installedKernel: null }
  return ok({ parts: { reboot: read(ID, value) }, samples: {} })
}

/** Errors: those of the script, `empty`. */
export const windowsRebootSource: Source<'patch'> = {
  id: ID,
  check: 'patch',
  parse: ({ stdout, exitCode }) => {
    if (exitCode !== 0) return err({ code: 'exit', detail: `the question ended with ${exitCode ?? 'a signal'}` })
    const records = readWindowsRecords(stdout, 'windows-reboot')
    return records.ok ? judgeWindowsReboot(records.value) : records
  },
}
