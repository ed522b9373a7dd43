/** Finds out what this machine runs in. I/O through the probe only. */
import { type Failure, failed, type Reading, read } from '../../../shared/reading.ts'
import type { Probe } from '../../probe/probe.ts'
import { decode } from '../decode.ts'
import { readText } from './read-text.ts'
import { DETECT_VIRT, guessVirtualization, parseDetectVirt, type Virtualization } from './virtualization.ts'

const CLUES = 'system/virtualization-clues'

/** systemd's own tool where it is, else the same clues read directly. @param off source ids switched off. */
export async function readVirtualization(probe: Probe, off: ReadonlySet<string>): Promise<Reading<Virtualization>> {
  if (!off.has(DETECT_VIRT)) {
    const output = await probe.exec('systemd-detect-virt', [])
    const told = output.ok ? parseDetectVirt(decode(output.value.stdout)) : output
    if (told.ok) return read(DETECT_VIRT, told.value)
  }
  const guess = guessVirtualization(await readClues(probe))
  const unknown: Failure = {
    code: 'empty',
    detail: 'no systemd-detect-virt, and neither DMI nor cpuinfo tell of a hypervisor',
  }
  return guess === null ? failed(CLUES, unknown) : read(CLUES, guess)
}

async function readClues(probe: Probe) {
  const exists = async (path: string) => (await probe.stat(path, { follow: true })).ok
  const environment = await probe.readFile('/proc/1/environ', { maxBytes: 64 * 1024 })
  const dmi = await Promise.all(
    ['sys_vendor', 'product_name', 'bios_vendor'].map((file) => readText(probe, `/sys/class/dmi/id/${file}`, 256)),
  )
  return {
    // Entries are separated by NUL, which `decode` would drop.
    container: environment.ok ? containerIn(Buffer.from(environment.value).toString('latin1')) : null,
    dockerenv: await exists('/.dockerenv'),
    containerenv: await exists('/run/.containerenv'),
    cgroup: await readText(probe, '/proc/1/cgroup'),
    kernelVersion: await readText(probe, '/proc/version', 1_024),
    dmi: dmi.every((text) => text === null) ? null : dmi.join('\n'),
    cpuinfo: await readText(probe, '/proc/cpuinfo'),
  }
}

function containerIn(environment: string): string | null {
  return /(?:^|\0)container=([^\0]{1,32})(?:\0|$)/.exec(environment)?.[1] ?? null
}
