/** Time Machine behind Full Disk Access: a refusal is told as one, with the way to lift it, never as "never backed up". Pure. */
import type { Failure } from '../../../../shared/reading.ts'

/** Since macOS 10.14 root alone may not read what Time Machine keeps. */
export const FULL_DISK_ACCESS: Failure = {
  code: 'access-denied',
  detail:
    'macOS refuses it without Full Disk Access. System Settings > Privacy & Security > Full Disk Access > + > choose the Rounds agent, and switch it on',
}

const REFUSALS =
  /requires Full Disk Access|Operation not permitted|Error Reading File|\bEPERM\b|Permission denied|couldn.t be opened because you don.t have permission/i

/** The refusal in what a tool printed, on whichever stream and with whichever exit code (tmutil uses 80, or 0). null: none. */
export function refusalIn(stdout: string, stderr: string): Failure | null {
  return REFUSALS.test(stdout.slice(0, 4_096)) || REFUSALS.test(stderr.slice(0, 4_096)) ? FULL_DISK_ACCESS : null
}
