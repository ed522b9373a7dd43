/**
 * Disks that fail for real, in a virtual machine: SMART of ATA, NVMe and SCSI drives, md from whole to inactive, LVM that lacks a drive, LUKS
 * and a disk that dies under a mounted ext4. What the tools print there goes through the agent's parsers and the server's rules.
 */
import { deepStrictEqual, ok, strictEqual } from 'node:assert/strict'
import type { CheckName } from '../../../shared/checks/names.ts'
import type { Block } from '../block.ts'
import { judgeOutput } from '../judge-output.ts'
import { bootGuest, type GuestOutput } from './boot-guest.ts'
import { buildGuest } from './build-guest.ts'

/** What a rule must say of an output. `says`: `pass`, `unknown`, `not-applicable` or the severity of a failure. */
type Expectation = readonly [output: string, source: `${CheckName}/${string}`, rule: string, says: string]

const EXPECTED: readonly Expectation[] = [
  ['smart-ata', 'disk/smartctl', 'disk/drive-failing', 'pass'],
  // QEMU's drive reports 0 % spare with threshold 0: healthy, and no alarm on the spare.
  ['smart-nvme-good', 'disk/smartctl', 'disk/drive-failing', 'pass'],
  ['smart-nvme-good', 'disk/smartctl', 'disk/nvme-warning', 'pass'],
  ['smart-nvme-failed', 'disk/smartctl', 'disk/drive-failing', 'critical'],
  ['smart-nvme-failed', 'disk/smartctl', 'disk/nvme-warning', 'critical'],
  ['smart-scsi-good', 'disk/smartctl', 'disk/drive-failing', 'pass'],
  ['smart-scsi-failed', 'disk/smartctl', 'disk/drive-failing', 'critical'],
  ['md-good', 'disk/mdstat', 'disk/raid-degraded', 'pass'],
  ['md-failed', 'disk/mdstat', 'disk/raid-degraded', 'critical'],
  ['md-failed', 'disk/mdstat', 'disk/raid-member-failed', 'critical'],
  ['md-degraded', 'disk/mdstat', 'disk/raid-degraded', 'critical'],
  ['md-rebuilding', 'disk/mdstat', 'disk/raid-degraded', 'warning'],
  ['md-inactive', 'disk/mdstat', 'disk/raid-degraded', 'critical'],
]

/** The block. */
export const block: Block = {
  name: 'guest',
  packages: [
    ...['qemu-system-x86', 'busybox-static', 'cpio', 'kmod', 'smartmontools', 'mdadm', 'lvm2', 'cryptsetup-bin'],
    ...['nvme-cli', 'dmsetup', 'sdparm', 'e2fsprogs'],
  ],
  timeoutMs: 300_000,
  ci: true,
  async run({ folder, log }) {
    const { outputs, serial } = await bootGuest(await buildGuest(folder), folder, 200_000)
    if (outputs.size === 0) log(serial.slice(-3_000))
    ok(outputs.size > 25, `the guest left ${outputs.size} outputs`)
    for (const [output, source, rule, says] of EXPECTED) {
      const said = judgeOutput(source, outputOf(outputs, output), rule)
      log(`${output} ${source} ${rule}: ${said.join(' ')}`)
      deepStrictEqual(new Set(said), new Set([says]), `${output} through ${source}, ${rule}`)
    }
    checkDyingDisk(outputs)
  },
}

function outputOf(outputs: ReadonlyMap<string, GuestOutput>, name: string): GuestOutput {
  const output = outputs.get(name)
  ok(output !== undefined, `the guest said nothing of ${name}`)
  return output
}

/** ext4 that turned read-only still says `rw` (notes/real-systems.md 9.1): the kernel's count of errors is what tells. */
function checkDyingDisk(outputs: ReadonlyMap<string, GuestOutput>): void {
  const text = (name: string) => outputOf(outputs, name).stdout.toString('utf8')
  strictEqual(outputOf(outputs, 'dying-write').exitCode, 1, 'the dead disk still takes a file')
  strictEqual(text('dying-errors-before').trim(), '0')
  ok(Number(text('dying-errors-after')) > 0, 'the kernel counted no error')
  const options = / \/bad (\S+) (?:.* )?- ext4 /m.exec(text('dying-after'))
  ok(
    options?.[1]?.startsWith('rw') === true,
    'the mount table tells the truth by now: read-only can be judged by it again',
  )
}
