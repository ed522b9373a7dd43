/** What the agent says of its machine in the handshake, after the server has proven itself: clocks, system, name, and hashed hardware hints. Not pure. */
import { arch, hostname } from 'node:os'
import { hmacSha256 } from '../shared/protocol/crypto.ts'
import type { Info } from '../shared/protocol/handshake-messages.ts'
import type { Clock } from './clock.ts'
import type { Probe } from './probe/probe.ts'
import { AGENT_VERSION } from './version.ts'

/** Versions of the wire that this agent speaks. */
const WIRE_VERSIONS = [1]

/** Hints and their files on Linux (dmi(4), machine-id(5)); the serial needs root. */
const HINTS = ['/etc/machine-id', '/sys/class/dmi/id/product_uuid', '/sys/class/dmi/id/board_serial'] as const
const HINT_BYTES = 10

/**
 * Reads the hardware hints: three keyed hashes of 10 bytes and two zero bytes. A hint that cannot be read is zero. Hints tell
 * a copied disk from the original; they are never an identity, and the salt keeps serial numbers from being looked up.
 */
export async function readFingerprint(probe: Probe, salt: Uint8Array): Promise<Uint8Array> {
  const out = Buffer.alloc(32)
  for (const [index, path] of HINTS.entries()) {
    const read = await probe.readFile(path, { maxBytes: 256 })
    if (read.ok && read.value.length > 0) {
      out.set(hmacSha256(salt, Buffer.from(path), read.value).subarray(0, HINT_BYTES), index * HINT_BYTES)
    }
  }
  return out
}

/** @returns a function that gives the `info` of now. The boot id is read once: it lasts as long as the process can. */
export async function infoOf(probe: Probe, clock: Clock): Promise<() => Info> {
  const boot = await probe.readFile('/proc/sys/kernel/random/boot_id', { maxBytes: 64 })
  const bootId = boot.ok ? Buffer.from(boot.value).toString('latin1').trim().slice(0, 64) : ''
  return () => ({
    v: WIRE_VERSIONS,
    now: clock.now(),
    mono: clock.mono(),
    bootId,
    build: AGENT_VERSION,
    os: probe.platform,
    arch: arch().slice(0, 16),
    hostname: hostname().toWellFormed().slice(0, 255),
  })
}
