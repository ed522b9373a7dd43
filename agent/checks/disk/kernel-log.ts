/** Parses the errors of the Linux kernel about drives and file systems: `journalctl -k -p err`, dmesg, kern.log. Pure and total. */
import type { DeviceErrors } from '../../../shared/checks/disk.ts'
import { type Failure, read } from '../../../shared/reading.ts'
import { err, ok, type Result } from '../../../shared/result.ts'
import type { Source, SourceInput } from '../collector.ts'
import { decode } from '../decode.ts'
import { firstLine } from '../parts.ts'
import { textLines } from './text-lines.ts'

/** Source id; also the `source` of the part. */
export const KERNEL_LOG = 'disk/kernel-log'

/** What the collector asks for: the last day. */
export const KERNEL_LOG_HOURS = 24

type Kind = DeviceErrors['kind']

const NAME = '([a-z][a-z0-9_-]{0,30})'
/** What makes a line of a file system one about a fault; that it was not unmounted properly is none. */
const TROUBLE = '[Ee]rrors?\\b(?!s?=)|I/O error|[Cc]orrupt(?:ed|ion)|[Ff]ailed|[Aa]bort|[Bb]ad |read-only|lost'
/**
 * Messages of drivers/ata/libata-eh.c, block/blk-core.c, drivers/nvme/host/pci.c, drivers/scsi, drivers/md and the file systems
 * (Linux 4.19 to 6.12). A line counts once, by the first pattern that it fits. Partitions count for themselves.
 */
const PATTERNS: readonly (readonly [RegExp, Kind])[] = [
  [new RegExp(`critical medium error, dev ${NAME}`), 'bad-block'],
  [new RegExp(`\\b(?:blk_update_request|print_req_error): (?:I/O|critical \\w+) error, dev ${NAME}`), 'bad-block'],
  [new RegExp(`\\b(?:Buffer )?I/O error,? (?:on )?dev(?:ice)? ${NAME}`), 'bad-block'],
  [
    new RegExp(
      `\\[${NAME}\\] (?:tag#\\d+ )?(?:Unrecovered read error|Add\\. Sense: (?:Unrecovered|Write error|Peripheral device write fault|Logical unit failure prediction))`,
    ),
    'bad-block',
  ],
  [new RegExp(`\\bmd(?:/raid[0-9:]+)?:?[\\w-]{1,30}: Disk failure on ${NAME}`), 'controller'],
  [new RegExp(`\\b(?:EXT[234]|NTFS)-fs error \\(device ${NAME}\\)`), 'file-system'],
  // Mounting says `errors=remount-ro` of a healthy one.
  [new RegExp(`\\bEXT[234]-fs \\(${NAME}\\): (?!.{0,12}mounted )(?:.{0,60}?\\b(?:${TROUBLE}))`), 'file-system'],
  [/\bEXT[234]-fs error\b/, 'file-system'],
  [new RegExp(`\\bXFS \\(${NAME}\\): .{0,40}?(?:orruption|rror|[Ss]hut)`), 'file-system'],
  [new RegExp(`\\bBTRFS (?:error|critical) \\(device ${NAME}`), 'file-system'],
  [new RegExp(`\\bBTRFS warning \\(device ${NAME}.{0,200}?(?:${TROUBLE}|csum|missing)`), 'file-system'],
  [new RegExp(`\\b(?:FAT-fs|F2FS-fs|ntfs3)[: (]{1,3}${NAME}\\)?: .{0,60}?\\b(?:${TROUBLE})`), 'file-system'],
  [new RegExp(`\\bJBD2: .{0,60}?\\b(?:${TROUBLE}).{0,40}? ${NAME}`), 'file-system'],
  [/\b(ata\d{1,3}(?:\.\d{2})?): (?:failed command|exception Emask|error: \{ (?:UNC|ICRC|IDNF|ABRT))/, 'retry'],
  [
    /\b(ata\d{1,3}(?:\.\d{2})?): (?:hard resetting link|softreset failed|COMRESET failed|reset failed|disabled)/,
    'reset',
  ],
  [
    /\bnvme (nvme\d{1,3})(?:n\d+)?: (?:I\/O .{0,40}timeout|Abort status|controller is down|Device not ready|Removing after probe failure|Disabling device|reset controller)/,
    'reset',
  ],
  [
    new RegExp(
      `\\b${NAME}: (?:[A-Za-z ]{0,30}\\b(?:adapter|controller|HBA)\\b.{0,60}(?:fail|fault|reset|dead|timed? ?out))`,
    ),
    'controller',
  ],
]
/** What stands before the message when the log was not written with `-o cat`. */
const PREFIX =
  /^(?:[A-Z][a-z]{2} {1,2}\d{1,2} [\d:.]{8,15} \S{1,64} kernel: |\d{4}-\d\d-\d\dT\S{8,40} \S{1,64} kernel: )?(?:\[ {0,8}[\d.]{1,20}\] )?/

/**
 * Errors by device and kind. Errors: `empty` (nothing at all was printed: no journal, or no right to it), `access-denied`, `exit`.
 * An empty list: the log was read, and none of its lines is about a drive.
 */
export function parseKernelLog({
  stdout,
  stderr,
  exitCode,
}: Pick<SourceInput, 'stdout' | 'stderr' | 'exitCode'>): Result<readonly DeviceErrors[], Failure> {
  const text = decode(stdout)
  const said = firstLine(stderr)
  if (/not seeing messages|permission denied|not permitted|insufficient permissions/i.test(stderr.slice(0, 4_000)))
    return err({ code: 'access-denied', detail: said })
  if (exitCode !== 0)
    return err({ code: 'exit', detail: said || `the kernel log ended with ${exitCode ?? 'a signal'}` })
  if (/no journal files/i.test(stderr + text.slice(0, 200)))
    return err({ code: 'unsupported', detail: 'this machine keeps no journal' })
  if (text.trim() === '')
    return err({ code: 'empty', detail: said || 'the kernel log was not printed, not even as empty' })
  const found = new Map<string, DeviceErrors>()
  for (const line of textLines(text)) {
    const told = classify(line.replace(PREFIX, '').slice(0, 400))
    if (told === null) continue
    const key = `${told.device} ${told.kind}`
    found.set(key, { ...told, count: (found.get(key)?.count ?? 0) + 1, withinHours: KERNEL_LOG_HOURS })
  }
  return ok([...found.values()].slice(0, 64))
}

function classify(message: string): Pick<DeviceErrors, 'device' | 'kind'> | null {
  // Floppy drives, optical drives and network disks fail when nobody put a medium in.
  if (/(?:\bdev(?:ice)? |\[)(?:fd|sr|nbd|loop|zram)\d/.test(message)) return null
  for (const [pattern, kind] of PATTERNS) {
    const match = pattern.exec(message)
    const device =
      match?.[1] ?? (match === null ? null : (/\(device ([\w-]{1,30})\)/.exec(message)?.[1] ?? 'file system'))
    if (match === null || device === null) continue
    const isForeseen = /failure prediction/i.test(message)
    return { device: device.slice(0, 128), kind: isForeseen ? 'predicted' : kind }
  }
  return null
}

/** `disk/kernel-log`: what the kernel logged about drives. */
export const kernelLog: Source<'disk'> = {
  id: KERNEL_LOG,
  check: 'disk',
  parse: (input) => {
    const errors = parseKernelLog(input)
    return errors.ok ? ok({ parts: { deviceErrors: read(KERNEL_LOG, [...errors.value]) }, samples: {} }) : errors
  },
}
