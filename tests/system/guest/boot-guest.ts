/** Boots the guest in QEMU, without KVM and without network, and reads what it left. I/O. */
import fs from 'node:fs'
import path from 'node:path'
import { runProgram } from '../../support/run-program.ts'
import type { Guest } from './build-guest.ts'

/** One output of the guest, as a parser of the agent gets it. */
export type GuestOutput = { readonly stdout: Buffer; readonly stderr: string; readonly exitCode: number }

const DISK_BYTES = 32 * 1024 * 1024

function image(folder: string, name: string): string {
  const file = path.join(folder, `${name}.img`)
  fs.closeSync(fs.openSync(file, 'w'))
  fs.truncateSync(file, DISK_BYTES)
  return file
}

/** A healthy ATA disk, a healthy NVMe drive, one that says of itself that it fails, and the disk for what the guest says. */
function drivesIn(folder: string): readonly string[] {
  const nvme = (id: string, more: string) => [
    ...['-drive', `if=none,id=${id},file=${image(folder, id)},format=raw`],
    ...['-device', `nvme,drive=${id},${more}`],
  ]
  return [
    ...nvme('good', 'serial=GOOD'),
    ...nvme('bad', 'serial=BAD,smart_critical_warning=4'),
    ...['-drive', `if=ide,file=${image(folder, 'ide')},format=raw,media=disk`],
    ...['-drive', `if=virtio,file=${image(folder, 'said')},format=raw`],
  ]
}

/** @returns every output by its name, and the serial line for whoever looks for a fault. */
export async function bootGuest(
  guest: Guest,
  folder: string,
  timeoutMs: number,
): Promise<{ readonly outputs: ReadonlyMap<string, GuestOutput>; readonly serial: string }> {
  const machine = ['-M', 'pc', '-accel', 'tcg,thread=multi', '-cpu', 'max', '-smp', '2', '-m', '1536', '-nographic']
  const boot = ['-kernel', guest.kernel, '-initrd', guest.initrd, '-append', 'console=ttyS0 quiet loglevel=0 panic=-1']
  const args = [...machine, '-no-reboot', '-nodefaults', '-serial', 'stdio', ...boot, ...drivesIn(folder)]
  const { stdout: serial } = await runProgram('qemu-system-x86_64', args, { timeoutMs })
  return { outputs: await readOutputs(folder), serial }
}

async function readOutputs(folder: string): Promise<ReadonlyMap<string, GuestOutput>> {
  const out = path.join(folder, 'out')
  fs.mkdirSync(out, { recursive: true })
  await runProgram('tar', ['xf', path.join(folder, 'said.img'), '-C', out], { timeoutMs: 30_000 })
  const names = fs.readdirSync(out).flatMap((file) => (file.endsWith('.code') ? [file.slice(0, -5)] : []))
  const read = (file: string) => fs.readFileSync(path.join(out, file))
  return new Map(
    names.map((name) => {
      const exitCode = Number(read(`${name}.code`).toString('utf8').trim())
      return [name, { stdout: read(`${name}.stdout`), stderr: read(`${name}.stderr`).toString('utf8'), exitCode }]
    }),
  )
}
